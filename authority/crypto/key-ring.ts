import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { fromBase64url, toBase64url } from '../../shared/domain/base64url.ts';
import { sha256 } from './hash.ts';
import type { Random } from './random.ts';
import { decrypt, encrypt } from './sealing.ts';

/**
 * Keys at rest. The ring stands in the database; every key in it is sealed by a master key that does not. Several data
 * keys and several masters may be valid at once, so either can be rotated while the authority runs (S28).
 */
export interface KeyRing {
  readonly version: 1;
  /** Newest first; the first one whose time has come seals. */
  readonly dataKeys: readonly RingKey[];
  /** Keys the lookup of short codes. It is not replaced by a rotation: what it hashes lives for hours. */
  readonly digestKey: RingKey;
}
interface RingKey { readonly id: number; /** Milliseconds: a data key seals from then on; default: since ever. */ readonly sealsFrom?: number; readonly wraps: readonly { readonly master: string; readonly sealed: string }[] }

export interface Sealer {
  /** @param identity table and row of the value, e.g. `seed/<device id>`: a value moved to another row does not open. */
  seal(identity: string, plain: Uint8Array): Uint8Array;
  /** @throws SealBroken when the value is not what was sealed for `identity` */
  open(identity: string, sealed: Uint8Array): Uint8Array;
  /** Whether a value is under an older data key. */
  isOutdated(sealed: Uint8Array): boolean;
  /** base64url HMAC-SHA-256 for codes too short for a plain hash; `purpose` keeps kinds of codes apart. */
  digest(purpose: string, text: string): string;
  /** 32 bytes for another use of this authority, e.g. the nonces of DPoP; the same on every node. */
  derive(purpose: string): Uint8Array;
}

export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}
export class MasterKeyWrong extends Error {
  override readonly name = 'MasterKeyWrong';
}

const utf8 = (text: string) => new TextEncoder().encode(text);
const wrapIdentity = (kind: 'data' | 'digest', id: number) => utf8(`vinculo/key-ring/1/${kind}/${id}`);

/** Names a master key without telling anything of it. */
export function masterKeyId(master: Uint8Array): string {
  if (master.length !== 32) throw new RangeError('a master key is 32 bytes');
  return Buffer.from(hkdfSync('sha256', master, new Uint8Array(0), 'vinculo/master-key-id', 8)).toString('hex');
}

export function createKeyRing(master: Uint8Array, random: Random): KeyRing {
  return { version: 1, dataKeys: [wrapKey('data', 1, random(32), [master], random)], digestKey: wrapKey('digest', 1, random(32), [master], random) };
}

/** Adds a data key that seals from `sealsFrom` on, so that all nodes know it before the first value is under it; older ones still open. */
export function addDataKey(ring: KeyRing, masters: readonly Uint8Array[], random: Random, sealsFrom = 0): KeyRing {
  const id = Math.max(...ring.dataKeys.map((key) => key.id)) + 1;
  return { ...ring, dataKeys: [{ ...wrapKey('data', id, random(32), masters, random), sealsFrom }, ...ring.dataKeys] };
}

/** Seals the ring's keys under exactly `next`: first old and new together, once all nodes have the new one, the new alone. */
export function rewrapKeyRing(ring: KeyRing, masters: readonly Uint8Array[], next: readonly Uint8Array[], random: Random): KeyRing {
  return {
    version: 1,
    dataKeys: ring.dataKeys.map((key) => ({ ...key, ...wrapKey('data', key.id, unwrapKey('data', key, masters), next, random) })),
    digestKey: wrapKey('digest', ring.digestKey.id, unwrapKey('digest', ring.digestKey, masters), next, random),
  };
}

export const encodeKeyRing = (ring: KeyRing): Uint8Array => utf8(JSON.stringify(ring));
/** Reads what `encodeKeyRing` wrote; a damaged ring shows when its keys do not unwrap. */
export const decodeKeyRing = (bytes: Uint8Array): KeyRing => JSON.parse(new TextDecoder().decode(bytes)) as KeyRing;

