import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import type { ActionRequest } from '../../shared/contract/admin.ts';
import { by, codeOf, type Desktop } from '../../test/support/authority-world.ts';
import { useWorld } from '../../test/support/use-world.ts';
import { Actor } from '../../test/properties/actor.ts';

const used = useWorld();
let admin: Desktop;
beforeEach(async () => { admin = await used.world.activated('ana', 'admin'); });

const ask = async (action: ActionRequest, from = admin, idempotencyKey: string = randomUUID()) =>
  used.world.services.admin.actions.request(await from.caller(), { action, idempotencyKey });
const tokenIdOf = async (desktop: Desktop) => (await used.world.tokenOf(desktop.user)).id;
const block = async (desktop: Desktop, from = admin) => ask({ kind: 'block', tokenIds: [await tokenIdOf(desktop)] }, from);

describe('who may', () => {
  test('S16: nobody acts on his own token, and of another admin’s an admin may only block it', async () => {
    const other = await used.world.activated('bea', 'admin');
    expect(await codeOf(block(admin))).toBe('OWN_TOKEN');
    expect(await codeOf(ask({ kind: 'editUser', userId: admin.user.id, changes: { mobile: '+573009999999' } }))).toBe('OWN_TOKEN');
    expect(await codeOf(ask({ kind: 'deactivateUser', userIds: [other.user.id] }))).toBe('OTHER_ADMIN');
    expect(await codeOf(ask({ kind: 'revoke', tokenIds: [await tokenIdOf(other)] }))).toBe('OTHER_ADMIN');
    expect(await codeOf(block(other))).toBe('ok');
  });

  test('S16: a member, an admin whose token is blocked and another company reach nothing', async () => {
    const member = await used.world.activated('luis');
    expect(await codeOf(block(admin, member))).toBe('NOT_ADMIN');
    await used.world.services.issuer.tokens.block((await used.world.tokenOf(admin.user)).serial, by);
    expect(await codeOf(block(member))).toBe('TOKEN_NOT_ACTIVE');
  });

  test('the last admin can neither be deactivated nor revoked', async () => {
    const { issuer } = used.world.services;
    expect(await codeOf(issuer.users.deactivate('ana', by))).toBe('LAST_ADMIN');
    expect(await codeOf(issuer.tokens.revoke((await used.world.tokenOf(admin.user)).serial, by))).toBe('LAST_ADMIN');
    await used.world.person('bea', { role: 'admin' });
    expect(await codeOf(issuer.users.deactivate('ana', by))).toBe('ok');
    expect(await codeOf(issuer.users.deactivate('bea', by))).toBe('LAST_ADMIN');
  });
});

describe('what is asked', () => {
  test('the rows say whom they touch, in full, and the same key gets the same action', async () => {
    const eva = await used.world.person('eva');
    const key = randomUUID();
    const [first, again] = [await ask({ kind: 'assign', userIds: [eva.id] }, admin, key), await ask({ kind: 'assign', userIds: [eva.id] }, admin, key)];
    expect(again).toEqual(first);
    expect(first.details.rows[0]).toMatchObject({ name: 'Persona eva', email: eva.personal?.email, mobile: eva.personal?.mobile, token: { before: 'available', after: 'assigned' } });
    expect(await codeOf(ask({ kind: 'assign', userIds: [admin.user.id] }, admin, key))).toBe('INPUT_INVALID');
  });

  test('all or none: more users than tokens, and users who cannot be given one, by name', async () => {
    const many = [];
    for (let at = 0; at < 20; at++) many.push((await used.world.person(`u${String(at)}`)).id);
    await expect(ask({ kind: 'assign', userIds: many })).rejects.toMatchObject({ code: 'POOL_EXHAUSTED', data: { requested: 20, available: 19 } });
    const silent = await used.world.person('sinmovil', { mobile: null });
    await expect(ask({ kind: 'assign', userIds: [many[0] as typeof silent.id, silent.id] })).rejects.toMatchObject({ code: 'USER_NOT_ASSIGNABLE', data: { rows: ['Persona sinmovil'] } });
  });

  test('S16: what has moved since runs nothing: the rows are named, the decision is kept', async () => {
    const [luis, eva] = [await used.world.activated('luis'), await used.world.activated('eva')];
    const view = await ask({ kind: 'block', tokenIds: [await tokenIdOf(luis), await tokenIdOf(eva)] });
    await eva.report();
    await expect(admin.decide(view.approvalId, 'approved')).rejects.toMatchObject({ code: 'ACTION_STALE', data: { rows: [eva.serial] } });
    expect((await used.world.tokenOf(luis.user)).state).toBe('active');
    const after = await used.world.services.admin.actions.get(await admin.caller(), { actionId: view.actionId });
    expect(after).toMatchObject({ state: 'stale', approvalState: 'approved', staleRows: [eva.serial] });
    expect((await used.world.store.read.approval(view.approvalId))?.decision).not.toBeNull();
  });

  test('S16: new contacts between the request and its approval make an assignment stale', async () => {
    const eva = await used.world.person('eva');
    const view = await ask({ kind: 'assign', userIds: [eva.id] });
    await used.world.services.issuer.users.edit('eva', { mobile: '+573001112233' }, by);
    expect(await codeOf(admin.decide(view.approvalId, 'approved'))).toBe('ACTION_STALE');
    expect(await used.world.store.read.tokenOfUser(eva.id)).toBeNull();
  });

  test('taken back: the approval is gone with it', async () => {
    const luis = await used.world.activated('luis');
    const view = await block(luis);
    expect(await used.world.services.admin.actions.cancel(await admin.caller(), { actionId: view.actionId })).toMatchObject({ state: 'cancelled', approvalState: 'cancelled' });
    expect(await codeOf(admin.decide(view.approvalId, 'approved'))).toBe('APPROVAL_CANCELLED');
    expect(await codeOf(used.world.services.admin.actions.cancel(await admin.caller(), { actionId: view.actionId }))).toBe('APPROVAL_DECIDED');
  });
});

