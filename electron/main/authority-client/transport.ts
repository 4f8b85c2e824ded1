import { authorityOrigin } from '../../../shared/domain/invitation-link.ts';
import { VinculoError } from '../../../shared/contract/errors.ts';

/** Milliseconds after which a call is given up: a half-open connection would hang for ever. */
export const callTimeLimit = 15_000;

/** @returns the origin. @throws TLS_REQUIRED unless it is https, or http to this machine */
export function assertSecure(address: string): string {
  const authority = authorityOrigin(address);
  if (authority === null || !authority.secure) throw new VinculoError('TLS_REQUIRED');
  return authority.origin;
}

/** A request whose body can be sent again. */
export interface RepeatableRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: ArrayBuffer | null;
  readonly signal: AbortSignal;
}

export async function repeatable(request: Request): Promise<RepeatableRequest> {
  const body = request.body === null ? null : await request.arrayBuffer();
  return { method: request.method, url: request.url, headers: request.headers, body, signal: request.signal };
}

/** Sends once, within the time limit. The authority never redirects, so a redirect is somebody else's answer. */
export async function send(request: RepeatableRequest, extra: Record<string, string> = {}): Promise<Response> {
  const headers = new Headers(request.headers);
  for (const [name, value] of Object.entries(extra)) headers.set(name, value);
  const response = await fetch(request.url, {
    method: request.method, headers, body: request.body, redirect: 'error',
    signal: AbortSignal.any([request.signal, AbortSignal.timeout(callTimeLimit)]),
  });
  if (isGateway(response)) throw new VinculoError('AUTHORITY_UNREACHABLE', {}, { cause: `status ${response.status}` });
  return response;
}

/** A gateway answers for an authority that is down, and not in the authority's words. */
function isGateway({ status, headers }: Response): boolean {
  return [502, 503, 504].includes(status) && headers.get('content-type')?.startsWith('application/json') !== true;
}
