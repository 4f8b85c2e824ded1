import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { useWorld } from '../../test/support/use-world.ts';
import { by } from '../../test/support/authority-world.ts';

const used = useWorld();

test('from the pool to a token that decides: assign, bind, session, activate', async () => {
  const { world } = used;
  const admin = await world.activated('ana', 'admin');
  expect((await world.tokenOf(admin.user)).state).toBe('active');
  const state = await world.services.sessions.state(await admin.caller());
  expect(state).toMatchObject({ token: { serial: 'FEF0000001', state: 'active' }, device: { state: 'active' }, user: { role: 'admin' } });

  const [luis, eva] = [await world.person('luis'), await world.person('eva')];
  const view = await world.services.admin.actions.request(await admin.caller(), { action: { kind: 'assign', userIds: [luis.id, eva.id] }, idempotencyKey: randomUUID() });
  expect(view).toMatchObject({ state: 'pending', approvalState: 'pending', details: { pool: { before: 19, after: 17 }, rows: [{ serial: 'FEF0000002', token: { before: 'available', after: 'assigned' } }, { serial: 'FEF0000003' }] } });
  expect(await admin.decide(view.approvalId, 'approved')).toEqual({ state: 'approved', actionState: 'done' });
  expect((await world.tokenOf(eva)).state).toBe('assigned');

  const desktop = world.desktop(luis);
  await desktop.bind();
  await desktop.open();
  expect((await world.tokenOf(luis)).state).toBe('pending_activation');
  await world.services.issuer.tokens.activate((await world.tokenOf(luis)).serial, by);
  expect((await world.tokenOf(luis)).state).toBe('active');
  expect(await world.services.audit.verify(world.company.id)).toMatchObject({ ok: true });
});
