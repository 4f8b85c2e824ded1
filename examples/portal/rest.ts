import { randomUUID } from 'node:crypto';
import * as oidc from 'openid-client';

/** A refusal of the authority with its stable code; what a person reads is this portal's own text. */
export class AuthorityRefused extends Error {
  override readonly name = 'AuthorityRefused';
  readonly code: string;
  readonly data: { readonly seconds?: number; readonly triesLeft?: number };
  /** Of HTTP; 0: nobody answered. */
  readonly status: number;
  constructor(code: string, data: AuthorityRefused['data'] = {}, status = 0) {
    super(code);
    this.code = code;
    this.data = data;
    this.status = status;
  }
}

/** Seconds before its end at which an access token is no longer used. */
const early = 30;
/** Milliseconds: a long poll takes up to 30 s. */
const patience = 40_000;

/** REST of the authority (its `/openapi.json`), with an access token of the client credentials grant (RFC 6749 §4.4). */
export function createRest(api: string, provider: () => Promise<oidc.Configuration>) {
  let token: { readonly text: string; readonly until: number } | null = null;

  async function accessToken(): Promise<string> {
    if (token !== null && token.until > Date.now()) return token.text;
    const { access_token: text, expires_in: seconds = 60 } = await oidc.clientCredentialsGrant(await provider());
    token = { text, until: Date.now() + (seconds - early) * 1000 };
    return text;
  }

  async function call<T>(method: string, path: string, body: unknown, signal?: AbortSignal): Promise<T> {
    const limit = AbortSignal.timeout(patience);
    // Every POST has a key of its own, so that a copy of it on the way is not a second one.
    const more = method === 'POST' ? { 'content-type': 'application/json', 'idempotency-key': randomUUID() } : {};
    const send = async () => fetch(api + path, {
      method, redirect: 'error', signal: signal === undefined ? limit : AbortSignal.any([limit, signal]),
      headers: { authorization: `Bearer ${await accessToken()}`, ...more },
      ...(method === 'POST' && { body: JSON.stringify(body) }),
    });
    let response = await send();
    if (response.status === 401) {
      token = null; // no longer good, whatever its end says: once more with a new one
      response = await send();
    }
    if (response.ok) return await response.json() as T;
    const refusal = await response.json().catch(() => ({})) as { code?: string; data?: AuthorityRefused['data'] };
    throw new AuthorityRefused(refusal.code ?? `HTTP_${response.status}`, refusal.data, response.status);
  }

  return {
    get: <T>(path: string, signal?: AbortSignal): Promise<T> => call<T>('GET', path, null, signal),
    post: <T>(path: string, body: unknown): Promise<T> => call<T>('POST', path, body),
    delete: (path: string): Promise<unknown> => call('DELETE', path, null),
  };
}

/** What went wrong, as one code: of REST, of CIBA (`slow_down`, with the seconds of its `Retry-After`), or that nobody answered. */
export function refusalOf(error: unknown): AuthorityRefused {
  if (error instanceof AuthorityRefused) return error;
  if (!(error instanceof oidc.ResponseBodyError)) return new AuthorityRefused('AUTHORITY_AWAY');
  const seconds = Number(error.response.headers.get('retry-after'));
  return error.error === 'slow_down' ? new AuthorityRefused('SLOW_DOWN', seconds > 0 ? { seconds } : {}) : new AuthorityRefused(error.error);
}

/** Of openid-client: what answered was no word of the authority (a gateway's page), or nobody did in time. */
const passingCodes: ReadonlySet<unknown> = new Set(['OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON', 'OAUTH_TIMEOUT']);

/** Whether the same question may be answered in a moment: the authority was not reached, is starting, or has too much to do. What it refused stays refused. */
export function mayPass(error: unknown): boolean {
  if (error instanceof AuthorityRefused || error instanceof oidc.ResponseBodyError) return error.status === 429 || error.status >= 500;
  if (error instanceof oidc.ClientError) return passingCodes.has(error.code);
  return error instanceof TypeError || (error instanceof DOMException && error.name === 'TimeoutError');
}
