import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { jwsType } from '../../shared/domain/jws-types.ts';
import { signJws, thumbprintOf, type PublicKey } from './jws.ts';

/** A key of the authority as it can sign. */
export interface SigningKey { readonly thumbprint: string; readonly publicKey: PublicKey; readonly privateKey: KeyObject }

export function createSigningKey(): SigningKey {
  return signingKey(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
}

/** PKCS#8 DER, to be sealed at once. */
export const exportSigningKey = (key: SigningKey): Uint8Array => new Uint8Array(key.privateKey.export({ type: 'pkcs8', format: 'der' }));
export const importSigningKey = (pkcs8: Uint8Array): SigningKey => signingKey(createPrivateKey({ key: Buffer.from(pkcs8), type: 'pkcs8', format: 'der' }));

function signingKey(privateKey: KeyObject): SigningKey {
  const { x = '', y = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  const publicKey: PublicKey = { kty: 'EC', crv: 'P-256', x, y };
  return { thumbprint: thumbprintOf(publicKey), publicKey, privateKey };
}

/** `kid` names the key by its thumbprint, so that whoever verifies finds it in the chain he has pinned. */
export function signWith(key: SigningKey, typ: string, payload: unknown): string {
  // A request names no key: the QR that holds it has no room to spare (protocol: QR), and there are few keys to try.
  return signJws(typ, payload, key.privateKey, typ === jwsType.request ? {} : { kid: key.thumbprint });
}

/** By the outgoing key: the incoming one. @param now milliseconds */
export function signHandover(outgoing: SigningKey, incoming: PublicKey, issuer: string, now: number): string {
  return signWith(outgoing, jwsType.handover, { iss: issuer, from: outgoing.thumbprint, to: incoming, iat: Math.floor(now / 1000) });
}
