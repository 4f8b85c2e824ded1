import { z } from 'zod';
import { fromBase64url } from '../../../shared/domain/base64url.ts';

const claims = z.object({ iss: z.string(), serial: z.string() });

/**
 * Whom a compact JWS says it is from and for. Nothing of it is verified: it only chooses the words of a refusal.
 * Null: it is no request at all.
 */
export function claimsOf(request: string): z.infer<typeof claims> | null {
  const bytes = fromBase64url(request.split('.')[1] ?? '');
  if (bytes === null) return null;
  try {
    return claims.safeParse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))).data ?? null;
  } catch {
    return null; // not text, or not JSON
  }
}
