import type { ApprovalId, CompanyId, SerialNumber, TokenId, UserId } from '../../../shared/domain/ids.ts';
import type { AuditEntry, User } from '../../store/entities.ts';
import { canonicalJson, commitment, entryHash } from './chain.ts';

/** Who did it. `name` of an issuer is his operator name; it goes into the erasable note, never into the chain. */
export type AuditActor =
  | { readonly kind: 'admin' | 'user'; readonly id: UserId }
  | { readonly kind: 'issuer'; readonly name: string }
  | { readonly kind: 'authority' };

export type AuditResult = 'recorded' | 'approved' | 'denied' | 'reported' | 'expired' | 'stale';

/** The person an entry is about; a `User` fits. */
export type AuditSubject = Pick<User, 'id' | 'salt' | 'personal'>;

export interface AuditRecord {
  /** The company whose chain it is, or `authority` for what belongs to none. */
  readonly companyId: CompanyId | 'authority';
  /** Dotted, e.g. `token.activate`. */
  readonly event: string;
  readonly actor: AuditActor;
  readonly user?: AuditSubject | undefined;
  readonly tokenId?: TokenId | undefined;
  readonly serial?: SerialNumber | undefined;
  readonly approvalId?: ApprovalId | undefined;
  readonly ip?: string | undefined;
  readonly result?: AuditResult | undefined;
  /** Why, in a person's words: may name people, so it stands in the erasable note. */
  readonly reason?: string | null | undefined;
  /** Ids, states, counts. Never a name, number or address: those go into `personal`. */
  readonly detail?: Readonly<Record<string, string | number | boolean | null>> | undefined;
  /** Shown with the entry until erased; the chain holds only a salted commitment of it. */
  readonly personal?: Readonly<Record<string, string>> | undefined;
  /** Milliseconds; default: the store's clock. */
  readonly at?: number | undefined;
}

/** The erasable half of an entry, as JSON text. */
export interface AuditNote { readonly operator?: string; readonly ip?: string; readonly reason?: string; readonly [name: string]: string | undefined }

/** The permanent half, as it is hashed. */
export interface AuditBody {
  readonly v: 1; readonly chain: string; readonly sequence: number; readonly at: number; readonly event: string;
  readonly actor: { readonly kind: AuditActor['kind']; readonly id?: UserId };
  readonly user?: { readonly id: UserId; readonly name?: string; readonly email?: string; readonly mobile?: string };
  readonly tokenId?: TokenId; readonly serial?: SerialNumber; readonly approvalId?: ApprovalId;
  readonly result: AuditResult;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
  /** Commitment of the note. */
  readonly note?: string;
}

/** Builds the entry that follows `head`. Pure: `salt` is 16 fresh random bytes for the note. */
export function buildEntry(record: AuditRecord, head: { sequence: number; hash: string }, at: number, salt: Uint8Array): AuditEntry {
  const note = noteOf(record);
  const actorId = 'id' in record.actor ? record.actor.id : null;
  const sequence = head.sequence + 1;
  const body = canonicalJson({
    v: 1, chain: record.companyId, sequence, at, event: record.event,
    actor: { kind: record.actor.kind, id: actorId ?? undefined },
    user: record.user && { id: record.user.id, ...commitments(record.user) },
    tokenId: record.tokenId, serial: record.serial, approvalId: record.approvalId,
    result: record.result ?? 'recorded',
    detail: record.detail ?? {},
    note: note === null ? undefined : commitment(salt, note),
  });
  return {
    chain: record.companyId, sequence, at, event: record.event, actorId,
    userId: record.user?.id ?? null, tokenId: record.tokenId ?? null, serial: record.serial ?? null, approvalId: record.approvalId ?? null,
    body, previous: head.hash, hash: entryHash(head.hash, body),
    note, noteSalt: note === null ? null : salt,
  };
}

function commitments({ salt, personal }: AuditSubject): { name?: string; email?: string; mobile?: string } {
  if (salt === null || personal === null) return {};
  return {
    name: commitment(salt, personal.name),
    ...(personal.email !== null && { email: commitment(salt, personal.email) }),
    ...(personal.mobile !== null && { mobile: commitment(salt, personal.mobile) }),
  };
}

function noteOf({ actor, ip, reason, personal }: AuditRecord): string | null {
  const note = { ...personal, operator: actor.kind === 'issuer' ? actor.name : undefined, ip, reason: reason ?? undefined };
  const text = canonicalJson(note);
  return text === '{}' ? null : text;
}

/** The body of a stored entry. The store hands it over as it was hashed, so it is what `buildEntry` wrote or `verify` says so. */
export const parseBody = (entry: AuditEntry): AuditBody => JSON.parse(entry.body) as AuditBody;
export const parseNote = (entry: AuditEntry): AuditNote => (entry.note === null ? {} : (JSON.parse(entry.note) as AuditNote));
