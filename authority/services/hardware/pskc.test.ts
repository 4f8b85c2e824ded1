import { createCipheriv, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hotp } from '../../crypto/otp.ts';
import { longestFile } from './entries.ts';
import { readPskc } from './pskc.ts';
import { mostIterations, type FileSecret } from './pskc-encryption.ts';

const figure = (n: number) => readFileSync(join(import.meta.dirname, '..', '..', '..', 'test', 'vectors', 'pskc-rfc6030', `figure${n}.pskcxml`), 'utf8');
const now = Date.UTC(2026, 0, 5);
const then = Date.UTC(2006, 4, 15);
const twenty = new TextEncoder().encode('12345678901234567890');
const preShared = { key: '12345678901234567890123456789012' };
const password = { password: 'qwerty' };
const refusedAs = async (text: string, secret: FileSecret = {}, at = now) => (await readPskc(text, secret, at)).problems.map(({ reason }) => reason);
const container = (inside: string, attributes = 'Version="1.0"') => `<KeyContainer xmlns="urn:ietf:params:xml:ns:keyprov:pskc" ${attributes}>${inside}</KeyContainer>`;
const key = (change: { serial?: string; algorithm?: string; data?: string; parameters?: string; policy?: string; secret?: string } = {}) => container(`<KeyPackage><DeviceInfo><SerialNo>${change.serial ?? 'A-1'}</SerialNo></DeviceInfo>
  <Key Id="k" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:${change.algorithm ?? 'totp'}">${change.parameters ?? ''}<Data>${change.secret ?? `<Secret><PlainValue>${Buffer.from(twenty).toString('base64')}</PlainValue></Secret>`}${change.data ?? ''}</Data>${change.policy ?? ''}</Key></KeyPackage>`);

describe('S1: the figures of RFC 6030', () => {
  test.each([[3, {}], [5, {}], [6, preShared], [7, password], [9, {}]] as const)('figure %i: the secret of twenty bytes', async (n, secret) => {
    const { entries, problems } = await readPskc(figure(n), secret, now);
    expect(problems).toEqual([]);
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ type: 'hotp', algorithm: 'sha1', counter: 0 });
    expect(entries[0]?.seed).toEqual(twenty);
  });
  test('its first code is that of RFC 4226', async () => {
    const [entry] = (await readPskc(figure(6), preShared, now)).entries;
    expect(entry?.digits).toBe(8);
    expect(hotp({ seed: entry?.seed ?? twenty, algorithm: 'sha1', digits: 6 }, 0)).toBe('755224');
  });
  test('figure 5: the PIN beside the token is no token and is said so', async () => {
    expect((await readPskc(figure(5), {}, now)).skipped).toEqual([{ row: '987654321 (123456781)', reason: 'notOtp' }]);
  });
  test('figure 10: several, in the months in which they were valid', async () => {
    const { entries, problems } = await readPskc(figure(10), {}, then);
    expect(entries.map(({ serial, seed }) => [serial, seed])).toEqual([['654321', twenty], ['123456', twenty]]);
    expect(problems).toEqual([{ row: '9999999', reason: 'expired' }, { row: '9999999', reason: 'expired' }]);
  });
});

