import { randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DeviceId } from '../../../shared/domain/ids.ts';
import { codeOf } from '../testing/code-of.ts';
import { FakeAuthority } from '../testing/fake-authority.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import type { Clock } from '../runtime.ts';
import { generatePrivateJwk, publicOf } from '../vault/keys.ts';
import { sessionKeyOf } from '../vault/keychain-vault.ts';
import { contactAuthority, DeviceConnection } from './connection.ts';
import { assertSecure } from './transport.ts';

const clock: Clock = { now: () => Date.now(), after: (milliseconds, run) => { const timer = setTimeout(run, milliseconds); return () => clearTimeout(timer); } };
const sessionKey = sessionKeyOf(generatePrivateJwk());
let authority: FakeAuthority;
let connection: DeviceConnection;
const listener = { connected: vi.fn<() => void>(), disconnected: vi.fn<(cause: unknown, lastHeard: number) => void>(), event: vi.fn<() => void>() };
beforeEach(async () => {
  vi.clearAllMocks();
  authority = await FakeAuthority.start();
  authority.device = { sessionKey: sessionKey.publicKey, approvalKey: publicOf(generatePrivateJwk()), pinVerifier: '', share: '', answer: {}, acknowledged: false };
  authority.activate();
  connection = new DeviceConnection({ clock, random: randomBytes }, { address: authority.address, deviceId: randomUUID() as DeviceId, sessionKey, clockOffset: null, listener });
});
afterEach(async () => {
  connection.stop();
  await authority.stop();
});

describe('S12: calls of a session', () => {
  it('carry a proof that the authority accepts, and follow a new nonce unseen', async () => {
    expect(await codeOf(connection.device.session.state())).toBe('ok');
    authority.nonce = 'another-nonce';
    expect(await codeOf(connection.device.session.state())).toBe('ok');
  });

  it('renew the session when it has ended, and the caller sees nothing of it', async () => {
    authority.sessionSeconds = 1;
    await connection.device.session.state();
    authority.ahead = 5_000;
    expect(await codeOf(connection.device.session.state())).toBe('ok');
    expect(authority.calls.filter((call) => call === 'session.start').length).toBeGreaterThan(1);
  });

  it('measure the clock again when the proof is too old', async () => {
    await connection.device.session.state();
    authority.ahead = 300_000;
    expect(await codeOf(connection.device.session.state())).toBe('ok');
    expect(Math.abs((connection.clock.offset ?? 0) + 300_000)).toBeLessThan(5_000);
  });

  it('ask for one new session, however many calls wait for it', async () => {
    await Promise.all(Array.from({ length: 10 }, () => connection.device.session.state()));
    expect(authority.calls.filter((call) => call === 'session.start')).toHaveLength(2); // once to learn the nonce
  });

  it('a device that is closed is told so, not asked again for ever', async () => {
    authority.deviceState = 'closed';
    expect(await codeOf(connection.device.session.state())).toBe('DEVICE_CLOSED');
  });
});

