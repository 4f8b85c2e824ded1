import type { CompanyId, DeviceId, TokenId, UserId } from '../../../shared/domain/ids.ts';
import type { LoginFacts } from '../../../shared/domain/login-rule.ts';
import type { Company, HardwareToken, Seed, TemporaryCode, Token, User } from '../../store/entities.ts';
import { together, type Reader } from '../../store/store.ts';

/** An id that no row has: what is asked of nobody costs what is asked of somebody. */
export const nobody = '00000000-0000-0000-0000-000000000000' as UserId & CompanyId & TokenId & DeviceId;

/** Everything a login is judged by, as it stands now. */
export interface Holder {
  readonly user: User;
  readonly company: Company;
  readonly token: Token | null;
  readonly facts: LoginFacts;
  /** Of the device that decides; null: no active one. */
  readonly seed: Seed | null;
  readonly hardware: HardwareToken | null;
  readonly temporary: readonly TemporaryCode[];
}

/**
 * The rows behind "Who may log in" for one person. Null: no such person, or not of this company. The same reads are made either
 * way, so that the time of an answer does not tell who exists (S29).
 */
export async function readHolder(read: Reader, of: { userId: UserId | null; companyId: CompanyId | null } | null, now: number): Promise<Holder | null> {
  const userId = of?.userId ?? nobody;
  const [user, company, token, hadActiveToken, hardware, temporary] = await together([
    read.user(userId), read.company(of?.companyId ?? nobody), read.tokenOfUser(userId), read.hadActiveToken(userId), read.hardwareTokenOfUser(userId), read.openTemporaryCodes(userId, now),
  ] as const);
  const seed = await read.activeSeed(token?.id ?? nobody);
  if (user === null || company === null || user.companyId !== company.id) return null;
  const facts: LoginFacts = {
    companyEnabled: company.enabled, companySuspended: company.suspended, userActive: user.active,
    tokenState: token?.state ?? null, hadActiveToken, hardware: hardware?.state ?? null, temporaryCode: temporary.length > 0,
  };
  return { user, company, token, facts, seed, hardware, temporary };
}
