import type { z } from 'zod';
import type { deviceState } from '../../../shared/contract/device.ts';
import type { AccountFacts } from '../vault/vault-item.ts';

export type DeviceState = z.infer<typeof deviceState>;

/**
 * The facts after the authority told the present state. `lastUseAt` moves with every call and is not worth a write to the
 * keychain by itself, so it is rounded to the hour.
 */
export function factsFrom(known: AccountFacts, state: DeviceState): AccountFacts {
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