describe('two admins at the same moment', () => {
  const pairs = [['block', 'revoke'], ['block', 'replaceDeviceLost'], ['revoke', 'replaceDeviceLost'], ['block', 'block'], ['revoke', 'revoke']] as const;
  test.each(pairs)('S16: %s and %s of one token: exactly one runs', async (one, two) => {
    const other = await used.world.activated('bea', 'admin');
    const luis = await used.world.activated('luis');
    const tokenIds = [await tokenIdOf(luis)];
    const [first, second] = [await ask({ kind: one, tokenIds }), await ask({ kind: two, tokenIds }, other)];
    const answers = await Promise.all([codeOf(admin.decide(first.approvalId, 'approved')), codeOf(other.decide(second.approvalId, 'approved'))]);
    expect(answers.toSorted()).toEqual(['ACTION_STALE', 'ok']);
  });

  test('S16: the same last tokens for different people: exactly one assignment runs', async () => {
    const other = await used.world.activated('bea', 'admin');
    const [eva, luis] = [await used.world.person('eva'), await used.world.person('luis')];
    const [first, second] = [await ask({ kind: 'assign', userIds: [eva.id] }), await ask({ kind: 'assign', userIds: [luis.id] }, other)];
    const answers = await Promise.all([codeOf(admin.decide(first.approvalId, 'approved')), codeOf(other.decide(second.approvalId, 'approved'))]);
    expect(answers.toSorted()).toEqual(['ACTION_STALE', 'ok']);
  });
});

describe('a second admin', () => {
  const edit = { mobile: '+573004445566' };

  async function pendingWithFreshContacts() {
    const luis = await used.world.person('luis');
    await used.world.services.issuer.tokens.assign('luis', by);
    await used.world.services.issuer.users.edit('luis', edit, by);
    await used.world.services.issuer.tokens.resend((await used.world.tokenOf(luis)).serial, by);
    const actor = new Actor(used.world, admin, luis);
    await actor.run('bind');
    await actor.run('acknowledge');
    await actor.compareWords();
    return { luis, tokenIds: [await actor.tokenId()] };
  }

  test('S13: an activation within 72 h of a contact change needs one, and there must be one', async () => {
    const { luis, tokenIds } = await pendingWithFreshContacts();
    expect(await codeOf(ask({ kind: 'activate', tokenIds }))).toBe('SECOND_ADMIN_REQUIRED');
    const bea = await used.world.activated('bea', 'admin');
    const view = await ask({ kind: 'activate', tokenIds });
    expect(await admin.decide(view.approvalId, 'approved')).toEqual({ state: 'approved', actionState: 'awaiting_second' });
    expect((await used.world.tokenOf(luis)).state).toBe('pending_activation');
    expect(await used.world.services.admin.actions.get(await admin.caller(), { actionId: view.actionId })).toMatchObject({ awaiting: ['Persona bea'] });
    const [asked] = await used.world.services.approvals.list(await bea.caller());
    expect(await bea.decide(asked?.id ?? view.approvalId, 'approved')).toEqual({ state: 'approved', actionState: 'done' });
    expect((await used.world.tokenOf(luis)).state).toBe('active');
  });

  test('S13: after 72 h it does not', async () => {
    const { tokenIds } = await pendingWithFreshContacts();
    used.pass({ hours: 72 });
    await new Actor(used.world, admin, (await used.world.store.read.userByName('luis'))!).compareWords();
    const view = await ask({ kind: 'activate', tokenIds });
    expect(await admin.decide(view.approvalId, 'approved')).toEqual({ state: 'approved', actionState: 'done' });
  });

  test('four eyes: all others are asked, the first answer counts, nobody about himself', async () => {
    await used.world.services.issuer.companies.setPolicy(used.world.company.id, { fourEyes: true }, by);
    const [bea, carla] = [await used.world.activated('bea', 'admin'), await used.world.activated('carla', 'admin')];
    const view = await ask({ kind: 'block', tokenIds: [await tokenIdOf(bea)] });
    await admin.decide(view.approvalId, 'approved');
    expect(await used.world.services.approvals.list(await bea.caller())).toEqual([]);
    const [asked] = await used.world.services.approvals.list(await carla.caller());
    expect(await carla.decide(asked!.id, 'denied')).toEqual({ state: 'denied', actionState: 'denied' });
    expect((await used.world.tokenOf(bea.user)).state).toBe('active');
  });

  test('S16: what a blocked admin had asked for no longer runs', async () => {
    await used.world.services.issuer.companies.setPolicy(used.world.company.id, { fourEyes: true }, by);
    const [bea, luis] = [await used.world.activated('bea', 'admin'), await used.world.activated('luis')];
    const view = await block(luis);
    await admin.decide(view.approvalId, 'approved');
    await admin.report();
    const [asked] = await used.world.services.approvals.list(await bea.caller());
    expect(await codeOf(bea.decide(asked!.id, 'approved'))).toBe('ACTION_STALE');
    expect((await used.world.tokenOf(luis.user)).state).toBe('active');
  });
});

