import type { KeyObject } from 'node:crypto';
import { compactDecrypt, importJWK } from 'jose';

/** The raw seed, as the device that asked for it reads it. */
export async function decryptSeed(jwe: string, privateKey: KeyObject): Promise<Uint8Array> {
  const key = await importJWK(privateKey.export({ format: 'jwk' }), 'ECDH-ES');
  return (await compactDecrypt(jwe, key)).plaintext;
}
