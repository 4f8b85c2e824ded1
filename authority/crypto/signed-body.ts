import { createHmac } from 'node:crypto';

/**
 * Headers that let a service of the issuer's check that a request is the authority's: seconds since 1970, and base64url
 * HMAC-SHA-256 over `<seconds>.<body>` under the shared secret. The receiver refuses what is older than it tolerates.
 * @param now milliseconds
 */
export function signedBodyHeaders(secret: string, body: string, now: number): Record<'vinculo-timestamp' | 'vinculo-signature', string> {
  const timestamp = String(Math.floor(now / 1000));
  return { 'vinculo-timestamp': timestamp, 'vinculo-signature': createHmac('sha256', secret).update(`${timestamp}.${body}`, 'utf8').digest('base64url') };
}
