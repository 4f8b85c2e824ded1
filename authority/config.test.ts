import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ConfigError, readConfig, requireGateways } from './config.ts';
import { createMasterKeyFile, readMasterKey } from './master-key.ts';

let folder: string;
let files: Record<'key' | 'support' | 'bad', string>;
const masterKey = Buffer.alloc(32, 7).toString('base64');
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vinculo-config-'));
  files = { key: join(folder, 'tls.pem'), support: join(folder, 'support.json'), bad: join(folder, 'bad.json') };
  writeFileSync(files.key, 'PEM');
  writeFileSync(files.support, JSON.stringify([{ label: 'Soporte', value: '01 8000', href: null, hours: '24 h' }]));
  writeFileSync(files.bad, '{');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const server = () => ({ VINCULO_DATA_FOLDER: folder, VINCULO_ADDRESS: 'https://vinculo.example', VINCULO_ISSUER_NAME: 'Banco Páramo', VINCULO_MASTER_KEY: masterKey });
const refusedFor = (change: Record<string, string | undefined>): string => {
  try {
    readConfig({ ...server(), ...change });
    return 'accepted';
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    expect(error.message.split('\n')).toHaveLength(2);
    expect(error.message).not.toContain('SECRETO');
    return error.variable;
  }
};

test('a server behind a proxy on the same machine needs four variables', () => {
  expect(readConfig(server())).toMatchObject({ trial: false, databaseUrl: null, address: 'https://vinculo.example', listen: { host: '127.0.0.1', port: 8480 }, tls: null, issuer: 'Banco Páramo', smtp: null, sms: null, logLevel: 'info' });
});

test('a trial needs a folder only, and listens on this machine at any port', () => {
  const config = readConfig({ VINCULO_TRIAL: '1', VINCULO_DATA_FOLDER: folder });
  expect(config).toMatchObject({ trial: true, address: null, listen: { host: '127.0.0.1', port: 0 }, masterKey: { file: join(folder, 'master.key') } });
  expect(config.issuer.length).toBeGreaterThan(0);
});

test('everything that can be set', () => {
  const config = readConfig({
    ...server(), VINCULO_LISTEN: '[::]:443', VINCULO_TLS_CERT: files.key, VINCULO_TLS_KEY: files.key, VINCULO_DATABASE_URL: 'postgres://vinculo@db/vinculo', VINCULO_SUPPORT: files.support,
    VINCULO_SMTP_URL: 'smtps://u:p@mail.example', VINCULO_SMTP_FROM: 'Banco <v@paramo.example>', VINCULO_SMS_URL: 'https://sms.example/send', VINCULO_SMS_SECRET: 'x'.repeat(32),
    VINCULO_REMOTE_PASSWORDS: 'https://portal.example/verify', VINCULO_REMOTE_PASSWORDS_SECRET: 'y'.repeat(32), VINCULO_TRUSTED_PROXIES: '10.0.0.0/8, ::1', VINCULO_LOG_LEVEL: 'warn',
    VINCULO_ISSUER_EMAIL: 'guardia@paramo.example', VINCULO_ISSUER_LANGUAGE: 'en',
  });
  expect(config).toMatchObject({ listen: { host: '::', port: 443 }, support: [{ label: 'Soporte' }], smtp: { from: 'Banco <v@paramo.example>' }, sms: { url: 'https://sms.example/send' }, trustedProxies: ['10.0.0.0/8', '::1'], issuerNotices: { email: 'guardia@paramo.example', language: 'en' }, remotePasswords: { url: 'https://portal.example/verify' } });
  expect(config.tls?.key.toString()).toBe('PEM');
});

