import { evidenceCheckpoint, type AuditProof } from '../../../shared/contract/evidence.ts';
import { jwsType } from '../../../shared/domain/jws-types.ts';
import { canonicalJson, entryHash, type Json } from '../audit/chain.ts';
import { type AuditBody } from '../audit/record.ts';
import type { TrustedKeys } from './trusted-keys.ts';

export interface CheckedEntry { readonly body: AuditBody }

/** That an entry stands in this chain as the checkpoint says; null otherwise. */
export function checkEntry({ body: text, previous, checkpoint: compact }: AuditProof, keys: TrustedKeys, chain: string): CheckedEntry | null {
  const checkpoint = evidenceCheckpoint.safeParse(keys.open(jwsType.checkpoint, compact)).data;
  const body = parseBody(text);
  if (checkpoint === undefined || body === null) return null;
  const covered = checkpoint.chain === chain && body.chain === chain && checkpoint.hashes[body.sequence - checkpoint.from] === entryHash(previous, text);
  return covered ? { body } : null;
}

/** As `buildEntry` wrote it: its hash is in the checkpoint, so a text of another form was never an entry. */
function parseBody(text: string): AuditBody | null {
  try {
    const body = JSON.parse(text) as AuditBody;
    return canonicalJson(body as unknown as Json) === text ? body : null;
  } catch {
    return null;
  }
}
