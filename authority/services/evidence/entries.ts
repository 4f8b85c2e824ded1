import type { Approval, AuditEntry, Device } from '../../store/entities.ts';
import type { Reader } from '../../store/store.ts';
import { parseBody } from '../audit/record.ts';

/** The entry that recorded the decision or, without one, how the request ended. */
export function decisionEntry(read: Reader, approval: Approval): Promise<AuditEntry | null> {
  return newest(read, approval, (entry) => entry.approvalId === approval.id && entry.event === `approval.${approval.state}`, approval.createdAt);
}

/** The entry of the activation that made this device the one that decides. Entries of before a device stood in them: the first after its binding. */
export async function activationEntry(read: Reader, device: Device): Promise<AuditEntry | null> {
  const chain = { companyId: device.companyId, tokenId: device.tokenId };
  const named = await newest(read, chain, (entry) => isActivation(entry) && parseBody(entry).detail['deviceId'] === device.id, device.boundAt);
  if (named !== null) return named;
  let first: AuditEntry | null = null;
  await newest(read, chain, (entry) => {
    if (isActivation(entry) && entry.at >= device.boundAt && parseBody(entry).detail['deviceId'] === undefined) first = entry;
    return false;
  }, device.boundAt);
  return first;
}

export const activationEvents = ['token.activate', 'token.activateReplacement'];
const isActivation = ({ event }: AuditEntry): boolean => activationEvents.includes(event);

/** The newest entry about a token, not older than `since`, that `fits`. */
async function newest(read: Reader, { companyId, tokenId }: Pick<Approval, 'companyId' | 'tokenId'>, fits: (entry: AuditEntry) => boolean, since: number): Promise<AuditEntry | null> {
  let before: number | undefined;
  for (;;) {
    const { entries } = await read.audit({ chain: companyId, tokenId, size: 100, before });
    const found = entries.find(fits);
    if (found !== undefined) return found;
    const oldest = entries.at(-1);
    if (oldest === undefined || oldest.at < since) return null;
    before = oldest.sequence;
  }
}
