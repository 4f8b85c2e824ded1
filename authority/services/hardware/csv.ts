import { isSeedLongEnough } from '../../crypto/seed.ts';
import { longestFile, longestSeed, type HardwareEntry, type ImportProblem, type ImportReason, type ReadFile } from './entries.ts';
import { readSeed, type SeedEncoding } from './seed-text.ts';

const required = ['serial', 'seed', 'type', 'digits', 'step'] as const;
const optional = ['algorithm', 'counter'] as const;
type Column = (typeof required)[number] | (typeof optional)[number];
type Fields = Readonly<Record<Column, string>>;
const whole = (text: string, most: number): number | null => (/^\d{1,15}$/.test(text) && Number(text) <= most ? Number(text) : null);
const refused = (reason: ImportReason): ReadFile => ({ entries: [], problems: [{ row: '', reason }], skipped: [] });

/**
 * Tokens from a table with a heading: `serial,seed,type,digits,step` and, if wanted, `algorithm,counter`, in any order; comma or
 * semicolon. Fields hold no separator, so quotes mean nothing. Every bad line is named.
 * @param encoding how the seeds are written; null: as all of them can be read, refused when both ways fit
 */
export function readHardwareCsv(text: string, encoding: SeedEncoding | null): ReadFile {
  if (text.length > longestFile) return refused('tooLarge');
  const [heading, ...lines] = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/).map((line, index) => ({ line, number: index + 1 })).filter(({ line }) => line.trim() !== '');
  if (heading === undefined) return refused('empty');
  const separator = heading.line.includes(';') ? ';' : ',';
  const split = (line: string) => line.split(separator).map((field) => field.trim().replace(/^"([^"]*)"$/, '$1'));
  const columns = split(heading.line).map((name) => name.toLowerCase());
  const known: readonly string[] = [...required, ...optional];
  if (new Set(columns).size !== columns.length || required.some((name) => !columns.includes(name)) || columns.some((name) => !known.includes(name))) return refused('header');
  if (lines.length === 0) return refused('noKeys');
  const rows = lines.map(({ line, number }) => ({ number, fields: split(line) }));
  const chosen = encoding ?? encodingOf(rows.map(({ fields }) => fields[columns.indexOf('seed')] ?? ''));
  if (chosen === null) return refused('ambiguousSeeds');
  const read = rows.map(({ number, fields }) => {
    const value = (name: Column) => fields[columns.indexOf(name)] ?? '';
    const named = Object.fromEntries([...required, ...optional].map((name) => [name, value(name)])) as Fields;
    return fields.length === columns.length ? readLine(named, chosen, number) : problem(named, number, 'fields');
  });
  return { entries: read.filter((one) => 'seed' in one), problems: read.filter((one) => 'reason' in one), skipped: [] };
}

/** The one way in which every seed can be read; null when that is both. */
function encodingOf(seeds: readonly string[]): SeedEncoding | null {
  const fits = (encoding: SeedEncoding) => seeds.every((seed) => readSeed(seed, encoding) !== null);
  const [hex, base32] = [fits('hex'), fits('base32')];
  return hex && base32 ? null : base32 ? 'base32' : 'hex';
}

/** Line and serial, never the seed. */
const problem = ({ serial }: Fields, number: number, reason: ImportReason): ImportProblem => ({ row: `${number}${serial === '' ? '' : ` (${serial.slice(0, 64)})`}`, reason });

function readLine(fields: Fields, encoding: SeedEncoding, number: number): HardwareEntry | ImportProblem {
  const refuse = (reason: ImportReason) => problem(fields, number, reason);
  const { serial, digits } = fields;
  const [type, algorithm] = [fields.type.toLowerCase(), fields.algorithm.toLowerCase().replace('-', '') || 'sha1'];
  const seed = readSeed(fields.seed, encoding);
  const step = fields.step === '' && type === 'hotp' ? 30 : whole(fields.step, 3600);
  const counter = fields.counter === '' ? 0 : whole(fields.counter, Number.MAX_SAFE_INTEGER);
  if (!/^[\x21-\x7e]{1,64}$/.test(serial)) return refuse('serial');
  if (seed === null || seed.length > longestSeed) return refuse('seed');
  if (!isSeedLongEnough(seed)) return refuse('seedShort');
  if (type !== 'hotp' && type !== 'totp') return refuse('type');
  if (algorithm !== 'sha1' && algorithm !== 'sha256' && algorithm !== 'sha512') return refuse('algorithm');
  if (digits !== '6' && digits !== '8') return refuse('digits');
  if (step === null || step === 0) return refuse('period');
  if (counter === null || (type === 'totp' && counter !== 0)) return refuse('counter');
  return { serial, seed, type, algorithm, digits: digits === '6' ? 6 : 8, period: step, counter, drift: 0 };
}
