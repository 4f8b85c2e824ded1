/**
 * The authority of a bench, a process of its own: the product's wiring, services and HTTP server, a portal with an access token of
 * `/oidc/token`. Beside it, in the same process, the limits: Fastify's hello and a bare `ws`.
 * Arguments: folder, number of companies, people of each. `DATABASE_URL`: PostgreSQL instead of SQLite in the folder.
 */
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import fastify from 'fastify';
import { WebSocketServer, type WebSocket } from 'ws';
import { systemClock } from '../../../authority/clock.ts';
import type { Config } from '../../../authority/config.ts';
import { trustedProxies } from '../../../authority/http/client-address.ts';
import { createOidcDoor } from '../../../authority/http/oidc/door.ts';
import { createServer } from '../../../authority/http/server.ts';
import { createLog } from '../../../authority/log.ts';
import { openAuthority } from '../../../authority/wiring.ts';
import { plantDevices } from './devices.ts';
import { monotonic, publicAddress, type Planted } from './planted.ts';

const [folder = '', companies = '1', perCompany = '1'] = process.argv.slice(2);
const config: Config = {
  trial: false, dataFolder: folder, databaseUrl: process.env['DATABASE_URL'] ?? null, address: publicAddress, listen: { host: '127.0.0.1', port: 0 }, tls: null, trustedProxies: ['127.0.0.1'],
  masterKey: { key: new Uint8Array(randomBytes(32)) }, nextMasterKey: null, issuer: 'Banco de Prueba', issuerNotices: null, support: [], downloads: [], messages: 'outbox', smtp: null, sms: null, remotePasswords: null, logLevel: 'error',
};
const log = createLog(config.logLevel);
const authority = await openAuthority(config, { now: Date.now, random: (size) => new Uint8Array(randomBytes(size)), log });
const { services, store } = authority;
const planted = await plantDevices(authority, Number(companies), Number(perCompany));
const by = { operator: 'bench', reason: 'bench' };
const { portal, secret } = await services.portals.clients.add({ name: 'Portal', companies: [...planted.companies], jwks: null, notificationEndpoint: null, offlineTransactions: false }, by);
await services.portals.clients.setLimits('Portal', { perUser: 1000, perSource: 10_000 }, by);
const errorLog = { unexpected: (reference: string, error: unknown) => log.error({ reference, error }, 'unexpected error'), refused: () => {} };
const newReference = () => 'bench';
const oidc = createOidcDoor({ oidc: services.oidc, questions: services.portals.requests, log: errorLog, newReference, address: () => publicAddress });
const server = await createServer({
  services, authentication: authority.authentication, oidc, portalOf: oidc.portalOf, clock: systemClock, address: () => publicAddress,
  proxies: trustedProxies(config.trustedProxies), issuer: config.issuer, version: '0.0.0', downloads: [], ready: async () => undefined, newReference, log: { ...errorLog, answered: () => {} },
});
const port = await server.listen('127.0.0.1', 0);

/** Client credentials grant (RFC 6749 §4.4), client_secret_basic. */
const granted = await fetch(`http://127.0.0.1:${port}/oidc/token`, {
  method: 'POST', headers: { authorization: `Basic ${Buffer.from(`${portal.clientId}:${secret ?? ''}`).toString('base64')}` }, body: new URLSearchParams({ grant_type: 'client_credentials' }),
});
const { access_token: portalToken } = (await granted.json()) as { access_token?: string };
if (portalToken === undefined) throw new Error(`the portal got no access token: ${granted.status}`);

const hello = fastify({ logger: false });
hello.post('/hello', async () => ({ accepted: true }));
await hello.listen({ host: '127.0.0.1', port: 0 });
const bare = new WebSocketServer({ server: hello.server, perMessageDeflate: false });
const bareSockets: WebSocket[] = [];
bare.on('connection', (socket) => bareSockets.push(socket));

/** When a request was committed: noted before anybody is told of it, reported when this process has nothing better to do. */
function stampCommits(): void {
  store.onEvents((events) => {
    const committedAt = monotonic();
    if (events.some(({ payload }) => payload.includes('"approval.opened"'))) setImmediate(() => process.send?.({ committedAt }));
  });
}

const cpu = (): number => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };

/** One ping to each bare socket and its pong. @returns milliseconds of CPU */
async function pingBare(): Promise<number> {
  const before = cpu();
  await Promise.all(bareSockets.map((socket) => new Promise((resolve) => { socket.once('pong', resolve).ping(); })));
  return cpu() - before;
}

type Command = { readonly do: 'memory' } | { readonly do: 'cpu' } | { readonly do: 'ping' } | { readonly do: 'stamp' } | { readonly do: 'bare'; readonly text: string } | { readonly do: 'stop' };
process.on('message', (command: Command) => {
  if (command.do === 'memory') {
    globalThis.gc?.();
    globalThis.gc?.();
    const { heapUsed, external, rss } = process.memoryUsage();
    process.send?.({ memory: heapUsed + external, rss });
  } else if (command.do === 'cpu') {
    process.send?.({ cpu: cpu() });
  } else if (command.do === 'ping') {
    void pingBare().then((pinged) => process.send?.({ pinged }));
  } else if (command.do === 'stamp') {
    stampCommits();
  } else if (command.do === 'bare') {
    const bareFrom = monotonic();
    bareSockets.at(-1)?.send(command.text);
    process.send?.({ bareFrom });
  }
  else void Promise.allSettled([server.close(), hello.close()]).then(() => store.close()).finally(() => process.exit(0));
});
const file = join(folder, 'devices.json');
writeFileSync(file, JSON.stringify({ ...planted, portalToken } satisfies Planted), { mode: 0o600 });
process.send?.({ port, helloPort: (hello.server.address() as AddressInfo).port, file });
process.once('disconnect', () => process.exit(0)); // whoever started this is gone
