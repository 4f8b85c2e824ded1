import type { Device } from '../store/entities.ts';
import type { Transaction } from '../store/store.ts';
import { cancelPendingApprovals } from './approval-closing.ts';
import type { ServiceContext } from './context.ts';
import { tellDevice } from './tell.ts';

type Context = Pick<ServiceContext, 'audit'>;

/** Out of use for good: keys, seed and share are gone, its session and socket end, what was put to it is cancelled (S17). */
export async function closeDevice(context: Context, tx: Transaction, device: Device): Promise<void> {
  await tx.updateDevice(device.id, { state: 'closed', closedAt: await tx.now(), resumeState: null, share: null, pinVerifier: null });
  await tx.deleteSeed(device.id);
  await tx.forgetBindingAnswer(device.id);
  await cancelPendingApprovals(context, tx, device);
  await tellDevice(tx, device.id, { type: 'device.closed' });
}

/** Out of use until the token is unblocked. It may open a session only to read its state. */
export async function suspendDevice(context: Context, tx: Transaction, device: Device): Promise<void> {
  if (device.state !== 'pending' && device.state !== 'active') return;
  await tx.updateDevice(device.id, { state: 'suspended', resumeState: device.state });
  await cancelPendingApprovals(context, tx, device);
}

export async function resumeDevice(tx: Transaction, device: Device): Promise<void> {
  if (device.state === 'suspended') await tx.updateDevice(device.id, { state: device.resumeState ?? 'pending', resumeState: null });
}

/** The waiting device decides from now on; the one it replaces, if any, dies. */
export async function adoptDevice(context: Context, tx: Transaction, devices: readonly Device[]): Promise<void> {
  for (const device of devices) {
    if (device.state === 'pending') await tx.updateDevice(device.id, { state: 'active', replacing: false });
    else await closeDevice(context, tx, device);
  }
}

/** The one that decides or would decide: the older of two during a planned replacement. */
export const decidingDevice = (devices: readonly Device[]): Device | null => devices.find((device) => !device.replacing && device.state !== 'closed') ?? null;
/** The new one of a planned replacement, bound and waiting. */
export const replacementDevice = (devices: readonly Device[]): Device | null => devices.find((device) => device.replacing && device.state !== 'closed') ?? null;
