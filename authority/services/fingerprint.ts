import { fingerprintLists } from '../../shared/contract/fingerprint.ts';
import { fingerprintWords, type FingerprintWords } from '../../shared/domain/fingerprint.ts';
import { sha256 } from '../crypto/hash.ts';
import type { Device } from '../store/entities.ts';

/** The three words of a bound device, in the language stored with the binding, so that both screens show the same. */
export const wordsOf = (device: Device): FingerprintWords =>
  fingerprintWords({ sessionJkt: device.sessionThumbprint, approvalJkt: device.approvalThumbprint, nonce: device.fingerprintNonce }, fingerprintLists[device.language], sha256);
