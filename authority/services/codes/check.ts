import type { CompanyId, UserId } from '../../../shared/domain/ids.ts';
import { loginRule, type LoginMethod } from '../../../shared/domain/login-rule.ts';
import type { Portal, Token } from '../../store/entities.ts';
import type { Transaction } from '../../store/store.ts';
import type { ServiceContext } from '../context.ts';
import { requireClock } from './clock.ts';
import { codeLock, isLockedForGood } from './channel.ts';
import { matchesOf, noCandidates, normaliseCode, type Candidates, type Match } from './evaluate.ts';
import { nobody, readHolder, type Holder } from './holder.ts';

type Context = Pick<ServiceContext, 'store' | 'sealer' | 'audit'>;

export interface CodeAttempt {
  /** Null: unknown to the portal, or of a company it does not serve. */
  readonly user: { readonly id: UserId } | null;
  readonly company: { readonly id: CompanyId } | null;
  /** As it was typed. */
  readonly code: string;
  /** A code never approves a transaction. */
  readonly purpose: 'login';
  /** For the audit trail. */
  readonly portal?: Pick<Portal, 'id' | 'name'> | undefined;
  readonly ip?: string | undefined;
}
export interface CodeVerdict { readonly accepted: boolean; readonly method: Match['method'] | null }

/** Why a code was not taken; only the audit trail says so. */
type Refusal = 'wrong' | 'used' | 'locked' | 'notAllowed' | 'unknown';

/**
 * The one check of a code, of whatever kind the login rule lets this person use: virtual token, hardware token, temporary code.
 * In one transaction: the try is counted, then compared, then used by a conditional update; of any number of equal codes over all
 * channels, nodes and restarts one is taken (S4). Wrong, unknown and locked are one answer that costs the same work.
 * @throws VinculoError STORE_…: nothing was accepted (S18)
 */
export const checkCode = (context: Context, attempt: CodeAttempt): Promise<CodeVerdict> => context.store.transaction((tx) => checkCodeIn(context, tx, attempt));

/** The same within the caller's transaction, whose end decides whether the code was used. */
export async function checkCodeIn(context: Pick<Context, 'sealer' | 'audit'>, tx: Transaction, attempt: CodeAttempt): Promise<CodeVerdict> {
  // Blocking, activating and suspending take the same lock: the rule holds until the code is used.
  await tx.lockCompany(attempt.company?.id ?? nobody);
  const now = await requireClock(tx);
  const holder = await readHolder(tx, { userId: attempt.user?.id ?? null, companyId: attempt.company?.id ?? null }, now);
  const tries = await countTry(tx, holder, now);
  const methods = holder === null ? [] : loginRule(holder.facts).methods;
  const matches = matchesOf(context.sealer, tries === null ? noCandidates : candidatesOf(holder, methods), normaliseCode(attempt.code), now);
  const method = await firstUsed(tx, matches);
  if (method !== null && holder !== null) return accept(context, tx, attempt, holder, method);
  await refuse(context, tx, attempt, holder, holder === null ? 'unknown' : refusalOf(tries, methods, matches));
  return { accepted: false, method: null };
}

/** Counts before anything is compared. Null: nothing may be compared, the channel is locked or nobody's. */
async function countTry(tx: Transaction, holder: Holder | null, now: number): Promise<number | null> {
  const tries = holder === null ? null : await tx.countCodeTry(holder.user.id, now, codeLock);
  // As many statements for nobody, and for a locked channel, as for a try that counts.
  if (holder === null) await tx.countInWindow('code/nobody', 0, now + 3600_000);
  if (tries === null) await tx.resetCodeChannel(nobody);
  return tries;
}

function candidatesOf(holder: Holder | null, methods: readonly LoginMethod[]): Candidates {
  if (holder === null) return noCandidates;
  return {
    seed: methods.includes('code') ? holder.seed : null,
    hardware: methods.includes('hardware') ? holder.hardware : null,
    temporary: methods.includes('temporary') ? holder.temporary : [],
  };
}

async function firstUsed(tx: Transaction, matches: readonly Match[]): Promise<Match['method'] | null> {
  for (const match of matches) if (await match.use(tx)) return match.method;
  return null;
}

function refusalOf(tries: number | null, methods: readonly LoginMethod[], matches: readonly Match[]): Refusal {
  if (tries === null) return 'locked';
  if (matches.length > 0) return 'used';
  return methods.some((method) => method === 'code' || method === 'hardware' || method === 'temporary') ? 'wrong' : 'notAllowed';
}

async function accept({ audit }: Pick<Context, 'audit'>, tx: Transaction, attempt: CodeAttempt, { user, token, hardware }: Holder, method: Match['method']): Promise<CodeVerdict> {
  await tx.resetCodeChannel(user.id);
  await audit.record(tx, {
    companyId: user.companyId, event: 'code.accepted', actor: { kind: 'user', id: user.id }, user, ...tokenOf(token), ip: attempt.ip, result: 'approved',
    detail: { method, ...portalOf(attempt), ...(method === 'hardware' && hardware !== null && { hardware: hardware.serial }) },
  });
  return { accepted: true, method };
}

async function refuse({ audit }: Pick<Context, 'audit'>, tx: Transaction, attempt: CodeAttempt, holder: Holder | null, why: Refusal): Promise<void> {
  const { failures, lockedUntil } = await tx.codeChannel(holder?.user.id ?? nobody);
  const state = holder === null ? {} : { failures, ...(lockedUntil !== null && { lockedUntil: isLockedForGood(lockedUntil) ? 'lifted' : lockedUntil }) };
  await audit.record(tx, {
    companyId: holder?.user.companyId ?? 'authority', event: 'code.refused', actor: { kind: 'authority' }, ...(holder !== null && { user: holder.user, ...tokenOf(holder.token) }), ip: attempt.ip, result: 'denied',
    detail: { why, ...portalOf(attempt), ...state },
  });
}

/** In the token's history as well. */
const tokenOf = (token: Token | null) => (token === null ? {} : { tokenId: token.id, serial: token.serial });
const portalOf = ({ portal }: CodeAttempt) => (portal === undefined ? {} : { portal: portal.name, portalId: portal.id });
