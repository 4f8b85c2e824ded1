import { VinculoError } from '../../shared/contract/errors.ts';
import { jwsType, lossReport } from '../../shared/contract/signed.ts';
import type { DeviceAnswers, DeviceInputs } from '../../shared/contract/types.ts';
import { nextState } from '../../shared/domain/token-states.ts';
import { hashText } from '../crypto/hash.ts';
import { verifyJwsBy } from '../crypto/jws.ts';
import type { Company, Device } from '../store/entities.ts';
import { asUser, nameOf, type Caller } from './caller.ts';
import type { ServiceContext } from './context.ts';
import { activeAdmins, noticeAdmins } from './messages.ts';
import { deliverPending } from './approval-delivery.ts';
import { tellDevice, tellTokensChanged } from './tell.ts';
import { applyTokenEvent, notAllowed } from './token-events.ts';

export function createSessions(context: ServiceContext) {
  const { store, keys, audit } = context;

  return {
    /**
     * A new access token for the device whose session key made the proof. The first one acknowledges the binding: the device has
     * its keys in its keychain, so the sealed answer of `complete` is forgotten and an admin may activate.
     */
    async start({ device }: Caller): Promise<DeviceAnswers['session']['start']> {
      const now = await store.now();
      await acknowledge(device, now);
      const { token, expiresAt } = await keys.issueAccessToken(device.id, device.sessionThumbprint, now);
      return { accessToken: token, expiresAt, time: now };
    },

    async state(caller: Caller): Promise<DeviceAnswers['session']['state']> {
      const { device, token, user, company } = caller;
      const [hardware, admins, approvals, authorityKeys, now] = await Promise.all([
        store.read.hardwareTokenOfUser(user.id), activeAdmins(store.read, company.id), deliverPending(context, device), keys.published(), store.now(),
      ]);
      if (device.state === 'closed') throw new VinculoError('DEVICE_CLOSED');
      return {
        time: now,
        token: { serial: token.serial, state: token.state, blockedReason: token.blockedReason },
        device: { id: device.id, state: device.state, boundAt: device.boundAt, lastUseAt: device.lastUseAt, replacing: device.replacing },
        company: { id: company.id, name: company.name, enabled: company.enabled, administrators: admins.map(nameOf) },
        user: { id: user.id, name: nameOf(user), userName: user.userName, role: user.role },
        hardwareToken: hardware === null ? null : { serial: hardware.serial, on: hardware.state === 'on' },
        policy: policyOf(context, company), authorityKeys,
        pinGeneration: device.pinGeneration, pinDestroyed: device.pinDestroyedAt !== null,
        approvals: approvals.map(({ id, request, state }) => ({ id, request, state })),
      };
    },

    /** "Reportar pérdida": signed by the session key, so it needs no PIN; blocks the token and tells the admins. */
    async report(caller: Caller, input: DeviceInputs['session']['report']): Promise<DeviceAnswers['session']['report']> {
      const report = readReport(caller.device, input.report);
      await store.transaction(async (tx) => {
        await tx.lockCompany(caller.company.id);
        const token = await tx.token(caller.token.id);
        if (token === null || nextState(token.state, 'report', 'user') === null) throw notAllowed(caller.token);
        if (!(await tx.useProofId(hashText(`report/${report.nonce}`), (await tx.now()) + reportKeptFor))) throw new VinculoError('DECISION_INVALID');
        await applyTokenEvent(context, tx, token, 'report', asUser(caller), { user: caller.user, company: caller.company, blockedReason: 'reported', detail: { evidence: hashText(input.report) } });
        await noticeAdmins(context, tx, { what: 'tokenReported', user: caller.user, token, company: caller.company });
      });
      return { state: 'blocked' };
    },
  };

  async function acknowledge(device: Device, now: number): Promise<void> {
    await store.transaction(async (tx) => {
      if (device.acknowledgedAt === null && (await tx.acknowledgeDevice(device.id, now))) {
        await tx.forgetBindingAnswer(device.id);
        await audit.record(tx, { companyId: device.companyId, event: 'device.acknowledged', actor: { kind: 'user', id: device.userId }, tokenId: device.tokenId, detail: { deviceId: device.id } });
        await tellTokensChanged(tx, device.companyId, [device.tokenId]);
        await tellDevice(tx, device.id, { type: 'policy.changed' });
      }
      await tx.updateDevice(device.id, { lastUseAt: now });
    });
  }
}
export type Sessions = ReturnType<typeof createSessions>;

/** What a device may know of its company's rules. */
export const policyOf = ({ passwordVerifier }: Pick<ServiceContext, 'passwordVerifier'>, company: Company) => ({
  otpDigits: company.otpDigits, otpPeriod: 30, autoLockMinutes: company.autoLockMinutes, fourEyes: company.fourEyes, passwords: passwordVerifier.kind,
});

/** Until then the same report cannot be sent again, e.g. after an unblock. */
const reportKeptFor = 365 * 24 * 3600 * 1000;

function readReport(device: Device, compact: string) {
  const verified = verifyJwsBy(compact, jwsType.report, JSON.parse(device.sessionKey));
  const report = lossReport.safeParse(verified?.payload);
  if (!report.success || report.data.device !== device.id) throw new VinculoError('DECISION_INVALID');
  return report.data;
}
