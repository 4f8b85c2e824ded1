import { fingerprintLists } from '../../shared/contract/fingerprint.ts';
import { unfitWords } from '../../shared/contract/unfit-words.ts';
import { fingerprintWords, type FingerprintSource, type FingerprintWords } from '../../shared/domain/fingerprint.ts';
import { newNonce } from '../crypto/codes.ts';
import { sha256 } from '../crypto/hash.ts';
import type { Random } from '../crypto/random.ts';
import type { Device, Language } from '../store/entities.ts';

/** The three words of a bound device, in the language stored with the binding, so that both screens show the same. */
export const wordsOf = (device: Device): FingerprintWords =>
  fingerprintWords({ sessionJkt: device.sessionThumbprint, approvalJkt: device.approvalThumbprint, nonce: device.fingerprintNonce }, fingerprintLists[device.language], sha256);

/** One draw in thirty has an unfit word; so many in a row only a source of randomness that is none. */
const mostDraws = 32;

/** A nonce, drawn after both keys, whose words can be said aloud. One in thirty is drawn again: a twentieth of a bit of the 33. */
export function drawFingerprintNonce(random: Random, keys: Omit<FingerprintSource, 'nonce'>, language: Language): string {
  for (let draws = 1; ; draws++) {
    const nonce = newNonce(random);
    const words = fingerprintWords({ ...keys, nonce }, fingerprintLists[language], sha256);
    if (draws === mostDraws || !words.some((word) => unfitWords[language].has(word))) return nonce;
  }
}

/** What the wrong rows of the gate are drawn from. */
export const fitWords = (language: Language): readonly string[] => fingerprintLists[language].filter((word) => !unfitWords[language].has(word));
