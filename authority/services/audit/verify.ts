import type { AuditEntry } from '../../store/entities.ts';
import { genesisHash as genesis, type Reader } from '../../store/store.ts';
import { canonicalJson, commitment, entryHash } from './chain.ts';
import type { CheckpointLog, CheckpointSigner } from './checkpoints.ts';
import { readAnchors } from './checkpoints.ts';
import { parseBody } from './record.ts';

/** What was found at the first bad entry. */
export type AuditDamage = 'missing' | 'altered' | 'reordered' | 'rewritten' | 'truncated' | 'checkpoints';

export interface AuditVerification {
  readonly ok: boolean;
  readonly entries: number;
  /** Entries up to this one are covered by a signed checkpoint outside the database … */
  readonly anchoredUpTo: number;
  readonly checkpointAt: number | null;
  /** … and this many after it are not yet. */
  readonly notAnchored: number;
  /** Sequence of the first entry that is not what was written; null: none. */
  readonly firstBad: number | null;
  readonly damage: AuditDamage | null;
}

const pageSize = 500;

/** Walks one chain from its first entry (S20). Entries that are written meanwhile are left for the next time. */
export async function verifyChain(read: Reader, log: CheckpointLog, signer: CheckpointSigner, chain: string): Promise<AuditVerification> {
  const head = await read.auditHead(chain);
  const { anchor, hashes, genuine } = await readAnchors(log, chain, signer.verifyCheckpoint);
  const walk = await walkEntries(read, chain, head, hashes);
  const result = (firstBad: number | null, damage: AuditDamage | null): AuditVerification => ({
    ok: damage === null, entries: walk.seen, anchoredUpTo: anchor.upTo, checkpointAt: anchor.at,
    notAnchored: Math.max(0, walk.seen - anchor.upTo), firstBad, damage,
  });
  if (walk.bad !== null) return result(walk.bad.sequence, walk.bad.damage);
  if (anchor.upTo > walk.seen) return result(walk.seen + 1, 'truncated');
  if (!genuine) return result(anchor.upTo + 1, 'checkpoints');
  return result(null, null);
}

interface Walk { readonly seen: number; readonly bad: { readonly sequence: number; readonly damage: AuditDamage } | null }

async function walkEntries(read: Reader, chain: string, head: { sequence: number; hash: string }, anchored: readonly string[]): Promise<Walk> {
  let previous = genesis;
  let seen = 0;
  while (seen < head.sequence) {
    const page = await read.auditRange(chain, seen + 1, Math.min(pageSize, head.sequence - seen));
    for (const entry of page) {
      const damage = damageOf(entry, seen + 1, previous, anchored[seen]);
      if (damage !== null) return { seen, bad: { sequence: seen + 1, damage } };
      previous = entry.hash;
      seen += 1;
    }
    if (page.length === 0) return { seen, bad: { sequence: seen + 1, damage: 'truncated' } };
  }
  if (previous !== head.hash) return { seen, bad: { sequence: Math.max(seen, 1), damage: 'rewritten' } };
  return { seen, bad: await strayAfter(read, chain, head.sequence) };
}

/** Rows after the head that the head does not know: inserted by hand, or the head was set back. */
async function strayAfter(read: Reader, chain: string, sequence: number): Promise<Walk['bad']> {
  const stray = await read.auditRange(chain, sequence + 1, 1);
  if (stray.length === 0) return null;
  const head = await read.auditHead(chain);
  return head.sequence > sequence ? null : { sequence: sequence + 1, damage: 'altered' };
}

function damageOf(entry: AuditEntry, expected: number, previous: string, anchoredHash: string | undefined): AuditDamage | null {
  if (entry.sequence !== expected) return 'missing';
  if (entryHash(entry.previous, entry.body) !== entry.hash) return 'altered';
  if (anchoredHash !== undefined && anchoredHash !== entry.hash) return 'rewritten';
  if (entry.previous !== previous) return 'reordered';
  return columnsMatch(entry) && noteMatches(entry) ? null : 'altered';
}

/** The searchable columns repeat what the body says; an index that was edited would show a false history. */
function columnsMatch(entry: AuditEntry): boolean {
  const body = parseBody(entry);
  const columns = [entry.chain, entry.sequence, entry.at, entry.event, entry.actorId, entry.userId, entry.tokenId, entry.serial, entry.approvalId];
  const written = [body.chain, body.sequence, body.at, body.event, body.actor.id ?? null, body.user?.id ?? null, body.tokenId ?? null, body.serial ?? null, body.approvalId ?? null];
  return canonicalJson(columns) === canonicalJson(written);
}

/** An erased note leaves its commitment behind and nothing to compare it with: that is no damage (invariant 9). */
function noteMatches(entry: AuditEntry): boolean {
  const { note } = parseBody(entry);
  if (entry.note === null || entry.noteSalt === null) return entry.note === null;
  return note !== undefined && commitment(entry.noteSalt, entry.note) === note;
}
