import { VinculoError } from '../../shared/contract/errors.ts';
import { addDataKey, createKeyRing, decodeKeyRing, encodeKeyRing, masterKeyId, openKeyRing, rewrapKeyRing, SealBroken, type KeyRing, type Sealer } from '../crypto/key-ring.ts';
import type { Random } from '../crypto/random.ts';
import type { ApprovalId, DeviceId, HardwareTokenId, PortalId } from '../../shared/domain/ids.ts';
import type { SealedColumn, Store, Transaction } from '../store/store.ts';
import { answerIdentity, pinIdentity, shareIdentity } from './bindings/complete.ts';
import { signingKeyIdentity } from './keys.ts';
import { messageIdentity } from './message-text.ts';
import { clientSecretIdentity } from './oidc/client-secret.ts';
import { hardwareIdentity, notificationIdentity, numberIdentity, oidcIdentity, portalCallIdentity, seedIdentity, temporaryCodeIdentity } from './sealed-identity.ts';

/** Under this name the sealed data keys stand in the store. */
const settingName = 'key-ring';
/** A new data key seals only when every process has had time to learn of it: each reads the ring every 5 s. */
export const sealsAfter = 30_000;
const batch = 200;

/** The two columns that name a row, as the store writes them: `a/b`. */
const pair = (id: string): [string, string] => [id.slice(0, id.indexOf('/')), id.slice(id.indexOf('/') + 1)];

/** A value opens under the identity of its row; what is sealed anew is sealed for the same. */
const identities: Readonly<Record<SealedColumn, (id: string) => string>> = {
  seed: (id) => seedIdentity(id as DeviceId),
  share: (id) => shareIdentity(id as DeviceId),
  pinVerifier: (id) => pinIdentity(id as DeviceId),
  hardwareToken: (id) => hardwareIdentity({ id: id as HardwareTokenId }),
  bindingAnswer: (id) => answerIdentity(id as DeviceId),
  authorityKey: signingKeyIdentity,
  message: messageIdentity,
  clientSecret: clientSecretIdentity,
  portalNumber: (id) => numberIdentity(id as ApprovalId),
  notification: (id) => notificationIdentity(id as ApprovalId),
  portalAnswer: (id) => portalCallIdentity(...(pair(id) as [PortalId, string])),
  oidcPayload: (id) => oidcIdentity(...pair(id)),
  temporaryCode: temporaryCodeIdentity,
};
const sealedColumns = Object.keys(identities) as SealedColumn[];

export interface RingDeps {
  readonly store: Store;
  /** `next`: the one that is to take over, while a rotation goes on. */
  readonly masters: { readonly present: Uint8Array; readonly next: Uint8Array | null };
  readonly random: Random;
  /** Milliseconds. */
  readonly now: () => number;
}

export interface RingView {
  /** Names of the master keys that open the ring; they tell nothing of the keys. */
  readonly master: readonly { readonly id: string; readonly use: 'present' | 'next' | 'former' }[];
  /** Newest first; the first one whose time has come seals. */
  readonly data: readonly { readonly id: number; readonly sealsFrom: number }[];
}

/** The keys at rest of a running authority: what seals, and how they are replaced while it runs (S28). */
export interface Ring {
  /** Always of the ring as it was read last. */
  readonly sealer: Sealer;
  /** Reads the ring again: another process may have changed it. @throws MasterKeyWrong */
  reload(): Promise<void>;
  view(): RingView;
  /** Sealed under the present and the next master from now on. @throws VinculoError MASTER_KEY_STEP without a next one */
  rotateMaster(tx: Transaction): Promise<void>;
  /** Sealed under the present master alone from now on. @throws VinculoError MASTER_KEY_STEP while a next one is given, or when it already is */
  finishMaster(tx: Transaction): Promise<void>;
  /** A new data key; it seals from the time that is answered. */
  rotateData(tx: Transaction): Promise<{ readonly id: number; readonly sealsFrom: number }>;
  /** Seals anew what is under an older data key, batch by batch; after a kill the next call goes on. @returns how many values */
  reseal(): Promise<number>;
}

