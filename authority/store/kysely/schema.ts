import type { Generated } from 'kysely';
import type { CompanyId, DeviceId, PortalId, UserId } from '../../../shared/domain/ids.ts';
import type { TokenState } from '../../../shared/domain/token-states.ts';
import type * as e from '../entities.ts';

/**
 * The tables, as both databases have them. Columns carry the names of the entities, so rows need no renaming; truth values are
 * 0 and 1, times milliseconds, ids text. What stands here and not in an entity serves an index.
 */
export type Flag = 0 | 1;
type Flagged<T, K extends keyof T> = { [P in keyof T]: P extends K ? Flag : T[P] };
type Mutable<T> = { -readonly [P in keyof T]: T[P] };

export interface Tables {
  companies: Mutable<Flagged<e.Company, 'enabled' | 'suspended' | 'fourEyes'>>;
  serialCounters: { prefix: string; next: number };
  users: Mutable<Flagged<Omit<e.User, 'salt' | 'personal'>, 'active'>> & { assignable: Flag; nameKey: string; searchKey: string; row: Generated<number>; /** Whether a token of theirs was ever active. */ wasActive: Generated<Flag> };
  personal: Mutable<Flagged<e.Personal, 'emailBounced' | 'mobileBounced'>> & { userId: UserId; salt: Uint8Array };
  passwords: { userId: UserId; hash: string };
  passwordLinks: { hash: string; userId: UserId; expiresAt: number; usedAt: number | null };
  tokens: Mutable<Flagged<e.Token, 'everActive'>> & { rank: number; held: Flag; ownerKey: string; searchKey: string; row: Generated<number> };
  /** Several rows of a group add up (PostgreSQL). */
  tokenTallies: { companyId: CompanyId; state: TokenState; n: number };
  userTallies: { companyId: CompanyId; active: Flag; assignable: Flag; n: number };
  devices: Mutable<Flagged<e.Device, 'replacing'>>;
  deviceKeys: { thumbprint: string; deviceId: DeviceId };
  seeds: Mutable<e.Seed>;
  hardwareTokens: Mutable<e.HardwareToken>;
  invitations: Mutable<e.Invitation>;
  bindings: Mutable<e.Binding>;
  smsCodes: { bindingId: string; invitationId: string; at: number };
  approvals: Mutable<e.Approval> & { closedAt: number | null };
  actions: Mutable<Flagged<e.AdminAction, 'needsSecond'>>;
  activationPicks: Mutable<e.ActivationPick>;
  portals: Mutable<Flagged<e.Portal, 'enabled' | 'offlineTransactions'>>;
  portalCompanies: { portalId: PortalId; companyId: CompanyId };
  portalRequests: Mutable<e.PortalRequest>;
  portalCalls: Mutable<e.PortalCall>;
  oidcPayloads: Mutable<e.OidcPayload>;
  codeChannels: Mutable<e.CodeChannel>;
  temporaryCodes: Mutable<e.TemporaryCode>;
  auditEntries: Mutable<e.AuditEntry>;
  auditHeads: { chain: string; sequence: number; hash: string };
  events: { id: Generated<number>; at: number; audience: e.Audience['kind']; audienceId: DeviceId | CompanyId | PortalId | ''; payload: string };
  eventFloor: { one: number; id: number };
  proofIds: { hash: string; expiresAt: number };
  /** `privateKey` of no bytes: it is gone. */
  authorityKeys: Mutable<Omit<e.AuthorityKey, 'privateKey'>> & { privateKey: Uint8Array };
  outbox: Mutable<e.OutboxMessage>;
  settings: { name: string; value: Uint8Array };
  windows: { key: string; windowStart: number; tries: number; expiresAt: number };
}
