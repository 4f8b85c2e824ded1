import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { by, codeOf, type Desktop } from '../../test/support/authority-world.ts';
import { useWorld } from '../../test/support/use-world.ts';
import type { ActionRequest } from '../../shared/contract/admin.ts';
import type { User } from '../store/entities.ts';
import { wordsOf } from './fingerprint.ts';

const used = useWorld();
let admin: Desktop;
let luis: User;
let desktop: Desktop;

beforeEach(async () => {
  admin = await used.world.activated('ana', 'admin');
  luis = await used.world.person('luis');
  await used.world.services.issuer.tokens.assign('luis', by);
  desktop = used.world.desktop(luis);
  await desktop.bind();
});

const gate = () => used.world.services.admin.activation;
const open = async (from = admin) => gate().open(await from.caller(), { tokenId: (await used.world.tokenOf(luis)).id });
const pick = async (words: string[], from = admin) => gate().pick(await from.caller(), { tokenId: (await used.world.tokenOf(luis)).id, words });
const right = async () => [...wordsOf((await desktop.caller()).device)];
const wrongTriple = async () => {
  const [expected, { triples }] = [await right(), await open()];
  return triples.find((triple) => triple.join() !== expected.join())!;
};
const request = async () => used.world.approved(admin, { kind: 'activate', tokenIds: [(await used.world.tokenOf(luis)).id] });

test('S13: nothing to compare before the device has confirmed the binding, or in a company that is not enabled', async () => {
  expect(await codeOf(open())).toBe('DEVICE_NOT_ACKNOWLEDGED');
  await desktop.open();
  expect(await codeOf(open())).toBe('ok');
});

test('S13: three triples, the right one among them, the same each time it is opened', async () => {
  await desktop.open();
  const [first, again] = [await open(), await open()];
  expect(first.triples).toHaveLength(3);
  expect(first.triples).toContainEqual(await right());
  expect(again.triples).toEqual(first.triples);
  expect(new Set(first.triples.flat()).size).toBe(9);
  expect(first).toMatchObject({ confirmed: false, needsSecondAdmin: false, replacement: false, secondProof: { kind: 'sms' }, device: { name: 'portátil' } });
});

test('S13: no activation without a right pick, and a right one counts for ten minutes', async () => {
  await desktop.open();
  expect(await codeOf(request())).toBe('FINGERPRINT_NOT_CHECKED');
  await open();
  await pick(await right());
  expect(await open()).toMatchObject({ confirmed: true, triples: [] });
  used.pass({ minutes: 10 });
  expect(await codeOf(request())).toBe('FINGERPRINT_NOT_CHECKED');
  expect((await open()).triples).toHaveLength(3);
  await pick(await right());
  expect(await request()).toEqual({ state: 'approved', actionState: 'done' });
});

test('S13: the wrong triple twice rejects the device at once, and sends no invitation by itself', async () => {
  await desktop.open();
  const other = await used.world.activated('bea', 'admin');
  const wrong = await wrongTriple();
  const messages = (await used.world.outbox(luis)).length;
  expect(await codeOf(pick(wrong))).toBe('FINGERPRINT_WRONG');
  expect((await used.world.tokenOf(luis)).state).toBe('pending_activation');
  expect(await codeOf(pick(wrong))).toBe('FINGERPRINT_REJECTED');
  expect((await used.world.tokenOf(luis)).state).toBe('assigned');
  expect((await desktop.caller()).device.state).toBe('closed');
  expect(await used.world.outbox(luis)).toHaveLength(messages);
  expect((await used.world.outbox(other.user, 'email')).at(-1)?.text).toContain('luis');
});

test('S13: a wrong triple stays counted when the gate is opened again', async () => {
  await desktop.open();
  const wrong = await wrongTriple();
  expect(await codeOf(pick(wrong))).toBe('FINGERPRINT_WRONG');
  await pick(await right());
  used.pass({ minutes: 11 });
  await open();
  expect(await codeOf(pick(wrong))).toBe('FINGERPRINT_REJECTED');
});

test('S13: every admin sees the same three triples, and their wrong picks count together', async () => {
  await desktop.open();
  const other = await used.world.activated('bea', 'admin');
  const [mine, theirs] = [await open(), await open(other)];
  expect(theirs.triples).toEqual(mine.triples);
  const wordsOfLuis = await right();
  const [first, second] = mine.triples.filter((triple) => triple.join() !== wordsOfLuis.join()) as [string[], string[]];
  expect(await codeOf(pick(first))).toBe('FINGERPRINT_WRONG');
  expect(await codeOf(pick(second, other))).toBe('FINGERPRINT_REJECTED');
});

