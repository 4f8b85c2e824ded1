/**
 * Ten thousand desktops in one process: each has a session of its own, bound to its own key, and one WebSocket on which it is told.
 * Arguments: file of the devices, port of the authority. Told by its parent how many are to be connected; says when each hears of a request.
 */
import { readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { WebSocket } from 'ws';
import { eventsPath } from '../../shared/contract/event-stream.ts';
import { StreamCalls } from '../../electron/main/authority-client/stream-calls.ts';
import { call, DeviceClient } from './running/device-client.ts';
import { monotonic, sourceOf, type Planted } from './running/planted.ts';

const [file = '', port = '0'] = process.argv.slice(2);
const { devices } = JSON.parse(readFileSync(file, 'utf8')) as Planted;
const agent = new Agent({ keepAlive: true, maxSockets: 32 });
const atOnce = 24;
const connected: WebSocket[] = [];

function opened(url: string, source: string): Promise<WebSocket> {
  const socket = new WebSocket(url, { perMessageDeflate: false, headers: { 'x-forwarded-for': source } });
  return new Promise((resolve, reject) => { socket.once('open', () => resolve(socket)).once('error', reject); });
}

async function connect(n: number): Promise<void> {
  const planted = devices[n];
  if (planted === undefined) throw new Error(`there is no device ${n}`);
  const device = new DeviceClient(planted, n, Number(port), agent);
  await device.open();
  const socket = await opened(`ws://127.0.0.1:${port}${eventsPath}`, device.source);
  connected.push(socket);
  const calls = new StreamCalls(socket, {
    event(event) {
      if (event?.type === 'approval.opened') void read(device, event.approvalId, monotonic());
    },
    broken: (error) => { throw error; },
  });
  await calls.call({ type: 'authenticate', accessToken: device.token ?? '', proof: device.proof('GET', eventsPath) });
  await calls.call({ type: 'subscribe' });
}

async function read(device: DeviceClient, approvalId: string, toldAt: number): Promise<void> {
  const { status } = await call(device.prepare('GET', `/device/approvals/${approvalId}`));
  process.send?.({ told: approvalId, toldAt, readAt: status === 200 ? monotonic() : null });
}

/** @param to how many are connected afterwards */
async function connectUpTo(to: number): Promise<void> {
  agent.destroy(); // what lay idle through a measurement may be closed by the authority at any moment
  let next = connected.length;
  await Promise.all(Array.from({ length: atOnce }, async () => { while (next < to) await connect(next++); }));
}

type Command = { readonly do: 'connect'; readonly to: number } | { readonly do: 'bare'; readonly url: string; readonly count: number } | { readonly do: 'unbare' };
const bare: WebSocket[] = [];
process.on('message', (command: Command) => {
  const work = async () => {
    if (command.do === 'connect') await connectUpTo(command.to);
    else if (command.do === 'unbare') for (const socket of bare.splice(0)) socket.terminate();
    else {
      for (let n = 0; n < command.count; n += 1) bare.push(await opened(command.url, sourceOf(n)));
      bare.at(-1)?.on('message', () => process.send?.({ bareAt: monotonic() }));
    }
    process.send?.({ done: true, connected: connected.length });
  };
  work().catch((error: unknown) => process.send?.({ failed: String(error) }));
});
process.send?.({ ready: true });
process.once('disconnect', () => process.exit(0)); // whoever started this is gone
