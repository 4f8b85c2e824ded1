import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createSigningKey } from './authority-keys.ts';
import { verifyDpop, type DpopExpectation } from './dpop.ts';
import { dpopNonces } from './dpop-nonce.ts';
import { hashText } from './hash.ts';
import { signJws } from './jws.ts';

const key = createSigningKey();
const other = createSigningKey();
const now = 1_700_000_000_000;
const seconds = now / 1000;
const nonces = dpopNonces(new Uint8Array(32).fill(1));
const uri = 'https://vinculo.example/device/state';

interface Proof { typ?: string; header?: object; claims?: Record<string, unknown>; signer?: typeof key }
const proof = ({ typ = 'dpop+jwt', header = {}, claims = {}, signer = key }: Proof = {}) =>
  signJws(typ, { htm: 'GET', htu: uri, iat: seconds, jti: 'j'.repeat(22), ath: hashText('token'), nonce: nonces.current(now), ...claims }, signer.privateKey, { jwk: key.publicKey, ...header });
const check = (given: string | undefined, expected: Partial<DpopExpectation> = {}) =>
  verifyDpop(given, { method: 'GET', uri, accessToken: 'token', jkt: key.thumbprint, nonce: 'required', now, ...expected }, nonces);

test('S12: a right proof is accepted, and names itself for single use', () => {
  expect(check(proof())).toEqual({ ok: true, jkt: key.thumbprint, proofId: hashText(`${key.thumbprint}.${'j'.repeat(22)}`), proofExpiresAt: now + 61_000 });
  expect(check(proof({ claims: { htu: `${uri}?a=1#b` } }))).toMatchObject({ ok: true });
  expect(check(proof({ claims: { nonce: undefined } }), { nonce: 'optional' })).toMatchObject({ ok: true });
  expect(check(proof({ claims: { iat: seconds - 60 } }))).toMatchObject({ ok: true });
});

describe('S12: each one wrong', () => {
  const { d } = key.privateKey.export({ format: 'jwk' });
  const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey.export({ format: 'jwk' });
  test.each<[string, string | undefined, string, Partial<DpopExpectation>?]>([
    ['no proof', undefined, 'malformed'],
    ['not a JWS', 'x', 'malformed'],
    ['two proofs in one header', `${proof()}, ${proof()}`, 'malformed'],
    ['overlong', proof({ claims: { pad: 'x'.repeat(5000) } }), 'malformed'],
    ['typ', proof({ typ: 'jwt' }), 'malformed'],
    ['no key', proof({ header: { jwk: undefined } }), 'key'],
    ['a private key in the header', proof({ header: { jwk: { ...key.publicKey, d } } }), 'key'],
    ['another curve', proof({ header: { jwk: p384 } }), 'key'],
    ['key of another device', proof({ header: { jwk: other.publicKey }, signer: other }), 'key'],
    ['signed by another key', proof({ signer: other }), 'signature'],
    ['method', proof({ claims: { htm: 'POST' } }), 'method'],
    ['method in small letters', proof({ claims: { htm: 'get' } }), 'method'],
    ['path', proof({ claims: { htu: `${uri}/x` } }), 'uri'],
    ['host', proof({ claims: { htu: 'https://evil.example/device/state' } }), 'uri'],
    ['scheme', proof({ claims: { htu: uri.replace('https', 'http') } }), 'uri'],
    ['uri that is none', proof({ claims: { htu: 'device/state' } }), 'uri'],
    ['too old', proof({ claims: { iat: seconds - 61 } }), 'age'],
    ['too new', proof({ claims: { iat: seconds + 61 } }), 'age'],
    ['no time', proof({ claims: { iat: undefined } }), 'age'],
    ['time that is no number', proof({ claims: { iat: 'NaN' } }), 'age'],
    ['no id', proof({ claims: { jti: undefined } }), 'id'],
    ['short id', proof({ claims: { jti: 'x' } }), 'id'],
    ['endless id', proof({ claims: { jti: 'x'.repeat(200) } }), 'id'],
    ['hash of another token', proof({ claims: { ath: hashText('other') } }), 'token'],
    ['no hash of the token', proof({ claims: { ath: undefined } }), 'token'],
    ['a token hash where there is no token', proof(), 'token', { accessToken: undefined as never }],
    ['no nonce', proof({ claims: { nonce: undefined } }), 'nonce'],
    ['a made-up nonce', proof({ claims: { nonce: 'x'.repeat(24) } }), 'nonce'],
    ['a made-up nonce where none is required', proof({ claims: { nonce: 'x'.repeat(24) } }), 'nonce', { nonce: 'optional' }],
    ['an old nonce', proof({ claims: { nonce: nonces.current(now - 600_000) } }), 'nonce'],
  ])('%s', (_, given, reason, expected) => expect(check(given, expected)).toEqual({ ok: false, reason }));
});

test('S12: a nonce lives five to ten minutes and belongs to one authority', () => {
  const nonce = nonces.current(now);
  const until = (at: number) => nonces.isFresh(nonce, at);
  expect([until(now), until(now + 300_000), until(now + 600_000), until(now - 300_000)]).toEqual([true, true, false, false]);
  expect(dpopNonces(new Uint8Array(32).fill(2)).isFresh(nonce, now)).toBe(false);
});