describe('people', () => {
  test('add, edit, deactivate, reactivate: approved, with what changes in the rows', async () => {
    const { world } = used;
    const view = await ask({ kind: 'addUser', user: { userName: 'nuevo', name: 'Nuevo Usuario', email: 'n@ejemplo.co', mobile: '+573001230000', language: 'es' } });
    await admin.decide(view.approvalId, 'approved');
    const added = await world.store.read.userByName('nuevo');
    expect(added?.id).toBe(view.details.rows[0]?.userId);
    const edited = await ask({ kind: 'editUser', userId: added!.id, changes: { name: 'Nueva', email: 'otra@ejemplo.co' } });
    expect(edited.details.rows[0]?.fields).toEqual([{ field: 'name', before: 'Nuevo Usuario', after: 'Nueva' }, { field: 'email', before: 'n@ejemplo.co', after: 'otra@ejemplo.co' }]);
    await admin.decide(edited.approvalId, 'approved');
    expect((await world.outbox(added!, 'email')).at(-1)?.to).toBe('n@ejemplo.co');
    expect(await codeOf(ask({ kind: 'editUser', userId: added!.id, changes: { name: 'Nueva' } }))).toBe('USER_UNCHANGED');
    await world.approved(admin, { kind: 'deactivateUser', userIds: [added!.id] });
    expect(await codeOf(ask({ kind: 'assign', userIds: [added!.id] }))).toBe('USER_NOT_ASSIGNABLE');
    await world.approved(admin, { kind: 'reactivateUser', userIds: [added!.id] });
    expect((await world.store.read.userByName('nuevo'))?.active).toBe(true);
  });

  test('S13: new contacts void invitations and codes that are on their way', async () => {
    const eva = await used.world.person('eva');
    await used.world.services.issuer.tokens.assign('eva', by);
    const desktop = used.world.desktop(eva);
    const binding = await desktop.start();
    const code = await desktop.smsCode();
    await used.world.approved(admin, { kind: 'editUser', userId: eva.id, changes: { email: 'ladron@ejemplo.co' } });
    expect(await codeOf(desktop.complete(binding, code))).toBe('INVITATION_VOID');
    expect(await codeOf(desktop.start())).toBe('INVITATION_VOID');
  });

  test('a token that was reported before its first activation cannot be unblocked past the words; a destroyed PIN cannot either', async () => {
    const luis = await used.world.person('luis');
    await used.world.services.issuer.tokens.assign('luis', by);
    const actor = new Actor(used.world, admin, luis);
    for (const command of ['bind', 'acknowledge', 'report'] as const) expect(await actor.run(command)).toBe(true);
    expect(await actor.run('unblock')).toBe(false);
    const rows = await used.world.services.admin.tokens.byIds(await admin.caller(), { tokenIds: [await actor.tokenId()] });
    expect(rows[0]?.actions).toEqual(['replaceDeviceLost', 'revoke']);
  });
});
