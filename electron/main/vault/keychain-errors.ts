import { VinculoError, type ErrorCode } from '../../../shared/contract/errors.ts';

/**
 * Keychains report failures as sentences without codes (libsecret over D-Bus, macOS Security, Windows Credential
 * Manager). Ordered: the first pattern that matches decides.
 */
const patterns: readonly (readonly [RegExp, ErrorCode])[] = [
  // libsecret stays with the connection (`:1.7`) or the session of the daemon it met first, for as long as the process lives.
  [/name :\d+\.\d+ was not provided|session wrapping the secret does not exist/i, 'KEYCHAIN_RESTARTED'],
  [/locked collection|is locked|user cancell?ed|prompt was dismissed|interaction is not allowed|-25308|-128\b/i, 'KEYCHAIN_LOCKED'],
  [/timed? ?out|timeout was reached|noreply|did not receive a reply/i, 'KEYCHAIN_SILENT'],
  [/autolaunch|not provided by any|serviceunknown|could not connect|connection (is )?closed|libsecret|cannot open shared object|no such interface/i, 'KEYCHAIN_MISSING'],
];

/** The error for a person behind a keychain's own sentence; one that nobody knows counts as a missing keychain. */
export function keychainError(cause: unknown): VinculoError {
  if (cause instanceof VinculoError) return cause;
  const sentence = cause instanceof Error ? cause.message : String(cause);
  const code = patterns.find(([pattern]) => pattern.test(sentence))?.[1] ?? 'KEYCHAIN_MISSING';
  return new VinculoError(code, {}, { cause });
}
