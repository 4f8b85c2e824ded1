import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { VinculoError, type ErrorCode } from '../../../shared/contract/errors.ts';
import type { ApprovalView } from '../../../shared/contract/ipc.ts';
import type { ApprovalRequest } from '../../../shared/contract/signed.ts';
import type { SerialNumber } from '../../../shared/domain/ids.ts';
import { approveLink } from '../../../shared/domain/scanned.ts';
import { activeComputer, type Computer, dispose, testPin } from '../testing/desktop-fixture.ts';
import { FakeAuthority, newSigningKey } from '../testing/fake-authority.ts';
import { login, transaction } from '../testing/portal-requests.ts';
import { ocraAnswer } from '../vault/ocra.ts';
import { Scan } from './scan.ts';

let computer: Computer;
let authority: FakeAuthority;
beforeEach(async () => { ({ computer, authority } = await activeComputer()); });
afterEach(() => dispose(computer, authority));

const open = (text: string) => computer.call('scan', 'open', { text });
const refusal = (text: string) => computer.code('scan.open', { text });
const linkTo = (approvalId: string, of = authority) => approveLink({ authority: of.address, approvalId, number: '418207' });
const chosen = ({ accountId, id, hash }: ApprovalView) => ({ accountId, approvalId: id, hash });
const pending = (n: number) => computer.until(({ accounts }) => accounts[0]?.pendingApprovals === n);

/** A request as a portal would show it as a QR, without the device being told. */
async function qrOf(change: Partial<ApprovalRequest> = login(), ...rest: [Parameters<FakeAuthority['ask']>[1]?, Parameters<FakeAuthority['ask']>[2]?]): Promise<string> {
  const id = await authority.ask(change, ...rest);
  return authority.approvals.get(id)?.request ?? '';
}
async function offline(): Promise<void> {
  await authority.stop();
  await computer.until(({ accounts }) => accounts[0]?.connection === 'offline');
}

describe('the QR of a request, with network', () => {
  it('brings it to the front with the number filled in; nothing is decided', async () => {
    const first = await authority.ask(login());
    const second = await authority.ask(transaction());
    await pending(2);
    await computer.call('approvals', 'closeWindow');
    const { id } = await computer.account();
    expect(await open(linkTo(second))).toEqual({ kind: 'approval', accountId: id, approvalId: second, number: '418207' });
    expect((await computer.call('approvals', 'queue')).map((each) => [each.id, each.scannedNumber])).toEqual([[second, '418207'], [first, null]]);
    expect(computer.shell.isWindowOpen('approval')).toBe(true);
    expect(computer.shell.published.at(-1)).toEqual({ channel: 'approvals.changed', payload: { opened: false } });
    expect(authority.calls).not.toContain('approvals.decide');
  });

  it('finds one that has not arrived by itself', async () => {
    const id = await authority.ask(login());
    await pending(1);
    await computer.call('approvals', 'deny', chosen((await computer.call('approvals', 'queue'))[0] as ApprovalView));
    Object.assign(authority.approvals.get(id) ?? {}, { state: 'pending' }); // the event got lost
    expect(await open(linkTo(id))).toMatchObject({ kind: 'approval', approvalId: id });
    expect(await computer.call('approvals', 'queue')).toMatchObject([{ id, scannedNumber: '418207' }]);
  });

  it('a wrong number in it is counted like a typed one, and not offered again', async () => {
    const id = await authority.ask(login());
    await pending(1);
    await open(approveLink({ authority: authority.address, approvalId: id, number: '000000' }));
    const [request] = await computer.call('approvals', 'queue');
    if (request === undefined) throw new Error('nothing asked');
    expect(await computer.code('approvals.approve', { ...chosen(request), number: request.scannedNumber, pin: testPin })).toBe('NUMBER_WRONG');
    expect((await computer.call('approvals', 'queue'))[0]?.scannedNumber).toBeNull();
  });

  it.each([['approved', 'APPROVAL_DECIDED'], ['denied', 'APPROVAL_DECIDED'], ['cancelled', 'APPROVAL_CANCELLED'], ['expired', 'APPROVAL_EXPIRED']] as const)('of one that is %s says so', async (state, code) => {
    const id = await authority.ask(login());
    Object.assign(authority.approvals.get(id) ?? {}, { state });
    authority.tell({ type: 'approval.closed', approvalId: id, state });
    await pending(0);
    expect(await refusal(linkTo(id))).toBe(code);
  });

  it('of another authority, of nothing, or of another token is refused with the reason', async () => {
    const stranger = await FakeAuthority.start();
    expect(await refusal(linkTo(randomUUID(), stranger))).toBe('QR_OTHER_AUTHORITY');
    expect(await refusal(linkTo(randomUUID()))).toBe('APPROVAL_UNKNOWN');
    const id = await authority.ask(login());
    authority.notOurs.add(id);
    await computer.call('app', 'retry', {});
    expect(await refusal(linkTo(id))).toMatch(/^QR_OTHER_USER$/);
    expect(stranger.calls).toEqual([]);
    await stranger.stop();
  });

  it('S24: one that the pinned key did not sign is not shown, whatever its link says', async () => {
    const id = await authority.ask(login(), newSigningKey().privateKey);
    expect(await refusal(linkTo(id))).toBe('REQUEST_NOT_GENUINE');
    expect(await computer.call('approvals', 'queue')).toEqual([]);
  });

  it('of a token that is blocked, and without network, says what keeps it', async () => {
    const id = await authority.ask(login());
    await pending(1);
    await offline();
    expect(await open(linkTo(id))).toMatchObject({ kind: 'approval' }); // it is here already
    expect(await refusal(linkTo(randomUUID()))).toBe('AUTHORITY_UNREACHABLE');
    await authority.listen();
    authority.tokenState = 'blocked';
    authority.deviceState = 'suspended';
    await computer.call('app', 'retry', {});
    await computer.until(({ accounts }) => accounts[0]?.phase === 'blocked');
    expect(await refusal(linkTo(randomUUID()))).toBe('TOKEN_NOT_ACTIVE');
  });
});

