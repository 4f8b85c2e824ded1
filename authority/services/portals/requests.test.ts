import { beforeEach, describe, expect, test } from 'vitest';
import { approvalRequest, jwsType } from '../../../shared/contract/signed.ts';
import type { ApprovalId } from '../../../shared/domain/ids.ts';
import { longestOfflineRequest, readScanned } from '../../../shared/domain/scanned.ts';
import { by, codeOf, type Desktop } from '../../../test/support/authority-world.ts';
import { addPortal, loginOf, paymentOf } from '../../../test/support/portal-world.ts';
import { useWorld } from '../../../test/support/use-world.ts';
import { ocraAnswer } from '../../crypto/ocra.ts';
import type { Portal } from '../../store/entities.ts';
import { seedIdentity } from '../sealed-identity.ts';

const used = useWorld();
let luis: Desktop;
let portal: Portal;
beforeEach(async () => {
  luis = await used.world.activated('luis');
  portal = await addPortal(used.world);
});
const requests = () => used.world.services.portals.requests;
const open = (question = loginOf('luis'), source = '203.0.113.9') => requests().open(portal, question, 'rest', source);
const wrong = (number: string) => (number === '000000' ? '000001' : '000000');
const events = async () => (await used.world.context.audit.list({ chain: used.world.company.id, size: 50 })).entries.map(({ event }) => event);

test('a login: signed, shown to the person, approved with the number, seen by the portal', async () => {
  const opened = await open(loginOf('LUIS ', { message: 'Ingreso a pagos' }));
  expect(opened).toMatchObject({ state: 'pending', number: expect.stringMatching(/^\d{6}$/) as string });
  expect(readScanned(opened.qr)).toEqual({ kind: 'approve', authority: 'https://vinculo.example', approvalId: opened.id, number: opened.number });
  expect(readScanned(opened.offlineQr ?? '')).toMatchObject({ kind: 'offline' });
  const [shown] = await used.world.services.approvals.list(await luis.caller());
  expect(approvalRequest.parse(await used.world.context.keys.verify(jwsType.request, shown?.request ?? ''))).toMatchObject({
    id: opened.id, kind: 'login', serial: luis.serial, portal: { id: portal.id, name: portal.name }, details: { type: 'login', message: 'Ingreso a pagos', company: { name: used.world.company.name } },
    context: { agent: 'Firefox 131 · Windows', place: null },
  });
  expect(await luis.decide(opened.id, 'approved', opened.number)).toEqual({ state: 'approved', actionState: null });
  expect(await requests().get(portal, opened.id)).toEqual({ id: opened.id, state: 'approved', decidedAt: expect.any(Number) as number, answeredBy: 'signature', requestHash: opened.requestHash });
  expect((await events()).slice(0, 2)).toEqual(['approval.approved', 'login.requested']);
});

