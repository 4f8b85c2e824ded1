import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { StreamCalls } from '../../electron/main/authority-client/stream-calls.ts';
import { eventsPath } from '../../shared/contract/event-stream.ts';
import type { DeviceEvent } from '../../shared/contract/events.ts';
import { VinculoError } from '../../shared/contract/errors.ts';
import type { Authentication } from '../services/authentication.ts';
import { by, type Desktop } from '../../test/support/authority-world.ts';
import type { HttpDeps } from './context.ts';
import { closeCode, EventSocket } from './event-socket.ts';
import { createSocketLimits } from './socket-limits.ts';
import { Caller, createHttpWorld, type HttpWorld } from './testing/http-world.ts';

let http: HttpWorld;
let ines: Desktop;
let sockets: Connected[] = [];
beforeAll(async () => {
  http = await createHttpWorld({ listen: true });
  ines = await http.world.activated('ines');
});
afterEach(() => {
  for (const { socket } of sockets) socket.terminate();
  sockets = [];
});
afterAll(() => http.close());

/** One desktop's socket, as its client sees it. */
class Connected {
  readonly socket: WebSocket;
  readonly calls: StreamCalls;
  readonly caller: Caller;
  readonly closed: Promise<number>;
  /** All it was told. */
  readonly told: { readonly id: string | null; readonly event: DeviceEvent }[] = [];
  #heard = 0;
  #wake = () => {};

