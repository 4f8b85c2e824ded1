import { WebSocket } from 'ws';
import { eventsPath, longestMessage } from '../../../shared/contract/event-stream.ts';
import { VinculoError } from '../../../shared/contract/errors.ts';
import type { Clock } from '../runtime.ts';
import type { AuthorityClock, ConnectionListener } from './authority-client.ts';
import type { DeviceSession } from './session.ts';
import { StreamCalls } from './stream-calls.ts';

/** Milliseconds of silence after which the socket is asked, and after which it is given up. */
const askAfter = 15_000;
const giveUpAfter = 40_000;
/** The session is renewed on the same socket this many milliseconds before it ends. */
const renewEarly = 60_000;

export interface EventStreamOptions {
  readonly address: string;
  readonly session: DeviceSession;
  readonly clock: Clock;
  readonly authorityClock: AuthorityClock;
  readonly listener: ConnectionListener;
  /** Where the last stream ended; null: from now. */
  readonly lastEventId: string | null;
  readonly onEventId: (id: string) => void;
}

/**
 * One WebSocket from opening to its end: authenticates in band, subscribes after the last event seen, authenticates again
 * before the session ends, and gives up a connection that has gone silent (half-open TCP tells nobody).
 * Resolves never normally: it ends by rejecting with the reason, or with null after `close`.
 */
export class EventStream {
  readonly #options: EventStreamOptions;
  readonly #socket: WebSocket;
  readonly #calls: StreamCalls;
  readonly #broken = Promise.withResolvers<never>();
  #cancelWatchdog = () => {};
  #cancelRenewal = () => {};
  #heardAt: number;

  constructor(options: EventStreamOptions) {
    this.#options = options;
    this.#heardAt = options.clock.now();
    this.#socket = new WebSocket(`${options.address.replace(/^http/, 'ws')}${eventsPath}`, { followRedirects: false, handshakeTimeout: askAfter, maxPayload: longestMessage, perMessageDeflate: false });
    for (const sign of ['message', 'ping', 'pong', 'open'] as const) this.#socket.on(sign, () => { this.#heardAt = options.clock.now(); });
    this.#calls = new StreamCalls(this.#socket, {
      event: (event, id) => {
        if (id !== null) options.onEventId(id);
        if (event !== null) options.listener.event(event);
      },
      broken: (error) => this.#broken.reject(error),
    });
  }

  /** When anything last came over the socket. */
  get heardAt(): number { return this.#heardAt; }

  /** Runs until the stream ends; the reason is thrown. */
  async run(): Promise<never> {
    const ended = this.#ended();
    const following = this.#follow();
    try {
      await Promise.race([ended, this.#broken.promise, following]);
      return await Promise.race([ended, this.#broken.promise]);
    } finally {
      for (const other of [ended, this.#broken.promise, following]) other.catch(() => undefined);
      this.close();
    }
  }

  close(): void {
    this.#cancelWatchdog();
    this.#cancelRenewal();
    this.#socket.terminate();
  }

  #ended(): Promise<never> {
    return new Promise((_, reject) => {
      this.#socket.on('error', (cause) => reject(new VinculoError('AUTHORITY_UNREACHABLE', {}, { cause })));
      this.#socket.on('close', () => reject(new VinculoError('AUTHORITY_UNREACHABLE')));
    });
  }

  async #follow(): Promise<void> {
    this.#watch();
    await new Promise<void>((resolve) => { this.#socket.once('open', () => resolve()); });
    await this.#authenticate();
    const { lastEventId, listener } = this.#options;
    await this.#calls.call({ type: 'subscribe', ...(lastEventId !== null && { lastEventId }) }, () => listener.connected());
  }

  /** With the nonce that the last HTTP answer brought; asked for again once when it has gone stale. */
  async #authenticate(): Promise<void> {
    const { session, authorityClock, clock } = this.#options;
    const { expiresAt } = await this.#prove().catch(async (error: unknown) => {
      if (!(error instanceof VinculoError) || !['DPOP_NONCE_REQUIRED', 'DPOP_INVALID', 'SESSION_REQUIRED'].includes(error.code)) throw error;
      session.forgetToken();
      await session.api.device.session.state();
      return this.#prove();
    });
    const wait = Math.max(1_000, expiresAt - renewEarly - authorityClock.now());
    this.#cancelRenewal = clock.after(wait, () => void this.#authenticate().catch(() => this.#socket.terminate()));
  }

  async #prove(): Promise<{ expiresAt: number }> {
    const { session, address } = this.#options;
    const { token } = await session.accessToken();
    const proof = await session.proofFor('GET', `${address}${eventsPath}`, token);
    const { expiresAt } = await this.#calls.call({ type: 'authenticate', accessToken: token, proof });
    if (expiresAt === undefined) throw new VinculoError('AUTHORITY_ANSWER_INVALID');
    return { expiresAt };
  }

  #watch(): void {
    const { clock } = this.#options;
    this.#cancelWatchdog = clock.after(askAfter, () => {
      const silence = clock.now() - this.#heardAt;
      if (silence >= giveUpAfter) return this.#socket.terminate();
      if (this.#socket.readyState === WebSocket.OPEN) this.#socket.ping();
      this.#watch();
    });
  }
}