describe('S6', () => {
  test('the request holds neither the number nor anything made from it, and the number is sealed at rest', async () => {
    const opened = await open();
    const request = await used.world.store.read.approval(opened.id);
    const payload = Buffer.from(request?.request.split('.')[1] ?? '', 'base64url').toString();
    expect(payload).not.toContain(opened.number);
    expect(Object.keys(JSON.parse(payload) as object).toSorted()).toEqual(['context', 'details', 'exp', 'iat', 'id', 'iss', 'kind', 'nonce', 'portal', 'serial']);
    const row = await used.world.store.read.portalRequest(opened.id);
    expect(Buffer.from(row?.number ?? []).toString('latin1')).not.toContain(opened.number);
  });

  test('nothing is approved without a number, with a wrong one, or with another request\u2019s', async () => {
    const [opened, other] = [await open(), await requests().open(await addPortal(used.world, { name: 'Otro' }), loginOf('luis'), 'rest', '203.0.113.9')];
    expect(await codeOf(luis.decide(opened.id, 'approved'))).toBe('DECISION_INVALID');
    await expect(luis.decide(opened.id, 'approved', wrong(opened.number))).rejects.toMatchObject({ code: 'NUMBER_WRONG', data: { triesLeft: 2 } });
    if (other.number !== opened.number) expect(await codeOf(luis.decide(opened.id, 'approved', other.number))).toBe('NUMBER_WRONG');
    expect((await requests().get(portal, opened.id)).state).toBe('pending');
    expect(await codeOf(luis.decide(opened.id, 'approved', opened.number))).toBe('ok');
  });

  test('the third wrong number ends the request, also for the right one after it', async () => {
    const opened = await open();
    expect([await codeOf(luis.decide(opened.id, 'approved', wrong(opened.number))), await codeOf(luis.decide(opened.id, 'approved', wrong(opened.number))), await codeOf(luis.decide(opened.id, 'approved', wrong(opened.number)))])
      .toEqual(['NUMBER_WRONG', 'NUMBER_WRONG', 'NUMBER_EXHAUSTED']);
    expect(await codeOf(luis.decide(opened.id, 'approved', opened.number))).toBe('APPROVAL_DECIDED');
    expect(await requests().get(portal, opened.id)).toMatchObject({ state: 'denied', answeredBy: null });
    expect((await events())[0]).toBe('approval.numberExhausted');
  });

  test('fifty guesses at once: three are compared', async () => {
    const opened = await open();
    const caller = await luis.caller();
    const guesses = Array.from({ length: 50 }, async (_, at) => codeOf(used.world.services.approvals.decide(caller, { approvalId: opened.id, decision: await luis.sign(opened.id, 'approved', { number: String((Number(opened.number) + 1 + at) % 1_000_000).padStart(6, '0') }) })));
    const answers = await Promise.all(guesses);
    expect(answers.filter((answer) => answer === 'NUMBER_WRONG')).toHaveLength(2);
    expect(answers.filter((answer) => answer === 'NUMBER_EXHAUSTED')).toHaveLength(1);
    expect(answers.filter((answer) => answer === 'APPROVAL_DECIDED')).toHaveLength(47);
    expect((await used.world.store.read.portalRequest(opened.id))?.numberFailures).toBe(3);
  });
});

test('fifty decisions at once: one wins', async () => {
  const opened = await open();
  const caller = await luis.caller();
  const answers = await Promise.all(Array.from({ length: 50 }, async (_, at) => codeOf(used.world.services.approvals.decide(caller, {
    approvalId: opened.id, decision: at % 2 === 0 ? await luis.sign(opened.id, 'approved', { number: opened.number }) : await luis.sign(opened.id, 'denied'),
  }))));
  expect(answers.filter((answer) => answer === 'ok')).toHaveLength(1);
  expect(answers.filter((answer) => answer === 'APPROVAL_DECIDED')).toHaveLength(49);
});

test('S7: short life: never more than 120 seconds, and over at its end whatever the sweep does', async () => {
  const now = await used.world.store.now();
  const opened = await open(loginOf('luis', { lifetime: 60 }));
  expect(opened.expiresAt - now).toBe(60_000);
  expect(await codeOf(open(loginOf('luis', { lifetime: 121 })))).toBe('INPUT_INVALID');
  used.pass({ seconds: 60 });
  expect((await requests().get(portal, opened.id)).state).toBe('expired');
  expect(await codeOf(luis.decide(opened.id, 'approved', opened.number))).toBe('APPROVAL_EXPIRED');
  expect(await codeOf(requests().answer(portal, opened.id, '12345678'))).toBe('APPROVAL_EXPIRED');
  expect(await used.world.services.maintenance.expireApprovals()).toBe(1);
  expect((await requests().cancel(portal, opened.id)).state).toBe('expired');
});

