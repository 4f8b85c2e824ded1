import { decryptSeed } from '../../test/support/seed.ts';
import { expect, test, vi } from 'vitest';
import { by, codeOf, hardwareSeed } from '../../test/support/authority-world.ts';
import { useWorld } from '../../test/support/use-world.ts';
import { startBinding } from './bindings/start.ts';

const used = useWorld();

async function invited(name = 'luis') {
  const { world } = used;
  const user = await world.person(name);
  await world.services.issuer.tokens.assign(user.userName, by);
  return world.desktop(user);
}

async function giveHardware(userName: string): Promise<void> {
  const { hardware } = used.world.services.issuer;
  await hardware.add({ company: used.world.company.name, serial: 'HW-1', type: 'hotp', algorithm: 'sha1', digits: 6, period: 30, seed: hardwareSeed, counter: 0 }, by);
  await hardware.give('HW-1', userName, by);
}

test('a full code tells what it is; a typed one tells nothing, known or not', async () => {
  const desktop = await invited();
  const { code, typedCode } = await desktop.invitation();
  const { preview } = used.world.services.invitations;
  expect(await preview({ code })).toMatchObject({ kind: 'full', company: 'Ferretería Central', status: 'open', replacement: false });
  expect(await preview({ typedCode })).toEqual(await preview({ typedCode: '0000000000' }));
  expect(await codeOf(preview({ code: 'A'.repeat(19) }))).toBe('INVITATION_INVALID');
  used.pass({ hours: 72 });
  expect(await preview({ code })).toMatchObject({ status: 'expired' });
});

test('the codes of an invitation are in its messages and nowhere in the store', async () => {
  const desktop = await invited();
  const { code, typedCode } = await desktop.invitation();
  const token = await used.world.tokenOf(desktop.user);
  const stored = JSON.stringify(await used.world.store.read.latestInvitation(token.id));
  expect(stored).not.toContain(code);
  expect(stored).not.toContain(typedCode.replace('-', ''));
});

test('S13: password alone is not enough, and the second proof is used once', async () => {
  const desktop = await invited();
  const binding = await desktop.start({ typed: true });
  expect(binding.secondProof).toMatchObject({ kind: 'sms', mobile: expect.stringMatching(/^\+57 ••••• \d\d$/) as string });
  expect(await codeOf(desktop.complete(binding, '00000000'))).toBe('SECOND_PROOF_WRONG');
  expect((await used.world.tokenOf(desktop.user)).state).toBe('assigned');
  const code = await desktop.smsCode();
  await desktop.complete(binding, code);
  const other = used.world.desktop(desktop.user);
  expect(await codeOf(other.complete(binding, code))).toBe('BINDING_CONFLICT');
  expect(await codeOf(other.start())).toBe('INVITATION_USED');
});

test('S13: a code by SMS is refused in the eleventh minute, after five wrong ones, and a fourth one is not sent within the hour', async () => {
  const desktop = await invited();
  const binding = await desktop.start();
  const first = await desktop.smsCode();
  used.pass({ minutes: 10 });
  expect(await codeOf(desktop.complete(binding, first))).toBe('SECOND_PROOF_EXPIRED');
  await used.world.services.bindings.resendCode(binding);
  const answers = [];
  for (let tries = 0; tries < 6; tries++) answers.push(await codeOf(desktop.complete(binding, 'ZZZZZZZZ')));
  expect(answers).toEqual([...Array<string>(4).fill('SECOND_PROOF_WRONG'), 'SECOND_PROOF_EXHAUSTED', 'SECOND_PROOF_EXHAUSTED']);
  await used.world.services.bindings.resendCode(binding);
  expect(await codeOf(used.world.services.bindings.resendCode(binding))).toBe('SMS_LIMIT');
  // The first of the three was sent ten minutes before the others: it is the first to leave the hour.
  used.pass({ minutes: 19 });
  expect(await codeOf(desktop.complete(binding, await desktop.smsCode()))).toBe('SECOND_PROOF_EXPIRED');
});

test('S13: an invitation that is voided while the password is checked opens nothing and sends no code to the old number', async () => {
  const desktop = await invited();
  const slow = { ...used.world.services.passwords, verify: async () => { await used.world.services.issuer.users.edit('luis', { mobile: '+573009999999' }, by); return true; } };
  const { code } = await desktop.invitation();
  const input = { invitation: { code }, user: 'luis', password: used.world.password, language: 'es' } as const;
  expect(await codeOf(startBinding(used.world.context, slow, input, desktop.source))).toBe('INVITATION_VOID');
  await expect(desktop.smsCode()).rejects.toThrow('got no code');
});

test('S13: after ten failures the invitation is void and the admins are told', async () => {
  const admin = await used.world.activated('ana', 'admin');
  const desktop = await invited();
  for (let tries = 0; tries < 9; tries++) expect(await codeOf(desktop.start({ password: 'equivocada' }))).toBe('BINDING_REFUSED');
  used.pass({ minutes: 16 });
  expect(await codeOf(desktop.start({ password: 'equivocada' }))).toBe('BINDING_REFUSED');
  expect(await codeOf(desktop.start())).toBe('INVITATION_VOID');
  expect((await used.world.outbox(admin.user, 'email')).at(-1)?.text).toContain('luis');
});

