import type { z } from 'zod';
import type { deviceState } from '../../../shared/contract/device.ts';
import type { PublicJwk } from '../../../shared/contract/primitives.ts';
import type { Vault, VaultChanges } from '../vault/vault.ts';
import type { AccountFacts } from '../vault/vault-item.ts';

export type DeviceState = z.infer<typeof deviceState>;

/** A change of the clock's difference below this many milliseconds is not worth a write to the keychain. */
const offsetTolerance = 2_000;

/** What the vault must remember of the authority's present view: only what differs from what it has. */
export function changesFrom(vault: Vault, state: DeviceState, keys: PublicJwk[], offset: number | null): VaultChanges {
  const facts = factsFrom(vault.facts, state);
  const moved = offset !== null && Math.abs(offset - (vault.clockOffset ?? Number.POSITIVE_INFINITY)) > offsetTolerance;
  return {
    ...(same(keys, vault.authority.keys) ? {} : { authority: { ...vault.authority, keys } }),
    ...(same(facts, vault.facts) ? {} : { facts }),
    ...(moved ? { clockOffset: offset } : {}),
  };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * The facts after the authority told the present state. `lastUseAt` moves with every call and is not worth a write to the
 * keychain by itself, so it is rounded to the hour.
 */
function factsFrom(known: AccountFacts, state: DeviceState): AccountFacts {
  const hour = 3_600_000;
  const { lastUseAt } = state.device;
  return {
    ...known,
    company: { id: state.company.id, name: state.company.name },
    user: state.user,
    serial: state.token.serial,
    tokenState: state.token.state,
    blockedReason: state.token.blockedReason,
    administrators: state.company.administrators,
    hardwareToken: state.hardwareToken,
    device: { ...known.device, id: state.device.id, boundAt: state.device.boundAt, state: state.device.state, lastUseAt: lastUseAt === null ? null : Math.floor(lastUseAt / hour) * hour },
    policy: state.policy,
    closed: false,
    pinDestroyed: state.pinDestroyed || known.pinDestroyed,
  };
}
