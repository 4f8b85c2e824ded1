import { hashText } from '../../crypto/hash.ts';
import type { ServiceContext } from '../context.ts';
import { oidcIdentity } from '../sealed-identity.ts';

/** Something the OpenID Connect library keeps: JSON, with what it says of itself. */
export type Kept = Readonly<Record<string, unknown>>;

/** Rows stay a little longer than what they hold is good for, so that whoever comes late hears "expired" and not "unknown". */
export const keptAfterExpiry = 600_000;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * Where the OpenID Connect library keeps its requests, grants and tokens: in our store, each under the hash of its id and sealed
 * for its row, so that a copy of the database holds neither an `auth_req_id` nor an access token.
 */
export function createOidcStorage({ store, sealer }: Pick<ServiceContext, 'store' | 'sealer'>) {
  return {
    /** @param seconds for which it is good; undefined: until it is removed */
    async put(model: string, id: string, payload: Kept, seconds: number | undefined): Promise<void> {
      const idHash = hashText(id);
      const sealed = sealer.seal(oidcIdentity(model, idHash), encoder.encode(JSON.stringify(payload)));
      const grantId = typeof payload['grantId'] === 'string' ? hashText(payload['grantId']) : null;
      await store.transaction(async (tx) => {
        const expiresAt = seconds === undefined ? null : (await tx.now()) + seconds * 1000;
        await tx.putOidcPayload({ model, idHash, payload: sealed, grantId, expiresAt, consumedAt: null });
      });
    },

    /** As it was put; `consumed` (seconds) is there once somebody has consumed it. Null when it is unknown. */
    async find(model: string, id: string): Promise<Kept | null> {
      const idHash = hashText(id);
      const row = await store.read.oidcPayload(model, idHash);
      if (row === null) return null;
      const payload = JSON.parse(decoder.decode(sealer.open(oidcIdentity(model, idHash), row.payload))) as Kept;
      return row.consumedAt === null ? payload : { ...payload, consumed: Math.floor(row.consumedAt / 1000) };
    },

    /** True for exactly one of any number of callers, on all nodes together. */
    async consume(model: string, id: string): Promise<boolean> {
      return store.transaction(async (tx) => tx.consumeOidcPayload(model, hashText(id), await tx.now()));
    },

    async remove(model: string, id: string): Promise<void> {
      await store.transaction((tx) => tx.deleteOidcPayload(model, hashText(id)));
    },

    /** Everything that was issued under one grant. */
    async removeGrant(grantId: string): Promise<void> {
      await store.transaction((tx) => tx.deleteOidcGrant(hashText(grantId)));
    },

    /** True the first time an id is seen within `seconds`, e.g. the `jti` of a client assertion (RFC 7523 §3). */
    async useOnce(id: string, seconds: number): Promise<boolean> {
      return store.transaction(async (tx) => tx.useProofId(hashText(`oidc/${id}`), (await tx.now()) + seconds * 1000));
    },
  };
}
export type OidcStorage = ReturnType<typeof createOidcStorage>;
