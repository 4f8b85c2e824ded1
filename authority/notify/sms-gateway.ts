import { signedBodyHeaders } from '../crypto/signed-body.ts';
import { NotSent, type Notifier } from './notifier.ts';

export interface SmsGatewayOptions {
  readonly url: string;
  /** Shared with the gateway; signs each body. */
  readonly secret: string;
  /** Milliseconds since 1970, for the signed timestamp. */
  readonly now: () => number;
  /** Milliseconds for the whole exchange. */
  readonly timeout?: number;
}

/**
 * SMS through an HTTP gateway: `POST` of `{id, to, text}` as JSON, signed (`signedBodyHeaders`). The same
 * `id` may come again after a lost answer: the gateway sends it once. Redirects are not followed: the number would go elsewhere.
 */
export function smsGateway({ url, secret, now, timeout = 15_000 }: SmsGatewayOptions): Notifier {
  return {
    async send({ id, to, text }) {
      const body = JSON.stringify({ id, to, text });
      const headers = { 'content-type': 'application/json', ...signedBodyHeaders(secret, body, now()) };
      const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal: AbortSignal.timeout(timeout) }).catch((cause: unknown) => {
        throw new NotSent('the SMS gateway could not be reached', true, { cause });
      });
      await answer.body?.cancel();
      if (!answer.ok) throw new NotSent(`the SMS gateway answered ${answer.status}`, isTemporary(answer.status));
    },
    close: async () => {},
  };
}

/** Refused for good: what the gateway says is wrong with this message. Redirects, bad keys and overload the issuer will mend. */
const isTemporary = (status: number): boolean => ![400, 404, 410, 413, 422].includes(status);
