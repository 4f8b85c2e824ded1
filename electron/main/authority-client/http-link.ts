import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { ResponseValidationPlugin } from '@orpc/contract/plugins';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { adminContract } from '../../../shared/contract/admin.ts';
import { deviceContract } from '../../../shared/contract/device.ts';
import type { Clock } from '../runtime.ts';
import type { MeasuredClock } from './clock.ts';
import { callError } from './errors.ts';

const contract = { device: deviceContract, admin: adminContract };
export type AuthorityApi = ContractRouterClient<typeof contract>;

/** Sends one HTTP request; the session client adds proofs here. `path`: of the procedure. */
export type Send = (request: Request, path: readonly string[]) => Promise<Response>;

export interface LinkOptions {
  readonly address: string;
  readonly clock: Clock;
  readonly authorityClock: MeasuredClock;
  readonly send: Send;
}

/**
 * The typed client over HTTP (OpenAPI paths). Answers are parsed against the contract, errors are `VinculoError`s, and every
 * answer with a `time` corrects the clock.
 */
export function createApi({ address, clock, authorityClock, send }: LinkOptions): AuthorityApi {
  const link = new OpenAPILink(contract, {
    url: address,
    fetch: (request, _init, _options, path) => send(request, path),
    plugins: [new ResponseValidationPlugin(contract)],
    interceptors: [
      async ({ next }) => {
        const sentAt = clock.now();
        try {
          const answer: unknown = await next();
          const time = timeOf(answer);
          if (time !== null) authorityClock.observe(time, sentAt, clock.now());
          return answer;
        } catch (cause) {
          throw callError(cause);
        }
      },
    ],
  });
  return createORPCClient(link);
}

function timeOf(answer: unknown): number | null {
  if (typeof answer !== 'object' || answer === null || !('time' in answer)) return null;
  return typeof answer.time === 'number' ? answer.time : null;
}