describe('S26: the published files that must not be imported, each with its reason', () => {
  test.each([[2, 'seedShort'], [4, 'keyByReference'], [8, 'asymmetric']] as const)('figure %i: %s', async (n, reason) => {
    const read = await readPskc(figure(n), {}, now);
    expect(read.entries).toEqual([]);
    expect(read.problems.map((problem) => problem.reason)).toEqual([reason]);
  });
  test('figure 10: expired in 2006, all four', async () => {
    expect(await readPskc(figure(10), {}, now)).toMatchObject({ entries: [], problems: ['654321', '123456', '9999999', '9999999'].map((row) => ({ row, reason: 'expired' })) });
  });
  test('figure 6 without its key, with another, or with one of a wrong length', async () => {
    expect(await refusedAs(figure(6))).toEqual(['keyMissing']);
    expect(await refusedAs(figure(6), { key: '00'.repeat(16) })).toEqual(['macWrong']);
    expect(await refusedAs(figure(6), { key: '00'.repeat(32) })).toEqual(['keyLength']);
    expect(await refusedAs(figure(6), { key: 'abc' })).toEqual(['keyInvalid']);
  });
  test('figure 7 without its password, or with another', async () => {
    expect(await refusedAs(figure(7))).toEqual(['passwordMissing']);
    expect(await refusedAs(figure(7), { password: 'qwertz' })).toEqual(['macWrong']);
  });
  test('any byte of the encrypted value or its MAC', async () => {
    const value = 'AAECAwQFBgcICQoLDA0OD+cIHItlB3Wra1DUpxVvOx2lef1VmNPCMl8jwZqIUqGv';
    const mac = 'Su+NvtQfmvfJzF6bmQiJqoLRExc=';
    for (const part of [value, mac]) {
      const bytes = Buffer.from(part, 'base64');
      for (const [at, byte] of bytes.entries()) {
        const changed = Buffer.from(bytes).fill(byte ^ 1, at, at + 1).toString('base64');
        expect([at, await refusedAs(figure(6).replace(part, changed), preShared)]).toEqual([at, ['macWrong']]);
      }
    }
  });
  test('the MAC comes first: of a value that cannot even be decrypted it is the MAC that is wrong', async () => {
    expect(await refusedAs(figure(6).replace('AAECAwQFBgcICQoLDA0OD+cIHItlB3Wra1DUpxVvOx2lef1VmNPCMl8jwZqIUqGv', 'AAECAwQF'), preShared)).toEqual(['macWrong']);
  });
  test('without a MAC nothing is decrypted at all', async () => {
    expect(await refusedAs(figure(6).replace(/<ValueMAC>[\s\S]*?<\/ValueMAC>/, ''), preShared)).toEqual(['macMissing']);
    expect(await refusedAs(figure(6).replace(/<MACMethod[\s\S]*?<\/MACMethod>/, ''), preShared)).toEqual(['macMissing']);
    expect(await refusedAs(figure(6).replace('xmldsig#hmac-sha1', 'xmldsig#hmac-md5'), preShared)).toEqual(['macUnknown']);
  });
  test.each([
    ['<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;"><!ENTITY lol9 "&lol2;&lol2;&lol2;">]><lolz>&lol9;</lolz>', 'doctype'],
    ['<?xml version="1.0"?><!DOCTYPE foo [<!ELEMENT foo ANY><!ENTITY xxe SYSTEM "file:///etc/passwd">]><foo>&xxe;</foo>', 'doctype'],
    ['<?xml version="1.0"?><!DOCTYPE foo [<!ENTITY % remote SYSTEM "http://127.0.0.1:9/x.dtd"> %remote;]><foo/>', 'doctype'],
    ['<?xml version="1.0"?><!DOCTYPE KeyContainer PUBLIC "-//x" "http://127.0.0.1:9/x.dtd"><KeyContainer/>', 'doctype'],
  ])('entity bombs and external entities (OWASP): %#', async (text, reason) => {
    expect(await refusedAs(text)).toEqual([reason]);
  });
  test('the iterations of PBKDF2 are capped', async () => {
    expect(await refusedAs(figure(7).replace('>1000<', `>${mostIterations + 1}<`), password)).toEqual(['tooManyIterations']);
    expect(await refusedAs(figure(7).replace('>1000<', '>999999999999<'), password)).toEqual(['tooManyIterations']);
    for (const wrong of ['0', '-5', '1e3', '']) expect(await refusedAs(figure(7).replace('>1000<', `>${wrong}<`), password)).toEqual(['derivationUnknown']);
    expect(await refusedAs(figure(7).replace('<KeyLength>16<', '<KeyLength>4000000000<'), password)).toEqual(['derivationUnknown']);
  });
});

test.each([
  ['', 'notXml'], ['serial,seed', 'notXml'], ['<KeyContainer', 'notXml'], ['<a><b></a></b>', 'notXml'], ['<a>&nbsp;</a>', 'notXml'], ['<a/><a/>', 'notXml'], [`${'<a>'.repeat(40)}${'</a>'.repeat(40)}`, 'notXml'],
  ['<KeyContainer Version="1.0"/>', 'notPskc'], ['<KeyContainer Version="1.0" xmlns="urn:other"/>', 'notPskc'], [container(''), 'noKeys'], [container('', 'Version="2.0"'), 'version'], [container('', ''), 'version'],
])('%j: %s', async (text, reason) => {
  expect(await refusedAs(text)).toEqual([reason]);
});
test('a file of more than 4 MiB is not read', async () => {
  expect(await refusedAs(`<a>${' '.repeat(longestFile)}</a>`)).toEqual(['tooLarge']);
});

test('TOTP: what it says of its codes, or what RFC 6030 presumes', async () => {
  expect((await readPskc(key(), {}, now)).entries).toMatchObject([{ type: 'totp', digits: 6, period: 30, algorithm: 'sha1', drift: 0 }]);
  const full = key({ parameters: '<AlgorithmParameters><Suite>HMAC-SHA256</Suite><ResponseFormat Length="8" Encoding="DECIMAL"/></AlgorithmParameters>', data: '<TimeInterval><PlainValue>60</PlainValue></TimeInterval><TimeDrift><PlainValue>-4</PlainValue></TimeDrift>' });
  expect((await readPskc(full, {}, now)).entries).toMatchObject([{ digits: 8, period: 60, algorithm: 'sha256', drift: -4 }]);
});