  private constructor(socket: WebSocket, caller: Caller) {
    this.socket = socket;
    this.caller = caller;
    this.calls = new StreamCalls(socket, {
      event: (event, id) => {
        this.told.push({ id, event: event! });
        this.#wake();
      },
      broken: (error) => { throw error; },
    });
    this.closed = new Promise((resolve) => socket.once('close', (code) => { resolve(code); this.#wake(); }));
    sockets.push(this);
  }

  static async open(desktop: Desktop): Promise<Connected> {
    const caller = new Caller(http, desktop);
    await caller.open();
    const socket = new WebSocket(`ws://127.0.0.1:${http.port}${eventsPath}`);
    await new Promise((resolve, reject) => { socket.once('open', resolve).once('error', reject); });
    return new Connected(socket, caller);
  }

  async authenticate(accessToken = this.caller.token ?? '', proof = this.caller.proof('GET', eventsPath)): Promise<{ expiresAt: number }> {
    const { expiresAt = 0 } = await this.calls.call({ type: 'authenticate', accessToken, proof });
    return { expiresAt };
  }

  async subscribe(lastEventId?: string): Promise<void> {
    await this.calls.call({ type: 'subscribe', ...(lastEventId !== undefined && { lastEventId }) });
  }

  async next(): Promise<DeviceEvent> {
    for (;;) {
      const told = this.told[this.#heard];
      if (told !== undefined) {
        this.#heard += 1;
        return told.event;
      }
      if (this.socket.readyState !== WebSocket.OPEN) throw new Error('the stream ended');
      await new Promise<void>((resolve) => { this.#wake = resolve; });
    }
  }

  /** Lets time pass in steps that leave room for each heartbeat's answer: frames keep their order. */
  async pass(milliseconds: number): Promise<void> {
    const until = http.clock.now() + milliseconds;
    while (http.clock.now() < until) {
      http.clock.advance(Math.min(10_000, until - http.clock.now()));
      this.socket.ping();
      await new Promise((resolve) => this.socket.once('pong', resolve));
    }
  }

  /** Reads until an event of this kind. */
  async until(type: DeviceEvent['type']): Promise<DeviceEvent> {
    for (;;) {
      const event = await this.next();
      if (event.type === type) return event;
    }
  }
}

const codeOf = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'ok', (error: { code?: string }) => error.code);

test('nothing before authentication; then hello, and what happens as it happens', async () => {
  const ana = await http.world.activated('ana', 'admin');
  const connected = await Connected.open(ana);
  expect(await codeOf(connected.subscribe())).toBe('SESSION_REQUIRED');
  await connected.authenticate();
  await connected.subscribe();
  expect(await connected.next()).toMatchObject({ type: 'hello', time: http.clock.now() });
  await http.world.activated('luis');
  expect(await connected.until('tokens.changed')).toMatchObject({ tokenIds: [expect.any(String)] });
});

test('S12: the proof on the socket is as strict: once, for this address, by this key', async () => {
  const ana = await http.world.activated('pia', 'admin');
  const connected = await Connected.open(ana);
  const accessToken = connected.caller.token ?? '';
  const proof = connected.caller.proof('GET', eventsPath);
  expect(await codeOf(connected.authenticate(accessToken, proof))).toBe('ok');
  expect(await codeOf(connected.authenticate(accessToken, proof))).toBe('DPOP_INVALID');
  expect(await codeOf(connected.authenticate(accessToken, connected.caller.proof('GET', '/device/state')))).toBe('DPOP_INVALID');
  const other = await Connected.open(await http.world.activated('raul'));
  expect(await codeOf(connected.authenticate(other.caller.token, other.caller.proof('GET', eventsPath)))).toBe('SESSION_REQUIRED');
});

test('a device that was away hears what it missed, once', async () => {
  const ana = await http.world.activated('noa', 'admin');
  const connected = await Connected.open(ana);
  await connected.authenticate();
  await connected.subscribe();
  await connected.next();
  const last = connected.told[0]?.id ?? undefined;
  connected.socket.terminate();
  const luis = await http.world.activated('teo');
  const again = await Connected.open(ana);
  await again.authenticate();
  await again.subscribe(last);
  await again.until('tokens.changed');
  expect((await http.world.tokenOf(luis.user)).state).toBe('active');
  const ids = again.told.flatMap(({ id }) => (id === null ? [] : [Number(id)]));
  expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
  expect(ids[0]).toBeGreaterThan(Number(last));
});

test('the socket is closed at the end of its session, unless it was renewed in band', async () => {
  const connected = await Connected.open(await http.world.activated('eva'));
  const { expiresAt } = await connected.authenticate();
  await connected.pass(500_000);
  await connected.caller.open();
  const renewed = await connected.authenticate();
  expect(renewed.expiresAt).toBeGreaterThan(expiresAt);
  await connected.pass(expiresAt - http.clock.now() + 1_000);
  expect(connected.socket.readyState).toBe(WebSocket.OPEN);
  await connected.pass(renewed.expiresAt - http.clock.now() - 1_000);
  expect(connected.socket.readyState).toBe(WebSocket.OPEN);
  http.clock.advance(1_000);
  expect(await connected.closed).toBe(closeCode.sessionEnded);
});

test('who does not authenticate is cut after ten seconds', async () => {
  const connected = await Connected.open(await http.world.activated('sol'));
  http.clock.advance(9_000);
  expect(connected.socket.readyState).toBe(WebSocket.OPEN);
  http.clock.advance(1_000);
  expect(await connected.closed).toBe(closeCode.sessionEnded);
});

test.each(['block', 'revoke'] as const)('S17: %s closes the socket within a second, and the next call is refused', async (change) => {
  const desktop = await http.world.activated(`s17${change}`);
  const connected = await Connected.open(desktop);
  await connected.authenticate();
  await connected.subscribe();
  await connected.until('hello');
  const before = performance.now();
  await http.world.services.issuer.tokens[change](desktop.serial ?? ('' as never), by);
  const event = await connected.until(change === 'block' ? 'token.changed' : 'device.closed');
  expect(event.type).toBeDefined();
  await expect(connected.next()).rejects.toThrow();
  expect(await connected.closed).toBe(closeCode.deviceClosed);
  expect(performance.now() - before).toBeLessThan(1_000);
  const refused = await connected.caller.call('POST', '/device/pin/share', { verifier: 'A'.repeat(43), generation: 1 });
  expect(refused).toMatchObject({ status: 403 });
});

test('S17: an authenticated socket that never asked for events goes with its device as well', async () => {
  const desktop = await http.world.activated('max');
  const connected = await Connected.open(desktop);
  await connected.authenticate();
  await http.world.services.issuer.tokens.revoke(desktop.serial ?? ('' as never), by);
  http.clock.advance(15_000);
  expect(await connected.closed).toBe(closeCode.deviceClosed);
});

test('S17: what another process did to a device ends its stream at the next heartbeat', async () => {
  const desktop = await http.world.activated('ada');
  const connected = await Connected.open(desktop);
  await connected.authenticate();
  await connected.subscribe();
  await connected.pass(14_000);
  expect(connected.socket.readyState).toBe(WebSocket.OPEN);
  await http.world.store.transaction((tx) => tx.updateDevice(desktop.deviceId!, { state: 'closed' })); // and told nobody here
  http.clock.advance(1_000);
  expect(await connected.closed).toBe(closeCode.deviceClosed);
  expect(connected.told.map(({ event }) => event.type)).toEqual(['hello']);
});

test('nobody is cut off for what the store cannot say; those who wait to be asked about are asked about together', async () => {
  const asked: number[] = [];
  const answers: ((error: Error) => void)[] = [];
  const recheck: Authentication['recheck'] = (listeners) => {
    asked.push(listeners.length);
    return new Promise((_, reject) => { answers.push(reject); });
  };
  const before = http;
  http = await createHttpWorld({ listen: true, change: ({ authentication }) => ({ authentication: { ...authentication, recheck } }) });
  try {
    const desktop = await http.world.activated('ana');
    const open = [await Connected.open(desktop), await Connected.open(desktop), await Connected.open(desktop)];
    for (const connected of open) await connected.authenticate();
    for (let n = 0; n < 4; n++) for (const [at, connected] of open.entries()) await connected.pass(at === 0 ? 10_000 : 1);
    expect(asked).toEqual([3]); // of two heartbeats: the second round waits for the first
    answers[0]?.(new VinculoError('STORE_UNAVAILABLE'));
    await new Promise((resolve) => { setImmediate(resolve); });
    await open[0]!.pass(1_000);
    expect(asked).toEqual([3, 3]);
    for (const { socket } of open) expect(socket.readyState).toBe(WebSocket.OPEN);
  } finally {
    await http.close();
    http = before;
  }
});

test('a clock that is set back does not stop the heartbeat', () => {
  const beats: number[] = [];
  const socket = { OPEN: WebSocket.OPEN, readyState: WebSocket.OPEN, bufferedAmount: 0, ping: () => beats.push(now) } as unknown as WebSocket;
  let now = 10_000_000;
  const device = new EventSocket(socket, { ip: '192.0.2.1', agent: '' }, { deps: { clock: { now: () => now } } as HttpDeps, limits: createSocketLimits({ now: () => now }) });
  const until = (end: number) => { for (; now < end; now += 1_000) { device.tick(now); device.pong(); } };
  now -= 3_600_000;
  until(now + 31_000);
  expect(beats).toHaveLength(3);
});

test('a peer that no longer answers is cut at the second heartbeat', async () => {
  const connected = await Connected.open(await http.world.activated('leo'));
  await connected.authenticate();
  (connected.socket as unknown as { pong: () => void }).pong = () => {};
  connected.socket.removeAllListeners('ping');
  (connected.socket as unknown as { _autoPong: boolean })._autoPong = false;
  http.clock.advance(15_000);
  http.clock.advance(15_000);
  expect(await connected.closed).toBe(1006);
});

test('S27: floods of messages and messages of any size are cut', async () => {
  const loud = await Connected.open(ines);
  for (let n = 0; n <= 120; n++) loud.socket.send(JSON.stringify({ type: 'subscribe', call: n + 1 }));
  expect(await loud.closed).toBe(closeCode.tooMuch);
  const large = await Connected.open(ines);
  large.socket.send('x'.repeat(70_000));
  expect(await large.closed).toBe(1009);
});

test.each([
  '{}', '', 'no JSON', '[]', 'null', '{"type":"subscribe"}', '{"type":"subscribe","call":0}', '{"type":"subscribe","call":1.5}', '{"type":"subscribe","call":1,"lastEventId":7}',
  '{"type":"authenticate","call":1}', '{"type":"authenticate","call":1,"accessToken":"a b c","proof":"x"}', '{"type":"event","id":"1","event":{"type":"users.changed"}}', '{"type":"constructor","call":1}',
])('%s is no message of ours: the socket is closed', async (text) => {
  const connected = await Connected.open(ines);
  connected.socket.send(text);
  expect(await connected.closed).toBe(closeCode.notUnderstood);
});

test('a call of ours in a binary frame is none', async () => {
  const connected = await Connected.open(ines);
  connected.socket.send(Buffer.from('{"type":"subscribe","call":1}'));
  expect(await connected.closed).toBe(closeCode.notUnderstood);
});

test('what a newer desktop adds to a call is no reason to refuse it', async () => {
  const connected = await Connected.open(ines);
  const answer = new Promise((resolve) => connected.socket.once('message', (data: Buffer) => resolve(JSON.parse(data.toString()))));
  connected.socket.send('{"type":"subscribe","call":9,"of":"tomorrow"}');
  expect(await answer).toEqual({ type: 'refused', call: 9, code: 'SESSION_REQUIRED', data: {} });
});

test('a second subscription ends the first: an event comes once', async () => {
  const connected = await Connected.open(ines);
  await connected.authenticate();
  await connected.subscribe();
  await connected.subscribe();
  await http.world.services.issuer.companies.setPolicy(http.world.company.id, { autoLockMinutes: 7 }, by);
  await connected.until('policy.changed');
  await connected.pass(1_000);
  expect(connected.told.map(({ event }) => event.type)).toEqual(['hello', 'hello', 'policy.changed']);
  expect(connected.socket.readyState).toBe(WebSocket.OPEN);
});

const connections = (): Promise<number> => new Promise((resolve) => { http.server.fastify.server.getConnections((_, count) => resolve(count)); });

test('S27: a device that does not read is cut off, and hears the rest when it comes again', async () => {
  const desktop = await http.world.activated('rita', 'admin');
  const connected = await Connected.open(desktop);
  await connected.authenticate();
  await connected.subscribe();
  await connected.until('hello');
  const open = await connections();
  connected.socket.pause();
  const tokenIds = Array.from({ length: 200 }, () => randomUUID());
  const payload = JSON.stringify({ type: 'tokens.changed', tokenIds });
  let told = 0;
  for (; (await connections()) === open && told < 20_000; told += 100) {
    await http.world.store.transaction(async (tx) => {
      for (let n = 0; n < 100; n++) await tx.addEvent({ kind: 'device', id: desktop.deviceId! }, payload, http.clock.now());
    });
  }
  expect(told).toBeLessThan(20_000); // some megabytes lie in the kernel's buffers, one with us
  connected.socket.resume();
  expect(await connected.closed).toBe(1006);
  const again = await Connected.open(desktop);
  await again.authenticate();
  await again.subscribe(connected.told.at(-1)?.id ?? undefined);
  expect((await again.next()).type).toBe('hello');
  expect(['tokens.changed', 'resync']).toContain((await again.next()).type);
});

test('S25: no page of a browser opens the socket, and no other path is one', async () => {
  const refusedWith = (path: string, headers: Record<string, string>) => new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${http.port}${path}`, { headers });
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode)).on('error', () => resolve('error')).on('open', () => resolve('open'));
  });
  expect(await refusedWith(eventsPath, { origin: 'https://vinculo.example' })).toBe(403);
  expect(await refusedWith('/device/v2/events', {})).toBe(404);
});

/** The bytes of an upgrade, and what comes back until the other side hangs up. */
const raw = (path: string, version: number, then: (connection: ReturnType<typeof connect>) => void = () => {}): Promise<string> => new Promise((resolve) => {
  const connection = connect({ port: http.port, host: '127.0.0.1', allowHalfOpen: true });
  let answer = '';
  connection.on('data', (data) => { answer += data.toString(); then(connection); }).on('error', () => {}).on('end', () => { resolve(answer); connection.destroy(); }).on('close', () => resolve(answer));
  connection.write(`GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: ${version}\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`);
});

test('S27: a peer that resets a refused connection ends neither the process nor anything else', async () => {
  for (let n = 0; n < 20; n++) await raw('/nothing', 13, (connection) => connection.resetAndDestroy());
  const connected = await Connected.open(ines);
  await connected.authenticate();
});

test('S27: connections that were refused, and handshakes that failed, do not count as open', async () => {
  const counted = await createHttpWorld({ listen: true });
  const [port, before] = [http.port, http];
  http = counted;
  try {
    // More than may be open at once, in windows of a minute.
    for (let n = 0; n < 2_050; n++) {
      if (n % 500 === 0) counted.clock.advance(60_000);
      expect(await raw(n % 2 === 0 ? '/nothing' : eventsPath, 12)).not.toContain('429');
    }
  } finally {
    http = before;
    expect(http.port).toBe(port);
    await counted.close();
  }
});
