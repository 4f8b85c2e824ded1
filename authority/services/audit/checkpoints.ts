import { createHash } from 'node:crypto';
import { genesisHash as genesis, type Reader } from '../../store/store.ts';

/** Lines outside the database: one signed checkpoint each. Append only; what is appended is on the disk when the promise is. */
export interface CheckpointLog {
  append(lines: readonly string[]): Promise<void>;
  lines(): AsyncIterable<string>;
}

/**
 * Payload of a checkpoint (JWS typ `jwsType.checkpoint`). It carries the hash of every entry it covers, so that a rewritten chain
 * is found at the very entry, not only somewhere before the checkpoint.
 */
export interface Checkpoint {
  readonly chain: string;
  /** First and last sequence covered. `from` is always one more than the `to` of the checkpoint before. */
  readonly from: number;
  readonly to: number;
  readonly hashes: readonly string[];
  /** base64url SHA-256 of the JWS before it in this chain; null for the first. */
  readonly previous: string | null;
  /** Milliseconds. */
  readonly at: number;
}

export interface CheckpointSigner {
  /** Compact JWS, typ `jwsType.checkpoint`, over the payload as JSON. */
  readonly signCheckpoint: (payload: Checkpoint) => Promise<string>;
  /** The payload of a genuine one; null for anything else. */
  readonly verifyCheckpoint: (jws: string) => Promise<Checkpoint | null>;
}

/** What the checkpoints of one chain say. */
export interface Anchor {
  readonly upTo: number;
  /** Hash of the last covered entry. */
  readonly hash: string;
  /** Fingerprint of the last checkpoint, for the next one's `previous`. */
  readonly last: string | null;
  readonly at: number | null;
}
export const noAnchor: Anchor = { upTo: 0, hash: genesis, last: null, at: null };

export const jwsDigest = (jws: string): string => createHash('sha256').update(jws, 'ascii').digest('base64url');

/** What a line says of itself, without trusting it; null when it is no JWS. */
function claimed(line: string): { readonly chain: string; readonly from: number; readonly to: number } | null {
  try {
    const { chain, from, to } = JSON.parse(Buffer.from(line.split('.')[1] ?? '', 'base64url').toString('utf8')) as { chain?: unknown; from?: unknown; to?: unknown };
    return typeof chain === 'string' ? { chain, from: Number(from), to: Number(to) } : null;
  } catch {
    return null;
  }
}

/** The genuine checkpoint that covers one entry of a chain, or null. */
export async function findCovering(log: CheckpointLog, chain: string, sequence: number, verify: CheckpointSigner['verifyCheckpoint']): Promise<string | null> {
  for await (const line of log.lines()) {
    const range = claimed(line);
    if (range === null || range.chain !== chain || range.from > sequence || range.to < sequence) continue;
    const checkpoint = await verify(line);
    if (checkpoint !== null && checkpoint.chain === chain && checkpoint.from <= sequence && sequence <= checkpoint.to) return line;
  }
  return null;
}

export interface AnchorReading {
  readonly anchor: Anchor;
  /** Hash by sequence - 1, of everything up to `anchor.upTo`. */
  readonly hashes: readonly string[];
  /** False when a line was forged, lost or out of order: the checkpoints themselves cannot be trusted beyond `anchor.upTo`. */
  readonly genuine: boolean;
}

/** Reads and verifies the checkpoints of `chain`, in order, until the first one that does not fit. */
export async function readAnchors(log: CheckpointLog, chain: string, verify: CheckpointSigner['verifyCheckpoint']): Promise<AnchorReading> {
  let anchor = noAnchor;
  const hashes: string[] = [];
  for await (const line of log.lines()) {
    if (claimed(line)?.chain !== chain) continue;
    const checkpoint = await verify(line);
    if (checkpoint === null || !follows(checkpoint, anchor)) return { anchor, hashes, genuine: false };
    hashes.push(...checkpoint.hashes);
    anchor = { upTo: checkpoint.to, hash: checkpoint.hashes.at(-1) ?? genesis, last: jwsDigest(line), at: checkpoint.at };
  }
  return { anchor, hashes, genuine: true };
}

const follows = (next: Checkpoint, anchor: Anchor): boolean =>
  next.from === anchor.upTo + 1 && next.previous === anchor.last && next.hashes.length === next.to - next.from + 1 && next.to >= next.from;

/** Entries per checkpoint at most: keeps a line under 25 kB after a long time without checkpoints. */
const longest = 500;

/**
 * Payloads for everything after `anchor`, up to the present head. Null when the chain does not continue where the last checkpoint
 * stood: signing that would make a tampered chain look good.
 */
export async function nextCheckpoint(read: Reader, chain: string, anchor: Anchor, at: number): Promise<Checkpoint | 'none' | 'broken'> {
  const head = await read.auditHead(chain);
  if (head.sequence < anchor.upTo) return 'broken';
  if (head.sequence === anchor.upTo) return head.hash === anchor.hash ? 'none' : 'broken';
  const entries = await read.auditRange(chain, anchor.upTo + 1, longest);
  let previous = anchor.hash;
  for (const [index, entry] of entries.entries()) {
    if (entry.sequence !== anchor.upTo + 1 + index || entry.previous !== previous) return 'broken';
    previous = entry.hash;
  }
  if (entries.length === 0) return 'broken';
  return { chain, from: anchor.upTo + 1, to: anchor.upTo + entries.length, hashes: entries.map((entry) => entry.hash), previous: anchor.last, at };
}
