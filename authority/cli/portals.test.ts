import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addPortal, paymentOf } from '../../test/support/portal-world.ts';
import { useWorld } from '../../test/support/use-world.ts';
import { createSigningKey } from '../crypto/authority-keys.ts';
import { openClientSecret } from '../services/oidc/client-secret.ts';
import { exitCodes, type Answer } from './answer.ts';
import type { CommandRequest } from './control.ts';
import { createCommandDoor } from './door.ts';
import { runCommand } from './program.ts';

const used = useWorld();
const by = ['--operator', 'operaria1', '--reason', 'contrato 12'];
const door = (request: CommandRequest) => createCommandDoor({ services: used.world.services, store: used.world.store, trial: null, log: () => undefined })(request);
const run = (...argv: string[]) => door({ argv });
const code = ({ output }: Answer) => (output as { error: { code: string } }).error.code;
const secretOf = ({ output }: Answer) => (output as { secret?: string }).secret;

test('a portal: its secret is told once and kept sealed; a new one replaces it', async () => {
  const added = await run('portal', 'add', 'Banca', '--companies', used.world.company.name, ...by);
  expect(added).toMatchObject({ exitCode: 0, output: { name: 'Banca', enabled: true, perUser: 5, perSource: 100, delivery: 'poll', authentication: 'client_secret_basic', companies: [{ name: used.world.company.name }] } });
  const secret = secretOf(added) ?? '';
  expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(added.text).toContain(secret);
  const row = await used.world.store.read.portalByName('Banca');
  expect(openClientSecret(used.world.sealer, row!)).toBe(secret);
  expect(Buffer.from(row!.secret!).toString('latin1')).not.toContain(secret);
  for (const answer of [await run('portal', 'show', 'Banca', '--operator', 'o'), await run('portal', 'list', '--operator', 'o'), await run('portal', 'disable', 'Banca', ...by)]) expect(JSON.stringify(answer)).not.toContain(secret);
  const renewed = await run('portal', 'secret', row!.clientId, ...by);
  expect(secretOf(renewed)).not.toBe(secret);
  expect(openClientSecret(used.world.sealer, (await used.world.store.read.portalByName('Banca'))!)).toBe(secretOf(renewed));
  expect(code(await run('portal', 'add', 'Banca', ...by))).toBe('PORTAL_NAME_TAKEN');
  expect(code(await run('portal', 'show', 'Nadie', '--operator', 'o'))).toBe('PORTAL_UNKNOWN');
  expect(code(await run('portal', 'companies', 'Banca', 'Nadie', ...by))).toBe('NOT_FOUND');
});

test('keys instead of a secret: public ones only', async () => {
  const { publicKey, privateKey } = createSigningKey();
  const set = (key: object) => JSON.stringify({ keys: [key] });
  const add = (input: string, name = 'Llaves') => door({ argv: ['portal', 'add', name, '--jwks-file', '-', ...by], input });
  expect(code(await add(set(privateKey.export({ format: 'jwk' }))))).toBe('INPUT_INVALID');
  for (const bad of ['', 'x', '{}', set({ kty: 'oct', k: 'abc' }), set({ ...publicKey, x: 'short' }), JSON.stringify({ keys: [] })]) expect(code(await add(bad)), bad).toBe('INPUT_INVALID');
  const added = await add(set({ ...publicKey, kid: '1', use: 'sig' }));
  expect(added).toMatchObject({ exitCode: 0, output: { authentication: 'private_key_jwt' } });
  expect(secretOf(added)).toBeUndefined();
  expect(await used.world.store.read.portalByName('Llaves')).toMatchObject({ secret: null, jwks: set({ ...publicKey, kid: '1', use: 'sig' }) });
});

test('S11: a name that a screen would show wrongly is no portal\u2019s and no company\u2019s', async () => {
  for (const name of ['Banco\u202Eanc', 'Ban\u200Bco', 'Banco\u0007', 'B'.repeat(61)]) {
    expect(code(await run('portal', 'add', name, ...by)), name).toBe('INPUT_INVALID');
    expect(code(await run('company', 'add', name.repeat(2), '--prefix', 'ZZZ', ...by)), name).toBe('INPUT_INVALID');
  }
  expect((await run('portal', 'list', '--operator', 'o')).output).toEqual([]);
});

test('disabled and enabled again, each in the trail; it asks again with what it had', async () => {
  const added = await run('portal', 'add', 'Banca', '--companies', used.world.company.name, ...by);
  const { clientId } = added.output as { clientId: string };
  const { oidc } = used.world.services;
  expect(await run('portal', 'disable', 'Banca', ...by)).toMatchObject({ exitCode: 0, output: { enabled: false } });
  expect(await oidc.client(clientId)).toBeNull();
  expect(await run('portal', 'enable', 'Banca', ...by)).toMatchObject({ exitCode: 0, output: { enabled: true } });
  expect(await oidc.client(clientId)).toMatchObject({ secret: secretOf(added) });
  const trail = (await run('audit', 'list', 'authority', '--operator', 'o')).output as { entries: { event: string; detail: object }[] };
  expect(trail.entries.slice(0, 2)).toMatchObject([{ event: 'portal.enable', detail: { portal: 'Banca', reason: 'contrato 12' } }, { event: 'portal.disable' }]);
});

