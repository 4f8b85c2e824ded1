import { createHash, createHmac, hkdfSync } from 'node:crypto';

/** What a suite may ask for besides the question (RFC 6287 §5.1). */
export interface OcraInput {
  /** As the suite names its form: decimal digits (`QN`), text (`QA`) or hexadecimal digits (`QH`). */
  readonly question: string;
  readonly counter?: number;
  /** The password or PIN itself; its hash enters. */
  readonly pin?: string;
  /** Bytes of session information, filled up on the left. */
  readonly session?: Uint8Array;
  /** Number of time steps since 1970. */
  readonly time?: number;
}

/** Of an offline request: eight digits by HMAC-SHA-256 over a challenge of 64 hexadecimal digits. */
export const offlineSuite = 'OCRA-1:HOTP-SHA256-8:QH64';
const questionBytes = 128;

/**
 * The response of a suite such as `OCRA-1:HOTP-SHA1-6:C-QN08-PSHA1` (RFC 6287 §5.2, §6).
 * @throws RangeError for a suite that is none, or when it asks for what is not there
 */
export function ocra(suite: string, key: Uint8Array, input: OcraInput): string {
  const [, hash = '', digits = '', fields = ''] = /^OCRA-1:HOTP-(SHA1|SHA256|SHA512)-([4-9]|10):((?:C-)?Q[ANH]\d\d(?:-PSHA(?:1|256|512))?(?:-S\d{3})?(?:-T\d{1,2}[SMH])?)$/.exec(suite) ?? [];
  if (hash === '') throw new RangeError(`not an OCRA suite: ${suite}`);
  const data = Buffer.concat([Buffer.from(`${suite}\0`, 'latin1'), ...fields.split('-').map((field) => dataOf(field, input))]);
  return truncate(createHmac(hash, key).update(data).digest(), Number(digits));
}

function dataOf(field: string, { question, counter, pin, session, time }: OcraInput): Buffer {
  const missing = () => new RangeError(`the suite asks for ${field}`);
  switch (field[0]) {
    case 'C':
      if (counter === undefined) throw missing();
      return uint64(counter);
    case 'Q':
      return questionOf(field[1], question);
    case 'P':
      if (pin === undefined) throw missing();
      return createHash(field.slice(1)).update(pin, 'utf8').digest();
    case 'S':
      if (session === undefined || session.length > Number(field.slice(1))) throw missing();
      return Buffer.concat([Buffer.alloc(Number(field.slice(1)) - session.length), session]);
    default:
      if (time === undefined) throw missing();
      return uint64(time);
  }
}

/** 128 bytes, filled up with zeros on the right; a number is written in hexadecimal first, from the leftmost half byte on. */
function questionOf(form: string | undefined, question: string): Buffer {
  const hex = form === 'N' ? BigInt(question).toString(16) : form === 'A' ? Buffer.from(question, 'utf8').toString('hex') : question;
  if (hex.length > 2 * questionBytes || !/^[0-9a-f]+$/i.test(hex)) throw new RangeError('not a question of the suite');
  return Buffer.from(hex.padEnd(2 * questionBytes, '0'), 'hex');
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

/** RFC 4226 §5.3. */
function truncate(mac: Buffer, digits: number): string {
  const value = mac.readUInt32BE((mac.at(-1) ?? 0) & 0xf) & 0x7fff_ffff;
  return String(value % 10 ** digits).padStart(digits, '0');
}

/**
 * The eight digits by which a desktop without network answers a request: only approval can be said so.
 * @param seed of the virtual token; the key is derived from it, so that an answer is never a code
 * @param requestCompact the signed request as it stands in the QR; its SHA-256 is the question
 */
export function ocraAnswer(seed: Uint8Array, requestCompact: string): string {
  const key = new Uint8Array(hkdfSync('sha256', seed, new Uint8Array(0), 'vinculo/ocra', 32));
  return ocra(offlineSuite, key, { question: createHash('sha256').update(requestCompact, 'utf8').digest('hex') });
}
