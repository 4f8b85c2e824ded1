import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { vinculoLink } from '../../../shared/domain/invitation-link.ts';
import { Computer } from '../testing/desktop-fixture.ts';
import { linkTarget } from './links.ts';

const right = { authority: 'https://vinculo.example', code: 'AAAAAAAAAAAAAAAAAAA', thumbprint: 'A'.repeat(43) };

describe('S24: a link', () => {
  it('opens the binding screen with what it says', () => {
    const url = vinculoLink(right);
    expect(linkTarget(url)).toEqual({ route: '/bind', text: url });
  });

  it.each(['', 'vinculo:', 'vinculo:approve?a=x', 'javascript:alert(1)', 'file:///etc/passwd', 'vinculo.example ABCDE-FGHJK MNPQRS', `${vinculoLink(right)}&flag=1`, `vinculo:bind?a=http://vinculo.example&c=${right.code}&k=${right.thumbprint}`, 'x'.repeat(5_000)])('%s leads nowhere', (url) => {
    expect(linkTarget(url)).toBeNull();
  });

  it('whatever it holds, it has at most one target, and that is a text for a screen', () => {
    const hostile = fc.oneof(fc.string(), fc.webUrl(), fc.tuple(fc.constantFrom('vinculo:', 'vinculo://', 'VINCULO:', 'https://vinculo.example/'), fc.string()).map((parts) => parts.join('')), fc.dictionary(fc.constantFrom('a', 'c', 'k', 'pin', 'flag', 'n'), fc.string()).map((query) => `vinculo:bind?${new URLSearchParams(query).toString()}`));
    fc.assert(fc.property(hostile, (url) => {
      const target = linkTarget(url);
      return target === null || (target.route === '/bind' && target.text === url.trim() && Object.keys(target).length === 2);
    }), { numRuns: 2_000 });
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