test('S13: no other action shows the words that are to be compared', async () => {
  await desktop.open();
  const tokenIds = [(await used.world.tokenOf(luis)).id];
  const requests: ActionRequest[] = [{ kind: 'reject', tokenIds }, { kind: 'revoke', tokenIds }, { kind: 'deactivateUser', userIds: [luis.id] }];
  for (const action of requests) {
    const shown = JSON.stringify(await used.world.services.admin.actions.request(await admin.caller(), { action, idempotencyKey: randomUUID() }));
    expect(shown).toContain('portátil');
    for (const word of await right()) expect(shown).not.toContain(`"${word}"`);
  }
});

test('the issuer activates by the words a person reads out', async () => {
  await desktop.open();
  const { tokens } = used.world.services.issuer;
  expect(await codeOf(tokens.activate(desktop.serial!, by, ['uno', 'dos', 'tres']))).toBe('FINGERPRINT_WRONG');
  expect(await codeOf(tokens.activate(desktop.serial!, by, (await right()).map((word) => word.toUpperCase())))).toBe('ok');
});

/** Newest first: events of the company's trail with who did them. */
const trail = async (event: string) => (await used.world.services.audit.list({ chain: used.world.company.id, size: 50, event })).entries;

test('S13: the issuer guesses no better: a wrong triple stands in the trail, the second rejects the device', async () => {
  await desktop.open();
  const { tokens } = used.world.services.issuer;
  const words = await right();
  expect(await codeOf(tokens.activate(desktop.serial!, by, ['uno', 'dos', 'tres']))).toBe('FINGERPRINT_WRONG');
  expect(await trail('activation.wordsWrong')).toMatchObject([{ actor: { kind: 'issuer', name: by.operator }, subject: { serial: desktop.serial }, detail: { reason: by.reason } }]);
  expect((await used.world.tokenOf(luis)).state).toBe('pending_activation');
  expect(await codeOf(tokens.activate(desktop.serial!, by, ['uno', 'dos', 'cuatro']))).toBe('FINGERPRINT_REJECTED');
  expect((await used.world.tokenOf(luis)).state).toBe('assigned');
  expect((await desktop.caller()).device.state).toBe('closed');
  expect(await trail('activation.wordsWrong')).toHaveLength(2);
  expect(await trail('token.reject')).toMatchObject([{ actor: { kind: 'authority' }, detail: { cause: 'wrong_words' } }]);
  expect((await used.world.outbox(admin.user, 'email')).at(-1)?.text).toContain('luis');
  expect(await codeOf(tokens.activate(desktop.serial!, by, words))).toBe('TRANSITION_NOT_ALLOWED');
});

test('S13: wrong triples of the issuer and of an admin count together', async () => {
  await desktop.open();
  const wrong = await wrongTriple();
  expect(await codeOf(used.world.services.issuer.tokens.activate(desktop.serial!, by, ['uno', 'dos', 'tres']))).toBe('FINGERPRINT_WRONG');
  expect(await codeOf(pick(wrong))).toBe('FINGERPRINT_REJECTED');
});

test('a planned replacement: the old device decides until the new one is activated, then it is dead', async () => {
  await desktop.open();
  await used.world.services.issuer.tokens.activate(desktop.serial!, by);
  await used.world.services.issuer.tokens.replaceDevice(desktop.serial!, 'planned', by);
  const next = used.world.desktop(luis);
  await next.bind();
  await next.open();
  expect((await desktop.caller()).device.state).toBe('active');
  expect((await next.caller()).device).toMatchObject({ state: 'pending', replacing: true });
  await used.world.services.issuer.tokens.activate(desktop.serial!, by);
  expect((await desktop.caller()).device.state).toBe('closed');
  expect((await next.caller()).device).toMatchObject({ state: 'active', replacing: false });
  expect(await used.world.store.read.seed(desktop.deviceId!)).toBeNull();
});

test('an invitation for a new device does not outlive the block of the token', async () => {
  await desktop.open();
  const { tokens } = used.world.services.issuer;
  await tokens.activate(desktop.serial!, by);
  await tokens.replaceDevice(desktop.serial!, 'planned', by);
  await tokens.block(desktop.serial!, by);
  await tokens.unblock(desktop.serial!, by);
  expect(await codeOf(used.world.desktop(luis).bind())).toBe('INVITATION_VOID');
});
