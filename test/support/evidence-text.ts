import { canonicalJson, type Json } from '../../authority/services/audit/chain.ts';
import { hashText } from '../../authority/crypto/hash.ts';
import type { EvidenceBundle } from '../../shared/contract/evidence.ts';
import { jwsType } from '../../shared/domain/jws-types.ts';
import type { World } from './authority-world.ts';

export const evidenceText = (bundle: EvidenceBundle): string => canonicalJson(bundle as unknown as Json);

/** The payload of a compact JWS, unverified. */
export const payloadOf = <T extends object>(compact: string): T => JSON.parse(Buffer.from(compact.split('.')[1] ?? '', 'base64url').toString()) as T;

/** What an authority could hand out that changed a part and sealed the whole again. @param seal members of the seal that are changed as well */
export async function resealed({ context }: Pick<World, 'context'>, bundle: EvidenceBundle, changed: object, seal: object = {}): Promise<string> {
  const { seal: _seal, ...signed } = changed as EvidenceBundle;
  const payload = { ...payloadOf(bundle.seal), sha256: hashText(canonicalJson(signed as unknown as Json)), ...seal };
  return canonicalJson({ ...signed, seal: await context.keys.sign(jwsType.evidence, payload) } as unknown as Json);
}
