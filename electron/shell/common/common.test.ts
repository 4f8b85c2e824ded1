import fc from 'fast-check';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { externalAddress, isLink, isOwnAddress, isSamePage, linksIn, routeAddress } from './addresses.ts';
import { desktopEntry, isAutostarting, setAutostarting } from './autostart-entry.ts';
import { createEventQueue } from './event-queue.ts';
import { readRendererFile } from './renderer-files.ts';
import { CONTENT_SECURITY_POLICY } from './response-headers.ts';
import type { ShellEvent } from '../shell.ts';

const folder = mkdtempSync(join(tmpdir(), 'vinculo-common-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('S24 links', () => {
  it('takes vinculo: links from the arguments and nothing else', () => {
    expect(linksIn(['--inspect', 'vinculo://invitacion?codigo=1', 'https://example.com/', 'VINCULO:x', '--flag=vinculo:x'])).toEqual(['vinculo://invitacion?codigo=1', 'VINCULO:x']);
  });

  it('is never anything but a link of ours, whatever the text', () => {
    fc.assert(fc.property(fc.string(), (text) => !isLink(text) || new URL(text).protocol === 'vinculo:'));
    expect(isLink(`vinculo:${'a'.repeat(3000)}`)).toBe(false);
  });
});

describe('addresses', () => {
  it.each(['http://example.com/', 'http://127.0.0.1.evil.example/', 'http://user:password@127.0.0.1/', 'file:///etc/passwd', 'javascript:alert(1)', 'https://user:password@example.com/', 'smb://host/share', 'nonsense'])('refuses to open %s outside', (text) => {
    expect(() => externalAddress(text)).toThrow(TypeError);
  });

  it('opens secure addresses, and the pages of a trial on this computer', () => {
    expect(externalAddress('https://vinculo.example/p#code')).toBe('https://vinculo.example/p#code');
    expect(externalAddress('http://127.0.0.1:4021/p#code')).toBe('http://127.0.0.1:4021/p#code');
  });

  it('opens the mail and telephone program', () => {
    expect(externalAddress('mailto:soporte@paramo.example')).toBe('mailto:soporte@paramo.example');
    expect(externalAddress('tel:018000000000')).toBe('tel:018000000000');
  });

  it('takes a page for the same whatever route it shows, and for another when its path, search or origin differs', () => {
    for (const origin of ['https://app.vinculo.localhost', 'app://vinculo']) {
      expect(isSamePage(`${origin}/#/admin/tokens`, `${origin}/`)).toBe(true);
      expect(isSamePage(`${origin}/`, `${origin}/#/approval`)).toBe(true);
      expect(isSamePage(`${origin}/#a#b`, `${origin}/#`)).toBe(true);
      expect(isSamePage(`${origin}/?x=1#/`, `${origin}/#/`)).toBe(false);
      expect(isSamePage(`${origin}/other#/`, `${origin}/#/`)).toBe(false);
      expect(isSamePage('about:blank', `${origin}/`)).toBe(false);
      expect(isSamePage('', `${origin}/`)).toBe(false);
      expect(isSamePage(`${origin}.evil.example/`, `${origin}/`)).toBe(false);
    }
  });

  it('keeps every route in its own origin', () => {
    for (const origin of ['https://app.vinculo.localhost', 'app://vinculo']) {
      expect(routeAddress(origin, '/approval/1')).toBe(`${origin}/approval/1`);
      expect(routeAddress(origin, 'approval')).toBe(`${origin}/approval`);
      fc.assert(fc.property(fc.string(), (route) => isOwnAddress(origin, routeAddress(origin, route))));
    }
  });

  it.each(['https://app.vinculo.localhost.evil.example/', 'https://app.vinculo.localhost@evil.example/', 'http://app.vinculo.localhost/', 'https://app.vinculo.localhost:8443/', ''])('does not take %s for ours', (address) => {
    expect(isOwnAddress('https://app.vinculo.localhost', address)).toBe(false);
  });
});

describe('the files of the renderer', () => {
  const renderer = join(folder, 'renderer');
  mkdirSync(join(renderer, 'assets'), { recursive: true });
  writeFileSync(join(renderer, 'index.html'), '<!doctype html>');
  writeFileSync(join(renderer, 'assets', 'a.js'), 'export {};');
  writeFileSync(join(folder, 'secret.json'), '{}');

  it('answers files, and routes with the page', async () => {
    expect(await readRendererFile(renderer, '/assets/a.js')).toMatchObject({ status: 200, headers: { 'content-type': 'text/javascript; charset=utf-8' } });
    expect(await readRendererFile(renderer, '/admin/tokens')).toMatchObject({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } });
    expect(await readRendererFile(renderer, '/assets/missing.js')).toMatchObject({ status: 404 });
    expect(await readRendererFile(renderer, '/assets/a.exe')).toMatchObject({ status: 404 });
  });

  it.each(['/../secret.json', '/..%2fsecret.json', '/assets/../../secret.json', '/%2e%2e/secret.json', '/..\\secret.json', '/%00.json', '/%'])('never leaves its folder: %s', async (path) => {
    const { status, body } = await readRendererFile(renderer, path);
    expect(status === 404 || body.toString('utf8') === '<!doctype html>').toBe(true);
  });

  it('S22 sends the policy with every answer, also with a refusal', async () => {
    for (const path of ['/', '/missing.js']) {
      expect((await readRendererFile(renderer, path)).headers['content-security-policy']).toBe(CONTENT_SECURITY_POLICY);
    }
  });
});

describe('start with the session on Linux', () => {
  it('writes and removes the entry', () => {
    const entry = { file: join(folder, 'autostart', 'vinculo.desktop'), command: ['/opt/Vínculo/vinculo'] };
    setAutostarting(entry, true);
    expect(isAutostarting(entry)).toBe(true);
    expect(readFileSync(entry.file, 'utf8')).toContain('Exec="/opt/Vínculo/vinculo"\n');
    setAutostarting(entry, false);
    setAutostarting(entry, false);
    expect(isAutostarting(entry)).toBe(false);
  });

  it('quotes what the Exec key treats specially', () => {
    expect(desktopEntry(['/a b/$x', '100%'])).toContain('Exec="/a b/\\\\$x" "100%%"\n');
  });
});

describe('the event queue', () => {
  it('keeps what comes before there is a listener', () => {
    const queue = createEventQueue();
    const heard: ShellEvent[] = [];
    queue.emit({ type: 'link', url: 'vinculo:a' });
    queue.listen((event) => heard.push(event));
    queue.emit({ type: 'activate' });
    expect(heard).toEqual([{ type: 'link', url: 'vinculo:a' }, { type: 'activate' }]);
  });
});
