import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { calculateJwkThumbprint, compactDecrypt, compactVerify, CompactSign, exportJWK, generateKeyPair, importJWK } from 'jose';
import { describe, expect, test } from 'vitest';
import vectors from '../../test/vectors/wycheproof/ecdsa_secp256r1_sha256_p1363_test.json' with { type: 'json' };
import type { DeviceId } from '../../shared/domain/ids.ts';
import { accessTokenReader, accessTokenSeconds, issueAccessToken } from './access-token.ts';
import { createSigningKey, exportSigningKey, importSigningKey, signHandover, signWith } from './authority-keys.ts';
import { importPublicKey, isPublicKey, signJws, thumbprintOf, verifyEs256, verifyJws, verifyJwsBy } from './jws.ts';
import { sealSeedFor } from './seed.ts';

const key = createSigningKey();
const publicKey = createPublicKey(key.privateKey);

describe('Wycheproof ECDSA P-256, r ‖ s', () => {
  const cases = vectors.testGroups.flatMap((group) => group.tests.map((entry) => ({ ...entry, publicKey: group.publicKey })));
  /** The coordinates lie in the uncompressed point: 04 ‖ x ‖ y. */
  const jwkOf = (point: string) => ({ kty: 'EC', crv: 'P-256', x: Buffer.from(point.slice(2, 66), 'hex').toString('base64url'), y: Buffer.from(point.slice(66), 'hex').toString('base64url') });
  test('there are 262 cases', () => expect(cases.length).toBe(262));
  test.each(cases)('$tcId $comment: $result', ({ publicKey: { uncompressed }, msg, sig, result }) => {
    const imported = importPublicKey(jwkOf(uncompressed));
    expect(imported).not.toBeNull();
    if (imported !== null) expect(verifyEs256(imported, Buffer.from(msg, 'hex'), new Uint8Array(Buffer.from(sig, 'hex')))).toBe(result === 'valid');
  });
});

describe('jose agrees', () => {
  test('on what we sign', async () => {
    const { payload, protectedHeader } = await compactVerify(signWith(key, 'x+jwt', { a: 'ñ' }), await importJWK({ ...key.publicKey }, 'ES256'));
    expect(JSON.parse(new TextDecoder().decode(payload))).toEqual({ a: 'ñ' });
    expect(protectedHeader).toEqual({ alg: 'ES256', typ: 'x+jwt', kid: key.thumbprint });
  });
  test('on what it signs, and on thumbprints (RFC 7638)', async () => {
    const pair = await generateKeyPair('ES256', { extractable: true });
    const jwk = await exportJWK(pair.publicKey);
    const jws = await new CompactSign(new TextEncoder().encode('{"a":1}')).setProtectedHeader({ alg: 'ES256', typ: 'x+jwt' }).sign(pair.privateKey);
    expect(verifyJwsBy(jws, 'x+jwt', jwk)?.payload).toEqual({ a: 1 });
    expect(isPublicKey(jwk) && thumbprintOf(jwk)).toBe(await calculateJwkThumbprint(jwk));
  });
});

