/**
 * Ten thousand desktops in one process: each has a session of its own, bound to its own key, and one WebSocket on which it is told.
 * Arguments: file of the devices, port of the authority. Told by its parent how many are to be connected; says when each hears of a request.
 */
import { readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { WebSocket } from 'ws';
import { eventsPath, type eventsContract } from '../../shared/contract/device.ts';
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
  const api: ContractRouterClient<typeof eventsContract> = createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }));
  await api.authenticate({ accessToken: device.token ?? '', proof: device.proof('GET', eventsPath) });
  const events = await api.subscribe({});
  void (async () => {
    for await (const event of events) {
      if (event.type !== 'approval.opened') continue;
      const toldAt = monotonic();
      const { status } = await call(device.prepare('GET', `/device/approvals/${event.approvalId}`));
      process.send?.({ told: event.approvalId, toldAt, readAt: status === 200 ? monotonic() : null });
    }
  })().catch(() => undefined);
}

/** @param to how many are connected afterwards */
async function connectUpTo(to: number): Promise<void> {
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
