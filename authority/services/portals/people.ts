import { VinculoError } from '../../../shared/contract/errors.ts';
import type { PortalAnswers, PortalInputs } from '../../../shared/contract/types.ts';
import type { Portal } from '../../store/entities.ts';
import type { Transaction } from '../../store/store.ts';
import { checkCodeIn } from '../codes/check.ts';
import type { ServiceContext } from '../context.ts';
import type { PasswordService } from '../passwords.ts';
import { normalisedName, readServed, servedPerson } from './asked.ts';
import { portalRecord } from './ending.ts';

/** What portals ask about people without putting a question to them. Unknown and foreign people are answered alike (S29). */
export function createPortalPeople(context: ServiceContext, passwords: Pick<PasswordService, 'verify'>) {
  const { store } = context;
  return {
    /** How this person may log in now, and whether the password alone is enough. */
    async rule(portal: Portal, { name }: PortalInputs['users']['get']): Promise<PortalAnswers['users']['get']> {
      const { rule } = await readServed(store.read, portal, normalisedName(name), await store.now());
      return { required: rule.required, methods: [...rule.methods] };
    },

    /** The code of a token, or a temporary one. Wrong, unknown, foreign and locked are one answer and one cost (S5, S29), in the caller's transaction. */
    async verifyCode(tx: Transaction, portal: Portal, { user: name, code }: PortalInputs['otp']['verify']): Promise<PortalAnswers['otp']['verify']> {
      const person = await servedPerson(tx, portal, normalisedName(name));
      const { accepted } = await checkCodeIn(context, tx, { user: person && { id: person.userId }, company: person && { id: person.companyId }, code, purpose: 'login', portal });
      return { accepted };
    },

    /**
     * The first factor, for portals that leave the passwords to the authority. Limited per user and per address of the person, as at
     * the binding; one argon2 whoever it is (S19).
     * @throws VinculoError PASSWORD_ELSEWHERE where another portal keeps them, RATE_LIMITED
     */
    async verifyPassword(portal: Portal, { user: name, password, ip }: PortalInputs['passwords']['verify']): Promise<PortalAnswers['passwords']['verify']> {
      if (context.passwordVerifier.kind !== 'local') throw new VinculoError('PASSWORD_ELSEWHERE');
      const userName = normalisedName(name);
      const right = await passwords.verify({ userName, password, ip });
      const { user, company } = await readServed(store.read, portal, userName, await store.now());
      const accepted = right && user?.active === true && company?.suspended === false;
      await store.transaction((tx) => context.audit.record(tx, portalRecord(portal, {
        companyId: company?.id ?? 'authority', event: accepted ? 'password.accepted' : 'password.refused', ip, ...(user !== null && { user }), result: accepted ? 'approved' : 'denied',
      })));
      return { accepted };
    },
  };
}
export type PortalPeople = ReturnType<typeof createPortalPeople>;
