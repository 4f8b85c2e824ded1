import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ActionRequest, TokenRow, UserRow } from '../../shared/contract/admin.ts';
import { VinculoError } from '../../shared/contract/errors.ts';
import type { UserId } from '../../shared/domain/ids.ts';
import { TrialAuthority, type TrialPerson } from '../../test/support/trial-authority.ts';
import { Computer, testPin } from './testing/desktop-fixture.ts';

/** The desktop's main process against the real authority: what both sides say on every hop is understood by the other. */
describe('main process and authority', { timeout: 120_000 }, () => {
  const [admin, member] = [new Computer(), new Computer()];
  const authority = new TrialAuthority();
  const bind = async (computer: Computer, { userName, name, password, invitation }: TrialPerson) => {
    await computer.call('bind', 'open', { text: invitation ?? '' });
    const { secondProof } = await computer.call('bind', 'start', { user: userName, password: password ?? '' });
    expect(secondProof.kind).toBe('sms');
    return computer.call('bind', 'complete', { secondProof: await authority.proofOf(name), pin: testPin });
  };

  beforeAll(async () => {
    await authority.start();
    await Promise.all([admin.start(), member.start()]);
  });
  afterAll(async () => {
    await Promise.all([admin.dispose(), member.dispose()]);
    await authority.dispose();
  });

  const approveNext = async (computer: Computer) => {
    await computer.until(({ accounts }) => accounts[0]?.pendingApprovals === 1);
    const [asked] = await computer.call('approvals', 'queue');
    if (asked === undefined) throw new Error('nothing asked');
    const result = await computer.call('approvals', 'approve', { accountId: asked.accountId, approvalId: asked.id, hash: asked.hash, pin: testPin });
    return { asked, result };
  };
  const admins = async <T>(channel: string, input: unknown): Promise<T> => {
    const answer = await admin.answer(`admin.${channel}`, input);
    if (!answer.ok) throw new VinculoError(answer.error.code, answer.error.data);
    return answer.data as T;
  };
  const rowOf = async (name: string) => {
    const { rows } = await admins<{ rows: TokenRow[] }>('tokens.list', {});
    const row = rows.find(({ user }) => user?.name === name);
    if (row === undefined) throw new Error(`no row of ${name}`);
    return row;
  };
  const request = (action: ActionRequest) => admins<{ actionId: string }>('actions.request', { action, idempotencyKey: randomUUID() });
  const colleague = 'Beatriz Elena Montoya de Echeverri';

  it('the admin binds, the issuer activates him, the screen turns by itself', async () => {
    const account = await bind(admin, await authority.person(({ role }) => role === 'admin'));
    await admin.until(({ accounts }) => accounts[0]?.connection === 'online');
    await authority.command('token', 'activate', account.serial, ...authority.by);
    await admin.until(({ accounts }) => accounts[0]?.phase === 'active');
    expect((await admin.call('code', 'current', { accountId: account.id })).code).toMatch(/^\d{6}$/);
  });

  it('assigns a token, approved on his own', async () => {
    const { rows } = await admins<{ rows: UserRow[] }>('users.list', { filter: 'assignable', search: 'Beatriz' });
    await request({ kind: 'assign', userIds: [rows[0]?.id as UserId] });
    const { asked, result } = await approveNext(admin);
    expect(asked.payload.details).toMatchObject({ action: 'assign', rows: [{ name: colleague, token: { before: 'available', after: 'assigned' } }] });
    expect(result).toEqual({ state: 'approved', actionState: 'done' });
    expect((await rowOf(colleague)).state).toBe('assigned');
  });

  it('the user binds by typing the code; killed before the answer is stored, he goes on', async () => {
    const { name, userName, password } = await authority.person((each) => each.name === colleague);
    const messages = await authority.messages();
    const mail = messages.find(({ channel, person: to, text }) => channel === 'email' && to === name && text.includes('Si prefiere escribirlo'))?.text ?? '';
    const typed = /^http:\/\/127\.0\.0\.1:\d+ {2}\S+ {2}\S+$/m.exec(mail)?.[0] ?? '';
    expect(await member.call('bind', 'open', { text: typed })).toMatchObject({ company: null, status: 'open' });
    await member.call('bind', 'start', { user: userName, password: password ?? '' });
    let writes = 0;
    member.keychain.onWrite = (moment) => {
      if (moment === 'before' && ++writes === 2) {
        member.keychain.fails = 'KEYCHAIN_SILENT';
        throw new Error('killed');
      }
    };
    expect(await member.code('bind.complete', { secondProof: await authority.proofOf(name), pin: testPin })).not.toBe('ok');
    await member.kill();
    await member.start();
    expect((await member.state()).unfinishedBinding).not.toBeNull();
    const { account } = await member.call('bind', 'resume');
    expect(account).toMatchObject({ name: colleague, phase: 'pending_activation' });
    await member.until(({ accounts }) => accounts[0]?.connection === 'online');
  });

  it('the admin compares the words, activates, and the user has his code and only one PIN', async () => {
    const row = await rowOf(colleague);
    const { triples } = await admins<{ triples: string[][] }>('activation.open', { tokenId: row.tokenId });
    const { words } = (await member.account()).device;
    expect(triples).toContainEqual(words);
    await admins('activation.pick', { tokenId: row.tokenId, words });
    await request({ kind: 'activate', tokenIds: [row.tokenId] });
    expect((await approveNext(admin)).result).toEqual({ state: 'approved', actionState: 'done' });
    await member.until(({ accounts }) => accounts[0]?.phase === 'active');
    const { id } = await member.account();
    expect(await member.code('lock.unlock', { accountId: id, pin: '000111' })).toBe('PIN_WRONG');
    expect(await member.call('lock', 'unlock', { accountId: id, pin: testPin })).toEqual({ verified: true });
    expect(await member.code('token.changePin', { accountId: id, pin: testPin, newPin: '840271' })).toBe('ok');
    expect(await member.code('lock.unlock', { accountId: id, pin: testPin })).toBe('PIN_WRONG');
    expect(await member.code('lock.unlock', { accountId: id, pin: '840271' })).toBe('ok');
  });

  it('the user changes his password with the present one, and is told by mail', async () => {
    const { password } = await authority.person((each) => each.name === colleague);
    const { id } = await member.account();
    const change = (given: string, newPassword: string) => member.code('token.changePassword', { accountId: id, password: given, newPassword });
    expect(await change('no es la actual', 'una frase nueva y larga')).toBe('PASSWORD_WRONG');
    expect(await change(password ?? '', password ?? '')).toBe('PASSWORD_SAME');
    expect(await change(password ?? '', 'una frase nueva y larga')).toBe('ok');
    expect((await authority.person((each) => each.name === colleague)).password).toBeNull();
    const messages = await authority.messages();
    expect(messages.find(({ subject, person: to }) => subject === 'Su contraseña cambió' && to === colleague)).toMatchObject({ channel: 'email' });
  });

  it('goes on after a restart of the authority, and a lost device is dead at once', async () => {
    await authority.stop();
    await member.until(({ accounts }) => accounts[0]?.connection === 'offline');
    await authority.start();
    await Promise.all([admin, member].map((computer) => computer.call('app', 'retry', {})));
    await Promise.all([admin, member].map((computer) => computer.until(({ accounts }) => accounts[0]?.connection === 'online')));
    await request({ kind: 'replaceDeviceLost', tokenIds: [(await rowOf(colleague)).tokenId] });
    await approveNext(admin);
    await member.until(({ accounts }) => accounts[0]?.phase === 'closed');
    expect((await member.account()).locked).toBe(true);
  });
});