describe('S8', () => {
  test('one pending per person and portal: a new one replaces the old', async () => {
    const first = await open();
    const second = await open();
    expect((await requests().get(portal, first.id)).state).toBe('cancelled');
    expect((await used.world.services.approvals.list(await luis.caller())).map(({ id }) => id)).toEqual([second.id]);
    expect(await events()).toContain('login.replaced');
    expect(await codeOf(luis.decide(first.id, 'approved', first.number))).toBe('APPROVAL_CANCELLED');
  });

  test('fifty requests raise five prompts; the portal is told to slow down, and when it may ask again', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => codeOf(open(loginOf(Math.random() < 0.5 ? 'luis' : 'LUIS')))));
    expect(answers.filter((answer) => answer === 'ok')).toHaveLength(5);
    expect(answers.filter((answer) => answer === 'SLOW_DOWN')).toHaveLength(45);
    expect((await used.world.services.approvals.list(await luis.caller()))).toHaveLength(1);
    expect((await events()).filter((event) => event === 'login.slowedDown')).toHaveLength(1);
    await expect(open()).rejects.toMatchObject({ code: 'SLOW_DOWN', data: { seconds: 600 } });
    used.pass({ seconds: 599 });
    await expect(open()).rejects.toMatchObject({ data: { seconds: 1 } });
    used.pass({ seconds: 1 });
    expect(await codeOf(open())).toBe('ok');
  });

  test('a quota for the address that they come from, over all people', async () => {
    portal = await addPortal(used.world, { name: 'Pequeño', perSource: 3 });
    const answers = [];
    for (const name of ['luis', 'nadie', 'otra', 'luis']) answers.push(await codeOf(open(loginOf(name), '198.51.100.7')));
    expect(answers).toEqual(['ok', 'ok', 'ok', 'SLOW_DOWN']);
    expect(await codeOf(open(loginOf('luis'), '198.51.100.8'))).toBe('ok');
  });

  test('\u201cNo fui yo\u201d blocks the token, tells the person and the admins, and the portal sees it', async () => {
    const ana = await used.world.activated('ana', 'admin');
    const opened = await open();
    expect(await luis.decide(opened.id, 'reported')).toEqual({ state: 'reported', actionState: null });
    expect((await requests().get(portal, opened.id)).state).toBe('reported');
    expect(await used.world.tokenOf(luis.user)).toMatchObject({ state: 'blocked', blockedReason: 'not_me' });
    expect((await used.world.outbox(luis.user, 'email')).at(-1)?.text).toContain('No fui yo');
    expect((await used.world.outbox(ana.user, 'email')).at(-1)?.text).toContain('luis');
    expect(await events()).toEqual(expect.arrayContaining(['approval.reported', 'token.report']));
  });
});

test('S11: text that a screen would show wrongly is refused, not cut, in every field', async () => {
  for (const bad of ['a\u202Eb', 'a\u0007b', 'a\u200Bb', 'x'.repeat(141), '\u2066x']) {
    expect(['DISPLAY_TEXT_REFUSED', 'INPUT_INVALID']).toContain(await codeOf(open(loginOf('luis', { message: bad }))));
    for (const field of ['payee', 'account', 'reference'] as const) {
      const question = paymentOf('luis');
      if (question.kind === 'transaction') expect(['DISPLAY_TEXT_REFUSED', 'INPUT_INVALID'], field).toContain(await codeOf(open({ ...question, payment: { ...question.payment, [field]: bad } })));
    }
    for (const context of [{ ip: '203.0.113.9', browser: bad, place: null }, { ip: '203.0.113.9', browser: 'x', place: { text: bad, source: 'x' } }, { ip: bad, browser: 'x', place: null }]) {
      expect(['DISPLAY_TEXT_REFUSED', 'INPUT_INVALID']).toContain(await codeOf(open(loginOf('luis', { context }))));
    }
  }
  expect(await used.world.services.approvals.list(await luis.caller())).toEqual([]);
});

describe('S18: fail closed', () => {
  test('who may not use his token is asked nothing', async () => {
    await used.world.services.issuer.tokens.block(luis.serial!, by);
    const opened = await open();
    expect(opened).toMatchObject({ state: 'pending', offlineQr: expect.any(String) as string });
    expect(await used.world.store.read.approval(opened.id)).toBeNull();
    used.pass({ seconds: 120 });
    expect((await requests().get(portal, opened.id)).state).toBe('expired');
    expect(await used.world.services.maintenance.expireMadeUp()).toBe(1);
    expect((await requests().get(portal, opened.id)).state).toBe('expired');
  });
  test('of a suspended company nobody is', async () => {
    await used.world.services.issuer.companies.suspend(used.world.company.id, by);
    expect(await used.world.store.read.approval((await open()).id)).toBeNull();
  });
});

