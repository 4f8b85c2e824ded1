import type { Selectable } from 'kysely';
import type * as e from '../entities.ts';
import type { Flag, Tables } from './schema.ts';

type Row<T extends keyof Tables> = Selectable<Tables[T]>;

export const flag = (value: boolean): Flag => (value ? 1 : 0);
/** Both drivers' own classes (Buffer, Uint8Array) become the plain one. */
export const bytes = <B extends Uint8Array | null>(value: B): B => (value === null ? value : new Uint8Array(value)) as B;

/** The given members of a change with its truth values as 0 and 1; members that are undefined stay out of the UPDATE. */
export function columns<T extends object>(change: T): { [P in keyof T]: Exclude<T[P], boolean | undefined> | (T[P] extends boolean | undefined ? Flag : never) } {
  const entries = Object.entries(change).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, typeof value === 'boolean' ? flag(value) : value])) as ReturnType<typeof columns<T>>;
}

export const toCompany = (row: Row<'companies'>): e.Company => ({ ...row, enabled: row.enabled === 1, suspended: row.suspended === 1, fourEyes: row.fourEyes === 1 });

/** A user joined with the personal row, which may have been erased: then all of its columns are null. */
export type UserRow = Omit<Row<'users'>, 'assignable' | 'nameKey' | 'searchKey' | 'wasActive' | 'row'> & { [P in Exclude<keyof Row<'personal'>, 'userId'>]: Row<'personal'>[P] | null };
// Member by member: taking a driver's row apart with `...rest` costs more than reading it from the database.
export function toUser(row: UserRow): e.User {
  const { id, companyId, userName, role, language, inactiveSince, createdAt, contactsChangedAt } = row;
  const personal = row.name === null ? null : { name: row.name, email: row.email, mobile: row.mobile, emailBounced: row.emailBounced === 1, mobileBounced: row.mobileBounced === 1 };
  return { id, companyId, userName, role, language, active: row.active === 1, inactiveSince, createdAt, contactsChangedAt, salt: bytes(row.salt), personal };
}

export function toToken({ id, companyId, serial, state, userId, updatedAt, blockedReason, everActive }: Omit<Row<'tokens'>, 'row'> & { row?: number }): e.Token {
  return { id, companyId, serial, state, userId, updatedAt, blockedReason, everActive: everActive === 1 };
}

export const toDevice = (row: Row<'devices'>): e.Device => ({ ...row, replacing: row.replacing === 1, pinVerifier: bytes(row.pinVerifier), share: bytes(row.share) });
export const toSeed = (row: Row<'seeds'>): e.Seed => ({ ...row, sealed: bytes(row.sealed) });
export const toHardware = (row: Row<'hardwareTokens'>): e.HardwareToken => ({ ...row, sealed: bytes(row.sealed) });
export const toInvitation = (row: Row<'invitations'>): e.Invitation => ({ ...row });
export const toBinding = (row: Row<'bindings'>): e.Binding => ({ ...row, answer: bytes(row.answer) });
export const toApproval = ({ closedAt: _closed, ...row }: Row<'approvals'>): e.Approval => row;
export const toAction = (row: Row<'actions'>): e.AdminAction => ({ ...row, needsSecond: row.needsSecond === 1 });
export const toAuditEntry = (row: Row<'auditEntries'>): e.AuditEntry => ({ ...row, noteSalt: bytes(row.noteSalt) });
export const toAuthorityKey = (row: Row<'authorityKeys'>): e.AuthorityKey => ({ ...row, privateKey: row.privateKey.length === 0 ? null : bytes(row.privateKey) });
export const toMessage = (row: Row<'outbox'>): e.OutboxMessage => ({ ...row, sealed: bytes(row.sealed) });

export const toPortal = (row: Row<'portals'>): e.Portal => ({ ...row, enabled: row.enabled === 1, offlineTransactions: row.offlineTransactions === 1, secret: bytes(row.secret) });
export const toPortalRequest = (row: Row<'portalRequests'>): e.PortalRequest => ({ ...row, number: bytes(row.number), notificationToken: bytes(row.notificationToken) });
export const toPortalCall = (row: Row<'portalCalls'>): e.PortalCall => ({ ...row, answer: bytes(row.answer) });
export const toOidcPayload = (row: Row<'oidcPayloads'>): e.OidcPayload => ({ ...row, payload: bytes(row.payload) });
export const toTemporaryCode = (row: Row<'temporaryCodes'>): e.TemporaryCode => ({ ...row, shown: bytes(row.shown) });

export function toEvent(row: Pick<Row<'events'>, 'id' | 'at' | 'audience' | 'audienceId' | 'payload'>): e.StoredEvent {
  const audience = (row.audience === 'all' ? { kind: 'all' } : { kind: row.audience, id: row.audienceId }) as e.Audience;
  return { id: row.id, at: row.at, audience, payload: row.payload };
}

/** A row whose columns are named `part.column`, taken apart. */
export function partsOf<P extends object>(row: object): P {
  const parts: Record<string, Record<string, unknown>> = {};
  for (const [name, value] of Object.entries(row)) {
    const dot = name.indexOf('.');
    (parts[name.slice(0, dot)] ??= {})[name.slice(dot + 1)] = value;
  }
  return parts as P;
}
