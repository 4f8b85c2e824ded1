import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { jwsType, approvalRequest } from '../../shared/contract/signed.ts';
import type { ApprovalId } from '../../shared/domain/ids.ts';
import { by, codeOf, type Desktop } from '../../test/support/authority-world.ts';
import { useWorld } from '../../test/support/use-world.ts';

const used = useWorld();
let admin: Desktop;
let member: Desktop;
beforeEach(async () => {
  admin = await used.world.activated('ana', 'admin');
  member = await used.world.activated('luis');
});

async function ask(): Promise<ApprovalId> {
  const tokenIds = [(await used.world.tokenOf(member.user)).id];
  return (await used.world.services.admin.actions.request(await admin.caller(), { action: { kind: 'block', tokenIds }, idempotencyKey: randomUUID() })).approvalId;
}
const send = async (approvalId: ApprovalId, decision: string, from = admin) => used.world.services.approvals.decide(await from.caller(), { approvalId, decision });
const isBlocked = async () => (await used.world.tokenOf(member.user)).state === 'blocked';

test('S6: the request is signed by the authority, names its token and holds no number', async () => {
  const [open] = [await ask().then(async () => (await used.world.services.approvals.list(await admin.caller()))[0])];
  const payload = approvalRequest.parse(await used.world.context.keys.verify(jwsType.request, open?.request ?? ''));
  expect(payload).toMatchObject({ iss: 'https://vinculo.example', serial: admin.serial, kind: 'admin-action', portal: null, context: { place: null } });
  expect(JSON.stringify(payload)).not.toMatch(/number/);
  expect(payload.exp - payload.iat).toBe(300);
});

test('S7: a decision after expiry is refused, also before the sweep, and the action ends', async () => {
  const id = await ask();
  used.pass({ seconds: 300 });
  expect(await codeOf(admin.decide(id, 'approved'))).toBe('APPROVAL_EXPIRED');
  expect(await used.world.services.approvals.get(await admin.caller(), { approvalId: id })).toMatchObject({ state: 'expired', decidedAt: null });
  expect(await used.world.services.maintenance.expireApprovals()).toBe(1);
  expect(await codeOf(admin.decide(id, 'approved'))).toBe('APPROVAL_EXPIRED');
  expect(await isBlocked()).toBe(false);
  expect(await used.world.services.approvals.history(await admin.caller(), { size: 10 })).toMatchObject({ items: [{ state: 'expired', actionState: 'expired' }] });
});

test('S7: of twenty answers at once, the same and opposite ones, exactly one counts', async () => {
  const id = await ask();
  const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => codeOf(admin.decide(id, at % 2 === 0 ? 'approved' : 'denied'))));
  expect(answers.filter((answer) => answer === 'ok')).toHaveLength(1);
  expect(answers.filter((answer) => answer === 'APPROVAL_DECIDED')).toHaveLength(19);
});

test('S16: only by the device it was put to, the right key, over this request', async () => {
  const id = await ask();
  const [other] = [await ask()];
  const otherHash = (await used.world.store.read.approval(other))?.requestHash ?? '';
  expect(await codeOf(send(id, await admin.sign(id, 'approved'), member))).toBe('APPROVAL_NOT_YOURS');
  const bad = {
    'by the session key': admin.sign(id, 'approved', { key: admin.session }),
    'as a denial': admin.sign(id, 'approved', { key: admin.session, typ: jwsType.denial }),
    'by another device': admin.sign(id, 'approved', { key: member.approval }),
    'naming another key': admin.sign(id, 'approved', { jkt: member.approval.jkt }),
    'over another request': admin.sign(id, 'approved', { requestHash: otherHash }),
    'of another type': admin.sign(id, 'approved', { typ: jwsType.report }),
    'with a number': admin.sign(id, 'approved', { number: '123456' }),
    'of another id': admin.sign(other, 'approved'),
  };
  for (const [what, decision] of Object.entries(bad)) expect(await codeOf(send(id, await decision)), what).toBe('DECISION_INVALID');
  const genuine = await admin.sign(id, 'approved');
  const broken = genuine.slice(0, -10) + (genuine.at(-10) === 'A' ? 'B' : 'A') + genuine.slice(-9);
  expect(await codeOf(send(id, broken))).toBe('DECISION_INVALID');
  expect(await isBlocked()).toBe(false);
  expect(await codeOf(send(id, genuine))).toBe('ok');
});

