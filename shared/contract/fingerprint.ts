import { wordlist as english } from '@scure/bip39/wordlists/english.js';
import { wordlist as spanish } from '@scure/bip39/wordlists/spanish.js';
import type { Language } from './primitives.ts';

/**
 * The published lists of BIP-39, 2,048 words each. The Spanish one is published decomposed (NFKD); screens and
 * comparisons use the composed form that keyboards type.
 */
export const fingerprintLists: Record<Language, readonly string[]> = {
  es: spanish.map((word) => word.normalize('NFC')),
  en: english,
};
