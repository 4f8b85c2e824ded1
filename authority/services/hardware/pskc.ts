import { isSeedLongEnough } from '../../crypto/seed.ts';
import { ImportRefused, longestSeed, type HardwareEntry, type ImportProblem, type ImportReason, type ReadFile } from './entries.ts';
import { base64, openerOf, type FileSecret, type Opener } from './pskc-encryption.ts';
import { child, childrenOf, readXml, textOf, type XmlElement } from './xml.ts';

const pskc = 'urn:ietf:params:xml:ns:keyprov:pskc';
const types = { [`${pskc}:hotp`]: 'hotp', [`${pskc}:totp`]: 'totp' } as const;
const suites: Readonly<Record<string, HardwareEntry['algorithm']>> = { 'HMAC-SHA1': 'sha1', 'HMAC-SHA256': 'sha256', 'HMAC-SHA512': 'sha512' };
const knownPolicies = ['StartDate', 'ExpiryDate', 'PINPolicy', 'KeyUsage'];
const mostDrift = 10;

/**
 * The tokens of a PSKC container (RFC 6030): in clear, under a pre-shared key, or under a password by PBKDF2. Nothing of a file is
 * believed that its MAC does not cover where it is encrypted.
 * @param now milliseconds: keys whose time is over, or has not come, are refused
 */
export async function readPskc(text: string, secret: FileSecret, now: number): Promise<ReadFile> {
  try {
    const container = readXml(text);
    if (container.namespace !== pskc || container.name !== 'KeyContainer') throw new ImportRefused('notPskc');
    if (container.attributes.get('Version') !== '1.0') throw new ImportRefused('version');
    const packages = childrenOf(container, 'KeyPackage');
    if (packages.length === 0) throw new ImportRefused('noKeys');
    const opener = await openerOf(container, secret);
    return sorted(packages.map((one, index) => readPackage(one, index, opener, now)));
  } catch (error) {
    if (!(error instanceof ImportRefused)) throw error;
    return { entries: [], problems: [{ row: '', reason: error.reason }], skipped: [] };
  }
}

type Read = { readonly entry: HardwareEntry } | { readonly problem: ImportProblem } | { readonly skipped: ImportProblem };

function sorted(read: readonly Read[]): ReadFile {
  return {
    entries: read.flatMap((one) => ('entry' in one ? [one.entry] : [])),
    problems: read.flatMap((one) => ('problem' in one ? [one.problem] : [])),
    skipped: read.flatMap((one) => ('skipped' in one ? [one.skipped] : [])),
  };
}

function readPackage(of: XmlElement, index: number, opener: Opener | null, now: number): Read {
  const key = child(of, 'Key');
  const serial = textOf(child(child(of, 'DeviceInfo'), 'SerialNo')) || (key?.attributes.get('Id') ?? '');
  const row = serial === '' ? `#${index + 1}` : serial;
  const algorithm = key?.attributes.get('Algorithm') ?? '';
  if (algorithm === `${pskc}:pin`) return { skipped: { row: `${row} (${key?.attributes.get('Id') ?? ''})`, reason: 'notOtp' } };
  try {
    return { entry: readKey(of, key, serial, opener, now) };
  } catch (error) {
    if (!(error instanceof ImportRefused)) throw error;
    return { problem: { row, reason: error.reason } };
  }
}

const refuse = (reason: ImportReason): never => { throw new ImportRefused(reason); };

function readKey(of: XmlElement, key: XmlElement | undefined, serial: string, opener: Opener | null, now: number): HardwareEntry {
  if (!/^[\x21-\x7e]{1,64}$/.test(serial)) return refuse('serial');
  const type = types[(key?.attributes.get('Algorithm') ?? '') as keyof typeof types] as HardwareEntry['type'] | undefined;
  if (key === undefined || type === undefined) return refuse('type');
  checkPolicy(of, key, now);
  const parameters = child(key, 'AlgorithmParameters');
  const data = child(key, 'Data');
  const seed = seedOf(key, data, opener);
  return {
    serial, type, seed, ...formatOf(parameters),
    period: whole(data, 'TimeInterval', 30, 'period', 1, 3600),
    counter: type === 'hotp' ? whole(data, 'Counter', 0, 'counter', 0, Number.MAX_SAFE_INTEGER) : 0,
    drift: type === 'totp' ? whole(data, 'TimeDrift', 0, 'drift', -mostDrift, mostDrift) : 0,
  };
}

/** How long the codes are and by which hash (RFC 6030 §4.3.4). */
function formatOf(parameters: XmlElement | undefined): Pick<HardwareEntry, 'digits' | 'algorithm'> {
  const format = child(parameters, 'ResponseFormat');
  const length = Number(format?.attributes.get('Length') ?? 6);
  if ((length !== 6 && length !== 8) || (format?.attributes.get('Encoding') ?? 'DECIMAL') !== 'DECIMAL' || (format?.attributes.get('CheckDigits') ?? 'false') !== 'false') return refuse('digits');
  return { digits: length, algorithm: suites[textOf(child(parameters, 'Suite')) ?? 'HMAC-SHA1'] ?? refuse('algorithm') };
}

function seedOf(key: XmlElement, data: XmlElement | undefined, opener: Opener | null): Uint8Array {
  const secret = child(data, 'Secret');
  if (secret === undefined) return refuse(child(key, 'KeyReference') === undefined ? 'noSecret' : 'keyByReference');
  const plain = child(secret, 'PlainValue');
  const encrypted = child(secret, 'EncryptedValue');
  if (encrypted !== undefined && opener === null) return refuse('keyMissing');
  const seed = encrypted !== undefined && opener !== null ? opener.open(encrypted, child(secret, 'ValueMAC')) : base64(textOf(plain));
  if (seed.length === 0) return refuse(plain === undefined && encrypted === undefined ? 'noSecret' : 'seed');
  if (seed.length > longestSeed) return refuse('seed');
  return isSeedLongEnough(seed) ? new Uint8Array(seed) : refuse('seedShort');
}

/** A whole number in clear; an encrypted one is not looked for. */
function whole(data: XmlElement | undefined, name: string, preset: number, reason: ImportReason, least: number, most: number): number {
  const element = child(data, name);
  if (element === undefined) return preset;
  const text = textOf(child(element, 'PlainValue')) ?? '';
  const value = /^-?\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : refuse(reason);
}

/** A key with a policy that is not understood must not be used (RFC 6030 §5). */
function checkPolicy(of: XmlElement, key: XmlElement, now: number): void {
  const policy = child(key, 'Policy');
  if (policy?.children.some(({ name }) => !knownPolicies.includes(name)) === true) refuse('policy');
  for (const dated of [child(of, 'DeviceInfo'), policy]) {
    const [start, end] = ['StartDate', 'ExpiryDate'].map((name) => { const text = textOf(child(dated, name)); return text === null ? null : Date.parse(text); });
    if (Number.isNaN(start ?? 0) || Number.isNaN(end ?? 0)) refuse('policy');
    if (start !== null && start !== undefined && start > now) refuse('notYetValid');
    if (end !== null && end !== undefined && end <= now) refuse('expired');
  }
  const pin = child(policy, 'PINPolicy');
  if (pin !== undefined && (pin.attributes.get('PINUsageMode') ?? 'Local') !== 'Local') refuse('pinInCode');
  const usages = childrenOf(policy, 'KeyUsage').map(textOf);
  if (usages.length > 0 && !usages.includes('OTP')) refuse('usage');
}
