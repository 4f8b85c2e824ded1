import type { Sealer } from '../crypto/key-ring.ts';
import type { OutboxMessage } from '../store/entities.ts';

export const messageIdentity = (id: string): string => `outbox/${id}`;

/** A copy of the database must hold no link and no code that still works (S21). */
export const sealText = (sealer: Sealer, id: string, text: string): Uint8Array => sealer.seal(messageIdentity(id), new TextEncoder().encode(text));

/** Null once erased. @throws SealBroken when the row does not hold what was sealed for it */
export const openText = (sealer: Sealer, { id, sealed }: Pick<OutboxMessage, 'id' | 'sealed'>): string | null =>
  sealed === null ? null : new TextDecoder().decode(sealer.open(messageIdentity(id), sealed));
