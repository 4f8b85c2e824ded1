import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { eventsPath, longestMessage, readCall, writeAnswer, writeEvent, type StreamCall } from '../../../shared/contract/event-stream.ts';
import { VinculoError } from '../../../shared/contract/errors.ts';
import type { DeviceEvent } from '../../../shared/contract/events.ts';
import type { DeviceId } from '../../../shared/domain/ids.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { sessionKeyOf } from '../vault/keychain-vault.ts';
import { generatePrivateJwk } from '../vault/keys.ts';
import { MeasuredClock } from './clock.ts';
import { DpopProver } from './dpop.ts';
import { EventStream } from './event-stream.ts';
import { DeviceSession } from './session.ts';

/** An authority that says whatever a test wants it to: `calls` are what the device sent, in order. */
let server: WebSocketServer;
let socket: WebSocket;
let calls: StreamCall[];
let clock: ManualClock;
let stream: EventStream;
let ended: Promise<unknown>;
let heard: (DeviceEvent['type'] | 'connected' | 'fail')[];
let lastId: string | null;

beforeEach(async () => {
  [calls, heard, lastId, clock] = [[], [], null, new ManualClock()];
  server = new WebSocketServer({ host: '127.0.0.1', port: 0, path: eventsPath });
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const connected = once(server, 'connection');
  start(address);
  [socket] = (await connected) as [WebSocket];
});
afterEach(() => {
  stream.close();
  server.close();
});

function start(address: string): void {
  const authorityClock = new MeasuredClock(clock, 0);
  const prover = new DpopProver(sessionKeyOf(generatePrivateJwk()), authorityClock, randomBytes);
  const session = new DeviceSession({ address, deviceId: randomUUID() as DeviceId, clock, authorityClock, prover, answered: () => undefined });
  session.accessToken = async () => ({ token: 'a.b.c', expiresAt: clock.now() + 600_000 });
  server.once('connection', (accepted) => accepted.on('message', (data: Buffer) => {
    const call = readCall(data.toString());
    if (call === null) throw new Error('no call of the contract');
    calls.push(call);
    accepted.emit('call', call);
  }));
  stream = new EventStream({
    address, session, clock, authorityClock, lastEventId: '7', onEventId: (id) => { lastId = id; },
    listener: {
      connected: () => heard.push('connected'), disconnected: () => {},
      event: ({ type }) => {
        heard.push(type);
        if (type === 'keys.changed') throw new Error('the listener failed');
      },
    },
  });
  ended = stream.run().catch((error: unknown) => error);
}
const nextCall = async (): Promise<StreamCall> => ((await once(socket, 'call')) as [StreamCall])[0];
const codeOf = async (): Promise<string> => { const error = await ended; return error instanceof VinculoError ? error.code : String(error); };

/** Up to the subscription; `behind`: what comes in the same segment as its answer. */
async function subscribed(...behind: string[]): Promise<void> {
  const authenticate = calls[0] ?? (await nextCall());
  socket.send(writeAnswer({ type: 'accepted', call: authenticate.call, expiresAt: clock.now() + 600_000 }));
  const subscribe = await nextCall();
  expect(subscribe).toMatchObject({ type: 'subscribe', lastEventId: '7' });
  const raw = (socket as unknown as { _socket: { cork(): void; uncork(): void } })._socket;
  raw.cork();
  socket.send(writeAnswer({ type: 'accepted', call: subscribe.call }));
  for (const frame of behind) socket.send(frame);
  raw.uncork();
}

describe('the event stream of a device', () => {
  it('is connected before the first event is heard, and remembers where it is', async () => {
    await subscribed(writeEvent(null, { type: 'hello', time: 1 }), writeEvent('8', { type: 'users.changed' }), '{"type":"event","id":"9","event":{"type":"of.tomorrow"}}');
    socket.close();
    expect(await codeOf()).toBe('AUTHORITY_UNREACHABLE');
    expect(heard).toEqual(['connected', 'hello', 'users.changed']);
    expect(lastId).toBe('9'); // of a newer authority: not for this version, and not asked for again
  });

  it.each(['no JSON', '[]', '{"type":"event"}', '{"type":"event","id":8,"event":{"type":"users.changed"}}', '{"type":"accepted"}', '{"type":"subscribe","call":1}'])('ends at what no authority sends: %s', async (frame) => {
    await subscribed(frame, writeEvent('8', { type: 'users.changed' }));
    expect(await codeOf()).toBe('AUTHORITY_ANSWER_INVALID');
  });

  it('ends at a binary frame', async () => {
    await subscribed();
    socket.send(Buffer.from(writeEvent('8', { type: 'users.changed' })));
    expect(await codeOf()).toBe('AUTHORITY_ANSWER_INVALID');
    expect(heard).toEqual(['connected']);
  });

  it('ends at a frame that is too large', async () => {
    await subscribed('x'.repeat(longestMessage + 1));
    expect(await codeOf()).toBe('AUTHORITY_UNREACHABLE');
  });

  it('ends, and the program does not, when what hears an event fails', async () => {
    await subscribed(writeEvent('8', { type: 'keys.changed' }));
    expect(await codeOf()).toBe('Error: the listener failed');
  });

  it('ends with the reason for which it was refused', async () => {
    const { call } = calls[0] ?? (await nextCall());
    socket.send(writeAnswer({ type: 'refused', call, code: 'DEVICE_CLOSED' }));
    expect(await codeOf()).toBe('DEVICE_CLOSED');
    expect(heard).toEqual([]);
  });

  it.each([['NONSENSE', 'AUTHORITY_ANSWER_INVALID'], ['constructor', 'AUTHORITY_ANSWER_INVALID']])('takes a code that is not on the list for no answer: %s', async (code, expected) => {
    const { call } = calls[0] ?? (await nextCall());
    socket.send(writeAnswer({ type: 'refused', call, code }));
    expect(await codeOf()).toBe(expected);
  });

  it('gives up a half-open connection: silent for forty seconds, though nobody said that it ended', async () => {
    await subscribed();
    socket.pause();
    await expect.poll(() => heard).toEqual(['connected']);
    for (let n = 0; n < 3; n++) await clock.advance(15_000);
    expect(await codeOf()).toBe('AUTHORITY_UNREACHABLE');
  });
});
