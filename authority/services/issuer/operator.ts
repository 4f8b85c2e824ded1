import { VinculoError, type ErrorCode } from '../../../shared/contract/errors.ts';
import type { SerialNumber } from '../../../shared/domain/ids.ts';
import type { Company, Token, User } from '../../store/entities.ts';
import type { Reader, Transaction } from '../../store/store.ts';
import type { ActionScope, RunScope } from '../actions/kind.ts';
import type { Acting } from '../caller.ts';
import type { ServiceContext } from '../context.ts';

/** Who works at the command line, and why he changes something; both are in the audit trail of the company. */
export interface Operator { readonly operator: string; readonly reason: string }

export const issuerActing = ({ operator, reason }: Operator): Extract<Acting, { kind: 'issuer' }> => ({ kind: 'issuer', operator, reason });

export async function issuerScope(context: ServiceContext, tx: Transaction, company: Company, by: Operator): Promise<RunScope> {
  return { read: tx, company, acting: issuerActing(by), phase: 'issuer', now: await tx.now(), context };
}

/** By name or id. @throws VinculoError NOT_FOUND */
export async function requireCompany(read: Reader, nameOrId: string): Promise<Company> {
  const company = (await read.companyByName(nameOrId)) ?? (await read.companies()).find(({ id }) => id === nameOrId);
  if (company === undefined) throw new VinculoError('NOT_FOUND', { rows: [nameOrId] });
  return company;
}

/** @throws VinculoError USER_UNKNOWN */
export async function requireUser(read: Reader, userName: string): Promise<User> {
  const user = await read.userByName(userName.trim().toLowerCase());
  if (user === null) throw new VinculoError('USER_UNKNOWN', { rows: [userName] });
  return user;
}

/** @throws VinculoError TOKEN_UNKNOWN */
export async function requireToken(read: Reader, serial: string): Promise<Token> {
  const token = await read.tokenBySerial(serial.trim().toUpperCase() as SerialNumber);
  if (token === null) throw new VinculoError('TOKEN_UNKNOWN', { rows: [serial] });
  return token;
}

export async function companyOf(scope: Pick<ActionScope, 'read'>['read'], row: { readonly companyId: Company['id'] }): Promise<Company> {
  const company = await scope.company(row.companyId);
  if (company === null) throw new VinculoError('NOT_FOUND');
  return company;
}

export function refuseIf(obstacle: ErrorCode | null, rows: readonly string[]): void {
  if (obstacle !== null) throw new VinculoError(obstacle, { rows: [...rows] });
}