describe('what an authority may answer', () => {
  const answering = async (status: number, body: string, headers: Record<string, string> = {}) => {
    const server = createServer((_, response) => response.writeHead(status, { 'content-type': body.startsWith('{') ? 'application/json' : 'text/html', ...headers }).end(body));
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const code = await codeOf(contactAuthority({ clock, random: randomBytes }, address).device.authority.describe());
    server.close();
    return code;
  };

  it.each([
    ['something else in the right form', 200, '{"time":1}', 'AUTHORITY_ANSWER_INVALID'],
    ['a page', 200, '<html>', 'AUTHORITY_ANSWER_INVALID'],
    ['broken JSON', 200, '{"time":', 'AUTHORITY_ANSWER_INVALID'],
    ['a code that is not on the list', 400, '{"defined":true,"code":"NONSENSE","status":400,"message":"x","data":{}}', 'AUTHORITY_ANSWER_INVALID'],
    ['a code of the list', 503, '{"defined":true,"code":"STORE_UNAVAILABLE","status":503,"message":"x","data":{}}', 'STORE_UNAVAILABLE'],
    ['a gateway that has lost it', 502, '<html>bad gateway</html>', 'AUTHORITY_UNREACHABLE'],
  ] as const)('%s', async (_, status, body, code) => {
    expect(await answering(status, body)).toBe(code);
  });

  it('a redirect is somebody else’s answer', async () => {
    expect(await answering(302, '', { location: authority.address })).toBe('AUTHORITY_UNREACHABLE');
  });

  it('nobody there', async () => {
    await authority.stop();
    expect(await codeOf(contactAuthority({ clock, random: randomBytes }, authority.address).device.authority.describe())).toBe('AUTHORITY_UNREACHABLE');
    await authority.listen();
  });

  it.each(['http://vinculo.example', 'ftp://127.0.0.1', 'http://127.0.0.1.evil.example', 'http://user@127.0.0.1'])('%s is not spoken to', (address) => {
    expect(() => assertSecure(address)).toThrow(expect.objectContaining({ code: 'TLS_REQUIRED' }));
  });
});

describe('the event stream', () => {
  it('comes back after it was cut, and asks for what it missed', async () => {
    connection.start();
    await vi.waitFor(() => expect(listener.connected).toHaveBeenCalledTimes(1));
    authority.tell({ type: 'users.changed' });
    await vi.waitFor(() => expect(listener.event).toHaveBeenCalledWith({ type: 'users.changed' }));
    authority.cutSockets();
    await vi.waitFor(() => expect(listener.disconnected).toHaveBeenCalledTimes(1));
    authority.tell({ type: 'policy.changed' });
    await vi.waitFor(() => expect(listener.event).toHaveBeenCalledWith({ type: 'policy.changed' }), { timeout: 5_000 });
    expect(listener.connected).toHaveBeenCalledTimes(2);
  });

  it('authenticates again on the same socket before the session ends', async () => {
    authority.sessionSeconds = 61;
    connection.start();
    await vi.waitFor(() => expect(authority.calls.filter((call) => call === 'authenticate').length).toBeGreaterThan(1), { timeout: 10_000 });
    expect(listener.disconnected).not.toHaveBeenCalled();
    expect(authority.sockets).toBe(1);
  });

  it('waits longer after each failure, never all at the same moment, and not beyond a minute', async () => {
    const manual = new ManualClock();
    const waits: number[] = [];
    const measured: Clock = { now: () => manual.now(), after: (milliseconds, run) => { waits.push(milliseconds); return manual.after(milliseconds, run); } };
    await authority.stop();
    const away = new DeviceConnection({ clock: measured, random: randomBytes }, { address: authority.address, deviceId: randomUUID() as DeviceId, sessionKey, clockOffset: 0, listener });
    away.start();
    for (let n = 1; n <= 9; n++) {
      await vi.waitFor(() => expect(waits).toHaveLength(n));
      await manual.advance(60_000);
    }
    away.stop();
    waits.forEach((wait, n) => {
      const whole = Math.min(60_000, 1_000 * 2 ** n);
      expect(wait).toBeGreaterThanOrEqual(whole / 2);
      expect(wait).toBeLessThanOrEqual(whole);
    });
    expect(new Set(waits.slice(6)).size).toBeGreaterThan(1);
    await authority.listen();
  });

  it('does not wait out its pause once a call is answered', async () => {
    const manual = new ManualClock();
    const away = new DeviceConnection({ clock: manual, random: randomBytes }, { address: authority.address, deviceId: randomUUID() as DeviceId, sessionKey, clockOffset: null, listener });
    await authority.stop();
    away.start();
    await vi.waitFor(() => expect(listener.disconnected).toHaveBeenCalledTimes(1));
    await authority.listen();
    expect(listener.connected).not.toHaveBeenCalled();
    await away.device.session.state();
    await vi.waitFor(() => expect(listener.connected).toHaveBeenCalledTimes(1));
    away.stop();
  });
});
