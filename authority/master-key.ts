import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Random } from './crypto/random.ts';
import { ConfigError, type Config } from './config.ts';

/**
 * The key outside the database that seals the keys inside it: 32 bytes in base64url on one line.
 * @throws ConfigError when there is none, or it is no key
 */
export const readMasterKey = ({ masterKey }: Pick<Config, 'masterKey'>): Uint8Array => readKey(masterKey, 'VINCULO_MASTER_KEY_FILE');

/** The one that is to take over; null: no rotation goes on. @throws ConfigError */
export const readNextMasterKey = ({ nextMasterKey }: Pick<Config, 'nextMasterKey'>): Uint8Array | null => (nextMasterKey === null ? null : readKey(nextMasterKey, 'VINCULO_MASTER_KEY_NEXT_FILE'));

function readKey(masterKey: Config['masterKey'], variable: 'VINCULO_MASTER_KEY_FILE' | 'VINCULO_MASTER_KEY_NEXT_FILE'): Uint8Array {
  if ('key' in masterKey) return masterKey.key;
  try {
    const key = new Uint8Array(Buffer.from(readFileSync(masterKey.file, 'utf8').trim(), 'base64'));
    if (key.length !== 32) throw new RangeError('a master key is 32 bytes');
    return key;
  } catch (cause) {
    throw new ConfigError(variable, { cause });
  }
}

/** Makes the data folder, for its owner only. One that is there stays as it is. @throws ConfigError */
export function makeDataFolder({ dataFolder }: Pick<Config, 'dataFolder'>): void {
  try {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new ConfigError('VINCULO_DATA_FOLDER_WRONG', { cause });
  }
}

/** Makes the file when there is none; readable by its owner only. An existing one is never touched. False: there was one. @throws ConfigError */
export function createMasterKeyFile(file: string, random: Random): boolean {
  try {
    writeFileSync(file, `${Buffer.from(random(32)).toString('base64url')}\n`, { flag: 'wx', mode: 0o600 });
    chmodSync(file, 0o600); // whatever the umask was
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw new ConfigError('VINCULO_MASTER_KEY_FILE_WRONG', { cause: error });
  }
}
