import { createCipheriv, createDecipheriv } from 'node:crypto';
import { VinculoError } from '../../../shared/contract/errors.ts';

const tagLength = 16;

/**
 * AES-256-GCM with the account's id as additional data, so that a wrap moved to another account opens nothing.
 * @param iv 12 bytes, never used twice with one key
 * @returns ciphertext ‖ tag
 */
export function seal(key: Buffer, iv: Buffer, plaintext: Buffer, account: string): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(Buffer.from(account));
  return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** @throws VAULT_DAMAGED when the key, the account or a single bit is not the sealed one's */
export function open(key: Buffer, iv: Buffer, sealed: Buffer, account: string): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagLength });
    decipher.setAAD(Buffer.from(account));
    decipher.setAuthTag(sealed.subarray(-tagLength));
    return Buffer.concat([decipher.update(sealed.subarray(0, -tagLength)), decipher.final()]);
  } catch (cause) {
    throw new VinculoError('VAULT_DAMAGED', {}, { cause });
  }
}
