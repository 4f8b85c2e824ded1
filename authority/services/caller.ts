import { VinculoError } from '../../shared/contract/errors.ts';
import type { Actor } from '../../shared/domain/token-states.ts';
import type { ApprovalId } from '../../shared/domain/ids.ts';
import type { Company, Device, Token, User } from '../store/entities.ts';
import type { AuditActor } from './audit.ts';

/** Who calls with a device session, as the rows stood when the call came in. */
export interface Caller {
  readonly device: Device;
  readonly token: Token;
  readonly user: User;
  readonly company: Company;
  /** Address and program of the request, for the audit trail and for what the person sees. */
  readonly ip: string;
  readonly agent: string;
}
export type Source = Pick<Caller, 'ip' | 'agent'>;

/** In whose name something changes. */
export type Acting =
  | { readonly kind: 'admin'; readonly user: User; readonly ip: string | null; readonly approvalId: ApprovalId | null }
  | { readonly kind: 'user'; readonly user: User; readonly ip: string; readonly approvalId: ApprovalId | null }
  | { readonly kind: 'issuer'; readonly operator: string; readonly reason: string }
  | { readonly kind: 'authority' }
  | { readonly kind: 'time' };

/** The row of the transition table's `by`. */
export const actorOf = (acting: Acting): Actor => acting.kind;

/** How the audit trail names him; what time does is done by the authority. */
export function auditActor(acting: Acting): AuditActor {
  switch (acting.kind) {
    case 'admin':
    case 'user':
      return { kind: acting.kind, id: acting.user.id };
    case 'issuer':
      return { kind: 'issuer', name: acting.operator };
    default:
      return { kind: 'authority' };
  }
}

/** Fields of an audit record that come from who acts. */
export function auditOf(acting: Acting) {
  return {
    actor: auditActor(acting),
    ...('ip' in acting && acting.ip !== null && { ip: acting.ip }),
    ...('approvalId' in acting && acting.approvalId !== null && { approvalId: acting.approvalId }),
    ...(acting.kind === 'issuer' && { reason: acting.reason }),
  };
}

export const asUser = (caller: Caller, approvalId: ApprovalId | null = null): Acting => ({ kind: 'user', user: caller.user, ip: caller.ip, approvalId });

/** Whether somebody has compared this device's words: what its token did before names people, and is not for one that waits (S13). */
export const wasActivated = ({ device }: Pick<Caller, 'device'>): boolean => device.state === 'active' || (device.state === 'suspended' && device.resumeState === 'active');

/** Only the device that decides: not one that waits for its activation. */
export function requireActive(caller: Caller): void {
  if (caller.device.state !== 'active' || caller.token.state !== 'active') throw new VinculoError('TOKEN_NOT_ACTIVE');
}

export function requireAdmin(caller: Caller): void {
  if (caller.user.role !== 'admin' || !caller.user.active) throw new VinculoError('NOT_ADMIN');
  requireActive(caller);
}

/** As people read it; after an erasure only the user name is left. */
export const nameOf = (user: User): string => user.personal?.name ?? user.userName;
