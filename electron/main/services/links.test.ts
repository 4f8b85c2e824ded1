import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { vinculoLink } from '../../../shared/domain/invitation-link.ts';
import { approveLink } from '../../../shared/domain/scanned.ts';
import { Computer } from '../testing/desktop-fixture.ts';
import { FakeAuthority } from '../testing/fake-authority.ts';
import { login, transaction } from '../testing/portal-requests.ts';
import { linkTarget } from './links.ts';

const request = { authority: 'https://vinculo.example', approvalId: '0c9a2f4e-55f0-4a39-9a7b-6f3f0a1d2c3b', number: '418207' };
const right = { authority: 'https://vinculo.example', code: 'AAAAAAAAAAAAAAAAAAA', thumbprint: 'A'.repeat(43) };

/** Links to requests with something wrong, missing, twice or too much in them. */
const requestLinks = fc.tuple(fc.constantFrom('vinculo:approve?', 'vinculo://approve/?', 'VINCULO:APPROVE?', 'vinculo:approve'), fc.array(fc.tuple(fc.constantFrom('a', 'id', 'n', 'pin', 'decision', 'hash'), fc.oneof(fc.constantFrom(request.authority, request.approvalId, request.number), fc.string())), { maxLength: 5 }))
  .map(([start, query]) => `${start}${new URLSearchParams(query).toString()}`);

describe('S24: a link', () => {
  it('opens the binding screen with what it says', () => {
    const url = vinculoLink(right);
    expect(linkTarget(url)).toEqual({ route: '/bind', text: url });
  });

  it('of a request opens the scan screen with what it says; what is opened is decided there', () => {
    const url = approveLink(request);
    expect(linkTarget(url)).toEqual({ route: '/scan', text: url });
    expect(linkTarget(`${url}&pin=583914`)).toBeNull();
    expect(linkTarget(approveLink({ ...request, authority: 'http://vinculo.example' }))).toBeNull();
  });

  it.each(['eyJ0eXAiOiJ2aW5jdWxvLXJlcXVlc3Qrand0In0.e30.c2lnbmF0dXJl', '', 'vinculo:', 'vinculo:approve?a=x', 'javascript:alert(1)', 'file:///etc/passwd', 'vinculo.example ABCDE-FGHJK MNPQRS', `${vinculoLink(right)}&flag=1`, `vinculo:bind?a=http://vinculo.example&c=${right.code}&k=${right.thumbprint}`, 'x'.repeat(5_000)])('%s leads nowhere', (url) => {
    expect(linkTarget(url)).toBeNull();
  });

  it('whatever it holds, it has at most one target, and that is a text for a screen', () => {
    const hostile = fc.oneof(fc.string(), fc.webUrl(), fc.tuple(fc.constantFrom('vinculo:', 'vinculo://', 'VINCULO:', 'vinculo:approve', 'https://vinculo.example/'), fc.string()).map((parts) => parts.join('')), fc.dictionary(fc.constantFrom('a', 'c', 'k', 'pin', 'flag', 'n'), fc.string()).map((query) => `vinculo:bind?${new URLSearchParams(query).toString()}`), requestLinks);
    fc.assert(fc.property(hostile, (url) => {
      const target = linkTarget(url);
      return target === null || (['/bind', '/scan'].includes(target.route) && target.text === url.trim() && Object.keys(target).length === 2);
    }), { numRuns: 2_000 });
  });
});

describe('S24: the app that holds an account and is given links', () => {
  const computer = new Computer();
  let authority: FakeAuthority;
  beforeAll(async () => {
    authority = await FakeAuthority.start();
    await computer.start();
    await computer.activate(authority);
  });
  afterAll(async () => {
    await computer.dispose();
    await authority.stop();
  });

  it('neither asks the authority nor moves the queue: not even for a request that waits, with its right number', async () => {
    const first = await authority.ask(login());
    const second = await authority.ask(transaction());
    await computer.until(({ accounts }) => accounts[0]?.pendingApprovals === 2);
    const before = [await computer.state(), await computer.call('approvals', 'queue'), authority.calls.length];
    const links = [approveLink({ ...request, authority: authority.address, approvalId: second }), approveLink({ ...request, authority: authority.address }), ...fc.sample(requestLinks, 300)];
    for (const url of links) computer.shell.emit({ type: 'link', url });
    expect([await computer.state(), await computer.call('approvals', 'queue'), authority.calls.length]).toEqual(before);
    expect((await computer.call('approvals', 'queue'))[0]).toMatchObject({ id: first, scannedNumber: null });
    expect(computer.shell.published).toContainEqual({ channel: 'navigate', payload: { route: '/scan', text: links[0] } });
  });
});

describe('S24: the app that is given links', () => {
  let computer: Computer;
  beforeEach(async () => {
    computer = new Computer();
    await computer.start();
  });
  afterEach(() => computer.dispose());

  it('never binds, approves, talks to an authority or changes a setting', async () => {
    const before = await computer.state();
    const links = [vinculoLink(right), 'vinculo:approve?a=https://evil.example&id=1&n=123456', 'vinculo:bind?autostart=1', '--remote-debugging-port=1', 'vinculo:bind?a=https://evil.example&c=x&k=y', ...fc.sample(fc.string(), 50).map((text) => `vinculo:${text}`)];
    for (const url of links) computer.shell.emit({ type: 'link', url });
    const after = await computer.state();
    expect(after).toEqual(before);
    const published = computer.shell.published.filter(({ channel }) => channel !== 'app.changed');
    expect(published.every(({ channel }) => channel === 'navigate')).toBe(true);
    expect(published).toContainEqual({ channel: 'navigate', payload: { route: '/bind', text: vinculoLink(right) } });
    expect(computer.keychain.items.size).toBe(0);
  });
});
