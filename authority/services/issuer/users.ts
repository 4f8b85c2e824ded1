import { VinculoError } from '../../../shared/contract/errors.ts';
import { emailAddress, mobileNumber, personName, userName as userNameSchema } from '../../../shared/contract/primitives.ts';
import type { ActionRequest } from '../../../shared/contract/admin.ts';
import type { UserId } from '../../../shared/domain/ids.ts';
import { passwordWeakness } from '../../../shared/domain/password.ts';
import type { UserRole } from '../../../shared/domain/users.ts';
import { newUuid } from '../../crypto/codes.ts';
import type { Language, User } from '../../store/entities.ts';
import type { Transaction } from '../../store/store.ts';
import { changedFields } from '../actions/edit-user.ts';
import { deactivateUser } from '../actions/deactivate-user.ts';
import { reactivateUser } from '../actions/reactivate-user.ts';
import type { ActionKind, RunScope } from '../actions/kind.ts';
import { auditOf } from '../caller.ts';
import { liftCodeLock } from '../codes/channel.ts';
import type { ServiceContext } from '../context.ts';
import { sendPasswordLink } from '../passwords.ts';
import { tellAdmins } from '../tell.ts';
import { addUserRow, changeUser, type UserChanges } from '../users.ts';
import { companyOf, issuerActing, issuerScope, refuseIf, requireCompany, requireUser, type Operator } from './operator.ts';

export interface NewUser { readonly company: string; readonly userName: string; readonly name: string; readonly email: string | null; readonly mobile: string | null; readonly role: UserRole; readonly language: Language }

function checked<T>(field: string, result: { success: true; data: T } | { success: false }): T {
  if (!result.success) throw new VinculoError('INPUT_INVALID', { field });
  return result.data;
}
const checkedChanges = (changes: UserChanges): UserChanges => ({
  ...changes,
  ...(changes.name !== undefined && { name: checked('name', personName.safeParse(changes.name)) }),
  ...(changes.email !== undefined && { email: checked('email', emailAddress.nullable().safeParse(changes.email)) }),
  ...(changes.mobile !== undefined && { mobile: checked('mobile', mobileNumber.nullable().safeParse(changes.mobile)) }),
});

/** People: the issuer creates the admins, and helps where an admin cannot. `userName` is unique per authority. */
export function issuerUsers(context: ServiceContext) {
  const { store, audit, passwords } = context;

  /** What admins have approved on their tokens the issuer does by name. */
  async function run<R extends ActionRequest>(kind: ActionKind<R>, request: R, scope: RunScope): Promise<void> {
    const planned = await kind.plan(scope, request, null);
    for (const row of planned) refuseIf(row.obstacle, [row.label]);
    for (const row of planned) await kind.run(scope, request, row);
  }
  async function change(userName: string, by: Operator, work: (tx: Transaction, user: User, scope: RunScope) => Promise<void>): Promise<User> {
    return store.transaction(async (tx) => {
      const user = await requireUser(tx, userName);
      const company = await companyOf(tx, user);
      await tx.lockCompany(company.id);
      await work(tx, user, await issuerScope(context, tx, company, by));
      return (await tx.user(user.id)) ?? user; // by id: an erased user has lost his name
    });
  }

  return {
    get: (userName: string): Promise<User> => requireUser(store.read, userName),

    /** @throws VinculoError INPUT_INVALID with the field, USER_NAME_TAKEN */
    async add(input: NewUser, by: Operator): Promise<User> {
      const userName = checked('userName', userNameSchema.safeParse(input.userName));
      const personal = checkedChanges(input);
      return store.transaction(async (tx) => {
        const company = await requireCompany(tx, input.company);
        const user: User = {
          id: newUuid(context.random) as UserId, companyId: company.id, userName, role: input.role, language: input.language, active: true, inactiveSince: null,
          createdAt: await tx.now(), contactsChangedAt: null, salt: context.random(16),
          personal: { name: personal.name ?? userName, email: personal.email ?? null, mobile: personal.mobile ?? null, emailBounced: false, mobileBounced: false },
        };
        if (!(await addUserRow(context, tx, user, issuerActing(by)))) throw new VinculoError('USER_NAME_TAKEN', { rows: [userName] });
        return user;
      });
    },

    /** @throws VinculoError USER_UNKNOWN, USER_UNCHANGED, INPUT_INVALID */
    edit: (userName: string, changes: UserChanges, by: Operator) => change(userName, by, async (tx, user) => {
      const clean = checkedChanges(changes);
      refuseIf(changedFields(user, clean).length === 0 ? 'USER_UNCHANGED' : null, [userName]);
      await changeUser(context, tx, user, clean, issuerActing(by));
    }),

    /** @throws VinculoError LAST_ADMIN, USER_UNCHANGED */
    deactivate: (userName: string, by: Operator) => change(userName, by, (_tx, user, scope) => run(deactivateUser, { kind: 'deactivateUser', userIds: [user.id], reason: by.reason }, scope)),
    reactivate: (userName: string, by: Operator) => change(userName, by, (_tx, user, scope) => run(reactivateUser, { kind: 'reactivateUser', userIds: [user.id] }, scope)),

    /** Opens the code channel after too many wrong codes; push was never closed. */
    unlockCodes: (userName: string, by: Operator) => change(userName, by, (tx, user) => liftCodeLock(context, tx, user, issuerActing(by))),

    /** Sends the one-time link to set a password and answers with it, for an authority without mail. */
    async sendPasswordLink(userName: string, by: Operator): Promise<{ readonly link: string; readonly expiresAt: number }> {
      return store.transaction(async (tx) => sendPasswordLink(context, tx, await requireUser(tx, userName), issuerActing(by)));
    },

    /** @throws VinculoError PASSWORD_WEAK */
    async setPassword(userName: string, password: string, by: Operator): Promise<void> {
      const user = await requireUser(store.read, userName);
      refuseIf(passwordWeakness(password, user.userName) === null ? null : 'PASSWORD_WEAK', []);
      const hash = await passwords.hash(password);
      await store.transaction(async (tx) => {
        await tx.setPasswordHash(user.id, hash);
        await tx.voidPasswordLinks(user.id);
        await audit.record(tx, { companyId: user.companyId, event: 'user.passwordSet', ...auditOf(issuerActing(by)), user });
      });
    },

    /** Name, addresses and salt are gone for good; the audit still verifies (S30). Only of a person who is inactive and holds no token. */
    erase: (userName: string, by: Operator) => change(userName, by, async (tx, user) => {
      const token = await tx.tokenOfUser(user.id);
      const held = token !== null && token.state !== 'blocked';
      refuseIf(user.active || held ? 'TRANSITION_NOT_ALLOWED' : null, [token?.serial ?? userName]);
      await tx.erasePersonal(user.id);
      await audit.record(tx, { companyId: user.companyId, event: 'user.erase', ...auditOf(issuerActing(by)), user: { id: user.id, salt: null, personal: null } });
      await tellAdmins(tx, user.companyId, { type: 'users.changed' });
    }),
  };
}
