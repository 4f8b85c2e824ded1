import { beforeEach, expect, test } from 'vitest';
import { by, codeOf, hardwareSeed, type Desktop } from '../../test/support/authority-world.ts';
import { useWorld } from '../../test/support/use-world.ts';

const used = useWorld();
let admin: Desktop;
beforeEach(async () => { admin = await used.world.activated('ana', 'admin'); });

const page = { size: 25, position: 'first', search: '' } as const;
const list = async (from = admin) => used.world.services.admin.tokens.list(await from.caller(), { ...page, sort: 'serial', direction: 'asc' });

test('the two quantities and the table, with what each row may have done', async () => {
  const { services } = used.world;
  const luis = await used.world.person('luis');
  await services.issuer.hardware.add({ company: used.world.company.id, serial: 'HW-1', type: 'hotp', algorithm: 'sha1', digits: 6, period: 30, seed: hardwareSeed, counter: 0 }, by);
  await services.issuer.hardware.give('HW-1', 'luis', by);
  await services.issuer.tokens.assign('luis', by);
  await used.world.activated('bea', 'admin');
  const active = await used.world.activated('eva');
  expect(await services.admin.tokens.summary(await admin.caller())).toMatchObject({ allocated: 20, counts: { available: 16, assigned: 1, active: 3, pending_activation: 0, blocked: 0, revoked: 0 } });

  const { rows } = await list();
  expect(rows.map(({ user, isSelf, actions, mayResend, invitation }) => [user?.userName, isSelf, actions, mayResend, invitation?.status])).toEqual([
    ['ana', true, [], false, 'used'],
    ['luis', false, ['unassign', 'revoke', 'hardwareTokenLost'], true, 'open'],
    ['bea', false, ['block'], false, 'used'],
    ['eva', false, ['block', 'replaceDevicePlanned', 'replaceDeviceLost', 'revoke', 'temporaryCode'], false, 'used'],
  ]);
  await services.issuer.tokens.replaceDevice(active.serial!, 'planned', by);
  expect((await list()).rows.at(-1)).toMatchObject({ replacement: 'invited', state: 'active' });
  await used.world.desktop(active.user).bind();
  expect((await list()).rows.at(-1)).toMatchObject({ replacement: 'bound', deviceAcknowledged: false, actions: ['activate', 'reject', 'block', 'replaceDeviceLost', 'revoke', 'temporaryCode'] });
  used.pass({ hours: 72 });
  expect((await list()).rows[1]).toMatchObject({ user: { id: luis.id }, invitation: { status: 'expired' } });
});

test('a temporary code is offered where the login rule would take one, and where asking for it is allowed', async () => {
  const { services } = used.world;
  await used.world.person('nuevo');
  await services.issuer.tokens.assign('nuevo', by);
  await used.world.activated('bea', 'admin');
  const eva = await used.world.activated('eva');
  await services.issuer.tokens.block(eva.serial ?? '', by);
  const lost = await used.world.activated('lia');
  await services.issuer.tokens.replaceDevice(lost.serial ?? '', 'lost', by);
  const withCode = async () => (await list()).rows.filter(({ actions }) => actions.includes('temporaryCode')).map(({ user, state }) => [user?.userName, state]);
  expect(await withCode()).toEqual([['eva', 'blocked'], ['lia', 'assigned']]);
  await services.issuer.users.deactivate('eva', by);
  expect(await withCode()).toEqual([['lia', 'assigned']]);
});

test('resending voids the older invitation and needs no approval', async () => {
  const luis = await used.world.person('luis');
  await used.world.services.issuer.tokens.assign('luis', by);
  const desktop = used.world.desktop(luis);
  const before = await desktop.invitation();
  const { tokens } = used.world.services.admin;
  await tokens.resendInvitation(await admin.caller(), { tokenId: (await used.world.tokenOf(luis)).id });
  expect(await used.world.services.invitations.preview({ code: before.code })).toMatchObject({ status: 'void' });
  expect(await codeOf(tokens.resendInvitation(await admin.caller(), { tokenId: (await used.world.tokenOf(admin.user)).id }))).toBe('OWN_TOKEN');
});

