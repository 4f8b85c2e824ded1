import type { Sealer } from '../../crypto/key-ring.ts';
import type { Portal, Sealed } from '../../store/entities.ts';

export const clientSecretIdentity = (id: string): string => `portal-secret/${id}`;

/** A portal's secret is compared as text by the library, so it is kept sealed and not hashed. */
export const sealClientSecret = (sealer: Sealer, id: Portal['id'], secret: string): Sealed => sealer.seal(clientSecretIdentity(id), new TextEncoder().encode(secret));

/** Null for a portal that signs with a key of its own. */
export const openClientSecret = (sealer: Sealer, { id, secret }: Pick<Portal, 'id' | 'secret'>): string | null =>
  secret === null ? null : new TextDecoder().decode(sealer.open(clientSecretIdentity(id), secret));
