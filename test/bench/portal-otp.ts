import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { totp } from '../../authority/crypto/otp.ts';
import { bareTransaction } from './approve.ts';
import { compare, rateRow, type Contender, type Row } from './harness.ts';
import { temporaryFolder } from './fixture.ts';
import { call } from './running/device-client.ts';
import { sourceOf, type Planted } from './running/planted.ts';
import { startAuthority, type RunningAuthority } from './running/running.ts';

const inFlight = 8;
/** Each code is good once: as many people as there are checks in a run. */
const people = 8_000;

/**
 * `POST /portal/otp` with right codes. Where there is no disk under the file: beside Fastify's hello, same process, same client.
 * With the disk: beside the bare durable transaction.
 */
export async function run(): Promise<Row[]> {
  using folder = temporaryFolder();
  const rows: Row[] = [];
  for (const where of ['memory', 'disk'] as const) {
    await using authority = await startAuthority({ companies: 8, perCompany: people / 8, where });
    const agent = new Agent({ keepAlive: true, maxSockets: inFlight });
    const check = checks(authority, agent);
    const limit = where === 'memory' ? hello(authority, agent) : bareTransaction(join(folder.path, 'bare.sqlite'));
    const row = rateRow('portal-otp', await compare(limit, check.contender, 30), where === 'memory' ? 0.35 : 0.5);
    rows.push({ ...row, seen: `${row.seen}, ${Math.round(check.accepted() * 100)} % accepted` });
    agent.destroy();
  }
  return rows;
}

const together = (one: () => Promise<unknown>) => async () => { await Promise.all(Array.from({ length: inFlight }, one)); };

function hello({ helloPort }: RunningAuthority, agent: Agent): Contender {
  return { name: `Fastify hello, ${inFlight} in flight`, run: together(() => call({ port: helloPort, agent, method: 'POST', path: '/hello', headers: {}, body: '{"user":"persona","code":"123456"}' })), units: inFlight };
}

function checks({ port, file }: RunningAuthority, agent: Agent): { readonly contender: Contender; accepted(): number } {
  const { devices, portalToken } = JSON.parse(readFileSync(file, 'utf8')) as Planted;
  let [next, right] = [0, 0];
  async function check(): Promise<void> {
    const n = next++;
    const device = devices[n % devices.length];
    if (device === undefined) return;
    const code = totp({ seed: Buffer.from(device.seed, 'base64'), algorithm: 'sha256', digits: 6, period: 30 }, Date.now());
    const { status, body } = await call({
      port, agent, method: 'POST', path: '/portal/otp', body: JSON.stringify({ user: device.userName, code }),
      headers: { authorization: `Bearer ${portalToken}`, 'idempotency-key': randomUUID(), 'x-forwarded-for': sourceOf(n) },
    });
    if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
    if (body['accepted'] === true) right += 1;
  }
  return { contender: { name: `POST /portal/otp, ${inFlight} in flight`, run: together(check), units: inFlight }, accepted: () => right / next };
}
