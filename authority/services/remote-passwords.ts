import { z } from 'zod';
import { VinculoError } from '../../shared/contract/errors.ts';
import { signedBodyHeaders } from '../crypto/signed-body.ts';
import type { PasswordVerifier } from './context.ts';

const answerShape = z.object({ valid: z.boolean() });

/**
 * Passwords that a portal knows: `POST` of `{user, password}` as JSON, signed; it answers `{valid}`. It is asked for every name,
 * also for those that do not exist here. Whatever goes wrong on the way is refused, never taken for a right password (S18).
 * @param options.timeout milliseconds
 */
export function remotePasswords(options: { readonly url: string; readonly secret: string; readonly now: () => number; readonly timeout?: number }): PasswordVerifier {
  return {
    kind: 'remote',
    async verify(userName, password) {
      const body = JSON.stringify({ user: userName, password });
      try {
        const headers = { 'content-type': 'application/json', ...signedBodyHeaders(options.secret, body, options.now()) };
        const answer = await fetch(options.url, { method: 'POST', headers, body, redirect: 'manual', signal: AbortSignal.timeout(options.timeout ?? 10_000) });
        if (!answer.ok) throw new Error(`the portal answered ${answer.status}`);
        return answerShape.parse(await answer.json()).valid;
      } catch (cause) {
        throw new VinculoError('STORE_UNAVAILABLE', {}, { cause });
      }
    },
  };
}
