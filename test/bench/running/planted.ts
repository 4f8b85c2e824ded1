import type { JsonWebKey } from 'node:crypto';
import type { Sealer } from '../../../authority/crypto/key-ring.ts';
import { seedIdentity } from '../../../authority/services/sealed-identity.ts';
import type { DeviceId } from '../../../shared/domain/ids.ts';

/** What the authority's process writes down for the processes that play the desktops. */
export interface Planted {
  readonly portalToken: string;
  readonly companies: readonly string[];
  readonly devices: readonly { readonly id: DeviceId; readonly userName: string; readonly session: JsonWebKey; readonly approval: JsonWebKey; /** base64 */ readonly seed: string }[];
}

export const sealedSeed = (sealer: Sealer, id: DeviceId, seed: Uint8Array): Uint8Array => sealer.seal(seedIdentity(id), seed);

/** What every proof names: the bench's authority stands, like a real one, behind a proxy that knows the name. */
export const publicAddress = 'https://vinculo.example';

/** Its own source for each: limits per source must fit an office, not ten thousand desktops at one address. */
export const sourceOf = (n: number): string => `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;

/** Same clock in every process of the machine, milliseconds. */
export const monotonic = (): number => Number(process.hrtime.bigint()) / 1e6;