test('a portal sees its own requests only, each under its own kind', async () => {
  const other = await addPortal(used.world, { name: 'Otro' });
  const { id } = await open();
  for (const call of [requests().get(other, id), requests().cancel(other, id), requests().answer(other, id, '12345678'), requests().evidence(other, id), requests().get(portal, id, 'transaction'), requests().get(portal, crypto.randomUUID() as ApprovalId)]) {
    expect(await codeOf(call)).toBe('APPROVAL_UNKNOWN');
  }
  expect((await requests().get(portal, id)).state).toBe('pending');
});

describe('what a portal asks ends with what it may ask', () => {
  const pending = async () => (await used.world.services.approvals.list(await luis.caller())).map(({ id }) => id);
  /** Of luis, of somebody whom nobody can ask, and of luis by another portal. */
  const askAll = async () => {
    const other = await addPortal(used.world, { name: 'Otro' });
    return { mine: await open(), madeUp: await open(loginOf('nadie')), others: await requests().open(other, paymentOf('luis'), 'ciba', '203.0.113.9') };
  };

  test('a portal that is disabled: its requests are taken back, at the desktop, for who polls and in the trail; those of others are not', async () => {
    const { mine, madeUp, others } = await askAll();
    const waiting = requests().wait(portal, mine.id, 30);
    await used.world.services.portals.clients.disable(portal.name, by);
    expect((await waiting).state).toBe('cancelled');
    expect((await requests().get(portal, madeUp.id)).state).toBe('cancelled');
    expect(await pending()).toEqual([others.id]);
    expect(await codeOf(luis.decide(mine.id, 'approved', mine.number))).toBe('APPROVAL_CANCELLED');
    expect((await events())[0]).toBe('login.portalDisabled');
    const told = (await used.world.store.read.eventsAfter(0, luis.deviceId!, used.world.company.id, false, 100)) ?? [];
    expect(told.map(({ payload }) => JSON.parse(payload) as object)).toContainEqual({ type: 'approval.closed', approvalId: mine.id, state: 'cancelled' });
    expect(await used.world.context.audit.verify(used.world.company.id)).toMatchObject({ ok: true });
  });

  test('S29: a company that it no longer serves: the same of its people, of nobody else', async () => {
    const { mine, madeUp, others } = await askAll();
    await used.world.services.portals.clients.setCompanies(portal.name, [used.world.company.name], by);
    expect((await requests().get(portal, mine.id)).state).toBe('pending');
    await used.world.services.portals.clients.setCompanies(portal.name, [], by);
    expect((await requests().get(portal, mine.id)).state).toBe('cancelled');
    expect((await requests().get(portal, madeUp.id)).state).toBe('pending');
    expect(await pending()).toEqual([others.id]);
    expect((await events())[0]).toBe('login.notServed');
  });
});

describe('waiting', () => {
  test.each([
    ['decided', (id: ApprovalId) => luis.decide(id, 'denied'), 'denied'],
    ['taken back', (id: ApprovalId) => requests().cancel(portal, id), 'cancelled'],
    ['replaced', () => open(), 'cancelled'],
    ['device blocked', () => luis.report(), 'cancelled'],
  ] as const)('ends when the request is %s', async (_how, end, state) => {
    const { id } = await open();
    const waiting = requests().wait(portal, id, 30);
    await end(id);
    expect((await waiting).state).toBe(state);
  });

  test('ends when it expires, when nobody was asked, and when the caller leaves', async () => {
    const { id } = await open();
    const made = await open(loginOf('nadie'));
    const [waiting, madeUp] = [requests().wait(portal, id, 30), requests().wait(portal, made.id, 30)];
    const leaving = new AbortController();
    const left = requests().wait(portal, id, 30, 'login', leaving.signal);
    leaving.abort();
    expect((await left).state).toBe('pending');
    used.pass({ seconds: 120 });
    await used.world.services.maintenance.expireApprovals();
    await used.world.services.maintenance.expireMadeUp();
    expect([(await waiting).state, (await madeUp).state]).toEqual(['expired', 'expired']);
  });
});