test('S19: a wrong user, a wrong password and a wrong typed code are one answer', async () => {
  const [desktop, other] = [await invited(), await invited('eva')];
  const attempts = [desktop.start({ typed: true, password: 'otra' }), desktop.start({ typed: true, user: 'nadie' }), desktop.start({ typed: true, code: '0000000000' }), desktop.start({ typed: true, user: other.user.userName })];
  const answers = (await Promise.allSettled(attempts)).map((attempt) => (attempt.status === 'rejected' ? JSON.stringify([(attempt.reason as { code: string }).code, (attempt.reason as { data: unknown }).data]) : 'ok'));
  expect(new Set(answers)).toEqual(new Set(['["BINDING_REFUSED",{}]']));
});

test('S19: each of those paths checks exactly one password', async () => {
  const desktop = await invited();
  const verify = vi.spyOn(used.world.context.passwordVerifier, 'verify');
  const paths = [{}, { password: 'otra' }, { user: 'nadie' }, { typed: true, code: '0000000000' }, { code: 'A'.repeat(19) }];
  for (const path of paths) await codeOf(desktop.start(path));
  expect(verify).toHaveBeenCalledTimes(paths.length);
});

test('a user with a hardware token gives its code, once', async () => {
  const desktop = await invited();
  await giveHardware(desktop.user.userName);
  const binding = await desktop.start();
  expect(binding.secondProof).toEqual({ kind: 'hardware_otp', hardwareSerial: 'HW-1' });
  expect(await codeOf(desktop.complete(binding, '000000'))).toBe('SECOND_PROOF_WRONG');
  const code = await desktop.hardwareCode();
  await desktop.complete(binding, code);
  await used.world.services.issuer.tokens.reject((await used.world.tokenOf(desktop.user)).serial, by);
  await used.world.services.issuer.tokens.resend((await used.world.tokenOf(desktop.user)).serial, by);
  const again = used.world.desktop(desktop.user);
  expect(await codeOf(again.complete(await again.start(), code))).toBe('SECOND_PROOF_WRONG');
});

test('complete is idempotent for the same keys until the first session, and the admin cannot activate before it', async () => {
  const desktop = await invited();
  const binding = await desktop.start();
  const code = await desktop.smsCode();
  const [first, second] = [await desktop.complete(binding, code), await desktop.complete(binding, code)];
  expect({ ...second, time: first.time }).toEqual(first);
  expect(await decryptSeed(first.sealedSeed, desktop.ephemeral.privateKey)).toHaveLength(32);
  desktop.deviceId = first.deviceId;
  expect(await codeOf(used.world.services.issuer.tokens.activate(first.serial, by))).toBe('DEVICE_NOT_ACKNOWLEDGED');
  await desktop.open();
  expect(await codeOf(desktop.complete(binding, code))).toBe('INVITATION_USED');
  expect(await codeOf(used.world.services.issuer.tokens.activate(first.serial, by))).toBe('ok');
});

test('of ten computers that complete one binding at once exactly one is bound', async () => {
  const desktop = await invited();
  const binding = await desktop.start();
  const code = await desktop.smsCode();
  const computers = [desktop, ...Array.from({ length: 9 }, () => used.world.desktop(desktop.user))];
  const answers = await Promise.all(computers.map((computer) => codeOf(computer.complete(binding, code))));
  expect(answers.filter((answer) => answer === 'ok')).toHaveLength(1);
  expect(answers.filter((answer) => answer === 'BINDING_CONFLICT')).toHaveLength(9);
});

test('keys that the caller does not hold, another binding’s proof, or a key of another device are refused', async () => {
  const [desktop, other] = [await invited(), await invited('eva')];
  const binding = await desktop.start();
  const code = await desktop.smsCode();
  expect(await codeOf(desktop.complete(binding, code, { approvalKey: other.approval.publicKey }))).toBe('POSSESSION_INVALID');
  expect(await codeOf(desktop.complete({ ...binding, nonce: 'AAAAAAAAAAAAAAAAAAAAAA' }, code))).toBe('POSSESSION_INVALID');
  await desktop.complete(binding, code);
  const otherBinding = await other.start();
  const stolen = Object.assign(used.world.desktop(other.user), { session: desktop.session, approval: desktop.approval });
  expect(await codeOf(stolen.complete(otherBinding, await other.smsCode()))).toBe('POSSESSION_INVALID');
});

test('a suspended company binds nobody', async () => {
  const desktop = await invited();
  const binding = await desktop.start();
  await used.world.services.issuer.companies.suspend(used.world.company.id, by);
  expect(await codeOf(desktop.start())).toBe('COMPANY_SUSPENDED');
  expect(await codeOf(desktop.complete(binding, await desktop.smsCode()))).toBe('COMPANY_SUSPENDED');
});
