import type { DeviceId } from '../../../shared/domain/ids.ts';
import type { Clock, RandomBytes } from '../runtime.ts';
import type { SigningKey } from '../vault/vault.ts';
import type { AdminApi, AuthorityClock, AuthorityConnection, AuthorityContact, ConnectionListener, DeviceApi } from './authority-client.ts';
import { MeasuredClock } from './clock.ts';
import { DpopProver } from './dpop.ts';
import { EventStream } from './event-stream.ts';
import { createApi } from './http-link.ts';
import { DeviceSession } from './session.ts';
import { assertSecure, repeatable, send } from './transport.ts';

interface Parts { readonly clock: Clock; readonly random: RandomBytes }

/** First and longest pause between attempts, milliseconds; each is drawn between half of it and the whole. */
const firstPause = 1_000;
const longestPause = 60_000;
/** Milliseconds between two attempts that answered calls bring about: where only the stream is kept away, they come again and again. */
const answeredPause = 10_000;

/** Talks to an authority without a session: invitations and binding. @throws TLS_REQUIRED */
export function contactAuthority(parts: Parts, address: string): AuthorityContact {
  const origin = assertSecure(address);
  const authorityClock = new MeasuredClock(parts.clock, null);
  const api = createApi({ address: origin, clock: parts.clock, authorityClock, send: async (request) => send(await repeatable(request)) });
  return { address: origin, device: api.device, clock: authorityClock };
}

export interface ConnectionOptions {
  readonly address: string;
  readonly deviceId: DeviceId;
  readonly sessionKey: SigningKey;
  readonly clockOffset: number | null;
  readonly listener: ConnectionListener;
}

/** A bound device's connection: the typed calls, and the event stream that comes back by itself. */
export class DeviceConnection implements AuthorityConnection {
  readonly address: string;
  readonly device: DeviceApi;
  readonly admin: AdminApi;
  readonly #parts: Parts;
  readonly #listener: ConnectionListener;
  readonly #session: DeviceSession;
  readonly #clock: MeasuredClock;
  #stream: EventStream | null = null;
  #lastEventId: string | null = null;
  #failures = 0;
  #answeredAgainAt = -Infinity;
  #cancelPause = () => {};
  #state: 'stopped' | 'open' | 'pausing' = 'stopped';

  constructor(parts: Parts, options: ConnectionOptions) {
    this.#parts = parts;
    this.#listener = options.listener;
    this.address = assertSecure(options.address);
    this.#clock = new MeasuredClock(parts.clock, options.clockOffset);
    const prover = new DpopProver(options.sessionKey, this.#clock, parts.random);
    this.#session = new DeviceSession({ address: this.address, deviceId: options.deviceId, clock: parts.clock, authorityClock: this.#clock, prover, answered: () => this.#answered() });
    this.device = this.#session.api.device;
    this.admin = this.#session.api.admin;
  }

  get clock(): AuthorityClock { return this.#clock; }

  start(): void {
    if (this.#state === 'stopped') void this.#open();
  }

  retry(): void {
    if (this.#state !== 'pausing') return;
    this.#cancelPause();
    this.#failures = 0;
    void this.#open();
  }

  stop(): void {
    this.#state = 'stopped';
    this.#cancelPause();
    this.#stream?.close();
  }

  async #open(): Promise<void> {
    this.#state = 'open';
    const cause = await this.#run().catch((error: unknown) => error);
    if (this.#state !== 'open') return;
    this.#state = 'pausing';
    this.#cancelPause = this.#parts.clock.after(this.#pause(), () => void this.#open());
    this.#listener.disconnected(cause, this.#stream?.heardAt ?? this.#parts.clock.now());
    this.#stream = null;
  }

  /** A call got through: what is left of the pause, which grew while the authority was away, would only keep requests from coming. */
  #answered(): void {
    const now = this.#parts.clock.now();
    if (this.#state !== 'pausing' || now < this.#answeredAgainAt) return;
    this.#answeredAgainAt = now + answeredPause;
    this.#cancelPause();
    void this.#open();
  }

  /** The token first: it tells over HTTP, with a proper error, why a session is refused. */
  async #run(): Promise<never> {
    await this.#session.accessToken();
    this.#stream = new EventStream({
      address: this.address, session: this.#session, clock: this.#parts.clock, authorityClock: this.#clock,
      lastEventId: this.#lastEventId,
      onEventId: (id) => { this.#lastEventId = id; },
      listener: { ...bound(this.#listener), connected: () => { this.#failures = 0; this.#listener.connected(); } },
    });
    return this.#stream.run();
  }

  #pause(): number {
    const whole = Math.min(longestPause, firstPause * 2 ** this.#failures);
    this.#failures += 1;
    return whole / 2 + (this.#parts.random(2).readUInt16BE() / 0xffff) * (whole / 2);
  }
}

const bound = (listener: ConnectionListener): ConnectionListener => ({
  connected: () => listener.connected(),
  disconnected: (cause, lastHeard) => listener.disconnected(cause, lastHeard),
  event: (event) => listener.event(event),
});
