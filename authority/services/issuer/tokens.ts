import { VinculoError } from '../../../shared/contract/errors.ts';
import type { TokenActionKind } from '../../../shared/domain/admin-actions.ts';
import { assign } from '../actions/assign.ts';
import { inviteObstacle } from '../actions/replace-device.ts';
import { subjectOfToken } from '../actions/rows.ts';
import { planToken, runToken } from '../actions/token-action.ts';
import { countSend, invitationsOfUser } from '../limits.ts';
import { applyTokenEvent } from '../token-events.ts';
import type { Device, HardwareToken, Invitation, Token, User } from '../../store/entities.ts';
import type { ServiceContext } from '../context.ts';
import type { Transaction } from '../../store/store.ts';
import { decidingDevice, replacementDevice } from '../device-rules.ts';
import { wordsOf } from '../fingerprint.ts';
import { countWrongWords, type Compared } from '../wrong-words.ts';
import { companyOf, issuerActing, issuerScope, refuseIf, requireToken, requireUser, type Operator } from './operator.ts';

export interface TokenView { readonly token: Token; readonly user: User | null; readonly hardware: HardwareToken | null; readonly invitation: Invitation | null; readonly devices: readonly { readonly device: Device; readonly words: readonly string[] }[] }

/** For tokens of admins what admins do for members, and help for anybody else (spec: Who may). Nothing needs an approval. */
export function issuerTokens(context: ServiceContext) {
  const { store } = context;

  /** @param refuses looks at what was planned before it runs; its error ends the command, but what it wrote stays */
  async function act(kind: Exclude<TokenActionKind, 'assign'>, serial: string, by: Operator, refuses?: (tx: Transaction, planned: Omit<Compared, 'user' | 'device'>) => Promise<VinculoError | null>): Promise<Token> {
    const outcome = await store.transaction(async (tx) => {
      const token = await requireToken(tx, serial);
      const company = await companyOf(tx, token);
      await tx.lockCompany(company.id);
      const scope = await issuerScope(context, tx, company, by);
      const planned = await planToken(scope, kind, token.id);
      refuseIf(planned.obstacle, [planned.label]);
      const refused = await refuses?.(tx, { token, company, subject: planned.subject }) ?? null;
      if (refused !== null) return refused;
      await runToken(scope, kind, planned.subject, null);
      return requireToken(tx, serial);
    });
    if (outcome instanceof VinculoError) throw outcome;
    return outcome;
  }

  async function compareWords(tx: Transaction, by: Operator, said: readonly string[], { token, company, subject }: Omit<Compared, 'user' | 'device'>): Promise<VinculoError | null> {
    const { user, devices } = subject;
    const device = replacementDevice(devices) ?? decidingDevice(devices);
    if (user === null || device === null) return new VinculoError('TRANSITION_NOT_ALLOWED', { rows: [token.serial] });
    const right = said.map((word) => word.trim().toLowerCase().normalize('NFC')).join(' ') === wordsOf(device).join(' ');
    return right ? null : countWrongWords(context, tx, { token, company, subject, user, device }, issuerActing(by));
  }

  return {
    async show(serial: string): Promise<TokenView> {
      const token = await requireToken(store.read, serial);
      const [user, devices, invitation] = await Promise.all([token.userId === null ? null : store.read.user(token.userId), store.read.devicesOfToken(token.id), store.read.latestInvitation(token.id)]);
      const hardware = user === null ? null : await store.read.hardwareTokenOfUser(user.id);
      return { token, user, hardware, invitation, devices: devices.map((device) => ({ device, words: wordsOf(device) })) };
    },

    /** The next token of the pool; the invitation is sent. @throws VinculoError POOL_EXHAUSTED, USER_NOT_ASSIGNABLE */
    async assign(userName: string, by: Operator): Promise<Token> {
      return store.transaction(async (tx) => {
        const user = await requireUser(tx, userName);
        const company = await companyOf(tx, user);
        await tx.lockCompany(company.id);
        const scope = await issuerScope(context, tx, company, by);
        const request = { kind: 'assign' as const, userIds: [user.id] };
        const [planned] = await assign.plan(scope, request, null);
        if (planned === undefined) throw new VinculoError('USER_UNKNOWN');
        refuseIf(planned.obstacle, [planned.label]);
        await assign.run(scope, request, planned);
        const token = await tx.tokenOfUser(user.id);
        if (token === null) throw new VinculoError('TOKEN_UNKNOWN');
        return token;
      });
    },

    /** A new invitation; the older ones are void. @throws VinculoError SEND_LIMIT */
    async resend(serial: string, by: Operator): Promise<Token> {
      return store.transaction(async (tx) => {
        const token = await requireToken(tx, serial);
        const company = await companyOf(tx, token);
        await tx.lockCompany(company.id);
        const subject = await subjectOfToken(tx, token);
        refuseIf(inviteObstacle(await issuerScope(context, tx, company, by), subject), [serial]);
        if (subject.user !== null) await countSend(tx, invitationsOfUser, subject.user);
        return applyTokenEvent(context, tx, token, 'resendInvitation', issuerActing(by), { user: subject.user, company });
      });
    },

    /**
     * @param words what the person read out: any other triple is refused and counted with the admins' wrong picks (S13)
     * @throws VinculoError COMPANY_NOT_ENABLED, DEVICE_NOT_ACKNOWLEDGED, FINGERPRINT_WRONG, at the second one FINGERPRINT_REJECTED
     */
    activate: (serial: string, by: Operator, words?: readonly string[]) => act('activate', serial, by, async (tx, planned) => (words === undefined ? null : compareWords(tx, by, words, planned))),
    unassign: (serial: string, by: Operator) => act('unassign', serial, by),
    reject: (serial: string, by: Operator) => act('reject', serial, by),
    block: (serial: string, by: Operator) => act('block', serial, by),
    unblock: (serial: string, by: Operator) => act('unblock', serial, by),
    replaceDevice: (serial: string, how: 'planned' | 'lost', by: Operator) => act(how === 'planned' ? 'replaceDevicePlanned' : 'replaceDeviceLost', serial, by),
    /** @throws VinculoError LAST_ADMIN */
    revoke: (serial: string, by: Operator) => act('revoke', serial, by),
  };
}
