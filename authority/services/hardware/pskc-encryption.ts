import { createDecipheriv, createHmac, pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import { equalSecrets } from '../../crypto/hash.ts';
import { ImportRefused } from './entries.ts';
import { child, childrenOf, textOf, type XmlElement } from './xml.ts';

/** What opens the file: the pre-shared key in hexadecimal or base64, or the password. */
export interface FileSecret { readonly key?: string | undefined; readonly password?: string | undefined }

const derive = promisify(pbkdf2);
/** A file may not keep the authority busy for longer than a second or so. */
export const mostIterations = 2_000_000;
const pbkdf2Names = ['http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#pbkdf2', 'http://www.w3.org/2009/xmlenc11#pbkdf2'];
const ciphers: Readonly<Record<string, { name: string; key: number }>> = Object.fromEntries([128, 192, 256].map((bits) => [`http://www.w3.org/2001/04/xmlenc#aes${bits}-cbc`, { name: `aes-${bits}-cbc`, key: bits / 8 }]));
const macs: Readonly<Record<string, string>> = {
  'http://www.w3.org/2000/09/xmldsig#hmac-sha1': 'sha1',
  'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256': 'sha256', 'http://www.w3.org/2001/04/xmldsig-more#hmac-sha384': 'sha384', 'http://www.w3.org/2001/04/xmldsig-more#hmac-sha512': 'sha512',
};

/** Opens the encrypted values of one file (RFC 6030 §6). */
export interface Opener { open(encrypted: XmlElement, valueMac: XmlElement | undefined): Uint8Array }

/**
 * Null: the file says of no key, so nothing in it may be encrypted.
 * @throws ImportRefused for what cannot be opened, with what is missing or wrong
 */
export async function openerOf(container: XmlElement, secret: FileSecret): Promise<Opener | null> {
  const encryption = child(container, 'EncryptionKey');
  if (encryption === undefined) return null;
  const key = await encryptionKey(encryption, secret);
  const method = child(container, 'MACMethod');
  const hash = method === undefined ? null : macs[method.attributes.get('Algorithm') ?? ''];
  if (hash === undefined) throw new ImportRefused('macUnknown');
  const macKey = child(method, 'MACKey');
  // The one value that nothing protects yet; a wrong one shows as a wrong MAC below (RFC 6030 §6.2).
  const mac = macKey === undefined ? key : decrypt(key, macKey);
  return {
    open(encrypted, valueMac) {
      // CBC without a MAC can be changed at will: refused, and never decrypted before the MAC is right.
      if (hash === null || valueMac === undefined) throw new ImportRefused('macMissing');
      const expected = createHmac(hash, mac).update(cipherValue(encrypted)).digest();
      if (!equalSecrets(expected, base64(textOf(valueMac)))) throw new ImportRefused('macWrong');
      return decrypt(key, encrypted);
    },
  };
}

async function encryptionKey(encryption: XmlElement, secret: FileSecret): Promise<Uint8Array> {
  if (encryption.children.some(({ name }) => name === 'X509Data' || name === 'KeyValue' || name === 'EncryptedKey')) throw new ImportRefused('asymmetric');
  const derived = child(encryption, 'DerivedKey');
  if (derived !== undefined) return derivedKey(derived, secret.password);
  if (secret.key === undefined) throw new ImportRefused('keyMissing');
  const text = secret.key.replace(/\s+/g, '');
  const key = /^([0-9a-f]{2})+$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64');
  if (![16, 24, 32].includes(key.length)) throw new ImportRefused('keyInvalid');
  return key;
}

async function derivedKey(derived: XmlElement, password: string | undefined): Promise<Uint8Array> {
  const method = child(derived, 'KeyDerivationMethod');
  const parameters = child(method, 'PBKDF2-params');
  const prf = child(parameters, 'PRF')?.attributes.get('Algorithm');
  const hash = prf === undefined ? 'sha1' : macs[prf];
  if (parameters === undefined || hash === undefined || !pbkdf2Names.includes(method?.attributes.get('Algorithm') ?? '')) throw new ImportRefused('derivationUnknown');
  const whole = (name: string) => { const text = textOf(child(parameters, name)) ?? ''; return /^\d{1,12}$/.test(text) ? Number(text) : 0; };
  const [iterations, length, salt] = [whole('IterationCount'), whole('KeyLength'), base64(textOf(child(child(parameters, 'Salt'), 'Specified')))];
  if (iterations > mostIterations) throw new ImportRefused('tooManyIterations');
  if (iterations < 1 || ![16, 24, 32].includes(length) || salt.length === 0 || salt.length > 1024) throw new ImportRefused('derivationUnknown');
  const word = password?.replace(/\r?\n$/, '');
  if (word === undefined || word === '') throw new ImportRefused('passwordMissing');
  return derive(word, salt, iterations, length, hash);
}

const cipherValue = (encrypted: XmlElement): Buffer => base64(textOf(child(child(encrypted, 'CipherData'), 'CipherValue')));

/** AES-CBC with the IV in front (XML Encryption §5.2): the last byte says how much is padding. */
function decrypt(key: Uint8Array, encrypted: XmlElement): Uint8Array {
  const cipher = ciphers[childrenOf(encrypted, 'EncryptionMethod')[0]?.attributes.get('Algorithm') ?? ''];
  if (cipher === undefined) throw new ImportRefused('encryptionUnknown');
  if (cipher.key !== key.length) throw new ImportRefused('keyLength');
  const value = cipherValue(encrypted);
  if (value.length < 32 || value.length % 16 !== 0) throw new ImportRefused('cipherBroken');
  const decipher = createDecipheriv(cipher.name, key, value.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(value.subarray(16)), decipher.final()]);
  const padding = padded.at(-1) ?? 0;
  // Of a MAC key under the wrong key: what comes out is noise, and the MAC will say so.
  return padding >= 1 && padding <= 16 ? padded.subarray(0, padded.length - padding) : padded;
}

/** Canonical base64 or nothing: what a lenient reader drops is a damaged file. @returns empty when it is none */
export function base64(text: string | null): Buffer {
  const compact = (text ?? '').replace(/\s+/g, '');
  return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(compact) ? Buffer.from(compact, 'base64') : Buffer.alloc(0);
}
