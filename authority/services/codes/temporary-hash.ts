import type { UserId } from '../../../shared/domain/ids.ts';
import type { Sealer } from '../../crypto/key-ring.ts';

/** What is kept of a temporary code: too short for a plain hash, so under a key that does not stand in the database. */
export const temporaryHash = (sealer: Sealer, userId: UserId, code: string): string => sealer.digest('temporary-code', `${userId}/${code}`);
