import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createProbe } from 'node:net';
import { join } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { leaveControlPath, serveControl, takeControlPath } from './cli/control.ts';
import { createCommandDoor } from './cli/door.ts';
import { every, systemClock } from './clock.ts';
import { requireGateways, type Config } from './config.ts';
import { trustedProxies } from './http/client-address.ts';
import { createOidcDoor } from './http/oidc/door.ts';
import { createServer, type AuthorityServer } from './http/server.ts';
import { makeDataFolder } from './master-key.ts';
import { createDispatcher, type Dispatcher } from './notify/dispatcher.ts';
import { byChannel, outboxNotifier, type Notifier } from './notify/notifier.ts';
import { portalPing } from './notify/portal-ping.ts';
import { smsGateway } from './notify/sms-gateway.ts';
import { smtpNotifier } from './notify/smtp.ts';
import { requireClock } from './services/codes/clock.ts';
import { createPings } from './services/oidc/pings.ts';
import { createTrial, type Trial } from './services/trial.ts';
import { ensureTrialPortal, portalCredential, type CredentialFile } from './services/trial-portal.ts';
import { openAuthority, trialFile, type Authority, type World } from './wiring.ts';

export interface Running {
  /** Public origin. */
  readonly address: string;
  /** Stops taking requests, lets running ones finish, anchors the audit trail, closes the store. */
  stop(): Promise<void>;
}

/**
 * Runs an authority until `stop`.
 * @throws ConfigError, VinculoError STORE_*, Error EADDRINUSE
 */
export async function serve(config: Config, world: World): Promise<Running> {
  requireGateways(config);
  makeDataFolder(config);
  const { host } = config.listen;
  // Everything that a trial signs names its address, so the port must be known before the first service is made.
  const port = config.address === null ? await freePort(host, config.listen.port) : config.listen.port;
  const address = config.address ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const authority = await openAuthority(config, world, address);
  const notifier = createNotifier(config, world);
  const steps: (() => Promise<void> | void)[] = [() => authority.close(), () => notifier.close()];
  const stop = async () => {
    for (const step of steps.splice(0).reverse()) await step();
  };
  try {
    const trial = config.trial ? createTrial({ context: authority.context, issuer: authority.services.issuer }) : null;
    await trial?.ensure();
    if (trial !== null) await ensureTrialPortal(authority.context, authority.services.portals.clients, credentialFile(config));
    const server = await createHttpServer(authority, config, world, address);
    steps.push(() => server.close());
    const control = await serveControl(await takeControlPath(config.dataFolder, world.random), commandDoor(authority, trial, world));
    steps.push(() => leaveControlPath(config.dataFolder), () => control.close());
    steps.push(startTimers(authority, createOutboxDispatcher(authority, notifier, world), world));
    await server.listen(host, port);
    if (config.trial) {
      announce(config, address);
      steps.push(() => rmSync(trialFile(config.dataFolder), { force: true }));
    }
    world.log.info({ address, listen: `${host}:${port}`, trial: config.trial }, 'the authority is ready');
    return { address, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function createHttpServer({ services, authentication, store }: Authority, config: Config, { random, log }: World, address: string): Promise<AuthorityServer> {
  const newReference = () => Buffer.from(random(5)).toString('hex');
  const errorLog = {
    unexpected: (reference: string, error: unknown) => log.error({ reference, error }, 'unexpected error'),
    refused: (code: string, cause: unknown) => log.info({ refused: code, error: cause }, 'refused'),
  };
  const oidc = createOidcDoor({ oidc: services.oidc, questions: services.portals.requests, log: errorLog, newReference, address: () => address });
  return createServer({
    services: services, authentication, oidc, portalOf: oidc.portalOf, clock: systemClock, address: () => address, proxies: trustedProxies(config.trustedProxies),
    issuer: config.issuer, version: packageJson.version, downloads: config.downloads, ready: async () => { await store.read.lastEventId(); await requireClock(store.read); },
    newReference, log: { ...errorLog, answered: (request) => log.debug(request, 'answered') },
  }, { tls: config.tls ?? undefined });
}

/** The issuer's commands, while this process has the store. */
function commandDoor({ services, store }: Authority, trial: Trial | null, { log }: World): ReturnType<typeof createCommandDoor> {
  return createCommandDoor({ services, store, trial, log: (error) => log.warn({ error }, 'command refused') });
}

function createNotifier({ smtp, sms }: Config, { now }: World): Notifier {
  return byChannel({ email: smtp === null ? outboxNotifier : smtpNotifier(smtp), sms: sms === null ? outboxNotifier : smsGateway({ ...sms, now }) });
}

function createOutboxDispatcher({ store, services }: Authority, notifier: Notifier, { log }: World): Dispatcher {
  return createDispatcher({
    notifier, now: () => store.now(),
    queue: services.outbox,
    onTrouble: ({ cause, ...trouble }) => log.warn({ ...trouble, error: cause }, 'message not sent'),
  });
}

/** Expiry, clean-up, outbox, pings, keys and checkpoints, each until stopped. */
function startTimers({ services, context }: Authority, dispatcher: Dispatcher, { log }: World): () => Promise<void> {
  const problem = (what: string) => (error: unknown) => log.error({ error }, what);
  const stops = [
    services.maintenance.start(every, problem('maintenance failed')),
    every(5_000, () => { context.ring.reload().catch(problem('the key ring could not be read')); }),
    every(10_000, () => { context.ring.reseal().catch(problem('values were not sealed anew')); }),
    every(1_000, () => { dispatcher.run().catch(problem('the outbox could not be read')); }),
    every(600_000, () => { services.oidc.keys.tend().catch(problem('the keys of ID tokens were not looked after')); }),
  ];
  const pings = createPings(context, {
    send: portalPing(),
    onTrouble: ({ cause, ...trouble }) => log.warn({ ...trouble, error: cause }, 'portal not told'),
    onProblem: problem('portals could not be told'),
  });
  const stopPings = pings.start(every);
  const stopAudit = context.audit.start(every);
  return async () => {
    for (const stop of stops) stop();
    await stopPings();
    await dispatcher.run().catch(problem('the outbox could not be read'));
    await stopAudit().catch(problem('the last checkpoint was not written'));
  };
}

/** The wanted port if it is free, else another one: an earlier trial's accounts know theirs. */
function freePort(host: string, wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createProbe();
    probe.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' && wanted !== 0 ? resolve(freePort(host, 0)) : reject(error)));
    probe.listen(wanted, host, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : wanted));
    });
  });
}

/** Tells the desktop that started this trial where it is. */
function announce({ dataFolder }: Config, address: string): void {
  writeOwned(trialFile(dataFolder), { address, pid: process.pid });
}

/** `portal.json`, for the sample portal: beside the database, for its owner only. */
function credentialFile({ dataFolder }: Config): CredentialFile {
  const file = join(dataFolder, 'portal.json');
  return {
    read() {
      try {
        return portalCredential.parse(JSON.parse(readFileSync(file, 'utf8')));
      } catch {
        return null;
      }
    },
    write: (credential) => writeOwned(file, credential),
  };
}

/** Whole or not at all. */
function writeOwned(file: string, content: object): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(content)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
