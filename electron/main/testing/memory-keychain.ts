import { VinculoError } from '../../../shared/contract/errors.ts';
import type { Keychain } from '../vault/keychain.ts';

/** A keychain whose content outlives the app that uses it, as the real one does. */
export class MemoryKeychain implements Keychain {
  readonly items = new Map<string, string>();
  /** What every call ends in; null: it works. */
  fails: 'KEYCHAIN_MISSING' | 'KEYCHAIN_LOCKED' | 'KEYCHAIN_SILENT' | null = null;
  /** Called before and after each write takes effect. */
  onWrite: (moment: 'before' | 'after', name: string) => void = () => {};

  async read(name: string): Promise<string | null> {
    this.#check();
    return this.items.get(name) ?? null;
  }

  async write(name: string, secret: string): Promise<void> {
    this.#check();
    this.onWrite('before', name);
    this.items.set(name, secret);
    this.onWrite('after', name);
  }

  async remove(name: string): Promise<void> {
    this.#check();
    this.items.delete(name);
  }

  async names(): Promise<string[]> {
    this.#check();
    return [...this.items.keys()];
  }

  async assertUsable(): Promise<void> {
    this.#check();
  }

  #check(): void {
    if (this.fails !== null) throw new VinculoError(this.fails);
  }
}
