import type { TokenId } from '../../shared/domain/ids.ts';
import { genesisHash, type Store, type Transaction } from '../store/store.ts';
import type { Anchor, CheckpointLog, CheckpointSigner } from './audit/checkpoints.ts';
import { findCovering, jwsDigest, nextCheckpoint, readAnchors } from './audit/checkpoints.ts';
import type { AuditPage } from './audit/listing.ts';
import { listEntries } from './audit/listing.ts';
import type { AuditRecord } from './audit/record.ts';
import { buildEntry } from './audit/record.ts';
import type { AuditVerification } from './audit/verify.ts';
import { verifyChain } from './audit/verify.ts';

export type { AuditActor, AuditRecord, AuditResult, AuditSubject } from './audit/record.ts';
export type { AuditVerification } from './audit/verify.ts';
export { checkpointFile } from './audit/checkpoint-file.ts';

export interface AuditDeps extends CheckpointSigner {
  readonly store: Store;
  /** `n` bytes of a CSPRNG. */
  readonly random: (n: number) => Uint8Array;
  /** Where checkpoints are written: outside the database. */
  readonly checkpoints: CheckpointLog;
  /** Told when a chain can no longer be anchored, or a checkpoint could not be written. */
  readonly onProblem?: (problem: { readonly chain: string; readonly cause: unknown }) => void;
}

export interface AuditListing { readonly chain: string; readonly before?: number | undefined; readonly size: number; readonly search?: string | undefined; readonly event?: string | null | undefined; readonly tokenId?: TokenId | undefined; readonly from?: number | null | undefined; readonly until?: number | null | undefined }

export interface Audit {
  /** Appends one entry to the record's chain, within the caller's transaction: what happened and its entry stand or fall together. */
  record(tx: Transaction, record: AuditRecord): Promise<void>;
  /** `chain`: a company's id, or `authority`. */
  verify(chain: string): Promise<AuditVerification>;
  /** Anchors every chain up to its present head. Returns the chains that refuse because they were tampered with. */
  checkpoint(): Promise<{ written: number; broken: readonly string[] }>;
  /**
   * The signed checkpoint (compact JWS) that covers an entry, for whoever checks it without this authority. Made now for one that
   * is newer than the last checkpoint; null when the chain cannot be anchored.
   */
  covering(chain: string, sequence: number): Promise<string | null>;
  /** Newest first, with names as they can still be read. */
  list(query: AuditListing): Promise<AuditPage>;
  /** Checkpoints every 10 s and every 100 entries until the returned function is called, which writes the last one. */
  start(every: (milliseconds: number, work: () => void) => () => void): () => Promise<void>;
}

const checkpointEvery = { milliseconds: 10_000, entries: 100 };

/** The audit trail: one hash chain per company and one of the authority, anchored outside the database (S20). */
export function createAudit(deps: AuditDeps): Audit {
  const anchors = new Map<string, Anchor>();
  let committed = 0;
  let running: Promise<{ written: number; broken: readonly string[] }> | null = null;
  let due: (() => void) | null = null;

  /** Null: the checkpoints that are there cannot be trusted, so none may follow them. */
  async function anchorOf(chain: string): Promise<Anchor | null> {
    const known = anchors.get(chain);
    if (known !== undefined) return known;
    const { anchor, genuine } = await readAnchors(deps.checkpoints, chain, deps.verifyCheckpoint);
    return genuine ? anchor : null;
  }

  async function anchorChain(chain: string, at: number): Promise<number | 'broken'> {
    for (let written = 0; ; written++) {
      const anchor = await anchorOf(chain);
      const next = anchor === null ? 'broken' : await nextCheckpoint(deps.store.read, chain, anchor, at);
      if (next === 'none') return written;
      if (next === 'broken') return 'broken';
      const jws = await deps.signCheckpoint(next);
      await deps.checkpoints.append([jws]);
      anchors.set(chain, { upTo: next.to, hash: next.hashes.at(-1) ?? genesisHash, last: jwsDigest(jws), at });
    }
  }

  async function anchorAll() {
    committed = 0;
    const at = await deps.store.now();
    const broken: string[] = [];
    let written = 0;
    for (const chain of await deps.store.read.auditChains()) {
      const result = await anchorChain(chain, at);
      if (result === 'broken') {
        broken.push(chain);
        deps.onProblem?.({ chain, cause: new Error('the chain does not continue where its last checkpoint stood') });
      } else written += result;
    }
    return { written, broken };
  }

  const audit: Audit = {
    async record(tx, record) {
      const head = await tx.lockAuditHead(record.companyId);
      await tx.appendAudit(buildEntry(record, head, record.at ?? (await tx.now()), deps.random(16)));
      tx.afterCommit(() => {
        committed += 1;
        if (committed === checkpointEvery.entries) due?.();
      });
    },
    verify: (chain) => verifyChain(deps.store.read, deps.checkpoints, deps, chain),
    async checkpoint() {
      running ??= anchorAll().finally(() => { running = null; });
      return running;
    },
    async covering(chain, sequence) {
      // A round that was under way may have read the head before the entry was there: the second one has not.
      for (let round = 0; round < 3; round++) {
        const found = await findCovering(deps.checkpoints, chain, sequence, deps.verifyCheckpoint);
        if (found !== null) return found;
        await audit.checkpoint();
      }
      return null;
    },
    list: (query) => listEntries(deps.store.read, query),
    start(every) {
      const work = () => { audit.checkpoint().catch((cause: unknown) => deps.onProblem?.({ chain: 'all', cause })); };
      due = work;
      const stop = every(checkpointEvery.milliseconds, work);
      return async () => {
        due = null;
        stop();
        await running?.catch(() => undefined);
        await audit.checkpoint();
      };
    },
  };
  return audit;
}
