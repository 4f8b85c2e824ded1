import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { median, timeRow, type Row } from './harness.ts';
import { Child } from './running/child.ts';
import { call } from './running/device-client.ts';
import { monotonic, type Planted } from './running/planted.ts';
import { startAuthority, type RunningAuthority } from './running/running.ts';

const deviceCount = Number(process.env['VINCULO_BENCH_DEVICES'] ?? 10_000);
const bareCount = 2_000;
const rounds = 150;
/** Milliseconds between two of the authority's questions whether a device is there. */
const heartbeat = 15_000;
/** Between two questions: what is measured is one of them, not a queue. */
const paced = 4;

/** Of each round: from the portal's POST to its commit, to the device that is told and that has read it; from the commit to told. Bare: a message. */
interface Times { readonly committed: number[]; readonly told: number[]; readonly tell: number[]; readonly read: number[]; readonly bare: number[] }

/**
 * Portal asks -> the device is told, and has read it; with one and with ten thousand devices connected, beside a bare `ws` message.
 * The bare message is neither asked for over HTTP nor checked, signed or written down: rows without a target split the way at the commit.
 */
export async function run(): Promise<Row[]> {
  await using authority = await startAuthority({ companies: 8, perCompany: Math.ceil(deviceCount / 8), where: 'memory' });
  const simulator = new Child(join(import.meta.dirname, 'device-simulator.ts'), [authority.file, String(authority.port)]);
  try {
    await simulator.hear('ready');
    const empty = await authority.memory();
    const bareUrl = `ws://127.0.0.1:${authority.helloPort}`;
    await told(simulator, { do: 'bare', url: bareUrl, count: bareCount });
    const bareMemory = ((await authority.memory()) - empty) / bareCount;
    const bareBeat = await bareBeats(authority) / bareCount;
    await told(simulator, { do: 'unbare' });
    await told(simulator, { do: 'bare', url: bareUrl, count: 1 });
    authority.child.tell({ do: 'stamp' }); // before anybody is connected: whoever listens first hears first
    await told(simulator, { do: 'connect', to: 1 });
    const { devices, portalToken } = JSON.parse(readFileSync(authority.file, 'utf8')) as Planted;
    const alone = await beat(authority);
    const one = await measure(authority, simulator, portalToken, devices.slice(0, 1));
    const before = await authority.memory();
    await told(simulator, { do: 'connect', to: deviceCount });
    const memory = ((await authority.memory()) - before) / (deviceCount - 1);
    const beats = (await beat(authority) - alone) / (deviceCount - 1);
    const many = await measure(authority, simulator, portalToken, devices.filter((_, n) => n % Math.ceil(deviceCount / rounds) === 0));
    const [kib, bareKib] = [memory / 1024, bareMemory / 1024];
    return [
      timeRow('push', 'portal asks -> device is told, 1 connected', 'bare ws message', one.told, one.bare, 3),
      timeRow('push', `portal asks -> device is told, ${deviceCount} connected`, 'bare ws message', many.told, many.bare, 3),
      timeRow('push', `of that: portal asks -> signed and committed, ${deviceCount} connected`, 'bare ws message', many.committed, many.bare),
      timeRow('push', 'of that: committed -> device is told, 1 connected', 'bare ws message', one.tell, one.bare),
      timeRow('push', `of that: committed -> device is told, ${deviceCount} connected`, 'bare ws message', many.tell, many.bare),
      timeRow('push', `portal asks -> device has read it, ${deviceCount} connected`, 'bare ws message', many.read, many.bare),
      { part: 'push', what: `memory of an idle device, ${deviceCount} connected`, limit: `bare ws socket, ${bareCount}`, ratio: kib / bareKib, low: kib / bareKib, high: kib / bareKib, target: '≤ 2', met: kib <= 2 * bareKib, seen: `${kib.toFixed(1)} KiB of ${bareKib.toFixed(1)} KiB` },
      { part: 'push', what: `CPU of an idle device, one heartbeat of ${deviceCount}`, limit: `bare ws ping and pong, ${bareCount}`, ratio: beats / bareBeat, low: beats / bareBeat, high: beats / bareBeat, target: '–', met: null, seen: `${(beats * 1000).toFixed(0)} µs of ${(bareBeat * 1000).toFixed(0)} µs` },
    ];
  } finally {
    await simulator.stop();
  }
}

/** Milliseconds of CPU while nothing happens, for as long as it takes to ask every device once whether it is there. */
async function beat(authority: RunningAuthority): Promise<number> {
  const cpu = async () => { authority.child.tell({ do: 'cpu' }); return (await authority.child.hear<{ cpu: number }>('cpu')).cpu; };
  const before = await cpu();
  await pause(heartbeat);
  return (await cpu()) - before;
}

/** The same of bare sockets that are pinged once: the median of five rounds, the first one warm. */
async function bareBeats(authority: RunningAuthority): Promise<number> {
  const rounds: number[] = [];
  for (let n = 0; n < 6; n += 1) {
    authority.child.tell({ do: 'ping' });
    rounds.push((await authority.child.hear<{ pinged: number }>('pinged')).pinged);
  }
  return median(rounds.slice(1));
}

async function told(simulator: Child, command: object): Promise<void> {
  simulator.tell(command);
  await simulator.hear('done');
}

async function measure(authority: RunningAuthority, simulator: Child, portalToken: string, devices: Planted['devices']): Promise<Times> {
  const agent = new Agent({ keepAlive: true });
  const times: Times = { committed: [], told: [], tell: [], read: [], bare: [] };
  const text = JSON.stringify({ type: 'approval.opened', approvalId: randomUUID(), padding: 'x'.repeat(80) });
  for (let n = 0; n < rounds + 10; n += 1) {
    const device = devices[n % devices.length];
    if (device === undefined) break;
    authority.child.tell({ do: 'bare', text });
    const [{ bareFrom }, { bareAt }] = await Promise.all([authority.child.hear<{ bareFrom: number }>('bareFrom'), simulator.hear<{ bareAt: number }>('bareAt')]);
    const body = JSON.stringify({ user: device.userName, context: { ip: '203.0.113.9', browser: 'Firefox 131', place: null }, message: null, lifetime: 120 });
    const from = monotonic();
    const answer = call({ port: authority.port, agent, method: 'POST', path: '/portal/logins', body, headers: { authorization: `Bearer ${portalToken}`, 'idempotency-key': randomUUID(), 'x-forwarded-for': `10.200.${n % 250}.1` } });
    const [{ committedAt }, { toldAt, readAt }, { status, body: said }] = await Promise.all([
      authority.child.hear<{ committedAt: number }>('committedAt'), simulator.hear<{ toldAt: number; readAt: number | null }>('told'), answer,
    ]);
    if (status !== 201 || readAt === null) throw new Error(`the request was not opened: ${status} ${JSON.stringify(said)}`);
    await call({ port: authority.port, agent, method: 'DELETE', path: `/portal/logins/${String(said['id'])}`, headers: { authorization: `Bearer ${portalToken}`, 'x-forwarded-for': `10.201.${n % 250}.1` } });
    await pause(paced);
    if (n < 10) continue; // warm-up
    times.bare.push(bareAt - bareFrom);
    times.committed.push(committedAt - from);
    times.told.push(toldAt - from);
    times.tell.push(toldAt - committedAt);
    times.read.push(readAt - from);
  }
  agent.destroy();
  return times;
}
