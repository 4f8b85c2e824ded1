import { expect, test } from 'vitest';
import { readHardwareCsv } from './csv.ts';
import { longestFile } from './entries.ts';
import { readSeed } from './seed-text.ts';

const hex = '3132333435363738393031323334353637383930';
const base32 = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const heading = 'serial,seed,type,digits,step';
const reasons = (text: string) => readHardwareCsv(text, null).problems;

test('hexadecimal and base32, comma and semicolon, any order, algorithm and counter', () => {
  const twenty = readSeed(hex, 'hex');
  expect(readHardwareCsv(`${heading}\nA-1,${hex},totp,6,30\nA-2,${hex.toUpperCase()},HOTP,8,\n`, null)).toMatchObject({
    problems: [], entries: [{ serial: 'A-1', seed: twenty, type: 'totp', digits: 6, period: 30, algorithm: 'sha1', counter: 0, drift: 0 }, { serial: 'A-2', seed: twenty, type: 'hotp', digits: 8, period: 30 }],
  });
  expect(readHardwareCsv(`\uFEFFtype;serial;step;digits;seed;algorithm;counter\r\nhotp;"B-1";30;6;${base32};SHA-256;17\r\n\r\n`, null)).toMatchObject({ problems: [], entries: [{ serial: 'B-1', seed: twenty, algorithm: 'sha256', counter: 17 }] });
});

test('seeds that can be read both ways are refused unless it is said which', () => {
  const both = `${heading}\nA-1,${'A2B3C4D5'.repeat(4)},totp,6,30`;
  expect(reasons(both)).toEqual([{ row: '', reason: 'ambiguousSeeds' }]);
  expect(readHardwareCsv(both, 'hex').entries[0]?.seed).toHaveLength(16);
  expect(readHardwareCsv(both, 'base32').entries[0]?.seed).toHaveLength(20);
});

test('S26: every bad line with its reason, by its number in the file', () => {
  const lines = [
    `,${hex},totp,6,30`, `A 2,${hex},totp,6,30`, `A-3,zz,totp,6,30`, `A-4,${hex.slice(0, 30)},totp,6,30`, `A-5,${hex},ocra,6,30`, `A-6,${hex},totp,7,30`, `A-7,${hex},totp,6,0`, `A-8,${hex},totp,6,treinta`, `A-9,${hex},totp,6`, `A-10,${hex},totp,6,30,extra`, `A-11,${hex},totp,6,30`,
  ];
  const read = readHardwareCsv([heading, ...lines].join('\n'), 'hex');
  expect(read.problems).toEqual([
    { row: '2', reason: 'serial' }, { row: '3 (A 2)', reason: 'serial' }, { row: '4 (A-3)', reason: 'seed' }, { row: '5 (A-4)', reason: 'seedShort' }, { row: '6 (A-5)', reason: 'type' }, { row: '7 (A-6)', reason: 'digits' },
    { row: '8 (A-7)', reason: 'period' }, { row: '9 (A-8)', reason: 'period' }, { row: '10 (A-9)', reason: 'fields' }, { row: '11 (A-10)', reason: 'fields' },
  ]);
  expect(JSON.stringify(read.problems)).not.toContain(hex.slice(0, 30));
});

test.each([['', 'empty'], [' \n\n', 'empty'], [heading, 'noKeys'], ['serial,seed,type,digits\nA', 'header'], [`${heading},price\nA`, 'header'], [`${heading},serial\nA`, 'header'], [`A-1,${hex},totp,6,30`, 'header']])('%j: %s', (text, reason) => {
  expect(reasons(text)).toEqual([{ row: '', reason }]);
});
test('a file of more than 4 MiB is not read', () => {
  expect(reasons(' '.repeat(longestFile + 1))).toEqual([{ row: '', reason: 'tooLarge' }]);
});