describe('the QR of a request, with several accounts at its authority', () => {
  const address = 'https://vinculo.example';
  /** An account as far as the search looks at it. `answer`: what its authority says of the request. */
  const account = (answer: ErrorCode | 'pending', phase = 'active') => {
    const known = new Map<string, object>();
    return {
      id: randomUUID(), hasVault: true, phase, vault: { authority: { address, iss: null } }, approvals: { get: (id: string) => known.get(id) ?? null },
      fetchApproval: async (id: string) => {
        if (answer !== 'pending') throw new VinculoError(answer);
        known.set(id, {});
        return answer;
      },
    };
  };
  const scanWith = (...accounts: ReturnType<typeof account>[]) => new Scan({ accounts: { all: () => accounts }, approvals: { scanned: () => {} }, openApproval: async () => {} } as never)
    .open(approveLink({ authority: address, approvalId: randomUUID(), number: '418207' }));

  it('finds the one that is asked, in whichever order', async () => {
    const [mine, other] = [account('pending'), account('APPROVAL_NOT_YOURS')];
    expect(await scanWith(other, mine)).toMatchObject({ accountId: mine.id });
    expect(await scanWith(mine, other)).toMatchObject({ accountId: mine.id });
  });

  it.each([
    [['APPROVAL_UNKNOWN', 'APPROVAL_NOT_YOURS'], 'QR_OTHER_USER'], [['APPROVAL_NOT_YOURS', 'APPROVAL_UNKNOWN'], 'QR_OTHER_USER'],
    [['APPROVAL_NOT_YOURS', 'AUTHORITY_UNREACHABLE'], 'AUTHORITY_UNREACHABLE'], [['REQUEST_NOT_GENUINE', 'APPROVAL_UNKNOWN'], 'REQUEST_NOT_GENUINE'], [['APPROVAL_UNKNOWN', 'APPROVAL_UNKNOWN'], 'APPROVAL_UNKNOWN'],
  ] as const)('of %o tells %s', async (answers, code) => {
    await expect(scanWith(...answers.map((answer) => account(answer)))).rejects.toMatchObject({ code });
  });
});