test('“No fui yo” blocks the token, ends the action and tells the other admins', async () => {
  const other = await used.world.activated('bea', 'admin');
  const id = await ask();
  expect(await admin.decide(id, 'reported')).toEqual({ state: 'reported', actionState: 'denied' });
  expect(await used.world.tokenOf(admin.user)).toMatchObject({ state: 'blocked', blockedReason: 'not_me' });
  expect((await used.world.outbox(other.user, 'email')).at(-1)?.text).toContain('ana');
  expect(await isBlocked()).toBe(false);
});

test('S17: what waits for a device that is blocked is cancelled at once, and the device decides nothing any more', async () => {
  const id = await ask();
  await admin.report();
  expect((await used.world.store.read.approval(id))?.state).toBe('cancelled');
  expect(await codeOf(admin.decide(id, 'approved'))).toBe('APPROVAL_CANCELLED');
  expect(await used.world.services.approvals.list(await admin.caller())).toEqual([]);
});

test('S13: a new device that nobody has compared yet reads nothing of what its token approved before', async () => {
  const id = await ask();
  await admin.decide(id, 'denied');
  const { tokens } = used.world.services.issuer;
  await tokens.replaceDevice(admin.serial!, 'planned', by);
  const next = used.world.desktop(admin.user);
  await next.bind();
  await next.open();
  const { history, get } = used.world.services.approvals;
  expect(await history(await next.caller(), { size: 10 })).toEqual({ items: [], next: null });
  expect(await codeOf(get(await next.caller(), { approvalId: id }))).toBe('APPROVAL_NOT_YOURS');
  await tokens.activate(admin.serial!, by);
  expect((await history(await next.caller(), { size: 10 })).items).toHaveLength(1);
  expect(await codeOf(get(await next.caller(), { approvalId: id }))).toBe('ok');
});

test('S17: nothing is decided when the company was suspended while the answer was on its way', async () => {
  const id = await ask();
  const caller = await admin.caller();
  await used.world.services.issuer.companies.suspend(used.world.company.id, by);
  expect(await codeOf(used.world.services.approvals.decide(caller, { approvalId: id, decision: await admin.sign(id, 'approved') }))).toBe('COMPANY_SUSPENDED');
  expect(await isBlocked()).toBe(false);
});

test('whoever asked sees that it has arrived', async () => {
  const id = await ask();
  const { services } = used.world;
  const actionId = (await used.world.store.read.approval(id))!.actionId!;
  expect(await services.admin.actions.get(await admin.caller(), { actionId })).toMatchObject({ deliveredAt: null });
  await services.approvals.get(await admin.caller(), { approvalId: id });
  expect((await services.admin.actions.get(await admin.caller(), { actionId })).deliveredAt).not.toBeNull();
});

test('S10: the evidence is checked again from what is stored; a denial is evidence as well', async () => {
  const { tokens } = used.world.services.admin;
  const approved = await ask();
  await admin.decide(approved, 'approved');
  const evidence = await tokens.evidence(await admin.caller(), { approvalId: approved });
  expect(evidence.checks).toEqual({ authoritySignature: true, deviceSignature: true, chain: true, entry: expect.any(Number) as number });
  expect(await codeOf(tokens.evidence(await admin.caller(), { approvalId: randomUUID() as ApprovalId }))).toBe('APPROVAL_UNKNOWN');
});
