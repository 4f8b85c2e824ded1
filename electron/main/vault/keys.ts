import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { CompactSign, compactDecrypt } from 'jose';
import { z } from 'zod';
import { base64url, publicJwk, type PublicJwk } from '../../../shared/contract/primitives.ts';
import { jwkThumbprint } from '../../../shared/domain/thumbprint.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

/** Private P-256 key (RFC 7518 §6.2.2). Lives in the keychain item and in main's memory, nowhere else. */
export const privateJwk = z.strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: base64url.length(43), y: base64url.length(43), d: base64url.length(43) });
export type PrivateJwk = z.infer<typeof privateJwk>;

export const publicOf = ({ kty, crv, x, y }: PrivateJwk): PublicJwk => ({ kty, crv, x, y });

/** RFC 7638 thumbprint, SHA-256, base64url. */
export const thumbprint = (key: PublicJwk): string => jwkThumbprint(key, sha256);

/** A new key whose private half is exportable: session and ephemeral keys. */
export function generatePrivateJwk(): PrivateJwk {
  return privateJwk.parse(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }));
}

/** A new approval key. `der` is PKCS#8; the caller wraps and overwrites it. */
export function generateApprovalKey(): { publicKey: PublicJwk; der: Buffer } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { publicKey: publicJwk.parse(publicKey.export({ format: 'jwk' })), der: privateKey.export({ format: 'der', type: 'pkcs8' }) };
}

export const importDer = (der: Buffer): KeyObject => createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
export const importPrivate = (jwk: PrivateJwk): KeyObject => createPrivateKey({ key: jwk, format: 'jwk' });

/** Compact JWS, ES256 (RFC 7515). `typ` says what is signed (RFC 8725 §3.11). */
export function signCompact(key: KeyObject, typ: string, payload: object, header: object = {}): Promise<string> {
  return new CompactSign(Buffer.from(JSON.stringify(payload))).setProtectedHeader({ ...header, alg: 'ES256', typ }).sign(key);
}

/** Opens a JWE to `recipient` (ECDH-ES, A256GCM; RFC 7518 §4.6) and answers the raw plaintext. */
export async function decryptTo(recipient: PrivateJwk, jwe: string): Promise<Buffer> {
  const { plaintext } = await compactDecrypt(jwe, importPrivate(recipient), { keyManagementAlgorithms: ['ECDH-ES'], contentEncryptionAlgorithms: ['A256GCM'] });
  const copy = Buffer.from(plaintext);
  plaintext.fill(0);
  return copy;
}