function wrapKey(kind: 'data' | 'digest', id: number, key: Uint8Array, masters: readonly Uint8Array[], random: Random): RingKey {
  return { id, wraps: masters.map((master) => ({ master: masterKeyId(master), sealed: toBase64url(encrypt(master, wrapIdentity(kind, id), key, random)) })) };
}

function unwrapKey(kind: 'data' | 'digest', key: RingKey, masters: readonly Uint8Array[]): Uint8Array {
  for (const master of masters) {
    const wrap = key.wraps.find((candidate) => candidate.master === masterKeyId(master));
    const sealed = wrap === undefined ? null : fromBase64url(wrap.sealed);
    const plain = sealed === null ? null : decrypt(master, wrapIdentity(kind, key.id), sealed);
    if (plain !== null) return plain;
  }
  throw new MasterKeyWrong(`no master key given opens ${kind} key ${key.id}`);
}

/**
 * @param now milliseconds; decides which data key seals. Default: the newest
 * @throws MasterKeyWrong when none of `masters` opens the ring
 */
export function openKeyRing(ring: KeyRing, masters: readonly Uint8Array[], random: Random, now: () => number = () => Number.POSITIVE_INFINITY): Sealer {
  const keys = new Map(ring.dataKeys.map((key) => [key.id, createSecretKey(unwrapKey('data', key, masters))]));
  const sealing = () => ring.dataKeys.find(({ sealsFrom }) => (sealsFrom ?? 0) <= now())?.id ?? ring.dataKeys.at(-1)?.id ?? 0;
  const digestKey = unwrapKey('digest', ring.digestKey, masters);
  const derivedKey = remembered((info) => createSecretKey(derived(digestKey, info)));
  return {
    seal: (identity, plain) => {
      const id = sealing();
      const header = headerOf(id);
      return Buffer.concat([header, encrypt(keyOf(keys, id), associated(header, identity), plain, random)]);
    },
    open: (identity, sealed) => {
      const header = sealed.subarray(0, headerLength);
      const plain = decrypt(keyOf(keys, keyIdOf(sealed)), associated(header, identity), sealed.subarray(headerLength));
      if (plain === null) throw new SealBroken(`the sealed value of ${identity} was changed or belongs elsewhere`);
      return plain;
    },
    isOutdated: (sealed) => keyIdOf(sealed) < sealing(),
    digest: (purpose, text) => createHmac('sha256', derivedKey(`digest/${purpose}`)).update(text, 'utf8').digest('base64url'),
    derive: (purpose) => new Uint8Array(derivedKey(`derive/${purpose}`).export()),
  };
}

/** One byte of version, four of the data key's id; both are authenticated. */
const headerLength = 5;
const headerOf = (id: number): Uint8Array => Uint8Array.of(1, id >>> 24, (id >>> 16) & 255, (id >>> 8) & 255, id & 255);
const associated = (header: Uint8Array, identity: string): Uint8Array => Buffer.concat([header, sha256(utf8(identity))]);
const derived = (key: Uint8Array, info: string): Uint8Array => new Uint8Array(hkdfSync('sha256', key, new Uint8Array(0), `vinculo/${info}`, 32));

/** There are a few dozen purposes. */
function remembered<T>(make: (name: string) => T): (name: string) => T {
  const made = new Map<string, T>();
  return (name) => {
    const value = made.get(name) ?? make(name);
    made.set(name, value);
    return value;
  };
}

function keyIdOf(sealed: Uint8Array): number {
  if (sealed[0] !== 1 || sealed.length < headerLength) throw new SealBroken('not a sealed value');
  return Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength).readUInt32BE(1);
}

function keyOf(keys: ReadonlyMap<number, KeyObject>, id: number): KeyObject {
  const key = keys.get(id);
  if (key === undefined) throw new SealBroken(`there is no data key ${id}`);
  return key;
}
