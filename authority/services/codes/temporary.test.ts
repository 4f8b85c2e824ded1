import { beforeEach, expect, test } from 'vitest';
import { by, codeOf, type Desktop } from '../../../test/support/authority-world.ts';
import { useWorld } from '../../../test/support/use-world.ts';
import type { AdminActionId } from '../../../shared/domain/ids.ts';
import { temporaryHash } from './temporary-hash.ts';

const used = useWorld();
let admin: Desktop;
let member: Desktop;
beforeEach(async () => {
  admin = await used.world.activated('ana', 'admin');
  member = await used.world.activated('luis');
});

const users = () => used.world.services.admin.users;
const request = async (by: Desktop = admin, whom: Desktop = member) =>
  used.world.services.admin.actions.request(await by.caller(), { action: { kind: 'temporaryCode', userIds: [whom.user.id], reason: 'Dejó su portátil en casa' }, idempotencyKey: crypto.randomUUID() });
const show = async (actionId: AdminActionId, by: Desktop = admin) => users().temporaryCode(await by.caller(), { actionId });
async function make(): Promise<{ code: string; expiresAt: number; actionId: AdminActionId }> {
  const { actionId, approvalId } = await request();
  expect(await admin.decide(approvalId, 'approved')).toMatchObject({ actionState: 'done' });
  return { ...(await show(actionId)), actionId };
}
const check = (code: string) => used.world.services.codes.check({ user: member.user, company: used.world.company, code, purpose: 'login' });
const events = async () => (await used.world.store.read.auditRange(used.world.company.id, 1, 1000)).map(({ event }) => event);

test('asked for, approved on the own token, shown once, used once, all of it in the trail', async () => {
  const { code, expiresAt, actionId } = await make();
  expect(code).toMatch(/^\d{8}$/);
  expect(expiresAt - (await used.world.store.now())).toBe(3600_000);
  expect(await codeOf(show(actionId))).toBe('TEMPORARY_CODE_SHOWN');
  expect(await check(code)).toEqual({ accepted: true, method: 'temporary' });
  expect((await check(code)).accepted).toBe(false);
  expect(await events()).toEqual(expect.arrayContaining(['user.temporaryCode', 'user.temporaryCodeShown', 'code.accepted', 'code.refused']));
});

test('nothing is made before the approval, nor after a denial; another admin does not see it', async () => {
  const other = await used.world.activated('eva', 'admin');
  const { actionId, approvalId } = await request();
  expect(await codeOf(show(actionId))).toBe('ACTION_UNKNOWN');
  await admin.decide(approvalId, 'denied');
  expect(await codeOf(show(actionId))).toBe('ACTION_UNKNOWN');
  const second = await request();
  await admin.decide(second.approvalId, 'approved');
  expect(await codeOf(show(second.actionId, other))).toBe('ACTION_UNKNOWN');
  expect(await codeOf(show(second.actionId, member))).toBe('NOT_ADMIN');
  expect((await show(second.actionId)).code).toMatch(/^\d{8}$/);
});

test('one hour', async () => {
  const { code } = await make();
  used.pass({ seconds: 3599 });
  const early = await make();
  used.pass({ minutes: 60 });
  expect((await check(early.code)).accepted).toBe(false);
  expect((await check(code)).accepted).toBe(false);
});

test('the one made later voids the earlier one', async () => {
  const [first, second] = [await make(), await make()];
  expect((await check(first.code)).accepted).toBe(false);
  expect((await check(second.code)).accepted).toBe(true);
});

test('void from the moment the token works again, the contacts change or the person is deactivated', async () => {
  const issuer = used.world.services.issuer;
  const serial = member.serial ?? '';
  const ends = {
    unblock: async () => { await issuer.tokens.block(serial, by); await issuer.tokens.unblock(serial, by); },
    contact: () => issuer.users.edit('luis', { mobile: '+573009999999' }, by),
    deactivate: async () => { await issuer.users.deactivate('luis', by); await issuer.users.reactivate('luis', by); },
  };
  for (const [name, end] of Object.entries(ends)) {
    const { code } = await make();
    await end();
    expect([name, (await check(code)).accepted]).toEqual([name, false]);
    if (name !== 'deactivate') expect((await used.world.tokenOf(member.user)).state).toBe('active');
  }
});

test('it opens a channel that ten wrong codes closed: an admin vouches for the person', async () => {
  for (let n = 0; n < 10; n++) { await check('0'); used.pass({ minutes: 15 }); }
  const { code } = await make();
  expect(await check(code)).toEqual({ accepted: true, method: 'temporary' });
  expect(await events()).toContain('code.unlocked');
});

test('so does the issuer, by name, with operator and reason', async () => {
  for (let n = 0; n < 10; n++) { await check('0'); used.pass({ minutes: 15 }); }
  await used.world.services.issuer.users.unlockCodes('luis', by);
  expect((await used.world.store.read.codeChannel(member.user.id)).failures).toBe(0);
  const entry = (await used.world.store.read.auditRange(used.world.company.id, 1, 1000)).findLast(({ event }) => event === 'code.unlocked');
  expect(JSON.parse(entry?.note ?? '{}')).toMatchObject({ operator: 'olga', reason: 'prueba' });
});

test('a blocked token: the code lets the person in, and the virtual one still does not', async () => {
  await used.world.services.issuer.tokens.block(member.serial ?? '', by);
  const { code } = await make();
  expect(await check(code)).toEqual({ accepted: true, method: 'temporary' });
});

test('not for oneself, another admin, or a person whom the login rule would not let in by it', async () => {
  const other = await used.world.activated('eva', 'admin');
  const fresh = used.world.desktop(await used.world.person('nuevo'));
  expect(await codeOf(request(admin, admin))).toBe('OWN_TOKEN');
  expect(await codeOf(request(admin, other))).toBe('OTHER_ADMIN');
  expect(await codeOf(request(admin, fresh))).toBe('TRANSITION_NOT_ALLOWED');
  const rows = (await users().list(await admin.caller(), { search: '', filter: 'all', sort: 'name', direction: 'asc', size: 25, position: 'first' })).rows;
  expect(Object.fromEntries(rows.map((row) => [row.userName, row.mayHaveTemporaryCode]))).toMatchObject({ luis: true, nuevo: false });
});

test('at rest: a keyed hash, and nothing in clear once it was shown', async () => {
  const { code, actionId } = await make();
  const stored = await used.world.store.read.temporaryCodeOfAction(actionId);
  expect(stored).toMatchObject({ shown: null, codeHash: temporaryHash(used.world.sealer, member.user.id, code) });
  const everything = JSON.stringify([stored, await used.world.store.read.auditRange(used.world.company.id, 1, 1000)]);
  expect(everything).not.toContain(code);
});