describe('what is not genuine', () => {
  const jws = signJws('x+jwt', { a: 1 }, key.privateKey);
  const [head = '', body = '', tail = ''] = jws.split('.');
  const header = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  test('it verifies to begin with', () => expect(verifyJws(jws, 'x+jwt', publicKey)?.payload).toEqual({ a: 1 }));
  test('any character changed', () => {
    for (let at = 0; at < jws.length; at++) {
      const other = jws[at] === 'A' ? 'B' : 'A';
      expect(verifyJws(jws.slice(0, at) + other + jws.slice(at + 1), 'x+jwt', publicKey)).toBeNull();
    }
  });
  test.each([
    ['another typ asked for', jws, 'y+jwt'],
    ['no signature', `${head}.${body}.`, 'x+jwt'],
    ['two parts', `${head}.${body}`, 'x+jwt'],
    ['four parts', `${jws}.x`, 'x+jwt'],
    ['alg none', `${header({ alg: 'none', typ: 'x+jwt' })}.${body}.`, 'x+jwt'],
    ['alg HS256', `${header({ alg: 'HS256', typ: 'x+jwt' })}.${body}.${tail}`, 'x+jwt'],
    ['padding', `${jws}==`, 'x+jwt'],
    ['empty', '', 'x+jwt'],
  ])('%s', (_, compact, typ) => expect(verifyJws(compact, typ, publicKey)).toBeNull());
  test('a critical header nobody understands (RFC 7515 §4.1.11)', () => {
    expect(verifyJws(signJws('x+jwt', {}, key.privateKey, { crit: ['b64'] } as object), 'x+jwt', publicKey)).toBeNull();
  });
  test('another key', () => expect(verifyJws(jws, 'x+jwt', createPublicKey(createSigningKey().privateKey))).toBeNull());
  test('keys: private members, other curves, points off the curve', () => {
    const { d } = key.privateKey.export({ format: 'jwk' });
    const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey.export({ format: 'jwk' });
    for (const bad of [{ ...key.publicKey, d }, p384, { ...key.publicKey, y: key.publicKey.x }, null, 'x', { ...key.publicKey, x: 'AA' }]) expect(importPublicKey(bad)).toBeNull();
  });
});

test('a signing key survives sealing; a hand-over is signed by the outgoing key', () => {
  const again = importSigningKey(exportSigningKey(key));
  expect(again.thumbprint).toBe(key.thumbprint);
  const next = createSigningKey();
  const handover = signHandover(again, next.publicKey, 'https://a.example', 5_000);
  expect(verifyJws(handover, 'vinculo-handover+jwt', publicKey)?.payload).toEqual({ iss: 'https://a.example', from: key.thumbprint, to: next.publicKey, iat: 5 });
});

describe('access tokens', () => {
  const claims = { issuer: 'https://a.example', deviceId: '7b0e3d5c-0f0a-4b8e-9f5e-000000000001' as DeviceId, jkt: 'J'.repeat(43) };
  const now = 1_700_000_000_000;
  const { token, expiresAt } = issueAccessToken(key, claims, now);
  const reader = accessTokenReader();
  const read = (over: { token?: string; keys?: typeof key[]; issuer?: string; now?: number } = {}) =>
    reader(over.token ?? token, over.keys ?? [createSigningKey(), key], over.issuer ?? claims.issuer, over.now ?? now);
  test('ten minutes, bound to the session key', () => {
    expect(accessTokenSeconds).toBe(600);
    expect(read()).toEqual({ deviceId: claims.deviceId, jkt: claims.jkt, expiresAt });
    expect(read({ now: expiresAt - 1 })).not.toBeNull();
  });
  test('refused: at expiry, of another issuer, by an unknown key, of another typ', () => {
    expect(read({ now: expiresAt })).toBeNull();
    expect(read({ issuer: 'https://b.example' })).toBeNull();
    expect(read({ keys: [createSigningKey()] })).toBeNull();
    // Verified before, and its key is trusted no longer.
    expect(read()).not.toBeNull();
    expect([read({ keys: [createSigningKey()] }), read({ keys: [] }), read({ now: expiresAt }), read({ issuer: 'https://b.example' })]).toEqual([null, null, null, null]);
    expect(read({ token: `${token.slice(0, -1)}${token.endsWith('A') ? 'E' : 'A'}` })).toBeNull();
    expect(read({ token: signWith(key, 'vinculo-request+jwt', { iss: claims.issuer, sub: claims.deviceId, cnf: { jkt: claims.jkt }, exp: 9_999_999_999 }) })).toBeNull();
  });
});

test('the seed opens with the ephemeral key and with no other', async () => {
  const recipient = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = recipient.publicKey.export({ format: 'jwk' });
  const seed = new Uint8Array(randomBytes(32));
  const jwe = await sealSeedFor({ kty: 'EC', crv: 'P-256', x, y }, seed);
  expect(new Uint8Array((await compactDecrypt(jwe, recipient.privateKey)).plaintext)).toEqual(seed);
  await expect(compactDecrypt(jwe, generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey)).rejects.toThrow();
});
