import { VinculoError } from '../../../shared/contract/errors.ts';
import type { Reader } from '../../store/store.ts';

/** How far this process may be off the database's clock, in milliseconds (protocol). */
const tolerated = 2_000;

/**
 * A process whose clock is wrong is ill: it refuses codes and is not ready, although codes are judged by the database's clock.
 * @returns that clock's time, in milliseconds
 * @throws VinculoError STORE_UNAVAILABLE
 */
export async function requireClock(read: Pick<Reader, 'clock'>): Promise<number> {
  const { now, ahead } = await read.clock();
  if (Math.abs(ahead) > tolerated) throw new VinculoError('STORE_UNAVAILABLE', {}, { cause: new Error(`the clock of this process is ${ahead} ms ahead of the database's`) });
  return now;
}
