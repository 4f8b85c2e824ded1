import { VinculoError } from '../../shared/contract/errors.ts';
import type { DeviceInputs } from '../../shared/contract/types.ts';
import { normalisePassword, passwordWeakness } from '../../shared/domain/password.ts';
import { newLinkCode } from '../crypto/codes.ts';
import { hashText } from '../crypto/hash.ts';
import type { User } from '../store/entities.ts';
import type { Transaction } from '../store/store.ts';
import { auditOf, requireActive, type Acting, type Caller } from './caller.ts';
import type { ServiceContext } from './context.ts';
import { countSend, countTry, countTryOfSource, linksOfSource, passwordLinksOfUser, passwordOfSource, passwordOfUser } from './limits.ts';
import { messageUser } from './messages.ts';

/** A one-time link is good for a day. */
const linkSeconds = 24 * 3600;
const linkHash = (code: string): string => hashText(`password/${code}`);

/** `https://<authority>/p#<code>`: the code stands behind `#` and travels in POST bodies only. */
export const passwordLink = (authority: string, code: string): string => `${authority}/p#${code}`;

/** Sends the one-time link by e-mail; older links of the user are void. Within the caller's transaction. @throws VinculoError USER_NOT_ASSIGNABLE, SEND_LIMIT */
export async function sendPasswordLink(context: ServiceContext, tx: Transaction, user: User, acting: Acting): Promise<{ expiresAt: number; link: string }> {
  const company = await tx.company(user.companyId);
  if (company === null || !user.active || user.personal === null || user.personal.email === null || context.passwordVerifier.kind !== 'local') {
    throw new VinculoError('USER_NOT_ASSIGNABLE', { rows: [user.personal?.name ?? user.userName] });
  }
  await countSend(tx, passwordLinksOfUser, user);
  const code = newLinkCode(context.random);
  const expiresAt = (await tx.now()) + linkSeconds * 1000;
  const link = passwordLink(context.facts.address, code);
  await tx.voidPasswordLinks(user.id);
  await tx.addPasswordLink({ hash: linkHash(code), userId: user.id, expiresAt });
  await context.audit.record(tx, { companyId: user.companyId, event: 'user.passwordLink', ...auditOf(acting), user });
  await messageUser(context, tx, user, ['email'], { kind: 'passwordLink', link, userName: user.userName, company: company.name, issuer: context.facts.issuer, expiresAt });
  return { expiresAt, link };
}

export function createPasswords(context: ServiceContext) {
  const { store, passwordVerifier, passwords, audit, facts } = context;

  async function countTries(userName: string, ip: string): Promise<void> {
    await countTryOfSource(context, passwordOfSource, ip);
    await countTry(context, passwordOfUser, userName);
  }

  /** Limited per user and per source; whether the user exists is in neither answer nor cost (S19). */
  async function verify(input: { userName: string; password: string; ip: string }): Promise<boolean> {
    const userName = input.userName.trim().toLowerCase();
    await countTries(userName, input.ip);
    return passwordVerifier.verify(userName, input.password);
  }

  return {
    verify,

    /**
     * The small page behind the link: sets the password, once.
     * @throws VinculoError PASSWORD_LINK_INVALID, PASSWORD_WEAK (the link can be used again), RATE_LIMITED
     */
    async setByLink(input: { code: string; password: string; ip: string }): Promise<{ userName: string }> {
      await countTryOfSource(context, linksOfSource, input.ip);
      // Before the link is looked at, so that a known and an unknown code cost the same.
      const hash = await passwords.hash(input.password);
      return store.transaction(async (tx) => {
        const userId = await tx.consumePasswordLink(linkHash(input.code), await tx.now());
        const user = userId === null ? null : await tx.user(userId);
        if (user === null || !user.active) throw new VinculoError('PASSWORD_LINK_INVALID');
        if (passwordWeakness(input.password, user.userName) !== null) throw new VinculoError('PASSWORD_WEAK');
        await tx.setPasswordHash(user.id, hash);
        await tx.voidPasswordLinks(user.id);
        await audit.record(tx, { companyId: user.companyId, event: 'user.passwordSet', actor: { kind: 'user', id: user.id }, user, ip: input.ip });
        return { userName: user.userName };
      });
    },

    /**
     * By the person himself, with the present password, from a device that somebody has activated. Limited per user and source;
     * every attempt that is looked at costs the same, whatever is wrong with it (S19).
     * @throws VinculoError PASSWORD_WRONG, PASSWORD_WEAK, PASSWORD_SAME, PASSWORD_ELSEWHERE, TOKEN_NOT_ACTIVE, RATE_LIMITED
     */
    async change(caller: Caller, input: DeviceInputs['password']['change']): Promise<void> {
      requireActive(caller);
      if (passwordVerifier.kind !== 'local') throw new VinculoError('PASSWORD_ELSEWHERE');
      const { user } = caller;
      await countTries(user.userName, caller.ip);
      const stored = await store.read.passwordHash(user.id);
      const { ok } = await passwords.verify(stored, input.password);
      const hash = await passwords.hash(input.newPassword);
      if (!ok || stored === null) return refuseChange(caller);
      if (passwordWeakness(input.newPassword, user.userName) !== null) throw new VinculoError('PASSWORD_WEAK');
      if (normalisePassword(input.newPassword) === normalisePassword(input.password)) throw new VinculoError('PASSWORD_SAME');
      await store.transaction(async (tx) => {
        await tx.lockCompany(user.companyId);
        if ((await tx.device(caller.device.id))?.state !== 'active') throw new VinculoError('TOKEN_NOT_ACTIVE');
        // Another change was faster: what was checked is not the present password any more.
        if (!(await tx.replacePasswordHash(user.id, stored, hash))) throw new VinculoError('PASSWORD_WRONG');
        await tx.voidPasswordLinks(user.id);
        await audit.record(tx, { companyId: user.companyId, event: 'user.passwordChanged', actor: { kind: 'user', id: user.id }, user, ip: caller.ip, detail: { deviceId: caller.device.id } });
        await messageUser(context, tx, (await tx.user(user.id)) ?? user, ['email'], { kind: 'passwordChanged', userName: user.userName, company: caller.company.name, issuer: facts.issuer, at: await tx.now() });
      });
    },
  };

  async function refuseChange({ user, device, ip }: Caller): Promise<never> {
    await store.transaction((tx) => audit.record(tx, { companyId: user.companyId, event: 'user.passwordWrong', actor: { kind: 'user', id: user.id }, user, ip, detail: { deviceId: device.id } }));
    throw new VinculoError('PASSWORD_WRONG');
  }
}
export type PasswordService = ReturnType<typeof createPasswords>;
