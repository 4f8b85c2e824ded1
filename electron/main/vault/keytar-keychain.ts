import { createHash } from 'node:crypto';
import { VinculoError } from '../../../shared/contract/errors.ts';
import type { Clock, RandomBytes } from '../runtime.ts';
import type { Keychain } from './keychain.ts';
import { keychainError } from './keychain-errors.ts';
import { KeychainQueue } from './keychain-queue.ts';

/** The part of keytar that is used; loaded late, because loading fails where libsecret is not installed. */
export interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
  findCredentials(service: string): Promise<{ account: string; password: string }[]>;
}

export interface KeytarKeychainOptions {
  /** `Vínculo/<installation id>`. */
  readonly service: string;
  readonly load: () => Promise<Keytar>;
  readonly clock: Clock;
  readonly random: RandomBytes;
  /** Milliseconds one call may take; 10,000 unless told. */
  readonly timeLimit?: number;
  /** Bytes that one item of this platform may hold. Windows: 2,560 (CRED_MAX_CREDENTIAL_BLOB_SIZE). */
  readonly itemLimit?: number;
}

const probeName = 'probe';
/** `1` whole; `2:<slot>:<parts>:<sha256>` head of an item in parts. */
const headPattern = /^2:([ab]):(\d{1,3}):([0-9a-f]{64})$/;
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/**
 * Keychain over keytar: Credential Manager, Keychain, Secret Service. An item larger than the platform's limit is written
 * in parts into the slot that is not in use, then the head is switched to it: the head is the only thing that changes in place.
 */
export class KeytarKeychain implements Keychain {
  readonly #options: KeytarKeychainOptions;
  readonly #queue: KeychainQueue;
  readonly #itemLimit: number;
  #keytar: Promise<Keytar> | null = null;

  constructor(options: KeytarKeychainOptions) {
    this.#options = options;
    this.#queue = new KeychainQueue(options.clock, options.timeLimit ?? 10_000);
    this.#itemLimit = options.itemLimit ?? Number.POSITIVE_INFINITY;
  }

  async read(name: string): Promise<string | null> {
    const head = await this.#get(name);
    if (head === null) return null;
    if (head.startsWith('1:')) return head.slice(2);
    const [, slot, parts, digest] = headPattern.exec(head) ?? [];
    if (slot === undefined) throw new VinculoError('VAULT_DAMAGED');
    const texts: (string | null)[] = [];
    for (let part = 0; part < Number(parts); part++) texts.push(await this.#get(partName(name, slot, part)));
    const whole = texts.includes(null) ? null : texts.join('');
    if (whole === null || sha256(whole) !== digest) throw new VinculoError('VAULT_DAMAGED');
    return Buffer.from(whole, 'base64url').toString('utf8');
  }

  async write(name: string, secret: string): Promise<void> {
    const before = headPattern.exec((await this.#get(name)) ?? '')?.[1];
    if (Buffer.byteLength(secret) + 2 <= this.#itemLimit) {
      await this.#set(name, `1:${secret}`);
    } else {
      await this.#writeParts(name, secret, before === 'a' ? 'b' : 'a');
    }
    if (before !== undefined) await this.#removeParts(name, before);
  }

  async remove(name: string): Promise<void> {
    await this.#delete(name);
    for (const slot of ['a', 'b']) await this.#removeParts(name, slot);
  }

  async names(): Promise<string[]> {
    const found = await this.#call((keytar) => keytar.findCredentials(this.#options.service));
    return found.map(({ account }) => account).filter((account) => !account.includes('#') && account !== probeName);
  }

  async assertUsable(): Promise<void> {
    const value = this.#options.random(16).toString('hex');
    await this.#set(probeName, value);
    if ((await this.#get(probeName)) !== value) throw new VinculoError('KEYCHAIN_LOCKED');
    await this.#delete(probeName);
  }

  async #writeParts(name: string, secret: string, slot: 'a' | 'b'): Promise<void> {
    const whole = Buffer.from(secret, 'utf8').toString('base64url');
    const parts = Math.ceil(whole.length / this.#itemLimit);
    for (let part = 0; part < parts; part++) {
      await this.#set(partName(name, slot, part), whole.slice(part * this.#itemLimit, (part + 1) * this.#itemLimit));
    }
    await this.#set(name, `2:${slot}:${parts}:${sha256(whole)}`);
  }

  async #removeParts(name: string, slot: string): Promise<void> {
    for (let part = 0; await this.#delete(partName(name, slot, part)); part++);
  }

  #get(account: string): Promise<string | null> {
    return this.#call((keytar) => keytar.getPassword(this.#options.service, account));
  }

  #set(account: string, password: string): Promise<void> {
    return this.#call((keytar) => keytar.setPassword(this.#options.service, account, password));
  }

  #delete(account: string): Promise<boolean> {
    return this.#call((keytar) => keytar.deletePassword(this.#options.service, account));
  }

  #call<T>(run: (keytar: Keytar) => Promise<T>): Promise<T> {
    return this.#queue.run(async () => run(await this.#loaded()));
  }

  #loaded(): Promise<Keytar> {
    this.#keytar ??= this.#options.load().catch((cause: unknown) => {
      this.#keytar = null; // the person may install the missing library and try again
      throw keychainError(cause);
    });
    return this.#keytar;
  }
}

const partName = (name: string, slot: string, part: number) => `${name}#${slot}${part}`;
