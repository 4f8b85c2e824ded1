import type { WebSocket } from 'ws';
import { eventsPath, readCall, writeAnswer, type StreamAnswer, type StreamCall } from '../../shared/contract/event-stream.ts';
import { VinculoError } from '../../shared/contract/errors.ts';
import { listenerOf, type EventSink, type EventStream, type Listener, type StreamEnd } from '../services/event-stream.ts';
import type { Authentication } from '../services/authentication.ts';
import type { HttpDeps } from './context.ts';
import { publicError } from './error-response.ts';
import type { Counted, SocketLimits } from './socket-limits.ts';

/** Close codes (RFC 6455 §7.4.2); those of our own: 4000 to 4999. */
export const closeCode = { goingAway: 1001, failed: 1011, notUnderstood: 4400, sessionEnded: 4401, deviceClosed: 4403, tooMuch: 4429 } as const;

/** Milliseconds. */
const authenticateWithin = 10_000;
const heartbeatEvery = 15_000;
/** Bytes a device may leave unread before it is cut off; it resumes where it was. */
const unreadLimit = 1_048_576;
/** One object for every message that is sent. */
const asText = { binary: false, compress: false } as const;

/** What all connections of a server share. */
export interface SocketParts { readonly deps: HttpDeps; readonly limits: SocketLimits }

/**
 * One connected device. Until it has authenticated it can do nothing else, and not for long. Ten thousand of them are idle most of
 * the time: it has no timer and no closure of its own, but is looked at every second (`tick`).
 */
export class EventSocket implements EventSink {
  readonly ip: string;
  readonly agent: string;
  readonly #socket: WebSocket;
  readonly #parts: SocketParts;
  readonly #received: Counted;
  #listener: Listener | null = null;
  #stream: EventStream | null = null;
  /** When it is closed unless it authenticates (again), milliseconds. */
  #endsAt: number;
  #beatAt: number;
  #answered = true;

  constructor(socket: WebSocket, source: { ip: string; agent: string }, parts: SocketParts) {
    const now = parts.deps.clock.now();
    this.ip = source.ip;
    this.agent = source.agent;
    this.#socket = socket;
    this.#parts = parts;
    this.#received = { began: now, count: 0 };
    this.#endsAt = now + authenticateWithin;
    this.#beatAt = now + heartbeatEvery;
  }

  /** A frame of the device. What is no call of ours ends the connection. */
  hear(data: Buffer, isBinary: boolean): void {
    if (this.#isClosing) return;
    if (!this.#parts.limits.mayReceive(this.#received)) return this.close(closeCode.tooMuch);
    const call = isBinary ? null : readCall(data.toString('utf8'));
    if (call === null) return this.close(closeCode.notUnderstood);
    void this.#run(call);
  }

  pong(): void {
    this.#answered = true;
  }

  /** Every second. @returns whether this was its heartbeat */
  tick(now: number): boolean {
    if (this.#isClosing) return false;
    if (now >= this.#endsAt) this.close(closeCode.sessionEnded);
    // Further away than a beat: the computer's clock was set back.
    else if (now >= this.#beatAt || this.#beatAt - now > heartbeatEvery) return this.#beat(now);
    return false;
  }

  /** Who is connected, once that is known. */
  get listener(): Listener | null { return this.#listener; }

  /** A stream ends when its device is closed; this catches a socket that never subscribed, and what another process did. */
  rechecked(verdict: Awaited<ReturnType<Authentication['recheck']>>[number]): void {
    if (typeof verdict === 'string') this.close(closeCode.deviceClosed);
    else this.#listener = verdict;
  }

  tell(message: Buffer, sent?: () => void): void {
    if (this.#socket.bufferedAmount > unreadLimit) this.#socket.terminate();
    this.#socket.send(message, asText, sent);
  }

  ended(why: StreamEnd): void {
    if (typeof why === 'object') publicError(why.failed, this.#parts.deps.log, this.#parts.deps.newReference);
    this.close(why === 'over' ? closeCode.deviceClosed : why === 'behind' ? closeCode.tooMuch : closeCode.failed);
  }

  /** Ends at once for this side; a peer that does not answer the closing handshake is cut. */
  close(code: number): void {
    this.gone();
    this.#socket.close(code);
    this.#parts.deps.clock.after(1_000, () => this.#socket.terminate());
  }

  /** The connection is no more, or about to be. */
  gone(): void {
    this.#stream?.stop();
    this.#stream = null;
  }

  get #isClosing(): boolean {
    return this.#socket.readyState !== this.#socket.OPEN;
  }

  async #run(call: StreamCall): Promise<void> {
    try {
      if (call.type === 'authenticate') this.#answer({ type: 'accepted', call: call.call, expiresAt: await this.#authenticate(call) });
      else await this.#subscribe(call);
    } catch (error) {
      const { code, data } = publicError(error, this.#parts.deps.log, this.#parts.deps.newReference);
      this.#answer({ type: 'refused', call: call.call, code, data });
    }
  }

  /** At the start and at each renewal, in band. The socket stays with the device that authenticated first. */
  async #authenticate({ accessToken, proof }: Extract<StreamCall, { type: 'authenticate' }>): Promise<number> {
    const { authentication, address } = this.#parts.deps;
    const { caller, expiresAt } = await authentication.session({ method: 'GET', uri: address() + eventsPath, ip: this.ip, agent: this.agent, accessToken, proof });
    if (this.#listener !== null && this.#listener.device !== caller.device.id) throw new VinculoError('SESSION_REQUIRED');
    this.#listener = listenerOf(caller);
    this.#endsAt = expiresAt;
    return expiresAt;
  }

  /** One stream of events a socket: a new subscription ends the one before. */
  async #subscribe({ call, lastEventId }: Extract<StreamCall, { type: 'subscribe' }>): Promise<void> {
    if (this.#listener === null) throw new VinculoError('SESSION_REQUIRED');
    this.#stream?.stop();
    const stream = this.#stream = this.#parts.deps.services.events.subscribe(this.#listener, this);
    try {
      const opened = await stream.open(lastEventId);
      this.#answer({ type: 'accepted', call });
      opened.begin();
    } catch (error) {
      stream.stop();
      throw error;
    }
  }

  #answer(answer: StreamAnswer): void {
    this.#socket.send(writeAnswer(answer), asText);
  }

  /** Half-open connections tell nobody: ask, and give up who did not answer the last time. */
  #beat(now: number): boolean {
    if (!this.#answered || this.#socket.bufferedAmount > unreadLimit) {
      this.#socket.terminate();
      return false;
    }
    this.#beatAt = now + heartbeatEvery;
    this.#answered = false;
    this.#socket.ping();
    return true;
  }
}
