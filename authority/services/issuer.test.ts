import { expect, test } from 'vitest';
import { by, codeOf, hardwareSeed } from '../../test/support/authority-world.ts';
import { useWorld } from '../../test/support/use-world.ts';
import { listenerOf } from './event-stream.ts';

const used = useWorld();
const issuer = () => used.world.services.issuer;
const trail = async (size = 100) => (await used.world.services.audit.list({ chain: used.world.company.id, size })).entries;

test('a company has a name and a prefix of its own, and begins without being enabled', async () => {
  const { companies } = issuer();
  expect(await codeOf(companies.create({ name: 'Ferretería Central', serialPrefix: 'ABC' }, by))).toBe('INPUT_INVALID');
  expect(await codeOf(companies.create({ name: 'Otra', serialPrefix: 'FEF' }, by))).toBe('INPUT_INVALID');
  expect(await codeOf(companies.create({ name: 'Otra\u202E', serialPrefix: 'ABC' }, by))).toBe('INPUT_INVALID');
  const created = await companies.create({ name: 'Otra', serialPrefix: 'abc' }, by);
  expect(created).toMatchObject({ enabled: false, suspended: false, serialPrefix: 'ABC' });
  expect((await companies.allocate('Otra', 3, by)).map(({ serial }) => serial)).toEqual(['ABC0000001', 'ABC0000002', 'ABC0000003']);
  for (const count of [0, 10_001, 1.5]) expect(await codeOf(companies.allocate('Otra', count, by))).toBe('INPUT_INVALID');
});

test('S13: in a company that is not enabled tokens are assigned and bound, not activated', async () => {
  const { companies, users, tokens } = issuer();
  await companies.create({ name: 'Otra', serialPrefix: 'ABC' }, by);
  await companies.allocate('Otra', 1, by);
  const user = await users.add({ company: 'Otra', userName: 'zoe', name: 'Zoe', email: 'zoe@ejemplo.co', mobile: '+573000000001', role: 'admin', language: 'es' }, by);
  const { serial } = await tokens.assign('zoe', by);
  const desktop = used.world.desktop(user);
  await desktop.bind();
  await desktop.open();
  expect(await codeOf(tokens.activate(serial, by))).toBe('COMPANY_NOT_ENABLED');
  await companies.enable('Otra', by);
  expect(await codeOf(tokens.activate(serial, by))).toBe('ok');
});

test('S17: a suspended company is refused at every call until it is resumed', async () => {
  const desktop = await used.world.activated('luis');
  await issuer().companies.suspend(used.world.company.id, by);
  const listener = listenerOf(await desktop.caller());
  expect(await used.world.authentication.recheck([listener])).toEqual(['COMPANY_SUSPENDED']);
  await issuer().companies.resume(used.world.company.id, by);
  expect(await used.world.authentication.recheck([listener])).toEqual([listener]);
});

test('who is added must have a form that works, and a name that nobody has', async () => {
  const person = { company: used.world.company.id, userName: 'luis', name: 'Luis', email: 'l@ejemplo.co', mobile: '+57 300 123 4567', role: 'member', language: 'es' } as const;
  const added = await issuer().users.add(person, by);
  expect(added.personal?.mobile).toBe('+573001234567');
  await expect(issuer().users.add(person, by)).rejects.toMatchObject({ code: 'USER_NAME_TAKEN' });
  for (const [field, value] of [['userName', 'con espacio'], ['email', 'no'], ['mobile', '300'], ['name', '']] as const) {
    await expect(issuer().users.add({ ...person, userName: 'otro', [field]: value }, by), field).rejects.toMatchObject({ code: 'INPUT_INVALID', data: { field } });
  }
});

test('S2: a hardware token with fewer than 128 bits is refused, and serials are unique', async () => {
  const { hardware } = issuer();
  const token = { company: used.world.company.id, serial: 'HW-1', type: 'totp', algorithm: 'sha1', digits: 6, period: 30, seed: hardwareSeed, counter: 0 } as const;
  expect(await codeOf(hardware.add({ ...token, seed: new Uint8Array(15) }, by))).toBe('INPUT_INVALID');
  expect(await codeOf(hardware.add(token, by))).toBe('ok');
  expect(await codeOf(hardware.add(token, by))).toBe('INPUT_INVALID');
});