/** The ring is made at the first start; of two processes that start together the first one's stays. @throws MasterKeyWrong */
export async function openRing({ store, masters: { present, next }, random, now }: RingDeps): Promise<Ring> {
  const masters = next === null ? [present] : [present, next];
  const stored = (await store.read.setting(settingName)) ?? (await create());
  let ring = decodeKeyRing(stored);
  let sealer = openKeyRing(ring, masters, random, now);

  async function create(): Promise<Uint8Array> {
    return store.transaction(async (tx) => {
      const made = encodeKeyRing(createKeyRing(present, random));
      return (await tx.addSetting(settingName, made)) ? made : ((await tx.setting(settingName)) ?? made);
    });
  }

  function use(changed: KeyRing): void {
    sealer = openKeyRing(changed, masters, random, now);
    ring = changed;
  }

  /** One change after the other, on every process: each is made of the ring as it stands. */
  async function change(tx: Transaction, make: (ring: KeyRing) => KeyRing): Promise<KeyRing> {
    await tx.lockAuditHead('authority');
    const before = decodeKeyRing((await tx.setting(settingName)) ?? stored);
    const after = make(before);
    await tx.putSetting(settingName, encodeKeyRing(after));
    tx.afterCommit(() => use(after));
    return after;
  }

  const wrappedBy = (of: KeyRing): string[] => [...new Set([...of.dataKeys, of.digestKey].flatMap(({ wraps }) => wraps.map(({ master }) => master)))];

  async function resealColumn(column: SealedColumn): Promise<number> {
    let count = 0;
    for (let after = ''; ; ) {
      const values = await store.read.sealedValues(column, after, batch);
      const outdated = values.flatMap(({ id, sealed }) => {
        const fresh = sealer.isOutdated(sealed) ? sealedAnew(identities[column](id), sealed) : null;
        return fresh === null ? [] : [{ id, sealed, fresh }];
      });
      if (outdated.length > 0) {
        count += await store.transaction(async (tx) => {
          let done = 0;
          for (const { id, sealed, fresh } of outdated) if (await tx.reseal(column, id, sealed, fresh)) done += 1;
          return done;
        });
      }
      const last = values.at(-1);
      if (last === undefined || values.length < batch) return count;
      after = last.id;
    }
  }

  /** Null for what was tampered with: it stays as it is, for whoever reads it to find. */
  function sealedAnew(identity: string, sealed: Uint8Array): Uint8Array | null {
    try {
      return sealer.seal(identity, sealer.open(identity, sealed));
    } catch (error) {
      if (error instanceof SealBroken) return null;
      throw error;
    }
  }

  return {
    sealer: {
      seal: (identity, plain) => sealer.seal(identity, plain),
      open: (identity, sealed) => sealer.open(identity, sealed),
      isOutdated: (sealed) => sealer.isOutdated(sealed),
      digest: (purpose, text) => sealer.digest(purpose, text),
      derive: (purpose) => sealer.derive(purpose),
    },
    async reload() {
      const bytes = await store.read.setting(settingName);
      if (bytes !== null && !Buffer.from(bytes).equals(encodeKeyRing(ring))) use(decodeKeyRing(bytes));
    },
    view: () => ({
      master: wrappedBy(ring).map((id) => ({ id, use: id === masterKeyId(present) ? 'present' : next !== null && id === masterKeyId(next) ? 'next' : 'former' })),
      data: ring.dataKeys.map(({ id, sealsFrom }) => ({ id, sealsFrom: sealsFrom ?? 0 })),
    }),
    async rotateMaster(tx) {
      if (next === null || masterKeyId(next) === masterKeyId(present)) throw new VinculoError('MASTER_KEY_STEP');
      await change(tx, (before) => rewrapKeyRing(before, masters, masters, random));
    },
    async finishMaster(tx) {
      await change(tx, (before) => {
        if (next !== null || wrappedBy(before).length === 1) throw new VinculoError('MASTER_KEY_STEP');
        return rewrapKeyRing(before, masters, [present], random);
      });
    },
    async rotateData(tx) {
      const sealsFrom = now() + sealsAfter;
      // Under every master that opens the ring now: with one of them missing here, the other processes could not follow.
      const after = await change(tx, (before) => {
        if (wrappedBy(before).some((id) => !masters.some((master) => masterKeyId(master) === id))) throw new VinculoError('MASTER_KEY_STEP');
        return addDataKey(before, masters.filter((master) => wrappedBy(before).includes(masterKeyId(master))), random, sealsFrom);
      });
      return { id: after.dataKeys[0]?.id ?? 0, sealsFrom };
    },
    async reseal() {
      if (ring.dataKeys.length < 2) return 0;
      let count = 0;
      for (const column of sealedColumns) count += await resealColumn(column);
      return count;
    },
  };
}
