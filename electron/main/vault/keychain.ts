/**
 * The system's keychain as the app needs it. One item per account, named by the account's id; the service name carries
 * the installation, so that two installations of one person never see each other's items.
 *
 * Every call can end in `KEYCHAIN_MISSING`, `_LOCKED`, `_SILENT` or `_RESTARTED` (`VinculoError`). There is no other
 * place for secrets: no keychain, no binding (S15).
 */
export interface Keychain {
  /** Null: there is no such item, or the system hides it; `assertUsable` tells which. */
  read(name: string): Promise<string | null>;
  /** Replaces the item in one step: a crash leaves the old or the new one, never a mixture. */
  write(name: string, secret: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** Names of all items of this installation. */
  names(): Promise<string[]>;
  /** Writes, reads and removes a probe: resolves only where secrets can really be kept. */
  assertUsable(): Promise<void>;
}
