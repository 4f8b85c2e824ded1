import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { controlSocketPath, runCommand } from '../../electron/main/authority-client/control-socket.ts';
import { Computer } from '../../electron/main/testing/desktop-fixture.ts';
import { unmaskedSeed } from '../../electron/main/vault/pin-wraps.ts';
import { parseItem } from '../../electron/main/vault/vault-item.ts';
import { outboxMessage, trialPerson } from '../../shared/contract/ipc.ts';
import { AuthorityProcess } from '../support/authority-process.ts';

/** Values that occur by chance nowhere: what is found was written. */
const canaryPin = '839172604518';
const nextPin = '270594816357';
const wrongPin = '615047382915';

const base32 = (bytes: Uint8Array): string => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  return (bits.match(/.{5}/g) ?? []).map((five) => alphabet[Number.parseInt(five, 2)]).join('');
};

/** Every way in which bytes are usually written down. */
function spellings(secret: Uint8Array): Buffer[] {
  const bytes = Buffer.from(secret);
  const hex = bytes.toString('hex');
  return [bytes, ...[hex, hex.toUpperCase(), base32(bytes), base32(bytes).toLowerCase(), bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url'), JSON.stringify([...bytes]).slice(1, -1)].map((text) => Buffer.from(text))];
}

function everything(folder: string): { name: string; content: Buffer }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => ({ name: join(entry.parentPath, entry.name), content: readFileSync(join(entry.parentPath, entry.name)) }));
}

describe('S21: no secret on disk, in a log or in an answer', { timeout: 120_000 }, () => {
  const computer = new Computer();
  let authority: AuthorityProcess;
  const secrets = new Map<string, Buffer[]>();
  const written: { name: string; content: Buffer }[] = [];

  const command = async (...argv: string[]) => (await runCommand(await controlSocketPath(authority.dataFolder, process.platform), argv)).output;

  /** Codes and links that open something right now, as the operator reads them in the outbox. */
  async function usableCodes(): Promise<Map<string, string>> {
    const messages = outboxMessage.array().parse(await command('outbox', 'list', '--json'));
    const of = (what: string, pattern: RegExp) => messages.flatMap(({ text }, n) => [...text.matchAll(pattern)].map(([, code = ''], m): [string, string] => [`${what} ${n}.${m}`, code]));
    const found = [of('invitation', /\/i#([\w-]{10,})\./g), of('password link', /\/p#([\w-]{10,})/g), of('typed code', /\b([0-9A-HJKMNP-TV-Z]{5}[- ][0-9A-HJKMNP-TV-Z]{5})\b/g), of('SMS code', /\b([0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4})\b/g)];
    for (const kind of found) if (kind.length === 0) throw new Error('a kind of code is not in the outbox');
    return new Map(found.flat());
  }

  beforeAll(async () => {
    authority = await AuthorityProcess.start();
    await computer.start();
    const admin = trialPerson.array().parse(await command('trial', 'people', '--json')).find(({ role }) => role === 'admin');
    if (admin === undefined) throw new Error('the trial has no admin');
    await computer.call('bind', 'open', { text: admin.invitation ?? '' });
    await computer.call('bind', 'start', { user: admin.userName, password: admin.password ?? '' });
    const sms = outboxMessage.array().parse(await command('outbox', 'list', '--json')).filter(({ channel, person }) => channel === 'sms' && person === admin.name).toSorted((a, b) => b.at - a.at);
    const code = sms.map(({ text }) => /\b[0-9A-HJKMNP-TV-Z]{4}[- ]?[0-9A-HJKMNP-TV-Z]{4}\b/.exec(text)?.[0]).find((found) => found !== undefined) ?? '';
    const account = await computer.call('bind', 'complete', { secondProof: code, pin: canaryPin });
    await computer.until(({ accounts }) => accounts[0]?.connection === 'online');
    await command('token', 'activate', account.serial, '--operator', 'prueba', '--reason', 'prueba', '--json');
    await computer.until(({ accounts }) => accounts[0]?.phase === 'active');
    await computer.code('lock.unlock', { accountId: account.id, pin: wrongPin });
    await computer.call('lock', 'unlock', { accountId: account.id, pin: canaryPin });
    await computer.call('token', 'changePin', { accountId: account.id, pin: canaryPin, newPin: nextPin });
    await computer.call('code', 'current', { accountId: account.id });

    const [stored] = [...computer.keychain.items.values()];
    const item = parseItem(stored ?? '', account.id);
    const wrap = item.wraps.at(-1);
    if (wrap?.seed == null) throw new Error('the keychain item holds no seed');
    secrets.set('seed', spellings(await unmaskedSeed(nextPin, wrap.seed)));
    secrets.set('session private key', spellings(Buffer.from(item.session.d, 'base64url')));
    secrets.set('master key', spellings(Buffer.from(authority.masterKey, 'base64')));
    for (const [what, code] of await usableCodes()) secrets.set(what, [...spellings(Buffer.from(code)), Buffer.from(code.replace(/[- ]/g, ''))]);
    for (const pin of [canaryPin, nextPin, wrongPin]) secrets.set(`PIN ${pin}`, [Buffer.from(pin), ...spellings(Buffer.from(pin)).slice(1)]);
    secrets.set('portal password', spellings(Buffer.from(admin.password ?? '')));

    // Written out and closed, so that what is in the write-ahead log counts as well.
    written.push(...everything(authority.dataFolder));
    await authority.stop();
    written.push(...everything(authority.dataFolder), ...everything(computer.folder));
    written.push({ name: 'output of the authority', content: Buffer.from(authority.output()) }, { name: 'log of the desktop', content: Buffer.from(computer.log.lines.join('\n')) });
  });

  afterAll(async () => {
    await computer.dispose();
    await authority.remove();
  });

  it('has looked at a database, a log and settings', () => {
    expect(written.length).toBeGreaterThan(5);
    expect(written.some(({ content }) => content.includes('SQLite format 3'))).toBe(true);
    expect(written.some(({ name, content }) => name === 'output of the authority' && content.length > 0)).toBe(true);
  });

  it('finds what is there: the search itself works', () => {
    expect(written.some(({ content }) => content.includes('mrestrepo'))).toBe(true);
    expect(spellings(Buffer.from('mrestrepo')).some((way) => written.some(({ content }) => content.includes(way)))).toBe(true);
  });

  it('finds no seed, key, PIN, password, link or code of a message in any spelling', () => {
    const found = [...secrets].flatMap(([what, ways]) => written.filter(({ content }) => ways.some((way) => content.includes(way))).map(({ name }) => `${what} in ${name}`));
    expect(found).toEqual([]);
  });
});
