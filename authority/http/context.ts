import type { AdminAnswers, AdminInputs, DeviceAnswers } from '../../shared/contract/types.ts';
import type { Approvals } from '../services/approvals.ts';
import type { Authentication, DeviceRequest } from '../services/authentication.ts';
import type { Bindings } from '../services/bindings.ts';
import type { Caller } from '../services/caller.ts';
import type { Events } from '../services/events.ts';
import type { Invitations } from '../services/invitations.ts';
import type { PasswordService } from '../services/passwords.ts';
import type { Oidc } from '../services/oidc/oidc.ts';
import type { PortalCallName, PortalOnceTogether } from '../services/portals/idempotency.ts';
import type { PortalPeople } from '../services/portals/people.ts';
import type { Portal } from '../services/portals/portals.ts';
import type { PortalRequests } from '../services/portals/requests.ts';
import type { Pins } from '../services/pins.ts';
import type { Sessions } from '../services/sessions.ts';
import type { TrustedProxies } from './client-address.ts';
import type { ErrorLog } from './error-response.ts';
import type { OidcDoor } from './oidc/door.ts';

/** Time as the server needs it; given, so that tests decide when it passes. */
export interface Clock {
  now(): number;
  /** Runs once after `milliseconds`; the returned function cancels. Never keeps the process alive. */
  after(milliseconds: number, work: () => void): () => void;
}

/** Runs a call once per `Idempotency-Key`. */
export type PortalOnce = <T>(portal: Portal, key: string | undefined, call: PortalCallName, work: () => Promise<T>) => Promise<T>;

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
  readonly oidc: Oidc;
  readonly portals: { readonly requests: PortalRequests; readonly people: PortalPeople; readonly once: PortalOnce; readonly onceTogether: PortalOnceTogether };
  /** Each call of the admin contract. */
  readonly admin: { readonly [G in keyof AdminInputs]: { readonly [P in keyof AdminInputs[G]]: (caller: Caller, input: AdminInputs[G][P]) => Promise<P extends keyof AdminAnswers[G] ? AdminAnswers[G][P] : never> } };
}

export interface HttpDeps {
  readonly services: HttpServices;
  readonly authentication: Authentication;
  readonly oidc: Pick<OidcDoor, 'register'>;
  /** Whose access token of the client credentials grant this is; null for anything else, and for a portal that is disabled. */
  readonly portalOf: (accessToken: string) => Promise<Portal | null>;
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
  /** Of this program, for its API document. */
  readonly version: string;
  /** Where people get the app; shown on the invitation page. */
  readonly downloads: readonly { readonly label: string; readonly href: string }[];
}

/** What oRPC hands to every procedure over HTTP. */
export interface AnyCallContext {
  /** Sets `Retry-After` (RFC 9110 §10.2.3). */
  readonly retryAfter: (seconds: number) => void;
}

/** … of the device and admin contracts … */
export interface CallContext extends AnyCallContext {
  readonly request: DeviceRequest;
}

/** … and of the portal contract. */
export interface PortalCallContext extends AnyCallContext {
  /** As the headers have them. */
  readonly accessToken: string | undefined;
  readonly idempotencyKey: string | undefined;
  /** Aborted when the caller is gone or the server stops: nobody waits any longer. Made for who waits; most calls do not. */
  readonly gone: () => AbortSignal;
}
