import { withEventMeta } from '@orpc/server';
import type { WebSocket } from 'ws';
import { eventsPath } from '../../shared/contract/device.ts';
import type { DeviceEvent } from '../../shared/contract/events.ts';
import { VinculoError } from '../../shared/contract/errors.ts';
import type { Caller } from '../services/caller.ts';
import type { HttpDeps } from './context.ts';
import { publicError } from './error-response.ts';

/** Close codes of our own (RFC 6455 §7.4.2): 4000 to 4999. */
export const closeCode = { goingAway: 1001, notUnderstood: 4400, sessionEnded: 4401, deviceClosed: 4403, tooMuch: 4429 } as const;

/** Milliseconds. */
const authenticateWithin = 10_000;
const heartbeatEvery = 15_000;
/** Bytes a device may leave unread before it is cut off; it resumes where it was. */
const unreadLimit = 1_048_576;

/** One connected device. Until it has authenticated it can do nothing else, and not for long. */
export class EventSocket {
  readonly ip: string;
  readonly agent: string;
  readonly #ended = new AbortController();
  #subscription = new AbortController();
  #caller: Caller | null = null;
  readonly #socket: WebSocket;
  readonly #deps: HttpDeps;
  #cancelExpiry: () => void;
  #cancelHeartbeat: () => void = () => {};
  #answered = true;
  #checking = false;

  constructor(socket: WebSocket, source: { ip: string; agent: string }, deps: HttpDeps) {
    this.#socket = socket;
    this.#deps = deps;
    this.ip = source.ip;
    this.agent = source.agent;
    this.#cancelExpiry = deps.clock.after(authenticateWithin, () => this.close(closeCode.sessionEnded));
    socket.on('pong', () => { this.#answered = true; });
    socket.on('close', () => this.#stop());
    this.#beat();
  }

  get caller(): Caller {
    if (this.#caller === null) throw new VinculoError('SESSION_REQUIRED');
    return this.#caller;
  }

  /** At the start and at each renewal, in band. The socket stays with the device that authenticated first. */
  async authenticate(input: { accessToken: string; proof: string }): Promise<{ expiresAt: number }> {
    const { authentication, address, clock } = this.#deps;
    const { caller, expiresAt } = await authentication.session({ method: 'GET', uri: address() + eventsPath, ip: this.ip, agent: this.agent, ...input });
    if (this.#caller !== null && this.#caller.device.id !== caller.device.id) throw new VinculoError('SESSION_REQUIRED');
    this.#caller = caller;
    this.#cancelExpiry();
    this.#cancelExpiry = clock.after(Math.max(0, expiresAt - clock.now()), () => this.close(closeCode.sessionEnded));
    return { expiresAt };
  }

  /** One stream of events a socket: a new subscription ends the one before. Errors inside it are the contract's as well. */
  async *events(caller: Caller, lastEventId: string | undefined, signal: AbortSignal | undefined): AsyncGenerator<DeviceEvent, void> {
    this.#subscription.abort();
    const subscription = this.#subscription = new AbortController();
    const ended = AbortSignal.any([this.#ended.signal, subscription.signal, ...(signal === undefined ? [] : [signal])]);
    try {
      for await (const { id, event } of this.#deps.services.events.subscribe(caller, lastEventId, ended)) {
        yield id === null ? event : withEventMeta(event, { id: String(id) });
      }
      if (!ended.aborted) this.close(closeCode.deviceClosed);
    } catch (error) {
      throw publicError(error, this.#deps.log, this.#deps.newReference);
    } finally {
      subscription.abort();
    }
  }

  /** Ends at once for this side; a peer that does not answer the closing handshake is cut. */
  close(code: number): void {
    this.#socket.close(code);
    this.#deps.clock.after(1_000, () => this.#socket.terminate());
  }

  /** Half-open connections tell nobody: ask, and give up who did not answer the last time. */
  #beat(): void {
    this.#cancelHeartbeat = this.#deps.clock.after(heartbeatEvery, () => {
      if (!this.#answered || this.#socket.bufferedAmount > unreadLimit) return this.#socket.terminate();
      this.#answered = false;
      this.#socket.ping();
      void this.#recheck();
      this.#beat();
    });
  }

  /** The stream of events ends when its device is closed; this catches a socket that never asked for events. */
  async #recheck(): Promise<void> {
    if (this.#caller === null || this.#checking) return;
    this.#checking = true;
    try {
      this.#caller = await this.#deps.authentication.recheck(this.#caller);
    } catch (error) {
      if (error instanceof VinculoError && error.code !== 'STORE_UNAVAILABLE') this.close(closeCode.deviceClosed);
    } finally {
      this.#checking = false;
    }
  }

  #stop(): void {
    this.#cancelExpiry();
    this.#cancelHeartbeat();
    this.#ended.abort();
  }
}