describe('an answer without network', () => {
  const right = async (id: ApprovalId) => {
    const seed = await used.world.store.read.seed(luis.deviceId!);
    const approval = await used.world.store.read.approval(id);
    return ocraAnswer(used.world.sealer.open(seedIdentity(luis.deviceId!), seed!.sealed), approval!.request);
  };
  const not = (digits: string) => (digits.startsWith('0') ? `1${digits.slice(1)}` : `0${digits.slice(1)}`);

  test('is taken once and named for what it is', async () => {
    const { id } = await open();
    const digits = await right(id);
    expect(await requests().answer(portal, id, digits)).toMatchObject({ state: 'approved', answeredBy: 'mac' });
    expect(await codeOf(requests().answer(portal, id, digits))).toBe('APPROVAL_DECIDED');
    expect((await used.world.context.audit.list({ chain: used.world.company.id, size: 1 })).entries[0]).toMatchObject({ event: 'approval.approved', detail: { evidence: 'mac' } });
  });

  test('has three tries; the third wrong one ends the request', async () => {
    const { id } = await open();
    const digits = await right(id);
    for (const triesLeft of [2, 1, 0]) await expect(requests().answer(portal, id, not(digits))).rejects.toMatchObject({ code: 'ANSWER_REFUSED', data: { triesLeft } });
    expect(await codeOf(requests().answer(portal, id, digits))).toBe('APPROVAL_DECIDED');
    expect(await requests().get(portal, id)).toMatchObject({ state: 'denied', answeredBy: null });
  });

  test('of another request is wrong; of fifty at once one is taken', async () => {
    const other = await right((await requests().open(await addPortal(used.world, { name: 'Otro' }), loginOf('luis'), 'rest', '203.0.113.9')).id);
    const { id } = await open();
    expect(await codeOf(requests().answer(portal, id, other))).toBe('ANSWER_REFUSED');
    const digits = await right(id);
    const answers = await Promise.all(Array.from({ length: 50 }, () => codeOf(requests().answer(portal, id, digits))));
    expect(answers.filter((answer) => answer === 'ok')).toHaveLength(1);
  });

  test('S18: is not taken from a device that may not decide, nor in a company that was suspended meanwhile, though the request still stands', async () => {
    const { id } = await open();
    const digits = await right(id);
    const device = (state: 'suspended' | 'active') => used.world.store.transaction((tx) => tx.updateDevice(luis.deviceId!, { state }));
    await device('suspended');
    expect(await codeOf(requests().answer(portal, id, digits))).toBe('ANSWER_REFUSED');
    await device('active');
    await used.world.services.issuer.companies.suspend(used.world.company.id, by);
    expect(await codeOf(requests().answer(portal, id, digits))).toBe('ANSWER_REFUSED');
    await used.world.services.issuer.companies.resume(used.world.company.id, by);
    expect(await requests().answer(portal, id, digits)).toMatchObject({ state: 'approved' });
  });

  test('counts for transactions only where the issuer allows it, and not after the token was blocked', async () => {
    const refused = await open(paymentOf('luis'));
    expect(refused.offlineQr).toBeNull();
    expect(await codeOf(requests().answer(portal, refused.id, await right(refused.id)))).toBe('OFFLINE_NOT_ALLOWED');
    portal = await addPortal(used.world, { name: 'Con transacciones', offlineTransactions: true });
    const allowed = await open(paymentOf('luis'));
    // An ordinary payment, with all of its fields and a place, fits into a QR.
    expect(allowed.offlineQr?.length).toBeLessThanOrEqual(longestOfflineRequest);
    const digits = await right(allowed.id);
    await used.world.services.issuer.tokens.block(luis.serial!, by);
    expect(await codeOf(requests().answer(portal, allowed.id, digits))).toBe('APPROVAL_CANCELLED');
  });
});