test('invariant 3: activating switches the hardware token off with one entry, and it is never on beside an active token', async () => {
  const { hardware, tokens } = issuer();
  const user = await used.world.person('luis');
  await hardware.add({ company: used.world.company.id, serial: 'HW-1', type: 'hotp', algorithm: 'sha1', digits: 6, period: 30, seed: hardwareSeed, counter: 0 }, by);
  await hardware.give('HW-1', 'luis', by);
  const { serial } = await tokens.assign('luis', by);
  const desktop = used.world.desktop(user);
  await desktop.bind();
  await desktop.open();
  await tokens.activate(serial, by);
  expect((await hardware.get('HW-1')).state).toBe('off');
  expect((await trail()).find(({ event }) => event === 'token.activate')?.detail).toMatchObject({ from: 'pending_activation', to: 'active', hardware: 'HW-1' });
  expect(await codeOf(hardware.enable('HW-1', by))).toBe('TRANSITION_NOT_ALLOWED');
  await tokens.block(serial, by);
  expect(await codeOf(hardware.enable('HW-1', by))).toBe('ok');
  await tokens.unblock(serial, by);
  expect((await hardware.get('HW-1')).state).toBe('off');
});

test('invariant 3: a hardware token that is on is not given to somebody whose virtual token is active', async () => {
  const { hardware } = issuer();
  await used.world.activated('luis');
  await hardware.add({ company: used.world.company.id, serial: 'HW-1', type: 'hotp', algorithm: 'sha1', digits: 6, period: 30, seed: hardwareSeed, counter: 0 }, by);
  expect(await codeOf(hardware.give('HW-1', 'luis', by))).toBe('TRANSITION_NOT_ALLOWED');
  expect((await hardware.get('HW-1')).userId).toBeNull();
  await hardware.markLost('HW-1', by);
  expect(await codeOf(hardware.give('HW-1', 'luis', by))).toBe('ok');
});

test('the trail of the company names the operator and the reason of every change', async () => {
  const desktop = await used.world.activated('luis');
  await issuer().tokens.block(desktop.serial!, { operator: 'pedro', reason: 'llamó la policía' });
  const [newest] = await trail(1);
  expect(newest).toMatchObject({ event: 'token.block', actor: { kind: 'issuer', name: 'pedro' }, detail: { reason: 'llamó la policía', blocked: 'issuer' }, subject: { serial: desktop.serial } });
});

test('S30: who is erased leaves no name behind, and the trail still verifies', async () => {
  const { users } = issuer();
  const luis = await used.world.person('luis');
  expect(await codeOf(users.erase('luis', by))).toBe('TRANSITION_NOT_ALLOWED');
  await users.edit('luis', { name: 'Luis Otro' }, by);
  await users.deactivate('luis', by);
  await users.erase('luis', by);
  expect(await used.world.store.read.user(luis.id)).toMatchObject({ personal: null, salt: null });
  expect(await used.world.services.audit.verify(used.world.company.id)).toMatchObject({ ok: true });
  expect(JSON.stringify(await trail())).not.toMatch(/Persona luis|Luis Otro|luis@ejemplo/);
});

test('S28: a rotated key is handed over to; a revoked one counts for nothing and hands over to nothing', async () => {
  const { keys } = used.world.context;
  const { operator } = { operator: issuer().keys };
  const now = await used.world.store.now();
  const [signed, dated] = [await keys.sign('vinculo-request+jwt', { a: 1 }), await keys.sign('vinculo-request+jwt', { iat: now / 1000 })];
  used.pass({ minutes: 1 });
  const { from, to } = await operator.rotate(by);
  expect(await keys.thumbprint()).toBe(to);
  expect(await keys.verify('vinculo-request+jwt', signed)).toEqual({ a: 1 });
  expect(await keys.published()).toMatchObject({ keys: [{}, {}], handovers: [expect.any(String)] });
  await operator.revoke(from, by);
  expect(await keys.verify('vinculo-request+jwt', signed)).toBeNull();
  expect(await keys.published()).toMatchObject({ keys: [{}], handovers: [] });
  // Evidence from before the revocation is evidence still.
  expect(await keys.verify('vinculo-request+jwt', dated)).not.toBeNull();
  await operator.revoke(to, by);
  expect(await keys.thumbprint()).not.toBe(to);
  expect(await codeOf(operator.revoke(to, by))).toBe('NOT_FOUND');
});
