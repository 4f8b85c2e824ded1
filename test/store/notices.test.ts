import { describe, expect, test } from 'vitest';
import { toBase64url } from '../../shared/domain/base64url.ts';
import { createServices } from '../../authority/services/services.ts';
import { by, codeOf, type Desktop, type World } from '../support/authority-world.ts';
import { databases } from '../support/stores.ts';
import { useAuthority } from '../support/use-world.ts';

describe.each(databases)('who is told of a token on %s', (name) => {
  const used = useAuthority(name);
  const { newWorld } = used;
  const subjects = async (world: World, { user }: Desktop) => (await world.outbox(user, 'email')).map(({ subject }) => subject).filter((subject) => subject?.startsWith('Su token'));
  const issuerMail = (since: number) => used.authority.sent.slice(since).filter(({ to }) => to === 'guardia@banco.example');
  const lastOfTrail = async (world: World) => (await world.services.audit.list({ chain: world.company.id, size: 5 })).entries.find(({ event }) => event === 'issuer.notified');

  test('the person, by mail: active, blocked, unblocked, moved to another computer, revoked', async () => {
    const world = await newWorld();
    const { tokens } = world.services.issuer;
    const desktop = await world.activated('luis');
    const serial = desktop.serial ?? '';
    expect(await subjects(world, desktop)).toEqual(['Su token quedó activo']);
    await tokens.block(serial, by);
    await tokens.unblock(serial, by);
    await tokens.replaceDevice(serial, 'planned', by);
    const next = world.desktop(desktop.user);
    await next.bind();
    await next.open();
    await tokens.activate(serial, by);
    await tokens.revoke(serial, by);
    expect(await subjects(world, desktop)).toEqual(['Su token quedó activo', 'Su token quedó bloqueado', 'Su token quedó desbloqueado', 'Su token pasó a otro equipo', 'Su token se revocó']);
    expect((await world.outbox(desktop.user, 'sms')).every(({ subject }) => subject === null)).toBe(true);
  });

  test('also of what came from his own computer, and of his deactivation; not without an address', async () => {
    const world = await newWorld();
    await world.activated('ana', 'admin');
    const [reported, deactivated, silent] = [await world.activated('luis'), await world.activated('eva'), await world.activated('juan')];
    await reported.report();
    await world.services.issuer.users.deactivate(deactivated.user.userName, by);
    for (const desktop of [reported, deactivated]) expect((await subjects(world, desktop)).at(-1)).toBe('Su token quedó bloqueado');
    await world.services.issuer.users.edit(silent.user.userName, { email: null }, by);
    const before = used.authority.sent.length;
    expect(await codeOf(world.services.issuer.tokens.block(silent.serial ?? '', by))).toBe('ok');
    expect(used.authority.sent).toHaveLength(before);
  });

  test('a change that is refused tells nobody', async () => {
    const world = await newWorld();
    const desktop = await world.activated('luis');
    const before = used.authority.sent.length;
    expect(await codeOf(world.services.issuer.tokens.unblock(desktop.serial ?? '', by))).toBe('TRANSITION_NOT_ALLOWED');
    expect(used.authority.sent).toHaveLength(before);
  });

  test.each([
    ['reports the loss', (admin: Desktop) => admin.report(), 'Token reportado como perdido', 'tokenReported'],
    ['forgets the PIN', async (admin: Desktop) => admin.world.services.pins.forgotten(await admin.caller()), 'PIN olvidado', 'pinForgotten'],
    ['types the PIN wrongly ten times', async (admin: Desktop) => {
      for (let tries = 0; tries < 10; tries++) await codeOf(admin.world.services.pins.releaseShare(await admin.caller(), { verifier: toBase64url(new Uint8Array(32)), generation: 1 }));
    }, 'Llaves destruidas por PIN equivocado', 'pinDestroyed'],
    ['answers “No fui yo”', async (admin: Desktop) => {
      const member = await admin.world.person('luis');
      const { approvalId } = await admin.world.services.admin.actions.request(await admin.caller(), { action: { kind: 'assign', userIds: [member.id] }, idempotencyKey: crypto.randomUUID() });
      await admin.decide(approvalId, 'reported');
    }, 'Alguien pidió una aprobación en nombre de otra persona', 'notMe'],
  ] as const)('the only admin %s: the issuer is told by mail, and the trail says so', async (_, happens, subject, what) => {
    const world = await newWorld();
    const admin = await world.activated('ana', 'admin');
    const before = used.authority.sent.length;
    await happens(admin);
    expect(await world.tokenOf(admin.user)).toMatchObject({ state: 'blocked' });
    expect(issuerMail(before)).toMatchObject([{ channel: 'email', userId: null, subject: `${subject}: ${world.company.name}, ${admin.serial}` }]);
    expect(await lastOfTrail(world)).toMatchObject({ actor: { kind: 'authority' }, subject: { userId: admin.user.id, serial: admin.serial }, detail: { what, sent: true } });
    expect(await world.services.audit.verify(world.company.id)).toMatchObject({ ok: true });
  });

  test('with a second admin he is told instead; one who cannot be reached does not count', async () => {
    const world = await newWorld();
    const admin = await world.activated('ana', 'admin');
    const second = await world.person('eva', { role: 'admin' });
    const before = used.authority.sent.length;
    await admin.report();
    expect(issuerMail(before)).toEqual([]);
    expect((await world.outbox(second, 'email')).at(-1)?.subject).toContain('Token reportado como perdido');
    expect(await lastOfTrail(world)).toBeUndefined();
    await world.services.issuer.tokens.unblock(admin.serial ?? '', by);
    await world.store.transaction((tx) => tx.updatePersonal(second.id, { emailBounced: true }));
    await admin.report();
    expect(issuerMail(before)).toHaveLength(1);
  });

  test('the first admin’s invitation, voided by guesses: nobody of the company could know', async () => {
    const world = await newWorld();
    const user = await world.person('ana', { role: 'admin' });
    await world.services.issuer.tokens.assign(user.userName, by);
    const before = used.authority.sent.length;
    // From another name each time: the tries of one name end before the invitation's do.
    for (let tries = 0; tries < 10; tries++) expect(await codeOf(world.desktop(user).start({ user: `nadie${tries}-${world.company.id.slice(0, 8)}` }))).toBe('BINDING_REFUSED');
    expect(issuerMail(before)).toMatchObject([{ subject: expect.stringContaining('Invitación anulada') as string }]);
  });

  test('without an address of the issuer it stands in the trail', async () => {
    const world = await newWorld();
    const admin = await world.activated('ana', 'admin');
    const services = createServices({ ...world.context, facts: { ...world.context.facts, issuerNotices: null } });
    const before = used.authority.sent.length;
    await services.pins.forgotten(await admin.caller());
    expect(issuerMail(before)).toEqual([]);
    expect(await lastOfTrail(world)).toMatchObject({ detail: { what: 'pinForgotten', sent: false } });
  });
});
