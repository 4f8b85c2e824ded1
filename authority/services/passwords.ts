import { VinculoError } from '../../shared/contract/errors.ts';
import { newLinkCode } from '../crypto/codes.ts';
import { hashText } from '../crypto/hash.ts';
import { passwordWeakness } from '../crypto/passwords.ts';
import type { User } from '../store/entities.ts';
import type { Transaction } from '../store/store.ts';
import { auditOf, type Acting } from './caller.ts';
import type { ServiceContext } from './context.ts';
import { countTry, linksOfSource, passwordOfSource, passwordOfUser } from './limits.ts';
import { messageUser } from './messages.ts';

/** A one-time link is good for a day. */
const linkSeconds = 24 * 3600;
const linkHash = (code: string): string => hashText(`password/${code}`);

/** `https://<authority>/p#<code>`: the code stands behind `#` and travels in POST bodies only. */
export const passwordLink = (authority: string, code: string): string => `${authority}/p#${code}`;

/** Sends the one-time link by e-mail; older links of the user are void. Within the caller's transaction. */
export async function sendPasswordLink(context: ServiceContext, tx: Transaction, user: User, acting: Acting): Promise<{ expiresAt: number; link: string }> {
  const company = await tx.company(user.companyId);
  if (company === null || !user.active || user.personal === null || user.personal.email === null || context.passwordVerifier.kind !== 'local') {
    throw new VinculoError('USER_NOT_ASSIGNABLE', { rows: [user.personal?.name ?? user.userName] });
  }
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
  const { store, passwordVerifier, passwords } = context;

  /** Limited per user and per source; whether the user exists is in neither answer nor cost (S19). */
  async function verify(input: { userName: string; password: string; ip: string }): Promise<boolean> {
    const userName = input.userName.trim().toLowerCase();
    await countTry(context, passwordOfSource, input.ip);
    await countTry(context, passwordOfUser, userName);
    return passwordVerifier.verify(userName, input.password);
  }

  async function keep(tx: Transaction, user: User, hash: string, event: 'user.passwordSet' | 'user.passwordChanged', ip: string): Promise<void> {
    await tx.setPasswordHash(user.id, hash);
    await tx.voidPasswordLinks(user.id);
    await context.audit.record(tx, { companyId: user.companyId, event, actor: { kind: 'user', id: user.id }, user, ip });
  }

  return {
    verify,

    /**
     * The small page behind the link: sets the password, once.
     * @throws VinculoError PASSWORD_LINK_INVALID, PASSWORD_WEAK (the link can be used again), RATE_LIMITED
     */
    async setByLink(input: { code: string; password: string; ip: string }): Promise<{ userName: string }> {
      await countTry(context, linksOfSource, input.ip);
      // Before the link is looked at, so that a known and an unknown code cost the same.
      const hash = await passwords.hash(input.password);
      return store.transaction(async (tx) => {
        const userId = await tx.consumePasswordLink(linkHash(input.code), await tx.now());
        const user = userId === null ? null : await tx.user(userId);
        if (user === null || !user.active) throw new VinculoError('PASSWORD_LINK_INVALID');
        if (passwordWeakness(input.password, user.userName) !== null) throw new VinculoError('PASSWORD_WEAK');
        await keep(tx, user, hash, 'user.passwordSet', input.ip);
        return { userName: user.userName };
      });
    },

    /** By the person himself, with the present password. @throws VinculoError BINDING_REFUSED, PASSWORD_WEAK, RATE_LIMITED */
    async change(input: { userName: string; password: string; newPassword: string; ip: string }): Promise<void> {
      const matches = await verify(input);
      const user = await store.read.userByName(input.userName.trim().toLowerCase());
      if (!matches || user === null || !user.active || passwordVerifier.kind !== 'local') throw new VinculoError('BINDING_REFUSED');
      if (passwordWeakness(input.newPassword, user.userName) !== null) throw new VinculoError('PASSWORD_WEAK');
      const hash = await passwords.hash(input.newPassword);
      await store.transaction((tx) => keep(tx, user, hash, 'user.passwordChanged', input.ip));
    },
  };
}
export type PasswordService = ReturnType<typeof createPasswords>;