describe('what cannot be used names its variable, in both languages, without its value', () => {
  test.each<[string, Record<string, string | undefined>]>([
    ['VINCULO_DATA_FOLDER', { VINCULO_DATA_FOLDER: undefined }],
    ['VINCULO_DATA_FOLDER', { VINCULO_DATA_FOLDER: 'relative/SECRETO' }],
    ['VINCULO_DATABASE_URL', { VINCULO_DATABASE_URL: 'mysql://SECRETO' }],
    ['VINCULO_ADDRESS', { VINCULO_ADDRESS: undefined }],
    ['VINCULO_ADDRESS', { VINCULO_ADDRESS: 'http://vinculo.example' }],
    ['VINCULO_ADDRESS', { VINCULO_ADDRESS: 'https://vinculo.example/SECRETO' }],
    ['VINCULO_LISTEN', { VINCULO_LISTEN: '127.0.0.1' }],
    ['VINCULO_LISTEN', { VINCULO_LISTEN: '127.0.0.1:99999' }],
    ['VINCULO_LISTEN', { VINCULO_TRIAL: '1', VINCULO_LISTEN: '0.0.0.0:8480' }],
    ['VINCULO_TLS_CERT', { VINCULO_LISTEN: '0.0.0.0:443' }],
    ['VINCULO_TLS_CERT', { VINCULO_TLS_CERT: '/nowhere/SECRETO.pem' }],
    ['VINCULO_TRUSTED_PROXIES', { VINCULO_TRUSTED_PROXIES: 'proxy.example' }],
    ['VINCULO_MASTER_KEY', { VINCULO_MASTER_KEY: 'SECRETO' }],
    ['VINCULO_MASTER_KEY_FILE', { VINCULO_MASTER_KEY: undefined }],
    ['VINCULO_TRIAL', { VINCULO_TRIAL: 'yes' }],
    ['VINCULO_ISSUER_NAME', { VINCULO_ISSUER_NAME: undefined }],
    ['VINCULO_MESSAGES', { VINCULO_MESSAGES: 'SECRETO' }],
    ['VINCULO_SMTP_URL', { VINCULO_SMTP_URL: 'https://SECRETO@mail.example' }],
    ['VINCULO_SMTP_FROM', { VINCULO_SMTP_URL: 'smtps://mail.example' }],
    ['VINCULO_SMS_URL', { VINCULO_SMS_URL: 'http://sms.example/SECRETO' }],
    ['VINCULO_SMS_SECRET', { VINCULO_SMS_URL: 'https://sms.example', VINCULO_SMS_SECRET: 'SECRETO' }],
    ['VINCULO_REMOTE_PASSWORDS', { VINCULO_REMOTE_PASSWORDS: 'http://portal.example' }],
    ['VINCULO_ISSUER_EMAIL', { VINCULO_ISSUER_EMAIL: 'SECRETO' }],
    ['VINCULO_ISSUER_LANGUAGE', { VINCULO_ISSUER_EMAIL: 'guardia@paramo.example', VINCULO_ISSUER_LANGUAGE: 'SECRETO' }],
    ['VINCULO_LOG_LEVEL', { VINCULO_LOG_LEVEL: 'loud' }],
  ])('%s %j', (variable, change) => expect(refusedFor(change)).toBe(variable));
  test('files', () => {
    expect(refusedFor({ VINCULO_SUPPORT: files.bad })).toBe('VINCULO_SUPPORT');
    expect(refusedFor({ VINCULO_DOWNLOADS: files.support })).toBe('VINCULO_DOWNLOADS');
    expect(refusedFor({ VINCULO_TLS_CERT: files.key })).toBe('VINCULO_TLS_KEY');
  });
});

describe('an authority that is served needs gateways, or says that it has none', () => {
  const gateways = { smtp: { url: 'smtps://mail.example', from: 'v@paramo.example' }, sms: { url: 'https://sms.example', secret: 'x'.repeat(32) } };
  const served = (change: Partial<Parameters<typeof requireGateways>[0]>) => () => requireGateways({ trial: false, messages: 'gateways', ...gateways, ...change });
  test('both, a trial, or VINCULO_MESSAGES=outbox', () => {
    expect(served({})).not.toThrow();
    expect(served({ trial: true, smtp: null, sms: null })).not.toThrow();
    expect(served({ messages: 'outbox', smtp: null, sms: null })).not.toThrow();
    expect(readConfig(server()).messages).toBe('gateways');
    expect(readConfig({ ...server(), VINCULO_MESSAGES: 'outbox' }).messages).toBe('outbox');
  });
  test('else the missing one is named, with what to do, in both languages', () => {
    expect(served({ smtp: null })).toThrow(/^VINCULO_SMTP_URL: falta .*VINCULO_MESSAGES=outbox.*\nVINCULO_SMTP_URL: the mail server .*VINCULO_MESSAGES=outbox/);
    expect(served({ sms: null })).toThrow(/^VINCULO_SMS_URL: falta .*VINCULO_MESSAGES=outbox.*\nVINCULO_SMS_URL: the gateway .*VINCULO_MESSAGES=outbox/);
  });
});

test('S21: secrets do not stay in the environment', () => {
  const environment: Record<string, string | undefined> = { ...server(), VINCULO_SMTP_URL: 'smtps://u:p@mail.example', VINCULO_SMTP_FROM: 'v@paramo.example', VINCULO_SMS_URL: 'https://sms.example', VINCULO_SMS_SECRET: 'x'.repeat(32), VINCULO_DATABASE_URL: 'postgres://u:p@db/v' };
  readConfig(environment);
  expect(Object.keys(environment).sort()).toEqual(['VINCULO_ADDRESS', 'VINCULO_DATA_FOLDER', 'VINCULO_ISSUER_NAME', 'VINCULO_SMS_URL', 'VINCULO_SMTP_FROM']);
});

test('the master key: from the environment, or a file for its owner only that is never made twice', () => {
  expect(readMasterKey(readConfig(server()))).toEqual(new Uint8Array(32).fill(7));
  const file = join(folder, 'new.key');
  let drawn = 0;
  const random = (size: number) => new Uint8Array(size).fill(++drawn);
  expect(() => readMasterKey({ masterKey: { file } })).toThrow(ConfigError);
  expect([createMasterKeyFile(file, random), createMasterKeyFile(file, random)]).toEqual([true, false]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readMasterKey({ masterKey: { file } })).toEqual(new Uint8Array(32).fill(1));
  writeFileSync(file, 'short');
  expect(() => readMasterKey({ masterKey: { file } })).toThrow(ConfigError);
});