test('where pings go: https, or this machine', async () => {
  for (const bad of ['http://portal.example/x', 'ftp://portal.example', 'https://u:p@portal.example', 'https://portal.example/#x', 'nada']) expect(code(await run('portal', 'add', 'P', '--ping', bad, ...by)), bad).toBe('INPUT_INVALID');
  expect(await run('portal', 'add', 'P', '--ping', 'https://portal.example/avisos', ...by)).toMatchObject({ output: { delivery: 'ping', notificationEndpoint: 'https://portal.example/avisos' } });
});

test('limits and companies, with who and why in the trails', async () => {
  await run('portal', 'add', 'Banca', '--companies', used.world.company.name, ...by);
  expect(await run('portal', 'limits', 'Banca', '--per-user', '3', '--per-source', '7', '--offline-transactions', 'on', ...by)).toMatchObject({ output: { perUser: 3, perSource: 7, offlineTransactions: true } });
  for (const bad of ['0', '-1', 'x', '99999']) expect((await run('portal', 'limits', 'Banca', '--per-user', bad, ...by)).exitCode, bad).not.toBe(exitCodes.done);
  expect(await run('portal', 'companies', 'Banca', '', ...by)).toMatchObject({ output: { companies: [] } });
  const trail = async (chain: string) => ((await run('audit', 'list', chain, '--operator', 'o')).output as { entries: { event: string; detail: object }[] }).entries;
  expect((await trail('authority')).map(({ event }) => event)).toEqual(['portal.companies', 'portal.limits', 'portal.add']);
  const own = (await trail(used.world.company.name)).slice(0, 2);
  expect(own).toMatchObject([{ event: 'portal.leaves', detail: { portal: 'Banca', reason: 'contrato 12' } }, { event: 'portal.serves' }]);
});

test('S10: evidence is exported by id and verified with nothing but the file', async () => {
  const luis = await used.world.activated('luis');
  const { id, number } = await used.world.services.portals.requests.open(await addPortal(used.world), paymentOf('luis'), 'rest', '203.0.113.9');
  expect(code(await run('evidence', 'export', id, '--operator', 'o'))).toBe('EVIDENCE_NOT_READY');
  await luis.decide(id, 'approved', number);
  const { text } = await run('evidence', 'export', id, '--operator', 'o');
  expect(code(await run('evidence', 'export', 'nothing', '--operator', 'o'))).toBe('APPROVAL_UNKNOWN');

  const alone = (input: string, ...argv: string[]) => runCommand(['evidence', 'verify', 'x', ...argv], { trial: false, input, secret: null, log: () => undefined, tools: () => Promise.reject(new Error('no store')) });
  const verified = await alone(text);
  expect(verified).toMatchObject({ exitCode: 0, output: { ok: true, shows: { decision: 'approved' } } });
  expect(verified.text).toContain('1250000.00 COP → Papelería La 14');
  expect((await alone(text, '--language', 'en')).text).toContain('VERIFIES');
  expect(await alone(text, '--key', await used.world.context.keys.thumbprint())).toMatchObject({ exitCode: 0 });
  expect(await alone(text, '--key', 'another')).toMatchObject({ exitCode: exitCodes.refused, output: { failed: 'keys' } });
  expect(await alone(text.replace('"version":1', '"version":2'))).toMatchObject({ exitCode: exitCodes.refused, output: { failed: 'form' } });

  // The program itself, with no configuration at all.
  const folder = mkdtempSync(join(tmpdir(), 'vinculo-evidence-'));
  try {
    writeFileSync(join(folder, 'e.json'), text);
    const main = join(import.meta.dirname, 'main.ts');
    const good = spawnSync(process.execPath, [main, 'evidence', 'verify', join(folder, 'e.json')], { env: { PATH: process.env['PATH'] }, encoding: 'utf8' });
    expect([good.status, good.stdout]).toEqual([0, expect.stringContaining('VERIFICA')]);
    writeFileSync(join(folder, 'e.json'), text.replace(/"seal":"(.)/, '"seal":"_'));
    const bad = spawnSync(process.execPath, [main, 'evidence', 'verify', join(folder, 'e.json')], { env: { PATH: process.env['PATH'] }, encoding: 'utf8' });
    expect([bad.status, bad.stderr]).toEqual([1, expect.stringContaining('NO VERIFICA')]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);
