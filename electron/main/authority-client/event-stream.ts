import { createORPCClient, getEventMeta } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { WebSocket } from 'ws';
import { type eventsContract, eventsPath } from '../../../shared/contract/device.ts';
import { deviceEvent } from '../../../shared/contract/events.ts';
import { VinculoError } from '../../../shared/contract/errors.ts';
import type { Clock } from '../runtime.ts';
import type { AuthorityClock, ConnectionListener } from './authority-client.ts';
import { callError } from './errors.ts';
import type { DeviceSession } from './session.ts';

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
  readonly #api: ContractRouterClient<typeof eventsContract>;
  #cancelWatchdog = () => {};
  #cancelRenewal = () => {};
  #heardAt: number;

  constructor(options: EventStreamOptions) {
    this.#options = options;
    this.#heardAt = options.clock.now();
    this.#socket = new WebSocket(`${options.address.replace(/^http/, 'ws')}${eventsPath}`, { followRedirects: false, handshakeTimeout: askAfter, maxPayload: 1_048_576, perMessageDeflate: false });
    this.#socket.binaryType = 'arraybuffer';
    for (const sign of ['message', 'ping', 'pong', 'open'] as const) this.#socket.on(sign, () => { this.#heardAt = options.clock.now(); });
    this.#api = createORPCClient(new RPCLink({ websocket: this.#socket as unknown as globalThis.WebSocket }));
  }

  /** When anything last came over the socket. */
  get heardAt(): number { return this.#heardAt; }

  /** Runs until the stream ends; the reason is thrown. */
  async run(): Promise<never> {
    const ended = this.#ended();
    try {
      return await Promise.race([ended, this.#follow()]);
    } finally {
      ended.catch(() => undefined);
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

  async #follow(): Promise<never> {
    this.#watch();
    await new Promise<void>((resolve) => { this.#socket.once('open', () => resolve()); });
    await this.#authenticate();
    const { lastEventId, listener } = this.#options;
    const events = await this.#call(() => this.#api.subscribe(lastEventId === null ? {} : { lastEventId }));
    listener.connected();
    for await (const raw of events) {
      const event = deviceEvent.safeParse(raw);
      const id = typeof raw === 'object' ? getEventMeta(raw)?.id : undefined;
      if (id !== undefined) this.#options.onEventId(id);
      if (event.success) listener.event(event.data); // an event of a newer authority is not for this version
    }
    throw new VinculoError('AUTHORITY_UNREACHABLE');
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
    return this.#call(() => this.#api.authenticate({ accessToken: token, proof }));
  }

  async #call<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (cause) {
      throw callError(cause);
    }
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
