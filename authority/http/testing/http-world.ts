import { randomBytes, randomUUID, type KeyObject } from 'node:crypto';
import { hashText } from '../../crypto/hash.ts';
import { signJws, type PublicKey } from '../../crypto/jws.ts';
import { createAuthentication } from '../../services/authentication.ts';
import { createDatabase, type TestDatabase } from '../../../test/support/stores.ts';
import { createWorld, type Desktop, type World } from '../../../test/support/authority-world.ts';
import { trustedProxies } from '../client-address.ts';
import type { Clock, HttpDeps, HttpServices } from '../context.ts';
import { createOidcDoor } from '../oidc/door.ts';
import { createServer, type AuthorityServer, type Patience } from '../server.ts';

export const address = 'https://vinculo.example';

/** Time stands still until a test moves it; timers run when their time has come. */
export class TestClock implements Clock {
  #now = Date.UTC(2026, 0, 5, 12);
  readonly #timers = new Set<{ at: number; work: () => void }>();
  now = (): number => this.#now;
  after = (milliseconds: number, work: () => void): (() => void) => {
    const timer = { at: this.#now + milliseconds, work };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };
  advance(milliseconds: number): void {
    const until = this.#now + milliseconds;
    for (;;) {
      const next = [...this.#timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.#timers.delete(next);
      this.#now = next.at;
      next.work();
    }
    this.#now = until;
  }
}

/** An authority with its real services over SQLite, behind the real server. */
export interface HttpWorld {
  readonly world: World; readonly clock: TestClock; readonly server: AuthorityServer; readonly logged: { reference: string; error: unknown }[];
  port: number;
  close(): Promise<void>;
}

export async function createHttpWorld(options: { patience?: Patience; listen?: boolean; change?: (deps: HttpDeps) => Partial<HttpDeps>; services?: (services: HttpServices, world: World) => Partial<HttpServices> } = {}): Promise<HttpWorld> {
  const clock = new TestClock();
  const database: TestDatabase = await createDatabase('sqlite');
  const world = await createWorld(await database.open(clock.now));
  const logged: { reference: string; error: unknown }[] = [];
  const services = world.services;
  const log: HttpDeps['log'] = { unexpected: (reference, error) => logged.push({ reference, error }), refused: () => {}, answered: () => {} };
  const newReference = () => randomUUID().slice(0, 8);
  const oidc = createOidcDoor({ oidc: services.oidc, questions: services.portals.requests, log, newReference, address: () => address });
  const deps: HttpDeps = {
    services: { ...services, ...options.services?.(services, world) }, authentication: createAuthentication(world.context), oidc, portalOf: oidc.portalOf, clock,
    log, newReference, ready: async () => { await world.store.now(); },
    address: () => address, proxies: trustedProxies([]), issuer: 'Banco <Prueba>', version: '0.1.0', downloads: [],
  };
  const server = await createServer({ ...deps, ...options.change?.(deps) }, options.patience === undefined ? {} : { patience: options.patience });
  const made: HttpWorld = { world, clock, server, logged, port: 0, close: async () => { await server.close(); await database.remove(); } };
  if (options.listen === true) made.port = await server.listen('127.0.0.1', 0);
  return made;
}

export interface ProofChange { readonly claims?: Record<string, unknown>; readonly header?: object; readonly typ?: string; readonly key?: { publicKey: PublicKey; privateKey: KeyObject } }

/** A desktop's own way to call: proofs by its session key, with the server's latest nonce. */
export class Caller {
  readonly #http: HttpWorld;
  readonly #desktop: Desktop;
  nonce: string | undefined;
  token: string | undefined;

  constructor(http: HttpWorld, desktop: Desktop) {
    this.#http = http;
    this.#desktop = desktop;
  }

  proof(method: string, path: string, { claims = {}, header = {}, typ = 'dpop+jwt', key = this.#desktop.session }: ProofChange = {}): string {
    const payload = {
      htm: method, htu: address + path, iat: Math.floor(this.#http.clock.now() / 1000), jti: randomBytes(16).toString('base64url'),
      ...(this.token !== undefined && { ath: hashText(this.token) }), ...(this.nonce !== undefined && { nonce: this.nonce }), ...claims,
    };
    return signJws(typ, payload, key.privateKey, { jwk: key.publicKey, ...header });
  }

  /** @returns status and parsed body; takes over the nonce */
  async call(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object, headers: Record<string, string> = {}): Promise<{ status: number; body: Record<string, unknown>; headers: Record<string, unknown> }> {
    const response = await this.#http.server.fastify.inject({
      method, url: path, ...(body !== undefined && { payload: body }),
      headers: { dpop: this.proof(method, path.split('?')[0] ?? path), ...(this.token !== undefined && { authorization: `DPoP ${this.token}` }), ...headers },
    });
    this.nonce = String(response.headers['dpop-nonce'] ?? this.nonce);
    return { status: response.statusCode, body: response.body === '' ? {} : (response.json() as Record<string, unknown>), headers: response.headers };
  }

  /** Asks for a nonce, as every first call does, then opens the session. */
  async open(): Promise<void> {
    this.token = undefined;
    const start = () => this.call('POST', '/device/session', { deviceId: this.#desktop.deviceId });
    let answer = await start();
    if (answer.body['code'] === 'DPOP_NONCE_REQUIRED') answer = await start();
    if (answer.status !== 200) throw new Error(`no session: ${JSON.stringify(answer.body)}`);
    this.token = String(answer.body['accessToken']);
  }
}
