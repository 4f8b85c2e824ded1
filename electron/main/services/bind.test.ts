import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Computer, dispose, freshComputer, testPin } from '../testing/desktop-fixture.ts';
import { FakeAuthority, fakeSecondProof } from '../testing/fake-authority.ts';

let computer: Computer;
let authority: FakeAuthority;
beforeEach(async () => { ({ computer, authority } = await freshComputer()); });
afterEach(() => dispose(computer, authority));

const begin = async () => {
  await computer.call('bind', 'open', { text: authority.invitation });
  await computer.call('bind', 'start', { user: 'mrestrepo', password: authority.password });
};
const complete = () => computer.code('bind.complete', { secondProof: fakeSecondProof, pin: testPin });

/** The account is whole: it turns active, the PIN is the one that was chosen, its codes are right and it can decide. */
async function expectWhole(): Promise<void> {
  await computer.until(({ accounts }) => accounts[0]?.connection === 'online');
  authority.activate();
  const { accounts: [account] } = await computer.until(({ accounts }) => accounts[0]?.phase === 'active');
  if (account === undefined) throw new Error('no account');
  expect(await computer.call('lock', 'unlock', { accountId: account.id, pin: testPin })).toEqual({ verified: true });
  expect(await computer.code('code.current', { accountId: account.id })).toBe('ok');
  await authority.ask();
  await computer.until(({ accounts }) => accounts[0]?.pendingApprovals === 1);
  const [asked] = await computer.call('approvals', 'queue');
  expect(await computer.code('approvals.approve', { accountId: account.id, approvalId: asked?.id, hash: asked?.hash, pin: testPin })).toBe('ok');
  expect((await computer.state()).unfinishedBinding).toBeNull();
}

describe('binding', () => {
  it('says what an invitation is, without using it', async () => {
    await computer.start();
    expect(await computer.call('bind', 'open', { text: authority.invitation })).toMatchObject({ authority: authority.address, company: 'Textiles del Valle S.A.S.', status: 'open' });
    expect(authority.calls).toEqual(['authority.describe', 'invitations.preview']);
  });

  it.each([
    ['nothing known', 'LINK_REFUSED'], ['http://vinculo.example/i#aaaaaaaaaaaaaaaaaaa.aaa', 'TLS_REQUIRED'], ['https://127.0.0.1:1/x', 'LINK_REFUSED'],
  ])('refuses %s', async (text, code) => {
    await computer.start();
    expect(await computer.code('bind.open', { text })).toBe(code);
  });

  it('refuses an authority whose key is not the one of the invitation', async () => {
    await computer.start();
    const link = authority.invitation;
    const other = await FakeAuthority.start();
    const forged = link.replace(authority.address, other.address);
    expect(await computer.code('bind.open', { text: forged })).toBe('AUTHORITY_KEY_CHANGED');
    await other.stop();
  });

  it('S15: without a keychain nothing begins, and no secret is anywhere else', async () => {
    await computer.start();
    await computer.call('bind', 'open', { text: authority.invitation });
    for (const fails of ['KEYCHAIN_MISSING', 'KEYCHAIN_LOCKED', 'KEYCHAIN_SILENT'] as const) {
      computer.keychain.fails = fails;
      expect(await computer.code('bind.start', { user: 'mrestrepo', password: authority.password })).toBe(fails);
    }
    expect(authority.calls).not.toContain('bindings.start');
    computer.keychain.fails = null;
    expect(await computer.code('bind.start', { user: 'mrestrepo', password: authority.password })).toBe('ok');
  });

  it('S15: a keychain that fails between the proofs leaves nothing behind, and the person goes on when it is back', async () => {
    await computer.start();
    await begin();
    computer.keychain.fails = 'KEYCHAIN_LOCKED';
    expect(await complete()).toBe('KEYCHAIN_LOCKED');
    expect(authority.calls).not.toContain('bindings.complete');
    computer.keychain.fails = null;
    expect(await complete()).toBe('ok');
    await expectWhole();
  });

  it('a wrong second proof changes nothing: the next one counts', async () => {
    await computer.start();
    await begin();
    expect(await computer.code('bind.complete', { secondProof: 'FALSO234', pin: testPin })).toBe('SECOND_PROOF_WRONG');
    expect(await complete()).toBe('ok');
    await expectWhole();
  });

  it('refuses a weak PIN before it makes keys', async () => {
    await computer.start();
    await begin();
    expect(await computer.code('bind.complete', { secondProof: fakeSecondProof, pin: '123456' })).toBe('PIN_WEAK');
    expect(computer.keychain.items.size).toBe(0);
  });

  it('an answer that was lost: the same keys again, and the PIN typed last is the one that counts', async () => {
    await computer.start();
    await begin();
    authority.loses.add('bindings.complete');
    expect(await computer.code('bind.complete', { secondProof: fakeSecondProof, pin: '840271' })).toBe('AUTHORITY_UNREACHABLE');
    expect(await complete()).toBe('ok');
    await expectWhole();
  });

  it('does not bind the same person twice on one computer', async () => {
    await computer.start();
    await computer.bind(authority);
    await computer.call('bind', 'open', { text: authority.invitation });
    expect(await computer.code('bind.start', { user: 'MRestrepo', password: authority.password })).toBe('ACCOUNT_EXISTS');
  });

  it('a device that the authority closed makes room for the next one', async () => {
    await computer.start();
    await computer.activate(authority);
    authority.deviceState = 'closed';
    authority.tell({ type: 'device.closed' });
    await computer.until(({ accounts }) => accounts[0]?.phase === 'closed');
    Object.assign(authority, { device: null, deviceState: 'pending', tokenState: 'pending_activation' });
    await computer.bind(authority);
    expect((await computer.state()).accounts).toHaveLength(1);
    await expectWhole();
  });

  it('a damaged item makes room for the next one', async () => {
    await computer.start();
    const { id } = await computer.activate(authority);
    await computer.kill();
    computer.keychain.items.set(id, '{"version":1}');
    await computer.start();
    await computer.until(({ accounts }) => accounts[0]?.problem?.code === 'VAULT_DAMAGED');
    Object.assign(authority, { device: null, deviceState: 'pending', tokenState: 'pending_activation' });
    await computer.bind(authority);
    const { accounts } = await computer.state();
    expect(accounts.map(({ problem, phase }) => [problem, phase])).toEqual([[null, 'pending_activation']]);
    expect(computer.keychain.items.has(id)).toBe(false);
  });
});

