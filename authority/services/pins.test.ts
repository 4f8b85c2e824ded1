import { beforeEach, expect, test } from 'vitest';
import { toBase64url } from '../../shared/domain/base64url.ts';
import { by, codeOf, type Desktop } from '../../test/support/authority-world.ts';
import { useWorld } from '../../test/support/use-world.ts';

const used = useWorld();
let desktop: Desktop;
let admin: Desktop;
beforeEach(async () => {
  admin = await used.world.activated('ana', 'admin');
  desktop = await used.world.activated('luis');
});

const wrong = toBase64url(new Uint8Array(32));
const right = () => toBase64url(desktop.verifier);
const release = async (verifier: string, generation = 1) => used.world.services.pins.releaseShare(await desktop.caller(), { verifier, generation });

test('S14: a right PIN gets the share that the device gave away, and forgets the wrong tries before it', async () => {
  expect(await release(right())).toEqual({ share: toBase64url(desktop.share) });
  for (let tries = 9; tries >= 1; tries--) await expect(release(wrong)).rejects.toMatchObject({ code: 'PIN_WRONG', data: { triesLeft: tries } });
  expect(await codeOf(release(right()))).toBe('ok');
  await expect(release(wrong)).rejects.toMatchObject({ data: { triesLeft: 9 } });
});

test('S14: the tenth wrong PIN destroys the share for good, blocks the token with the reason and tells the admins', async () => {
  const answers = [];
  for (let tries = 0; tries < 10; tries++) answers.push(await codeOf(release(wrong)));
  expect(answers).toEqual([...Array<string>(9).fill('PIN_WRONG'), 'PIN_DESTROYED']);
  expect(await codeOf(release(right()))).toBe('PIN_DESTROYED');
  expect(await used.world.tokenOf(desktop.user)).toMatchObject({ state: 'blocked', blockedReason: 'pin_destroyed' });
  expect((await used.world.store.read.device(desktop.deviceId!))?.share).toBeNull();
  expect((await used.world.outbox(admin.user, 'email')).at(-1)?.text).toContain('luis');
  expect(await codeOf(used.world.services.issuer.tokens.unblock(desktop.serial!, by))).toBe('TRANSITION_NOT_ALLOWED');
  expect(await codeOf(used.world.services.issuer.tokens.replaceDevice(desktop.serial!, 'lost', by))).toBe('ok');
});

test('S14: a hundred wrong PINs at once are ten tries', async () => {
  const answers = await Promise.all(Array.from({ length: 100 }, () => codeOf(release(wrong))));
  expect(answers.filter((answer) => answer === 'PIN_WRONG')).toHaveLength(9);
  expect(answers.filter((answer) => answer === 'PIN_DESTROYED')).toHaveLength(91);
});

test('a change needs the present PIN; the old generation is told so and costs no try', async () => {
  const newVerifier = toBase64url(new Uint8Array(32).fill(7));
  const { pins } = used.world.services;
  expect(await codeOf(pins.change(await desktop.caller(), { verifier: wrong, generation: 1, newVerifier }))).toBe('PIN_WRONG');
  expect(await pins.change(await desktop.caller(), { verifier: right(), generation: 1, newVerifier })).toEqual({ generation: 2 });
  for (let tries = 0; tries < 12; tries++) await expect(release(right(), 1)).rejects.toMatchObject({ code: 'PIN_GENERATION', data: { generation: 2 } });
  expect(await codeOf(release(newVerifier, 2))).toBe('ok');
});

test('S17: while the token is blocked no share is released; unblocked, it is', async () => {
  await used.world.services.issuer.tokens.block(desktop.serial!, by);
  expect(await codeOf(release(right()))).toBe('TOKEN_NOT_ACTIVE');
  await used.world.services.issuer.tokens.unblock(desktop.serial!, by);
  expect(await codeOf(release(right()))).toBe('ok');
});

test('“Olvidé mi PIN” destroys the share, also of a token that is blocked already', async () => {
  await desktop.report();
  expect(await used.world.services.pins.forgotten(await desktop.caller())).toEqual({ state: 'blocked' });
  expect((await used.world.services.sessions.state(await desktop.caller())).pinDestroyed).toBe(true);
  expect(await used.world.tokenOf(desktop.user)).toMatchObject({ blockedReason: 'reported' });
});

test('the PIN of a new device destroyed while the old one works rejects the new one only', async () => {
  await used.world.services.issuer.tokens.replaceDevice(desktop.serial!, 'planned', by);
  const next = used.world.desktop(desktop.user);
  await next.bind();
  await used.world.services.pins.forgotten(await next.caller());
  expect((await used.world.tokenOf(desktop.user)).state).toBe('active');
  expect((await next.caller()).device.state).toBe('closed');
  expect(await codeOf(release(right()))).toBe('ok');
});
