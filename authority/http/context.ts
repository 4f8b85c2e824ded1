import type { AdminAnswers, AdminInputs, DeviceAnswers } from '../../shared/contract/types.ts';
import type { Approvals } from '../services/approvals.ts';
import type { Authentication, DeviceRequest } from '../services/authentication.ts';
import type { Bindings } from '../services/bindings.ts';
import type { Caller } from '../services/caller.ts';
import type { Events } from '../services/events.ts';
import type { Invitations } from '../services/invitations.ts';
import type { PasswordService } from '../services/passwords.ts';
import type { Pins } from '../services/pins.ts';
import type { Sessions } from '../services/sessions.ts';
import type { TrustedProxies } from './client-address.ts';
import type { ErrorLog } from './error-response.ts';

/** Time as the server needs it; given, so that tests decide when it passes. */
export interface Clock {
  now(): number;
  /** Runs once after `milliseconds`; the returned function cancels. Never keeps the process alive. */
  after(milliseconds: number, work: () => void): () => void;
}

/** The use cases that have a door here. */
export interface HttpServices {
  describe(): Promise<DeviceAnswers['authority']['describe']>;
  readonly invitations: Invitations;
  readonly bindings: Bindings;
  readonly sessions: Sessions;
  readonly pins: Pins;
  readonly approvals: Approvals;
  readonly events: Events;
  readonly passwords: Pick<PasswordService, 'setByLink' | 'change'>;
  /** Each call of the admin contract. */
  readonly admin: { readonly [G in keyof AdminInputs]: { readonly [P in keyof AdminInputs[G]]: (caller: Caller, input: AdminInputs[G][P]) => Promise<P extends keyof AdminAnswers[G] ? AdminAnswers[G][P] : never> } };
}

export interface HttpDeps {
  readonly services: HttpServices;
  readonly authentication: Authentication;
  readonly log: ErrorLog & {
    /** One line a request: never its query, body or headers. */
    answered(request: { readonly method: string; readonly route: string; readonly status: number; readonly milliseconds: number; readonly ip: string }): void;
  };
  readonly clock: Clock;
  readonly newReference: () => string;
  /** Resolves when the authority can do its work; rejects otherwise. */
  readonly ready: () => Promise<void>;
  /** Public origin, e.g. `https://vinculo.example`; of trial mode known only once the port is. */
  readonly address: () => string;
  readonly proxies: TrustedProxies;
  readonly issuer: string;
  /** Where people get the app; shown on the invitation page. */
  readonly downloads: readonly { readonly label: string; readonly href: string }[];
}

/** What oRPC hands to every procedure of the HTTP contracts. */
export interface CallContext {
  readonly request: DeviceRequest;
  /** Sets `Retry-After` (RFC 9110 §10.2.3). */
  readonly retryAfter: (seconds: number) => void;
}
