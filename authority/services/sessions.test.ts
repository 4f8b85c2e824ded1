import { expect, test } from 'vitest';
import { jwsType } from '../../shared/contract/signed.ts';
import { signJws } from '../crypto/jws.ts';
import { by, codeOf } from '../../test/support/authority-world.ts';
import { useWorld } from '../../test/support/use-world.ts';

const used = useWorld();

test('the state says what the person needs to see, pending and active', async () => {
  const admin = await used.world.activated('ana', 'admin');
  const luis = await used.world.person('luis');
  await used.world.services.issuer.tokens.assign('luis', by);
  const desktop = used.world.desktop(luis);
  await desktop.bind();
  await desktop.open();
  const state = await used.world.services.sessions.state(await desktop.caller());
  expect(state).toMatchObject({
    token: { serial: desktop.serial, state: 'pending_activation', blockedReason: null }, device: { state: 'pending', replacing: false },
    company: { name: 'Ferretería Central', enabled: true, administrators: ['Persona ana'] }, user: { name: 'Persona luis', role: 'member' },
    hardwareToken: null, policy: { otpDigits: 6, otpPeriod: 30 }, pinGeneration: 1, pinDestroyed: false, approvals: [],
  });
  expect(admin.serial).not.toBe(desktop.serial);
});

test('the first session acknowledges the binding, once in the trail, and the sealed answer is forgotten', async () => {
  const desktop = await used.world.activated('luis');
  await desktop.open();
  const { entries } = await used.world.services.audit.list({ chain: used.world.company.id, size: 100, event: 'device.acknowledged' });
  expect(entries).toHaveLength(1);
});

test('S17: a loss report blocks at once, tells the admins, and works only once', async () => {
  const admin = await used.world.activated('ana', 'admin');
  const desktop = await used.world.activated('luis');
  const report = signJws(jwsType.report, { device: desktop.deviceId, reported_at: 1, nonce: 'AAAAAAAAAAAAAAAAAAAAAA' }, desktop.session.privateKey);
  const { sessions } = used.world.services;
  expect(await sessions.report(await desktop.caller(), { report })).toEqual({ state: 'blocked' });
  expect(await used.world.tokenOf(desktop.user)).toMatchObject({ state: 'blocked', blockedReason: 'reported' });
  expect((await used.world.outbox(admin.user, 'email')).at(-1)?.text).toContain('luis');
  expect(await codeOf(sessions.report(await desktop.caller(), { report }))).toBe('TRANSITION_NOT_ALLOWED');
  await used.world.services.issuer.tokens.unblock(desktop.serial!, by);
  expect(await codeOf(sessions.report(await desktop.caller(), { report }))).toBe('DECISION_INVALID');
  expect((await used.world.tokenOf(desktop.user)).state).toBe('active');
});

test('a report by another key, of another device or of another type is refused', async () => {
  const [desktop, other] = [await used.world.activated('luis'), await used.world.activated('eva')];
  const payload = { device: desktop.deviceId, reported_at: 1, nonce: 'AAAAAAAAAAAAAAAAAAAAAA' };
  const bad = [signJws(jwsType.report, payload, other.session.privateKey), signJws(jwsType.denial, payload, desktop.session.privateKey), signJws(jwsType.report, { ...payload, device: other.deviceId }, desktop.session.privateKey)];
  for (const report of bad) expect(await codeOf(used.world.services.sessions.report(await desktop.caller(), { report }))).toBe('DECISION_INVALID');
});
