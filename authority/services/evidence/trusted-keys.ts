import type { z } from 'zod';
import type { EvidenceBundle, evidenceSeal } from '../../../shared/contract/evidence.ts';
import { keyHandover } from '../../../shared/contract/signed.ts';
import { jwsType } from '../../../shared/domain/jws-types.ts';
import { claimedAt, findSigner, readUnverifiedJws, thumbprintOf } from '../../crypto/jws.ts';

export interface TrustedKeys {
  /** Newest first. */
  readonly thumbprints: readonly string[];
  /** The payload of what one of the keys signed before it was revoked, if ever; null otherwise. */
  open(typ: string, compact: string): unknown;
}

type Seal = z.infer<typeof evidenceSeal>;

/** Null when the newest key is not one that may sign, or a hand-over is not by the key it names. */
export function trustedKeys({ keys, handovers }: EvidenceBundle['keys'], seal: Seal): TrustedKeys | null {
  const [newest] = seal.keys;
  if (newest === undefined || newest.retired_at !== null || newest.revoked_at !== null) return null;
  const byThumbprint = new Map(keys.map((key) => [thumbprintOf(key), key]));
  const open = (typ: string, compact: string): unknown => {
    const found = findSigner(compact, typ, byThumbprint);
    const revokedAt = seal.keys.find(({ jkt }) => jkt === found?.thumbprint)?.revoked_at ?? null;
    return found !== null && (revokedAt === null || claimedAt(found.payload) < revokedAt) ? found.payload : null;
  };
  const genuine = handovers.every((compact) => {
    const handover = keyHandover.safeParse(open(jwsType.handover, compact)).data;
    return handover !== undefined && handover.from === readUnverifiedJws(compact, jwsType.handover)?.header.kid && byThumbprint.has(thumbprintOf(handover.to));
  });
  return genuine ? { thumbprints: seal.keys.map(({ jkt }) => jkt), open } : null;
}

/** Whether a chain of hand-overs leads from a key that the reader knows to the newest one: then what that one vouches for counts for him. */
export function leadsToNewest({ handovers }: EvidenceBundle['keys'], trusted: TrustedKeys, known: string): boolean {
  const steps = handovers.map((compact) => keyHandover.parse(trusted.open(jwsType.handover, compact)));
  let at = known;
  for (let i = 0; i <= steps.length; i++) {
    if (at === trusted.thumbprints[0]) return true;
    const step = steps.find(({ from }) => from === at);
    if (step === undefined) return false;
    at = thumbprintOf(step.to);
  }
  return false;
}
