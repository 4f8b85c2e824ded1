import type { DeviceId } from '../../../shared/domain/ids.ts';
import type { Reader } from '../store.ts';
import type { Scope } from './context.ts';
import { partsOf, toCompany, toDevice, toToken, toUser, type UserRow } from './rows.ts';
import { statement } from './statement.ts';

type CallerReader = Pick<Reader, 'callerRows'>;

const byDevice = statement<{ deviceId: DeviceId }>()((db, { deviceId }) => db.selectFrom('devices').innerJoin('tokens', 'tokens.id', 'devices.tokenId')
  .innerJoin('users', 'users.id', 'devices.userId').leftJoin('personal', 'personal.userId', 'users.id').innerJoin('companies', 'companies.id', 'devices.companyId')
  .where('devices.id', '=', deviceId)
  .select([
    'devices.id as device.id', 'devices.tokenId as device.tokenId', 'devices.userId as device.userId', 'devices.companyId as device.companyId', 'devices.state as device.state', 'devices.replacing as device.replacing', 'devices.resumeState as device.resumeState',
    'devices.sessionKey as device.sessionKey', 'devices.approvalKey as device.approvalKey', 'devices.sessionThumbprint as device.sessionThumbprint', 'devices.approvalThumbprint as device.approvalThumbprint',
    'devices.name as device.name', 'devices.system as device.system', 'devices.app as device.app', 'devices.keyProtection as device.keyProtection', 'devices.fingerprintNonce as device.fingerprintNonce', 'devices.language as device.language', 'devices.statement as device.statement',
    'devices.secondProof as device.secondProof', 'devices.secondProofDetail as device.secondProofDetail', 'devices.ip as device.ip', 'devices.boundAt as device.boundAt', 'devices.acknowledgedAt as device.acknowledgedAt', 'devices.lastUseAt as device.lastUseAt', 'devices.closedAt as device.closedAt',
    'devices.pinVerifier as device.pinVerifier', 'devices.share as device.share', 'devices.pinGeneration as device.pinGeneration', 'devices.pinFailures as device.pinFailures', 'devices.pinDestroyedAt as device.pinDestroyedAt',
  ])
  .select(['tokens.id as token.id', 'tokens.companyId as token.companyId', 'tokens.serial as token.serial', 'tokens.state as token.state', 'tokens.userId as token.userId', 'tokens.updatedAt as token.updatedAt', 'tokens.blockedReason as token.blockedReason', 'tokens.everActive as token.everActive'])
  .select([
    'users.id as user.id', 'users.companyId as user.companyId', 'users.userName as user.userName', 'users.role as user.role', 'users.language as user.language', 'users.active as user.active', 'users.inactiveSince as user.inactiveSince', 'users.createdAt as user.createdAt', 'users.contactsChangedAt as user.contactsChangedAt',
    'personal.salt as user.salt', 'personal.name as user.name', 'personal.email as user.email', 'personal.mobile as user.mobile', 'personal.emailBounced as user.emailBounced', 'personal.mobileBounced as user.mobileBounced',
  ])
  .select(['companies.id as company.id', 'companies.name as company.name', 'companies.serialPrefix as company.serialPrefix', 'companies.createdAt as company.createdAt', 'companies.enabled as company.enabled', 'companies.suspended as company.suspended', 'companies.fourEyes as company.fourEyes', 'companies.otpDigits as company.otpDigits', 'companies.autoLockMinutes as company.autoLockMinutes']));

/** Whoever calls with a device session, at each call: four rows in one statement. */
export function callerReader(scope: Scope): CallerReader {
  return {
    async callerRows(deviceId) {
      const [row] = (await byDevice(scope, { deviceId })).rows;
      if (row === undefined) return null;
      const parts = partsOf<{ device: Parameters<typeof toDevice>[0]; token: Parameters<typeof toToken>[0]; user: UserRow; company: Parameters<typeof toCompany>[0] }>(row);
      return { device: toDevice(parts.device), token: toToken(parts.token), user: toUser(parts.user), company: toCompany(parts.company) };
    },
  };
}
