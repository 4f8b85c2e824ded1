import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isErrorCode, VinculoError } from '../../../shared/contract/errors.ts';
import { Computer, MemoryLog, testPin } from '../testing/desktop-fixture.ts';
import { FakeAuthority } from '../testing/fake-authority.ts';
import { channels } from './channels.ts';
import { createDoor } from './door.ts';

const origin = 'https://app.vinculo.localhost';
const log = new MemoryLog();
const door = (handle: () => unknown = () => { throw new Error('must not be reached'); }) =>
  createDoor({ origin, isWindowOpen: (window) => window === 'main', handle, log, random: randomBytes });
const sender = { origin, isMainFrame: true, window: 'main' as const };
const refused = (code: string) => ({ ok: false, error: expect.objectContaining({ code }) });

describe('S23: the door', () => {
  it.each([
    ['another origin', { ...sender, origin: 'https://evil.example' }],
    ['an origin that only begins like ours', { ...sender, origin: `${origin}.evil.example` }],
    ['no origin', { ...sender, origin: 'null' }],
    ['a frame inside the page', { ...sender, isMainFrame: false }],
    ['a window that is not ours', { ...sender, window: null }],
    ['a window that is not open', { ...sender, window: 'approval' as const }],
  ])('refuses %s, on every channel, before it looks at the rest', async (_, from) => {
    for (const channel of channels.keys()) expect(await door()({ channel, input: {}, sender: from })).toEqual(refused('SENDER_REFUSED'));
  });

  it('knows the channels of the contract and no other', async () => {
    for (const channel of ['', 'app', 'app.state.x', 'constructor', '__proto__', 'app.__proto__', 'app.constructor', 'admin.tokens', 'vault.read', 7, null, undefined, {}, ['app.state']]) {
      expect(await door()({ channel, input: {}, sender })).toEqual(refused('CHANNEL_UNKNOWN'));
    }
  });

  it('no handler sees an input that the contract does not describe', async () => {
    const withInput = [...channels].filter(([, { input }]) => input !== null && !input.safeParse({}).success).map(([name]) => name);
    expect(withInput.length).toBeGreaterThan(20);
    await fc.assert(fc.asyncProperty(fc.constantFrom(...withInput), fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.array(fc.anything()), fc.dictionary(fc.constantFrom('__proto__', 'x', 'pin'), fc.anything())), async (channel, input) => {
      expect(await door()({ channel, input, sender })).toEqual(refused('INPUT_INVALID'));
    }), { numRuns: 200 });
  });

  it('names the field that was wrong', async () => {
    expect(await door()({ channel: 'bind.start', input: { user: 'ana' }, sender })).toEqual({ ok: false, error: { code: 'INPUT_INVALID', data: { field: 'password' } } });
  });

  it('answers only what the contract describes: anything more is dropped, anything else is an error', async () => {
    const view = { verified: true, seed: 'secret', pin: testPin };
    const input = { accountId: '2f1a9c1e-6d9d-4b54-8b0e-0d3a5f1c2b3a', pin: testPin };
    expect(await door(() => view)({ channel: 'lock.unlock', input, sender })).toEqual({ ok: true, data: { verified: true } });
    expect(await door(() => ({ seed: 'secret' }))({ channel: 'lock.unlock', input, sender })).toEqual(refused('INTERNAL'));
  });

  it('S21: of an unexpected error only a reference leaves; the cause is in the log', async () => {
    const answer = await door(() => { throw new Error('database password is hunter2'); })({ channel: 'app.state', input: undefined, sender });
    expect(JSON.stringify(answer)).not.toContain('hunter2');
    const { error } = answer as { error: { code: string; data: { reference: string } } };
    expect(error.code).toBe('INTERNAL');
    expect(log.lines.some((line) => line.includes(error.data.reference) && line.includes('hunter2'))).toBe(true);
  });

  it('passes the code and the data of a known error, and nothing of its cause', async () => {
    const failing = () => { throw new VinculoError('PIN_WRONG', { triesLeft: 3 }, { cause: 'inside' }); };
    expect(await door(failing)({ channel: 'app.state', input: undefined, sender })).toEqual({ ok: false, error: { code: 'PIN_WRONG', data: { triesLeft: 3 } } });
  });
});

describe('S23: a hostile script in the page', () => {
  let computer: Computer;
  let authority: FakeAuthority;
  beforeEach(async () => {
    computer = new Computer();
    authority = await FakeAuthority.start();
    await computer.start();
    await computer.activate(authority);
    await authority.ask();
    await computer.until(({ accounts }) => accounts[0]?.pendingApprovals === 1);
  });
  afterEach(async () => {
    await computer.dispose();
    await authority.stop();
  });

  it('calls every function with what it can see: it approves nothing, and no key, seed or PIN comes back', async () => {
    const [account] = (await computer.state()).accounts;
    const [asked] = await computer.call('approvals', 'queue');
    const guess = { accountId: account?.id, approvalId: asked?.id, hash: asked?.hash, pin: '000111', newPin: '840271', text: authority.invitation, url: 'https://x.example', name: 'x', user: 'mrestrepo', password: 'x', secondProof: 'FALSO234', serial: account?.serial };
    const item = JSON.parse(computer.keychain.items.get(account?.id ?? '') ?? '{}') as { session: { d: string }; wraps: { seed: { masked: string }; approval: { sealed: string } }[] };
    const secrets = [item.session.d, item.wraps[0]?.seed.masked ?? '', item.wraps[0]?.approval.sealed ?? '', authority.seed.toString('hex'), authority.seed.toString('base64url'), authority.device?.share ?? '', authority.device?.pinVerifier ?? '', testPin];
    for (const channel of channels.keys()) {
      if (['app.removeAccount', 'approvals.deny', 'approvals.report', 'token.report', 'token.forgotPin', 'trial.start'].includes(channel)) continue; // what a person may do without a PIN only takes away
      const text = JSON.stringify(await computer.answer(channel, guess));
      const answer = JSON.parse(text) as { ok: boolean; error?: { code: string } };
      if (!answer.ok) expect(isErrorCode(answer.error?.code ?? '')).toBe(true);
      for (const secret of secrets) expect(text).not.toContain(secret);
    }
    expect(authority.approvals.get(asked?.id as never)?.state).toBe('pending');
    for (const secret of secrets) expect(computer.log.lines.join('\n')).not.toContain(secret);
  });
});
