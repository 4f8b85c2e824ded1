import { join } from 'node:path';
import { pino, destination } from 'pino';
import type { Log } from './runtime.ts';

/** Names under which a secret could ever stand in a field; whatever is there is replaced (S21). */
const secret = ['pin', 'newPin', 'password', 'secondProof', 'seed', 'share', 'verifier', 'accessToken', 'authorization', 'd', 'key'];

/** Structured log in the data folder, readable by the person only. */
export function openLog(folder: string): Log {
  const paths = secret.flatMap((name) => [name, `*.${name}`]);
  return pino({ base: null, redact: { paths, censor: '[secret]' } }, destination({ dest: join(folder, 'vinculo.log'), mkdir: true, sync: true, mode: 0o600 }));
}
