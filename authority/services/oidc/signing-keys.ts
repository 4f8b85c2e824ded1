import type { JsonWebKey } from 'node:crypto';
import { fromBase64url, toBase64url } from '../../../shared/domain/base64url.ts';
import { createSigningKey, exportSigningKey, importSigningKey } from '../../crypto/authority-keys.ts';
import type { Reader, Transaction } from '../../store/store.ts';
import { auditOf, type Acting } from '../caller.ts';
import type { ServiceContext } from '../context.ts';

/** Setting under which the keys stand, sealed each for itself. */
const setting = 'oidc-signing-keys';
/** A key signs for a quarter of a year. */
const signsFor = 90 * 24 * 3600_000;
/** Far longer than any ID token is good for (ten minutes), so that a portal with a slow clock or a stale cache still finds it. */
const publishedAfterwards = 24 * 3600_000;

/** `privateKey`: sealed PKCS#8, base64url. `retiredAt` null: the one that signs. Milliseconds. */
interface StoredKey { readonly kid: string; readonly createdAt: number; readonly retiredAt: number | null; readonly privateKey: string }
export interface OidcKey { readonly kid: string; readonly createdAt: number; readonly retiredAt: number | null }

/** Newest first: the first one signs, the others are still published. */
export interface OidcKeySet { /** Another text whenever the set is another one. */ readonly version: string; readonly keys: readonly JsonWebKey[] }

const identity = (kid: string) => `oidc-key/${kid}`;

/**
 * The keys that sign ID tokens: P-256, apart from the keys that devices pin, since portals follow a JWKS (OpenID Connect Core
 * §10.1.1) and devices a chain of hand-overs. Read from the store at every use, so a rotation counts at once on every node.
 */
export function createOidcKeys({ store, sealer, audit }: Pick<ServiceContext, 'store' | 'sealer' | 'audit'>) {
  /** The set that was opened last, by what stands in the store: opening a key takes longer than reading it. */
  let opened: { readonly of: string; readonly set: OidcKeySet } | null = null;

  async function stored(read: Reader): Promise<StoredKey[]> {
    const bytes = await read.setting(setting);
    return bytes === null ? [] : (JSON.parse(new TextDecoder().decode(bytes)) as StoredKey[]);
  }
  const save = (tx: Transaction, keys: readonly StoredKey[]) => tx.putSetting(setting, new TextEncoder().encode(JSON.stringify(keys)));

  function make(now: number): StoredKey {
    const key = createSigningKey();
    return { kid: key.thumbprint, createdAt: now, retiredAt: null, privateKey: toBase64url(sealer.seal(identity(key.thumbprint), exportSigningKey(key))) };
  }

  function sealedBytes({ kid, privateKey }: StoredKey): Uint8Array {
    const sealed = fromBase64url(privateKey);
    if (sealed === null) throw new Error(`OIDC key ${kid} is damaged`);
    return sealed;
  }
  const open = (key: StoredKey): JsonWebKey => ({ ...importSigningKey(sealer.open(identity(key.kid), sealedBytes(key))).privateKey.export({ format: 'jwk' }), kid: key.kid, use: 'sig', alg: 'ES256' });

  /** Under the newest data key (S28). */
  function sealedAnew(key: StoredKey): StoredKey {
    const sealed = sealedBytes(key);
    return sealer.isOutdated(sealed) ? { ...key, privateKey: toBase64url(sealer.seal(identity(key.kid), sealer.open(identity(key.kid), sealed))) } : key;
  }

  async function rotateIn(tx: Transaction, acting: Acting, revoke: boolean): Promise<{ readonly from: string | null; readonly to: string }> {
    const now = await tx.now();
    await tx.lockAuditHead('authority'); // one rotation after the other
    const before = await stored(tx);
    const next = make(now);
    const kept = revoke ? [] : before.map((key) => ({ ...key, retiredAt: key.retiredAt ?? now })).filter((key) => key.retiredAt > now - publishedAfterwards);
    await save(tx, [next, ...kept]);
    const rotated = { from: before[0]?.kid ?? null, to: next.kid };
    await audit.record(tx, { companyId: 'authority', event: revoke ? 'keys.oidc.revoke' : 'keys.oidc.rotate', ...auditOf(acting), detail: rotated });
    return rotated;
  }

  return {
    /** What signs and what is published; the first key is made when somebody first asks. */
    async current(): Promise<OidcKeySet> {
      let keys = await stored(store.read);
      if (keys.length === 0) {
        await store.transaction(async (tx) => {
          await tx.lockAuditHead('authority');
          if ((await stored(tx)).length === 0) await rotateIn(tx, { kind: 'authority' }, false);
        });
        keys = await stored(store.read);
      }
      const of = JSON.stringify(keys);
      if (opened?.of !== of) opened = { of, set: { version: keys.map(({ kid }) => kid).join(' '), keys: keys.map(open) } };
      return opened.set;
    },

    async list(): Promise<OidcKey[]> {
      return (await stored(store.read)).map(({ kid, createdAt, retiredAt }) => ({ kid, createdAt, retiredAt }));
    },

    /** A new key signs from now on. @param revoke the ones before are not even published any more: what they signed no longer verifies */
    async rotate(acting: Acting, revoke = false): Promise<{ readonly from: string | null; readonly to: string }> {
      return store.transaction((tx) => rotateIn(tx, acting, revoke));
    },

    /**
     * Rotates when it is time, stops publishing what no token is signed by any more, and seals anew what is under an older data
     * key. Every node may run it at any moment.
     */
    async tend(): Promise<void> {
      const isDue = (keys: readonly StoredKey[], now: number) => (keys[0]?.createdAt ?? now) <= now - signsFor;
      const tidied = (keys: readonly StoredKey[], now: number) => keys.filter((key) => key.retiredAt === null || key.retiredAt > now - publishedAfterwards).map(sealedAnew);
      const present = await stored(store.read);
      const at = await store.now();
      if (!isDue(present, at) && JSON.stringify(tidied(present, at)) === JSON.stringify(present)) return;
      await store.transaction(async (tx) => {
        await tx.lockAuditHead('authority');
        const now = await tx.now();
        const keys = await stored(tx);
        if (isDue(keys, now)) await rotateIn(tx, { kind: 'time' }, false);
        else await save(tx, tidied(keys, now));
      });
    },
  };
}
export type OidcKeys = ReturnType<typeof createOidcKeys>;