test.each([
  [{ secret: '' }, 'noSecret'], [{ secret: '<Secret/>' }, 'noSecret'], [{ secret: '<Secret><PlainValue>***</PlainValue></Secret>' }, 'seed'], [{ secret: '<Secret><PlainValue>MTIzNDU2Nzg5MDEyMzQ1</PlainValue></Secret>' }, 'seedShort'],
  [{ secret: `<Secret><PlainValue>${'A'.repeat(400)}</PlainValue></Secret>` }, 'seed'], [{ algorithm: 'ocra' }, 'type'], [{ serial: '' , algorithm: 'x' }, 'type'], [{ serial: 'con espacio' }, 'serial'],
  [{ parameters: '<AlgorithmParameters><ResponseFormat Length="7" Encoding="DECIMAL"/></AlgorithmParameters>' }, 'digits'], [{ parameters: '<AlgorithmParameters><ResponseFormat Length="6" Encoding="HEXADECIMAL"/></AlgorithmParameters>' }, 'digits'],
  [{ parameters: '<AlgorithmParameters><Suite>HMAC-MD5</Suite></AlgorithmParameters>' }, 'algorithm'], [{ data: '<TimeInterval><PlainValue>0</PlainValue></TimeInterval>' }, 'period'], [{ data: '<TimeDrift><PlainValue>11</PlainValue></TimeDrift>' }, 'drift'],
  [{ algorithm: 'hotp', data: '<Counter><PlainValue>-1</PlainValue></Counter>' }, 'counter'], [{ algorithm: 'hotp', data: '<Counter><EncryptedValue/></Counter>' }, 'counter'],
  [{ policy: '<Policy><NumberOfTransactions>5</NumberOfTransactions></Policy>' }, 'policy'], [{ policy: '<Policy><ExpiryDate>mañana</ExpiryDate></Policy>' }, 'policy'], [{ policy: '<Policy><StartDate>2030-01-01T00:00:00Z</StartDate></Policy>' }, 'notYetValid'],
  [{ policy: '<Policy><KeyUsage>CR</KeyUsage></Policy>' }, 'usage'], [{ policy: '<Policy><PINPolicy PINUsageMode="Append"/></Policy>' }, 'pinInCode'],
])('a key with %j: %s', async (change, reason) => {
  expect(await refusedAs(key(change))).toEqual([reason]);
});

test('the other ciphers and hashes, written by other code: AES-256 under PBKDF2-SHA512, MAC by SHA-256, the MAC key left to the encryption key', async () => {
  const [salt, iv, seed] = [randomBytes(16), randomBytes(16), randomBytes(32)];
  const derived = pbkdf2Sync('clave larga', salt, 5000, 32, 'sha512');
  const cipher = createCipheriv('aes-256-cbc', derived, iv);
  const value = Buffer.concat([iv, cipher.update(seed), cipher.final()]);
  const mac = createHmac('sha256', derived).update(value).digest('base64');
  const text = container(`<EncryptionKey><x:DerivedKey xmlns:x="http://www.w3.org/2009/xmlenc11#"><x:KeyDerivationMethod Algorithm="http://www.w3.org/2009/xmlenc11#pbkdf2"><x:PBKDF2-params>
      <x:Salt><x:Specified>${salt.toString('base64')}</x:Specified></x:Salt><x:IterationCount>5000</x:IterationCount><x:KeyLength>32</x:KeyLength><x:PRF Algorithm="http://www.w3.org/2001/04/xmldsig-more#hmac-sha512"/></x:PBKDF2-params></x:KeyDerivationMethod></x:DerivedKey></EncryptionKey>
    <MACMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"/>
    <KeyPackage><Key Id="T-9" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:totp"><Data><Secret><EncryptedValue xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes256-cbc"/><e:CipherData><e:CipherValue>${value.toString('base64')}</e:CipherValue></e:CipherData></EncryptedValue><ValueMAC>${mac}</ValueMAC></Secret></Data></Key></KeyPackage>`);
  const read = await readPskc(text, { password: 'clave larga\n' }, now);
  expect(read.problems).toEqual([]);
  expect(read.entries[0]).toMatchObject({ serial: 'T-9', type: 'totp' });
  expect(Buffer.from(read.entries[0]?.seed ?? []).equals(seed)).toBe(true);
});
