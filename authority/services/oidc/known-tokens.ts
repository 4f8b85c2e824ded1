import { hashText } from '../../crypto/hash.ts';
import type { Portal } from '../../store/entities.ts';
import type { ServiceContext } from '../context.ts';

/** A token as the library reads it; whether its time has passed is asked anew each time. */
export interface ReadToken { readonly clientId?: string | undefined; readonly isValid: boolean }

const kept = 1_000;

/**
 * Whose access token of the client credentials grant (RFC 6749 §4.4) one is. What is sealed in its row is opened once and
 * remembered under the token's hash; that the row is still there, unchanged, and that its portal is enabled, is read every time.
 * @param model the name under which the library keeps these tokens
 * @param look has the library read a token that is new here; undefined when it is none
 */
export function createKnownTokens({ store }: Pick<ServiceContext, 'store'>, model: string, look: (accessToken: string) => Promise<ReadToken | undefined>, portal: (clientId: string) => Promise<Portal | null>) {
  const known = new Map<string, { readonly sealed: Uint8Array; readonly token: ReadToken }>();

  async function read(accessToken: string, hash: string, sealed: Uint8Array): Promise<ReadToken | undefined> {
    const before = known.get(hash);
    if (before !== undefined && Buffer.from(before.sealed).equals(sealed)) return before.token;
    const token = await look(accessToken);
    known.delete(hash);
    if (known.size >= kept) known.delete(known.keys().next().value ?? '');
    if (token !== undefined) known.set(hash, { sealed, token });
    return token;
  }

  /** The portal that it was issued to; null when it is none, has run out or was taken back, or its portal is disabled. */
  return async (accessToken: string): Promise<Portal | null> => {
    const hash = hashText(accessToken);
    const row = await store.read.oidcPayload(model, hash);
    if (row === null || row.consumedAt !== null) return null;
    const token = await read(accessToken, hash, row.payload);
    return token?.isValid === true && token.clientId !== undefined ? portal(token.clientId) : null;
  };
}
