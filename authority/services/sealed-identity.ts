import type { DeviceId, HardwareTokenId } from '../../shared/domain/ids.ts';

/** Names of sealed rows: a value that is moved to another row does not open. */
export const seedIdentity = (deviceId: DeviceId): string => `seed/${deviceId}`;
export const hardwareIdentity = (token: { readonly id: HardwareTokenId }): string => `hardware-token/${token.id}`;
