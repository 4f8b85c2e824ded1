import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { jwsType } from '../shared/domain/jws-types.ts';
import { systemClock } from './clock.ts';
import { ConfigError, type Config } from './config.ts';
import { MasterKeyWrong, type Sealer } from './crypto/key-ring.ts';
import { passwords } from './crypto/passwords.ts';
import type { Random } from './crypto/random.ts';
import type { Log } from './log.ts';
import { createMasterKeyFile, makeDataFolder, readMasterKey, readNextMasterKey } from './master-key.ts';
import { messageTexts } from './notify/texts.ts';
import { checkpointFile, createAudit } from './services/audit.ts';
import type { Checkpoint } from './services/audit/checkpoints.ts';
import { createAuthentication, type Authentication } from './services/authentication.ts';
import type { ServiceContext } from './services/context.ts';
import { openRing, type Ring } from './services/key-ring.ts';
import { createKeys, type KeyManagement } from './services/keys.ts';
import { localPasswords } from './services/local-passwords.ts';
import { remotePasswords } from './services/remote-passwords.ts';
import { createServices, type Services } from './services/services.ts';
import { openPostgres } from './store/postgres/open.ts';
import { openSqlite } from './store/sqlite/open.ts';
import type { Store } from './store/store.ts';

/** Clock, randomness and log of the process. */
export interface World {
  readonly now: () => number;
  readonly random: Random;
  readonly log: Log;
}

/** An opened authority: what a server or a command works with. */
export interface Authority {
  readonly store: Store;
  readonly sealer: Sealer;
  readonly context: ServiceContext & { readonly keys: KeyManagement; readonly ring: Ring };
  readonly services: Services;
  readonly authentication: Authentication;
  close(): Promise<void>;
}

export const trialFile = (dataFolder: string): string => join(dataFolder, 'trial.json');

/**
 * Opens store and keys and builds the services over them: the one place that names implementations.
 * @param address the public origin when it is not in the configuration (a trial that has just got its port)
 * @throws ConfigError, VinculoError STORE_*
 */
export async function openAuthority(config: Config, world: World, address: string = addressOf(config)): Promise<Authority> {
  makeDataFolder(config);
  if (config.trial && 'file' in config.masterKey) createMasterKeyFile(config.masterKey.file, world.random);
  readMasterKey(config); // before anything is opened
  const store = await openStore(config, world);
  try {
    const ring = await openSealer(config, store, world);
    const { sealer } = ring;
    const facts = { address, issuer: config.issuer, support: config.support, issuerNotices: config.issuerNotices };
    const keys = createKeys({ store, sealer, facts });
    await keys.ensure();
    const context = createContext({ config, world, facts, store, ring, keys });
    return {
      store, sealer, context, services: createServices(context), authentication: createAuthentication(context),
      close: () => store.close(),
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

interface Parts { readonly config: Config; readonly world: World; readonly facts: ServiceContext['facts']; readonly store: Store; readonly ring: Ring; readonly keys: KeyManagement }

function createContext({ config, world, facts, store, ring, keys }: Parts): Authority['context'] {
  const { random, log, now } = world;
  const hashing = passwords();
  const audit = createAudit({
    store, random, checkpoints: checkpointFile(join(config.dataFolder, 'checkpoints.log')),
    signCheckpoint: (payload) => keys.sign(jwsType.checkpoint, payload),
    verifyCheckpoint: async (jws) => (await keys.verifyPast(jwsType.checkpoint, jws)) as Checkpoint | null,
    onProblem: ({ chain, cause }) => log.error({ chain, error: cause }, 'audit chain not anchored'),
  });
  return {
    store, random, after: systemClock.after, sealer: ring.sealer, ring, keys, audit, passwords: hashing, texts: messageTexts,
    passwordVerifier: config.remotePasswords === null ? localPasswords({ store, passwords: hashing }) : remotePasswords({ ...config.remotePasswords, now }),
    facts,
  };
}

function openStore(config: Config, { now, log }: World): Promise<Store> {
  if (config.databaseUrl === null) return openSqlite(join(config.dataFolder, 'authority.db'), { now });
  return openPostgres(config.databaseUrl, { now, onConnectionLost: (error) => log.warn({ error }, 'database connection lost') });
}

async function openSealer(config: Config, store: Store, { random, now }: World): Promise<Ring> {
  try {
    return await openRing({ store, masters: { present: readMasterKey(config), next: readNextMasterKey(config) }, random, now });
  } catch (cause) {
    throw cause instanceof MasterKeyWrong ? new ConfigError('VINCULO_MASTER_KEY_WRONG', { cause }) : cause;
  }
}

/** Configured, or of the trial's last start: a command needs it for the links it sends. */
function addressOf(config: Config): string {
  if (config.address !== null) return config.address;
  try {
    const { address } = JSON.parse(readFileSync(trialFile(config.dataFolder), 'utf8')) as { address: string };
    return address;
  } catch {
    return 'http://127.0.0.1';
  }
}
