import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { by, codeOf } from '../../../test/support/authority-world.ts';
import { useWorld } from '../../../test/support/use-world.ts';
import { hotp, totp } from '../../crypto/otp.ts';
import type { HardwareFile } from './hardware-import.ts';

const used = useWorld();
const figure = (n: number) => readFileSync(join(import.meta.dirname, '..', '..', '..', 'test', 'vectors', 'pskc-rfc6030', `figure${n}.pskcxml`), 'utf8');
const hex = '3132333435363738393031323334353637383930';
const seed = new TextEncoder().encode('12345678901234567890');
const heading = 'serial,seed,type,digits,step';
const hardware = () => used.world.services.issuer.hardware;
const file = (change: Partial<HardwareFile>): HardwareFile => ({ company: used.world.company.name, format: 'csv', text: '', secret: {}, encoding: null, ...change });
const import_ = (change: Partial<HardwareFile>) => hardware().import(file(change), by);
const serials = async () => (await hardware().list(used.world.company.name)).map(({ serial }) => serial);

test('a table and an encrypted PSKC file: kept sealed, on, listed by serial, in the audit trail', async () => {
  expect(await import_({ text: `${heading}\nB-2,${hex},totp,6,30\nB-1,${hex},hotp,6,30` })).toMatchObject({ problems: [], imported: [{ serial: 'B-2' }, { serial: 'B-1' }] });
  expect(await import_({ format: 'pskc', text: figure(6), secret: { key: '12345678901234567890123456789012' } })).toMatchObject({ problems: [] });
  expect(await serials()).toEqual(['987654321', 'B-1', 'B-2']);
  const [token] = await hardware().list(used.world.company.id);
  expect(token).toMatchObject({ state: 'on', userId: null, digits: 8, counter: 0 });
  expect(Buffer.from(token?.sealed ?? []).includes(Buffer.from(seed))).toBe(false);
  const trail = await used.world.store.read.auditRange(used.world.company.id, 1, 1000);
  expect(trail.filter(({ event }) => event === 'hardware.add')).toHaveLength(3);
  expect(JSON.stringify(trail)).not.toContain(hex);
});

test('an imported token lets its person in', async () => {
  const user = await used.world.person('luis');
  await import_({ text: `${heading}\nB-1,${hex},hotp,6,30` });
  await hardware().give('B-1', 'luis', by);
  expect(await used.world.services.codes.check({ user, company: used.world.company, code: '755224', purpose: 'login' })).toEqual({ accepted: true, method: 'hardware' });
});

test('S26: all or nothing: one bad line, one serial twice, one in use, and none is kept', async () => {
  await import_({ text: `${heading}\nB-1,${hex},totp,6,30` });
  expect(await import_({ text: `${heading}\nC-1,${hex},totp,6,30\nC-2,abcd,totp,6,30` })).toEqual({ imported: [], skipped: [], problems: [{ row: '3 (C-2)', reason: 'seedShort' }] });
  expect(await import_({ text: `${heading}\nC-1,${hex},totp,6,30\nC-1,${hex},totp,6,30` })).toMatchObject({ imported: [], problems: [{ row: 'C-1', reason: 'serialTwice' }] });
  expect(await import_({ text: `${heading}\nC-1,${hex},totp,6,30\nB-1,${hex},totp,6,30\nC-2,${hex},totp,6,30` })).toMatchObject({ imported: [], problems: [{ row: 'B-1', reason: 'serialInUse' }] });
  expect(await import_({ format: 'pskc', text: figure(10) })).toMatchObject({ imported: [], problems: [{ reason: 'expired' }, { reason: 'expired' }, { reason: 'expired' }, { reason: 'expired' }] });
  expect(await serials()).toEqual(['B-1']);
});

test('a PIN beside a token is left out and told', async () => {
  expect(await import_({ format: 'pskc', text: figure(5) })).toMatchObject({ imported: [{ serial: '987654321' }], problems: [], skipped: [{ reason: 'notOtp' }] });
});

test('two codes in a row bring a HOTP token back, once, and open the codes of its person', async () => {
  const user = await used.world.person('luis');
  await import_({ text: `${heading}\nB-1,${hex},hotp,6,30` });
  await hardware().give('B-1', 'luis', by);
  const code = (counter: number) => hotp({ seed, algorithm: 'sha1', digits: 6 }, counter);
  const check = (typed: string) => used.world.services.codes.check({ user, company: used.world.company, code: typed, purpose: 'login' });
  for (let counter = 40; counter < 50; counter++) { expect((await check(code(counter))).accepted).toBe(false); used.pass({ minutes: 15 }); }
  expect(await codeOf(hardware().resync('B-1', code(50), code(52), by))).toBe('RESYNC_FAILED');
  expect(await codeOf(hardware().resync('B-1', code(51), code(50), by))).toBe('RESYNC_FAILED');
  await hardware().resync('B-1', code(50), ` ${code(51)}`, by);
  expect((await hardware().get('B-1')).counter).toBe(52);
  expect(await codeOf(hardware().resync('B-1', code(50), code(51), by))).toBe('RESYNC_FAILED');
  expect((await check(code(51))).accepted).toBe(false);
  expect((await check(code(52))).accepted).toBe(true);
  expect(await codeOf(hardware().resync('nadie', code(1), code(2), by))).toBe('HARDWARE_TOKEN_UNKNOWN');
});

test('two codes in a row tell how far a clock is off, up to ten steps', async () => {
  const user = await used.world.person('luis');
  await import_({ text: `${heading}\nB-1,${hex},totp,6,30` });
  await hardware().give('B-1', 'luis', by);
  const code = async (steps: number) => totp({ seed, algorithm: 'sha1', digits: 6, period: 30 }, (await used.world.store.now()) + steps * 30_000);
  expect(await codeOf(hardware().resync('B-1', await code(10), await code(11), by))).toBe('RESYNC_FAILED');
  await hardware().resync('B-1', await code(-8), await code(-7), by);
  expect(await hardware().get('B-1')).toMatchObject({ drift: -7 });
  expect(await codeOf(hardware().resync('B-1', await code(-8), await code(-7), by))).toBe('RESYNC_FAILED');
  used.pass({ seconds: 30 });
  expect(await used.world.services.codes.check({ user, company: used.world.company, code: await code(-7), purpose: 'login' })).toEqual({ accepted: true, method: 'hardware' });
});
