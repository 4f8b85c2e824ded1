import type { z } from 'zod';
import type { auditEntry } from '../../../shared/contract/admin.ts';
import type { UserId } from '../../../shared/domain/ids.ts';
import type { AuditEntry } from '../../store/entities.ts';
import type { AuditQuery, Reader } from '../../store/store.ts';
import { parseBody, parseNote } from './record.ts';

export type AuditView = z.infer<typeof auditEntry>;
export interface AuditPage { readonly entries: AuditView[]; readonly total: number; readonly events: string[] }

/** One page of a chain, newest first, as the contract shows it. */
export async function listEntries(read: Reader, query: AuditQuery): Promise<AuditPage> {
  const [{ entries, total }, events] = await Promise.all([read.audit(query), read.auditEvents(query.chain)]);
  const names = await readNames(read, entries);
  return { entries: entries.map((entry) => viewOf(entry, names)), total, events };
}

async function readNames(read: Reader, entries: readonly AuditEntry[]): Promise<Map<UserId, string>> {
  const ids = new Set(entries.flatMap(({ userId, actorId }) => [userId, actorId]).filter((id) => id !== null));
  const names = new Map<UserId, string>();
  for (const id of ids) {
    const user = await read.user(id);
    if (user !== null) names.set(id, user.personal?.name ?? user.userName);
  }
  return names;
}

function viewOf(entry: AuditEntry, names: ReadonlyMap<UserId, string>): AuditView {
  const body = parseBody(entry);
  const { operator, ip, ...personal } = parseNote(entry);
  const actorName = entry.actorId === null ? (operator ?? '') : (names.get(entry.actorId) ?? '');
  return {
    sequence: entry.sequence, at: entry.at, event: entry.event,
    actor: { kind: body.actor.kind, name: actorName },
    subject: { userId: entry.userId, name: entry.userId === null ? null : (names.get(entry.userId) ?? null), serial: entry.serial },
    ip: ip ?? null, result: body.result,
    detail: { ...body.detail, ...withoutUndefined(personal) },
    hash: entry.hash, approvalId: entry.approvalId,
  };
}

const withoutUndefined = (note: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(note).filter((member): member is [string, string] => member[1] !== undefined));
