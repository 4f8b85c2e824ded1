import type { ContractRouterClient } from '@orpc/contract';
import type { z } from 'zod';
import type { adminContract } from '../../../shared/contract/admin.ts';
import type { deviceContract } from '../../../shared/contract/device.ts';
import type { DeviceEvent } from '../../../shared/contract/events.ts';
import type { ApprovalRequest, bindingStatement } from '../../../shared/contract/signed.ts';
import type { PublicJwk } from '../../../shared/contract/primitives.ts';
import type { AuthorityPin } from '../vault/vault-item.ts';

/** What both ends agreed on in `shared/contract`. Every call ends in a parsed answer or a `VinculoError`. */
export type DeviceApi = ContractRouterClient<typeof deviceContract>;
export type AdminApi = ContractRouterClient<typeof adminContract>;

/** The authority's clock as seen from here. */
export interface AuthorityClock {
  /** Milliseconds this computer's clock is ahead; null until it was ever measured. */
  readonly offset: number | null;
  /** Whether it was measured since this start. */
  readonly verified: boolean;
  /** Milliseconds since 1970 of the authority's clock, as well as it is known. */
  now(): number;
  /** An instant of the authority on this computer's clock. */
  toLocal(instant: number): number;
}

/** The authority as somebody without a session sees it: invitations and binding. */
export interface AuthorityContact {
  readonly address: string;
  readonly device: DeviceApi;
  readonly clock: AuthorityClock;
}

/** One device's connection: calls carry its session, events arrive by themselves. */
export interface AuthorityConnection extends AuthorityContact {
  readonly admin: AdminApi;
  /** Opens the event stream and keeps it open, with back-off, until `stop`. */
  start(): void;
  /** Tries again now instead of at the end of the back-off. */
  retry(): void;
  stop(): void;
}

export interface ConnectionListener {
  /** The stream stands: read the present state. */
  connected(): void;
  /**
   * It ended or could not be opened; the next attempt comes by itself. `lastHeard`: this computer's clock when the authority
   * gave its last sign, e.g. before the computer slept; of a first attempt, when it failed.
   */
  disconnected(cause: unknown, lastHeard: number): void;
  event(event: DeviceEvent): void;
}

/** Verifies what the authority signs, against pinned keys only. */
export interface AuthorityTrust {
  /**
   * The keys to trust from now on: those of `served` that are pinned or reached from a pinned one by signed hand-overs.
   * @throws AUTHORITY_KEY_CHANGED when the newest is not among them
   */
  follow(pinned: AuthorityPin['keys'], served: { keys: PublicJwk[]; handovers: string[] }): Promise<PublicJwk[]>;
  /** First contact: the served keys, if they descend from the one the invitation names. @throws AUTHORITY_KEY_CHANGED */
  pin(isNamed: (thumbprint: string) => boolean, served: { keys: PublicJwk[]; handovers: string[] }): Promise<PublicJwk[]>;
  /** @throws REQUEST_NOT_GENUINE */
  request(compact: string, expected: { keys: readonly PublicJwk[]; issuer: string; serial: string }): Promise<ApprovalRequest>;
  /** The statement about a binding, its signature checked. @throws AUTHORITY_ANSWER_INVALID */
  bindingStatement(compact: string, keys: readonly PublicJwk[]): Promise<z.infer<typeof bindingStatement>>;
  /** base64url SHA-256 of the exact characters. */
  hash(compact: string): string;
}
