import { isErrorCode, VinculoError, type ErrorCode } from '../../../shared/contract/errors.ts';
import type { DeviceId } from '../../../shared/domain/ids.ts';
import type { Clock } from '../runtime.ts';
import type { MeasuredClock } from './clock.ts';
import type { DpopProver } from './dpop.ts';
import { createApi, type AuthorityApi } from './http-link.ts';
import { repeatable, send, type RepeatableRequest } from './transport.ts';

interface AccessToken { readonly token: string; readonly expiresAt: number }
/** Renewed this many milliseconds before its end. */
const renewEarly = 60_000;

export interface SessionOptions {
  readonly address: string;
  readonly deviceId: DeviceId;
  readonly clock: Clock;
  readonly authorityClock: MeasuredClock;
  readonly prover: DpopProver;
  /** The authority answered a call, be it with a refusal: it can be reached. */
  readonly answered: () => void;
}

/**
 * A device's session: every call carries a DPoP proof and an access token bound to the same key (RFC 9449 §7.1). An
 * answer that only asks for something fresher (a nonce, a token, the time) is followed once, unseen by the caller.
 */
export class DeviceSession {
  readonly api: AuthorityApi;
  readonly #options: SessionOptions;
  #token: AccessToken | null = null;
  #renewing: Promise<AccessToken> | null = null;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.api = createApi({ ...options, send: (request, path) => this.#send(request, path.join('.')) });
  }

  /** A token that is good for at least a minute. */
  async accessToken(): Promise<AccessToken> {
    if (this.#token !== null && this.#token.expiresAt - renewEarly > this.#options.authorityClock.now()) return this.#token;
    this.#renewing ??= this.#renew().finally(() => { this.#renewing = null; });
    return this.#renewing;
  }

  /** The next call gets a new token. */
  forgetToken(): void {
    this.#token = null;
  }

  proofFor(method: string, url: string, accessToken: string | null): Promise<string> {
    return this.#options.prover.prove({ method, url, accessToken });
  }

  async #renew(): Promise<AccessToken> {
    const { deviceId, authorityClock } = this.#options;
    // A proof's `iat` must be near the authority's clock, which a computer with a wrong clock only learns by asking.
    if (!authorityClock.verified) await this.api.device.authority.describe();
    const { accessToken, expiresAt } = await this.api.device.session.start({ deviceId });
    this.#token = { token: accessToken, expiresAt };
    return this.#token;
  }

  async #send(original: Request, path: string): Promise<Response> {
    const request = await repeatable(original);
    if (path.startsWith('device.authority.')) return send(request);
    const followed = new Set<ErrorCode>();
    for (;;) {
      const response = await this.#attempt(request, path === 'device.session.start');
      const code = response.status === 401 ? await codeOf(response) : null;
      if (code === null || followed.has(code) || !(await this.#mend(code, path))) return response;
      followed.add(code);
    }
  }

  async #attempt(request: RepeatableRequest, isStart: boolean): Promise<Response> {
    const accessToken = isStart ? null : (await this.accessToken()).token;
    const proof = await this.proofFor(request.method, request.url, accessToken);
    const response = await send(request, { DPoP: proof, ...(accessToken === null ? {} : { Authorization: `DPoP ${accessToken}` }) });
    this.#options.prover.observe(response.headers);
    this.#options.answered();
    return response;
  }

  /** Whether another attempt makes sense. */
  async #mend(code: ErrorCode, path: string): Promise<boolean> {
    if (code === 'DPOP_NONCE_REQUIRED') return true;
    if (code === 'DPOP_INVALID') {
      await this.api.device.authority.describe();
      return true;
    }
    this.forgetToken();
    return code === 'SESSION_REQUIRED' && path !== 'device.session.start';
  }
}

async function codeOf(response: Response): Promise<ErrorCode | null> {
  const body: unknown = await response.clone().json().catch(() => null);
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : null;
  return typeof code === 'string' && isErrorCode(code) ? code : null;
}

/** Whether an error says that this device has no place at the authority any more. */
export const isClosed = (error: unknown): boolean => error instanceof VinculoError && error.code === 'DEVICE_CLOSED';
