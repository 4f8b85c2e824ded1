import type { HardwareToken } from '../../store/entities.ts';

/** A token as a file describes it, before anything of it is kept. */
export interface HardwareEntry extends Pick<HardwareToken, 'serial' | 'type' | 'algorithm' | 'digits' | 'period' | 'drift'> {
  readonly seed: Uint8Array;
  /** HOTP: the next counter. */
  readonly counter: number;
}

/** Why a file, or a line or key of it, cannot be imported. The command line has a sentence for each. */
export const importReasons = [
  // The file as a whole
  'empty', 'tooLarge', 'notXml', 'doctype', 'notPskc', 'version', 'noKeys', 'header', 'ambiguousSeeds',
  // How it is encrypted
  'keyMissing', 'keyInvalid', 'passwordMissing', 'asymmetric', 'derivationUnknown', 'tooManyIterations', 'encryptionUnknown', 'keyLength', 'macMissing', 'macUnknown', 'macWrong', 'cipherBroken',
  // A key or line
  'fields', 'serial', 'serialTwice', 'serialInUse', 'noSecret', 'keyByReference', 'seed', 'seedShort', 'type', 'algorithm', 'digits', 'period', 'counter', 'drift',
  'policy', 'pinInCode', 'usage', 'notYetValid', 'expired', 'notOtp',
] as const;
export type ImportReason = (typeof importReasons)[number];

/** `row`: serial, key or line as a person finds it again in the file; empty for the file as a whole. */
export interface ImportProblem { readonly row: string; readonly reason: ImportReason }

export interface ReadFile {
  readonly entries: readonly HardwareEntry[];
  /** One of these, and nothing is imported. */
  readonly problems: readonly ImportProblem[];
  /** What is no token (a PIN beside one) and is left out. */
  readonly skipped: readonly ImportProblem[];
}

/** Ends the reading of the whole file. */
export class ImportRefused extends Error {
  override readonly name = 'ImportRefused';
  readonly reason: ImportReason;
  constructor(reason: ImportReason) {
    super(reason);
    this.reason = reason;
  }
}

export const longestFile = 4 * 1024 * 1024;
/** S2: RFC 4226 §4 asks for 128 bits or more. */
export const longestSeed = 128;