describe('binding, killed at every point', () => {
  /** Kills the app at the n-th write to the keychain, before or after it took effect. */
  const killAtWrite = (n: number, moment: 'before' | 'after') => {
    let writes = 0;
    computer.keychain.onWrite = (at) => {
      if (at === 'before') writes += 1;
      if (writes < n || (writes === n && at !== moment)) return;
      computer.keychain.fails = 'KEYCHAIN_SILENT';
      throw new Error('killed');
    };
  };

  it.each([
    ['before the keys are stored', () => killAtWrite(1, 'before'), 'again'],
    ['after the keys are stored, before the authority hears of them', () => killAtWrite(1, 'after'), 'again'],
    ['after the authority accepted, its answer lost', () => authority.loses.add('bindings.complete'), 'goes on'],
    ['after the answer, before it is stored', () => killAtWrite(2, 'before'), 'goes on'],
    ['after the account is stored, before it is listed', () => killAtWrite(2, 'after'), 'goes on'],
  ] as const)('%s', async (_, arrange, outcome) => {
    await computer.start();
    await begin();
    arrange();
    expect(await complete()).not.toBe('ok');
    await computer.kill();

    await computer.start();
    const { account } = await computer.call('bind', 'resume');
    expect(account === null ? 'again' : 'goes on').toBe(outcome);
    if (account === null) {
      expect(computer.keychain.items.size).toBe(0);
      await begin();
      expect(await complete()).toBe('ok');
    }
    await expectWhole();
  });

  it('S14: what went on without its PIN is under the PIN again at the first right one', async () => {
    await computer.start();
    await begin();
    authority.loses.add('bindings.complete');
    await complete();
    await computer.kill();
    await computer.start();
    await computer.call('bind', 'resume');
    const stored = () => JSON.parse([...computer.keychain.items.values()][0] ?? '') as { sealedSeed: unknown; wraps: { seed: unknown }[] };
    expect(stored().sealedSeed).not.toBeNull();
    await expectWhole();
    expect(stored().sealedSeed).toBeNull();
    expect(stored().wraps[0]?.seed).not.toBeNull();
  });

  it('cancel forgets keys that were never accepted', async () => {
    await computer.start();
    await begin();
    expect(await computer.code('bind.complete', { secondProof: 'FALSO234', pin: testPin })).toBe('SECOND_PROOF_WRONG');
    await computer.call('bind', 'cancel');
    expect(computer.keychain.items.size).toBe(0);
    expect((await computer.state()).unfinishedBinding).toBeNull();
  });
});