describe('the QR of a signed request, without network', () => {
  it.each([['a login', login()], ['a transaction', transaction()]])('%s is shown and answered with eight digits under the PIN', async (_, change) => {
    const request = await qrOf(change);
    await offline();
    await computer.kill();
    await computer.start(); // never online since
    const scanned = await open(request);
    if (scanned.kind !== 'offline') throw new Error(scanned.kind);
    expect(scanned.approval.payload).toMatchObject({ kind: change.kind, details: change.details });
    const { answer, expiresAt } = await computer.call('scan', 'answer', { ...chosen(scanned.approval), pin: testPin });
    expect(answer).toBe(ocraAnswer(authority.seed, request));
    expect(expiresAt).toBe(scanned.approval.expiresAt);
    expect((await computer.account()).locked).toBe(true);
  });

  it('S14: a wrong PIN gives other digits and no hint; a repeated answer is the same one', async () => {
    const request = await qrOf();
    await offline();
    const scanned = await open(request);
    if (scanned.kind !== 'offline') throw new Error(scanned.kind);
    const answer = async (pin: string) => (await computer.call('scan', 'answer', { ...chosen(scanned.approval), pin })).answer;
    const right = await answer(testPin);
    expect(await answer('000111')).toMatch(/^\d{8}$/);
    expect(await answer('000111')).not.toBe(right);
    expect(await answer(testPin)).toBe(right);
  });

  it('online the authority checks the PIN and counts the try', async () => {
    const scanned = await open(await qrOf());
    if (scanned.kind !== 'offline') throw new Error(scanned.kind);
    expect(await computer.code('scan.answer', { ...chosen(scanned.approval), pin: '000111' })).toBe('PIN_WRONG');
    expect(authority.pinFailures).toBe(1);
    expect(await computer.code('scan.answer', { ...chosen(scanned.approval), pin: testPin })).toBe('ok');
  });

  it('nothing is answered that was not shown', async () => {
    const scanned = await open(await qrOf());
    if (scanned.kind !== 'offline') throw new Error(scanned.kind);
    const right = chosen(scanned.approval);
    expect(await computer.code('scan.answer', { ...right, approvalId: randomUUID(), pin: testPin })).toBe('APPROVAL_UNKNOWN');
    expect(await computer.code('scan.answer', { ...right, accountId: randomUUID(), pin: testPin })).toBe('ACCOUNT_UNKNOWN');
    expect(await computer.code('scan.answer', { ...right, hash: 'x'.repeat(43), pin: testPin })).toBe('REQUEST_NOT_GENUINE');
    const other = await FakeAuthority.start();
    const { id } = await computer.activate(other);
    expect(await computer.code('scan.answer', { ...right, accountId: id, pin: testPin })).toBe('APPROVAL_UNKNOWN');
    await other.stop();
    expect(authority.pinFailures).toBe(0);
  });

  it('runs out by the authority’s clock, with this computer’s an hour wrong', async () => {
    await offline();
    const { clockOffset } = await computer.account();
    const seconds = Math.floor((Date.now() - (clockOffset ?? 0)) / 1000);
    const late = await qrOf(login({ iat: seconds - 121, exp: seconds - 1 }));
    expect(await refusal(late)).toBe('APPROVAL_EXPIRED');
    await computer.kill();
    const clock = { now: () => Date.now() + 3_600_000, after: (milliseconds: number, run: () => void) => { const timer = setTimeout(run, milliseconds); return () => clearTimeout(timer); } };
    await authority.listen();
    await computer.start({ clock });
    await computer.until(({ accounts }) => accounts[0]?.connection === 'online');
    const request = await qrOf();
    await offline();
    await computer.kill();
    await computer.start({ clock }); // knows the difference from the keychain only
    expect(await open(request)).toMatchObject({ kind: 'offline' });
    expect(await refusal(late)).toBe('APPROVAL_EXPIRED');
  });

  it.each([
    ['signed by another key', () => qrOf(login(), newSigningKey().privateKey), 'REQUEST_NOT_GENUINE'],
    ['with another typ', () => qrOf(login(), undefined, 'vinculo-handover+jwt'), 'REQUEST_NOT_GENUINE'],
    ['for another token', () => qrOf(login({ serial: 'FEF4900033' as SerialNumber })), 'QR_OTHER_USER'],
    ['of another authority', () => qrOf(login({ iss: 'https://other.example' })), 'QR_OTHER_AUTHORITY'],
    ['of an admin action', () => qrOf({}), 'QR_REFUSED'],
    ['with text that hides characters (S11)', () => qrOf(login({ portal: { id: randomUUID() as never, name: 'Banco\u202E' } })), 'REQUEST_NOT_GENUINE'],
    ['unsigned', async () => { const [, payload = ''] = (await qrOf()).split('.'); return `${Buffer.from('{"alg":"none","typ":"vinculo-request+jwt"}').toString('base64url')}.${payload}.x`; }, 'REQUEST_NOT_GENUINE'],
    ['with its signature left out', async () => (await qrOf()).split('.').slice(0, 2).join('.').concat('.'), 'QR_REFUSED'],
    ['that is no request', async () => 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl', 'QR_REFUSED'],
    ['that is huge', async () => `${await qrOf()}${'A'.repeat(4_000)}`, 'QR_REFUSED'],
    ['of a web site', async () => 'https://bancolombia.example/login', 'QR_REFUSED'],
    ['of another app’s codes (S26)', async () => 'otpauth://totp/Banco:ana?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Banco', 'QR_REFUSED'],
    ['of a script', async () => 'javascript:alert(1)', 'QR_REFUSED'],
    ['of nothing', async () => '', 'QR_REFUSED'],
  ])('%s is refused with the reason', async (_, qr, code) => {
    expect(await refusal(await qr())).toBe(code);
  });

  it('the same signature spelled otherwise is not shown either', async () => {
    const request = await qrOf();
    // Of the last character four bits say nothing.
    const last = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const other = last[last.indexOf(request.at(-1) ?? '') ^ 1] ?? '';
    expect(Buffer.from(request.slice(0, -1) + other, 'base64url')).toEqual(Buffer.from(request, 'base64url'));
    expect(await refusal(request.slice(0, -1) + other)).toBe('REQUEST_NOT_GENUINE');
  });

  it('damaged anywhere it is not shown', async () => {
    const request = await qrOf();
    await fc.assert(fc.asyncProperty(fc.nat(request.length - 1), fc.constantFrom(...'AQgw_9.'), async (at, character) => {
      fc.pre(request[at] !== character);
      expect(await refusal(`${request.slice(0, at)}${character}${request.slice(at + 1)}`)).toMatch(/^(REQUEST_NOT_GENUINE|QR_REFUSED|QR_OTHER_AUTHORITY|QR_OTHER_USER)$/);
    }), { numRuns: 60 });
    await fc.assert(fc.asyncProperty(fc.nat(request.length - 1), async (length) => { expect(await refusal(request.slice(0, length))).not.toBe('ok'); }), { numRuns: 20 });
  });
});

describe('other things to scan', () => {
  it('an invitation leads to the binding screen, and nothing is asked of its authority', async () => {
    const stranger = await FakeAuthority.start();
    expect(await open(` ${stranger.invitation}\n`)).toEqual({ kind: 'invitation', text: stranger.invitation });
    expect(stranger.calls).toEqual([]);
    await stranger.stop();
  });

  it('S15: with a keychain that is locked nobody says that the QR is a stranger’s', async () => {
    const request = await qrOf();
    await computer.kill();
    computer.keychain.fails = 'KEYCHAIN_LOCKED';
    await computer.start();
    await vi.waitFor(async () => expect((await computer.account()).problem?.code).toBe('KEYCHAIN_LOCKED'));
    expect(await refusal(request)).toBe('KEYCHAIN_LOCKED');
    expect(await refusal(linkTo(randomUUID()))).toBe('KEYCHAIN_LOCKED');
    computer.keychain.fails = null;
  });

  it('S24: whatever a QR holds, opening it decides nothing, binds nothing and changes no setting', async () => {
    await authority.ask(login());
    await pending(1);
    const before = [await computer.state(), computer.keychain.items.size];
    await fc.assert(fc.asyncProperty(fc.oneof(fc.string(), fc.webUrl(), fc.dictionary(fc.constantFrom('a', 'id', 'n', 'pin'), fc.string()).map((query) => `vinculo:approve?${new URLSearchParams(query).toString()}`)), async (text) => {
      expect(await refusal(text)).not.toBe('ok');
    }), { numRuns: 200 });
    expect([await computer.state(), computer.keychain.items.size]).toEqual(before);
    expect(authority.calls).not.toContain('approvals.decide');
  });

  it('the screens come as pictures, one per monitor; a refusal of the system has its own words', async () => {
    computer.shell.screens = [{ name: 'Pantalla 1', png: new Uint8Array([137, 80, 78, 71]) }, { name: 'Pantalla 2', png: Buffer.from('png') }];
    expect(await computer.call('scan', 'captureScreens')).toEqual([{ name: 'Pantalla 1', png: 'iVBORw==' }, { name: 'Pantalla 2', png: 'cG5n' }]);
    computer.shell.screens = new Error('Screen recording is denied.');
    expect(await computer.code('scan.captureScreens')).toBe('SCREEN_CAPTURE_REFUSED');
    expect(computer.log.lines.some((line) => line.includes('Screen recording is denied.'))).toBe(true);
  });
});