test('people: who cannot be given a token says why; contacts are fresh for 72 hours', async () => {
  await used.world.person('sin', { mobile: null });
  const eva = await used.world.person('eva');
  const { users } = used.world.services.admin;
  const found = await users.list(await admin.caller(), { ...page, filter: 'not_assignable', sort: 'userName', direction: 'asc' });
  expect(found.rows.map(({ userName, obstacles }) => [userName, obstacles])).toEqual([['ana', ['has_token']], ['sin', ['no_mobile']]]);
  expect(found.counts).toEqual({ all: 3, assignable: 1, notAssignable: 2, inactive: 0 });
  await used.world.services.issuer.users.edit('eva', { email: 'e@ejemplo.co' }, by);
  expect((await users.get(await admin.caller(), { userId: eva.id })).contactsFreshUntil).not.toBeNull();
  used.pass({ hours: 72 });
  expect((await users.get(await admin.caller(), { userId: eva.id })).contactsFreshUntil).toBeNull();
});

test('a row’s history has every event with its actor and approval, and Actividad verifies', async () => {
  const { services } = used.world;
  const eva = await used.world.person('eva');
  await used.world.approved(admin, { kind: 'assign', userIds: [eva.id] });
  const { id: tokenId } = await used.world.tokenOf(eva);
  const history = await services.admin.tokens.history(await admin.caller(), { tokenId, size: 25 });
  expect(history.entries).toMatchObject([{ event: 'token.assign', actor: { kind: 'admin', name: 'Persona ana' }, subject: { name: 'Persona eva' }, approvalId: expect.any(String) as string, detail: { from: 'available', to: 'assigned' } }]);
  const evidence = await services.admin.tokens.evidence(await admin.caller(), { approvalId: history.entries[0]!.approvalId! });
  expect(evidence).toMatchObject({ state: 'approved', signer: { serial: admin.serial, name: 'Persona ana' }, checks: { authoritySignature: true, deviceSignature: true, chain: true } });
  expect(await services.admin.activity.verify(await admin.caller())).toMatchObject({ ok: true, firstBad: null });
});

test('S29: an admin sees and touches nothing of another company', async () => {
  const { issuer, admin: reads } = used.world.services;
  await issuer.companies.create({ name: 'Otra', serialPrefix: 'ABC' }, by);
  await issuer.companies.allocate('Otra', 1, by);
  const zoe = await issuer.users.add({ company: 'Otra', userName: 'zoe', name: 'Zoe', email: 'zoe@ejemplo.co', mobile: '+573000000001', role: 'member', language: 'es' }, by);
  const token = await issuer.tokens.assign('zoe', by);
  const caller = await admin.caller();
  expect((await list()).rows.map(({ user }) => user?.userName)).toEqual(['ana']);
  expect(await reads.tokens.byIds(caller, { tokenIds: [token.id] })).toEqual([]);
  expect(await codeOf(reads.tokens.history(caller, { tokenId: token.id, size: 5 }))).toBe('TOKEN_UNKNOWN');
  expect(await codeOf(reads.tokens.resendInvitation(caller, { tokenId: token.id }))).toBe('TOKEN_UNKNOWN');
  expect(await codeOf(reads.activation.open(caller, { tokenId: token.id }))).toBe('TOKEN_UNKNOWN');
  expect(await codeOf(reads.users.get(caller, { userId: zoe.id }))).toBe('USER_UNKNOWN');
  expect(await codeOf(reads.users.sendPasswordLink(caller, { userId: zoe.id }))).toBe('USER_UNKNOWN');
  for (const action of [{ kind: 'unassign' as const, tokenIds: [token.id] }, { kind: 'deactivateUser' as const, userIds: [zoe.id] }]) {
    expect(['TOKEN_UNKNOWN', 'USER_UNKNOWN']).toContain(await codeOf(used.world.approved(admin, action)));
  }
});
