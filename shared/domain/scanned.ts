import { authorityOrigin, parseInvitation } from './invitation-link.ts';

/** Of a login or a transaction; drawn by the authority. */
export const numberLength = 6;
/** A QR of more is not read reliably from a screen; an offline request that is longer gets none. */
export const longestOfflineRequest = 1000;
/** What a scanner hands over at most: nothing longer is looked at. */
const longestScan = 4096;

export interface ApproveLink {
  /** Origin of the authority that asks. */
  readonly authority: string;
  /** UUID of the approval. */
  readonly approvalId: string;
  /** The six digits that the portal shows. */
  readonly number: string;
}

/** `vinculo:approve?a=<authority>&id=<approval>&n=<number>`: the QR of a portal whose user is online (protocol: QR 1). */
export function approveLink({ authority, approvalId, number }: ApproveLink): string {
  return `vinculo:approve?a=${encodeURIComponent(authority)}&id=${approvalId}&n=${number}`;
}

export type Scanned =
  | ({ readonly kind: 'approve' } & ApproveLink)
  /** A compact JWS; nothing about it is known before its signature was checked. */
  | { readonly kind: 'offline'; readonly request: string }
  | { readonly kind: 'invitation'; readonly text: string }
  | { readonly kind: 'refused' };

const refused: Scanned = { kind: 'refused' };
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** What a QR, a pasted or dropped text or a `vinculo:` link is. It only ever opens a screen (S24); anything else is refused. Pure. */
export function readScanned(text: string): Scanned {
  const trimmed = text.trim();
  if (trimmed.length > longestScan) return refused;
  if (/^vinculo:(?:\/\/)?approve\b/i.test(trimmed)) return readApprove(trimmed);
  if (/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/.test(trimmed)) return { kind: 'offline', request: trimmed };
  return parseInvitation(trimmed).kind === 'link' ? { kind: 'invitation', text: trimmed } : refused;
}

function readApprove(text: string): Scanned {
  const [, query] = /^vinculo:(?:\/\/)?approve\/?\?([^#]*)$/i.exec(text) ?? [];
  if (query === undefined) return refused;
  const parameters = [...new URLSearchParams(query)];
  const value = (name: string) => parameters.find(([other]) => other === name)?.[1] ?? '';
  if (parameters.map(([name]) => name).sort().join() !== 'a,id,n') return refused;
  const authority = /^https?:\/\//i.test(value('a')) ? authorityOrigin(value('a')) : null;
  if (authority?.secure !== true || !uuid.test(value('id')) || !/^\d{6}$/.test(value('n'))) return refused;
  return { kind: 'approve', authority: authority.origin, approvalId: value('id'), number: value('n') };
}
