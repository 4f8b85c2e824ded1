import type { ApprovalId, DeviceId, HardwareTokenId, PortalId } from '../../shared/domain/ids.ts';
import { hashText } from '../crypto/hash.ts';

/** Names of sealed rows: a value that is moved to another row does not open. */
export const seedIdentity = (deviceId: DeviceId): string => `seed/${deviceId}`;
export const temporaryCodeIdentity = (id: string): string => `temporary-code/${id}`;
export const hardwareIdentity = (token: { readonly id: HardwareTokenId }): string => `hardware-token/${token.id}`;
export const numberIdentity = (id: ApprovalId): string => `portal-request/${id}/number`;
export const notificationIdentity = (id: ApprovalId): string => `portal-request/${id}/notification`;
export const portalCallIdentity = (portalId: PortalId, key: string): string => `portal-call/${portalId}/${hashText(key)}`;
export const oidcIdentity = (model: string, idHash: string): string => `oidc/${model}/${idHash}`;
