import type { ActionRequest } from '../../../shared/contract/admin.ts';
import type { ErrorCode } from '../../../shared/contract/errors.ts';
import type { ActionRow } from '../../../shared/contract/signed.ts';
import type { Company, Device, HardwareToken, Token, User } from '../../store/entities.ts';
import type { Reader, Transaction } from '../../store/store.ts';
import type { Acting } from '../caller.ts';
import type { ServiceContext } from '../context.ts';

/**
 * In which company and in whose name an action is planned. `request`: an admin asks; `execute`: his approval has come, what was
 * signed is compared with what would run; `issuer`: from the command line, without approval.
 */
export interface ActionScope {
  readonly read: Reader;
  readonly company: Company;
  readonly acting: Extract<Acting, { kind: 'admin' | 'issuer' }>;
  readonly phase: 'request' | 'execute' | 'issuer';
  readonly now: number;
  readonly context: ServiceContext;
}
export interface RunScope extends ActionScope { readonly read: Transaction }

/** The rows an action touches, as they stand now. */
export interface Subject { readonly user: User | null; readonly token: Token | null; readonly devices: readonly Device[]; readonly hardware: HardwareToken | null }

/** One line of an action as it would run now; with an obstacle it would not. */
export interface PlannedRow {
  /** Name or serial, for the person who reads an error. */
  readonly label: string;
  readonly obstacle: ErrorCode | null;
  /** Null only with an obstacle. */
  readonly row: ActionRow | null;
  readonly subject: Subject;
}

/** One kind of admin action. `plan` has no effect and is asked twice: when the admin asks and when the approval comes. */
export interface ActionKind<R extends ActionRequest = ActionRequest> {
  /** @param signed the rows that were shown and signed, when the approval has come: what was chosen then (serials, ids) is kept */
  plan(scope: ActionScope, request: R, signed: readonly ActionRow[] | null): Promise<PlannedRow[]>;
  run(scope: RunScope, request: R, planned: PlannedRow): Promise<void>;
  /** By how much a row moves the number of available tokens. */
  readonly pool: -1 | 0 | 1;
}

export const blocked = (label: string, obstacle: ErrorCode, subject: Partial<Subject> = {}): PlannedRow => ({ label, obstacle, row: null, subject: { user: null, token: null, devices: [], hardware: null, ...subject } });

/** A person's words about an action, where its kind has them. */
export const reasonOf = (request: ActionRequest): string | null => ('reason' in request ? (request.reason ?? null) : null);

/** Nobody acts on his own token; of another admin's an admin may only block it. The issuer may act on any. */
export function ownershipObstacle(scope: ActionScope, user: User | null, kind: ActionRequest['kind'], allowedOnOtherAdmin: readonly string[]): ErrorCode | null {
  if (scope.acting.kind === 'issuer' || user === null) return null;
  if (user.id === scope.acting.user.id) return 'OWN_TOKEN';
  return user.role === 'admin' && !allowedOnOtherAdmin.includes(kind) ? 'OTHER_ADMIN' : null;
}
