import { execFile } from 'node:child_process';
import { generateKeyPairSync, randomUUID, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { promisify } from 'node:util';
import { signJws, verifyJwsBy } from '../../authority/crypto/jws.ts';
import { jwsType } from '../../shared/domain/jws-types.ts';
import { databaseUrl, startPostgres, type PostgresServer } from '../support/postgres.ts';
import { compare, median, quantile, rateRow, type Row } from './harness.ts';
import { call, DeviceClient } from './running/device-client.ts';
import type { Planted } from './running/planted.ts';
import { startAuthority, type RunningAuthority } from './running/running.ts';

const inFlight = 8;
const rounds = 5;
/** Seconds of `pgbench` between two rounds. */
const limitSeconds = 2;
const execute = promisify(execFile);

/** A login approved with number and signature, over HTTP, on PostgreSQL, beside pgbench's simple update; and the signature alone. */
export async function run(): Promise<Row[]> {
  const rows = [await signatures()];
  const server = await startPostgres();
  try {
    await execute('pgbench', ['-i', '-q', '-s', '10', '-h', server.socketFolder, '-U', 'postgres', 'postgres']);
    for (const [companies, perCompany, target] of [[32, 8, 0.5], [1, 64, undefined]] as const) {
      const name = `bench_${companies}`;
      await execute('psql', ['-q', '-h', server.socketFolder, '-U', 'postgres', '-c', `create database ${name}`]);
      await using authority = await startAuthority({ companies, perCompany, where: 'disk', databaseUrl: databaseUrl(server.socketFolder, name) });
      rows.push(await approvals(authority, server, companies, target));
    }
    return rows;
  } finally {
    await server.stop();
  }
}

async function signatures(): Promise<Row> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const compact = signJws(jwsType.decision, { id: randomUUID(), request_hash: 'h'.repeat(43), decision: 'approved', number: '123456', decided_at: 1, jkt: 'j'.repeat(43) }, privateKey);
  const data = Buffer.from(compact.slice(0, compact.lastIndexOf('.')));
  const signature = sign('sha256', data, { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return rateRow('approve-http', await compare(
    { name: 'raw ES256 verify', run: () => verify('sha256', data, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature) },
    { name: 'verify the decision’s JWS, key from its row', run: () => verifyJwsBy(compact, jwsType.decision, { kty: 'EC', crv: 'P-256', x, y }) },
  ), 0.75);
}

async function approvals(authority: RunningAuthority, server: PostgresServer, companies: number, target: number | undefined): Promise<Row> {
  const agent = new Agent({ keepAlive: true, maxSockets: inFlight });
  const { devices, portalToken } = JSON.parse(readFileSync(authority.file, 'utf8')) as Planted;
  const clients = devices.map((device, n) => new DeviceClient(device, n, authority.port, agent));
  await inTurns(clients, (client) => client.open());
  // Neighbours in the list are of one company: taken across, so that eight in flight are of eight companies.
  const perCompany = clients.length / companies;
  const across = clients.map((_, n) => clients[(n % companies) * perCompany + Math.floor(n / companies)] ?? clients[0]!);
  await approveAll(authority, across, { agent, portalToken }); // warm-up
  const [rates, limits] = [[] as number[], [] as number[]];
  for (let n = 0; n < rounds; n += 1) {
    limits.push(await simpleUpdates(server));
    rates.push(await approveAll(authority, across, { agent, portalToken }));
  }
  agent.destroy();
  const ratios = rates.map((rate, n) => rate / (limits[n] ?? Number.NaN)).toSorted((a, b) => a - b);
  const ratio = quantile(ratios, 0.5);
  return {
    part: 'approve-http', what: `approve over HTTP, signed, PostgreSQL, ${inFlight} in flight, ${companies === 1 ? 'one hot company' : `${companies} companies`}`, limit: `pgbench simple-update, ${inFlight} clients`,
    ratio, low: quantile(ratios, 0.1), high: quantile(ratios, 0.9), target: target === undefined ? '–' : `≥ ${target}`, met: target === undefined ? null : ratio >= target,
    seen: `${median(rates).toFixed(0)}/s of ${median(limits).toFixed(0)}/s`,
  };
}

/** One login each, opened and signed beforehand. @returns approvals per second */
async function approveAll(authority: RunningAuthority, clients: readonly DeviceClient[], { agent, portalToken }: { agent: Agent; portalToken: string }): Promise<number> {
  const portal = (method: string, path: string, body?: object) => call({
    port: authority.port, agent, method, path, headers: { authorization: `Bearer ${portalToken}`, 'idempotency-key': randomUUID(), 'x-forwarded-for': '10.250.0.1' }, body: body === undefined ? undefined : JSON.stringify(body),
  });
  const ready = await inTurns(clients, async (client) => {
    const { body } = await portal('POST', '/portal/logins', { user: client.userName, context: { ip: '203.0.113.9', browser: 'Firefox 131', place: null }, message: null, lifetime: 120 });
    const id = String(body['id']);
    const state = await portal('GET', `/portal/logins/${id}`);
    return client.decision(id, String(state.body['requestHash']), String(body['number']));
  });
  const from = performance.now();
  await inTurns(ready, async (prepared) => {
    const { status, body } = await call(prepared);
    if (status !== 200 || body['state'] !== 'approved') throw new Error(`not approved: ${status} ${JSON.stringify(body)}`);
  });
  return (clients.length / (performance.now() - from)) * 1000;
}

async function inTurns<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  await Promise.all(Array.from({ length: inFlight }, async () => {
    for (let n = next++; n < items.length; n = next++) results[n] = await work(items[n]!);
  }));
  return results;
}

async function simpleUpdates(server: PostgresServer): Promise<number> {
  const { stdout } = await execute('pgbench', ['-n', '-b', 'simple-update', '-c', String(inFlight), '-j', '2', '-T', String(limitSeconds), '-h', server.socketFolder, '-U', 'postgres', 'postgres']);
  return Number(/tps = ([\d.]+)/.exec(stdout)?.[1] ?? Number.NaN);
}
