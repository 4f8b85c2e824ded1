import { jwsType } from '../../shared/contract/signed.ts';
import { accessTokenReader, issueAccessToken } from '../crypto/access-token.ts';
import { createSigningKey, exportSigningKey, importSigningKey, signHandover, signWith, type SigningKey } from '../crypto/authority-keys.ts';
import { claimedAt, findSigner, isPublicKey, readUnverifiedJws, type PublicKey } from '../crypto/jws.ts';
import type { Sealer } from '../crypto/key-ring.ts';
import type { AuthorityKey } from '../store/entities.ts';
import type { Reader, Store, Transaction } from '../store/store.ts';
import type { AuthorityFacts, Keys } from './context.ts';

export interface KeyManagement extends Keys {
  /** The first key, once, at the first start. */
  ensure(): Promise<void>;
  /** A new key signs from now on; the old one hands over to it. Within the caller's transaction. */
  rotate(tx: Transaction): Promise<{ readonly from: string; readonly to: string }>;
  /**
   * Nothing that this key signed counts any more and no chain leads through it: devices that pinned it must bind again.
   * A new key takes over when it was the newest. False when there is no such key that is still trusted.
   */
  revoke(tx: Transaction, thumbprint: string): Promise<boolean>;
  /**
   * As `verify`, by any key there ever was. For audit checkpoints: each names the one before it, so what a revoked key signed
   * is confirmed by the next key's first checkpoint.
   */
  verifyPast(typ: string, compact: string): Promise<unknown>;
}

export const signingKeyIdentity = (thumbprint: string) => `authority-key/${thumbprint}`;
const publicKeyOf = (key: AuthorityKey): PublicKey => {
  const jwk: unknown = JSON.parse(key.publicKey);
  if (!isPublicKey(jwk)) throw new Error(`authority key ${key.thumbprint} is damaged`);
  return jwk;
};

const byThumbprint = (keys: readonly AuthorityKey[]): ReadonlyMap<string, PublicKey> => new Map(keys.map((key) => [key.thumbprint, publicKeyOf(key)]));

/**
 * The authority's signing keys, read from the store at every use: a key that another process rotated or revoked counts at
 * once everywhere. The private half of the one that signs is kept open, of no other.
 * @param deps.facts read at every use: the address of an authority in trial mode is known only once it listens
 */
export function createKeys(deps: { readonly store: Store; readonly sealer: Sealer; readonly facts: Pick<AuthorityFacts, 'address'> }): KeyManagement {
  const { store, sealer, facts } = deps;
  let opened: SigningKey | null = null;
  const readToken = accessTokenReader();

  const open = (row: AuthorityKey): SigningKey => {
    if (opened?.thumbprint === row.thumbprint) return opened;
    if (row.privateKey === null) throw new Error(`authority key ${row.thumbprint} is retired`);
    opened = importSigningKey(sealer.open(signingKeyIdentity(row.thumbprint), row.privateKey));
    return opened;
  };
  /** Newest first, revoked ones left out. */
  const trusted = async (read: Reader = store.read) => (await read.authorityKeys()).filter((key) => key.revokedAt === null).sort((a, b) => b.createdAt - a.createdAt);
  const newest = async (read?: Reader): Promise<AuthorityKey> => {
    const key = (await trusted(read)).find((candidate) => candidate.retiredAt === null);
    if (key === undefined) throw new Error('the authority has no signing key');
    return key;
  };

  async function add(tx: Transaction, key: SigningKey, handover: string | null): Promise<void> {
    const privateKey = sealer.seal(signingKeyIdentity(key.thumbprint), exportSigningKey(key));
    await tx.addAuthorityKey({ thumbprint: key.thumbprint, publicKey: JSON.stringify(key.publicKey), privateKey, createdAt: await tx.now(), retiredAt: null, revokedAt: null, handover });
  }
  const active = async (tx: Transaction) => (await tx.authorityKeys()).find((key) => key.retiredAt === null && key.revokedAt === null);

  return {
    async ensure() {
      await store.transaction(async (tx) => {
        if ((await active(tx)) === undefined) await add(tx, createSigningKey(), null);
      });
    },
    async rotate(tx) {
      const current = await active(tx);
      if (current === undefined) throw new Error('the authority has no signing key');
      const next = createSigningKey();
      const now = await tx.now();
      await tx.retireAuthorityKey(current.thumbprint, now, false);
      await add(tx, next, signHandover(open(current), next.publicKey, facts.address, now));
      return { from: current.thumbprint, to: next.thumbprint };
    },
    async revoke(tx, thumbprint) {
      const key = (await tx.authorityKeys()).find((candidate) => candidate.thumbprint === thumbprint && candidate.revokedAt === null);
      if (key === undefined) return false;
      await tx.retireAuthorityKey(thumbprint, await tx.now(), true);
      if (key.retiredAt === null) await add(tx, createSigningKey(), null);
      return true;
    },
    async sign(typ, payload, read) {
      return signWith(open(await newest(read)), typ, payload);
    },
    async verify(typ, compact) {
      const keys = await store.read.authorityKeys();
      const found = findSigner(compact, typ, byThumbprint(keys));
      const revokedAt = keys.find(({ thumbprint }) => thumbprint === found?.thumbprint)?.revokedAt ?? null;
      return found !== null && (revokedAt === null || claimedAt(found.payload) < revokedAt) ? found.payload : null;
    },
    async verifyPast(typ, compact) {
      return findSigner(compact, typ, byThumbprint(await store.read.authorityKeys()))?.payload ?? null;
    },
    async published(read = store.read) {
      const keys = await trusted(read);
      const revoked = new Set((await read.authorityKeys()).filter((key) => key.revokedAt !== null).map((key) => key.thumbprint));
      const handovers = keys.toReversed().flatMap((key) => (key.handover === null || revoked.has(handoverFrom(key.handover)) ? [] : [key.handover]));
      return { keys: keys.map(publicKeyOf), handovers };
    },
    async thumbprint(read) {
      return (await newest(read)).thumbprint;
    },
    async issueAccessToken(deviceId, jkt, now) {
      return issueAccessToken(open(await newest()), { issuer: facts.address, deviceId, jkt }, now);
    },
    async readAccessToken(token, now) {
      const keys = (await trusted()).map((key) => ({ thumbprint: key.thumbprint, publicKey: publicKeyOf(key) }));
      return readToken(token, keys, facts.address, now);
    },
  };
}

/** Thumbprint of the key that signed a hand-over. */
const handoverFrom = (handover: string): string => readUnverifiedJws(handover, jwsType.handover)?.header.kid ?? '';
