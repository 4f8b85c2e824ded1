import { VinculoError } from '../../../shared/contract/errors.ts';
import type { HardwareTokenId } from '../../../shared/domain/ids.ts';
import { newUuid } from '../../crypto/codes.ts';
import { isSeedLongEnough } from '../../crypto/seed.ts';
import type { HardwareToken } from '../../store/entities.ts';
import { auditOf } from '../caller.ts';
import type { ServiceContext } from '../context.ts';
import { hardwareIdentity } from '../sealed-identity.ts';
import { tellAdmins } from '../tell.ts';
import { issuerActing, requireCompany, requireUser, type Operator } from './operator.ts';

export interface NewHardwareToken extends Pick<HardwareToken, 'serial' | 'type' | 'algorithm' | 'digits' | 'period'> {
  readonly company: string;
  /** Raw bytes, 128 bits or more (S2). */
  readonly seed: Uint8Array;
  /** HOTP: the next counter. */
  readonly counter: number;
}

/** The OATH tokens people had before. */
export function issuerHardware(context: ServiceContext) {
  const { store, audit, sealer } = context;

  async function required(serial: string): Promise<HardwareToken> {
    const token = await store.read.hardwareTokenBySerial(serial);
    if (token === null) throw new VinculoError('HARDWARE_TOKEN_UNKNOWN', { rows: [serial] });
    return token;
  }

  return {
    get: required,

    /** @throws VinculoError INPUT_INVALID for a short seed or a serial in use */
    async add(input: NewHardwareToken, by: Operator): Promise<HardwareToken> {
      if (!isSeedLongEnough(input.seed)) throw new VinculoError('INPUT_INVALID', { field: 'seed' });
      return store.transaction(async (tx) => {
        const company = await requireCompany(tx, input.company);
        const id = newUuid(context.random) as HardwareTokenId;
        const token: HardwareToken = {
          id, companyId: company.id, userId: null, serial: input.serial, type: input.type, algorithm: input.algorithm, digits: input.digits, period: input.period,
          sealed: sealer.seal(hardwareIdentity({ id }), input.seed), state: 'on', counter: input.type === 'hotp' ? input.counter : null, drift: 0,
        };
        if (!(await tx.addHardwareToken(token))) throw new VinculoError('INPUT_INVALID', { field: 'serial' });
        await audit.record(tx, { companyId: company.id, event: 'hardware.add', ...auditOf(issuerActing(by)), detail: { hardware: token.serial, type: token.type } });
        return token;
      });
    },

    /** @param userName null: takes it back. @throws VinculoError TRANSITION_NOT_ALLOWED for one that is on beside an active virtual token (invariant 3) */
    async give(serial: string, userName: string | null, by: Operator): Promise<void> {
      const { companyId } = await required(serial);
      await store.transaction(async (tx) => {
        await tx.lockCompany(companyId);
        const token = await tx.hardwareTokenBySerial(serial);
        if (token === null) throw new VinculoError('HARDWARE_TOKEN_UNKNOWN', { rows: [serial] });
        const user = userName === null ? null : await requireUser(tx, userName);
        if (user !== null && (user.companyId !== token.companyId || (await tx.hardwareTokenOfUser(user.id)) !== null)) throw new VinculoError('INPUT_INVALID', { field: 'userName' });
        if (user !== null && token.state === 'on' && (await tx.tokenOfUser(user.id))?.state === 'active') throw new VinculoError('TRANSITION_NOT_ALLOWED', { rows: [serial] });
        await tx.assignHardwareToken(token.id, user?.id ?? null);
        await audit.record(tx, { companyId: token.companyId, event: user === null ? 'hardware.take' : 'hardware.give', ...auditOf(issuerActing(by)), ...(user !== null && { user }), detail: { hardware: serial } });
        await tellAdmins(tx, token.companyId, { type: 'users.changed' });
      });
    },

    /** Lets somebody in again whose virtual token cannot; never beside an active one (invariant 3). @throws VinculoError TRANSITION_NOT_ALLOWED */
    async enable(serial: string, by: Operator): Promise<void> {
      await setState(serial, ['off', 'lost'], 'on', 'hardware.enable', by);
    },
    async markLost(serial: string, by: Operator): Promise<void> {
      await setState(serial, ['on', 'off'], 'lost', 'hardware.lost', by);
    },
  };

  async function setState(serial: string, from: readonly HardwareToken['state'][], to: 'on' | 'lost', event: string, by: Operator): Promise<void> {
    const token = await required(serial);
    await store.transaction(async (tx) => {
      await tx.lockCompany(token.companyId);
      const user = token.userId === null ? null : await tx.user(token.userId);
      const virtual = user === null ? null : await tx.tokenOfUser(user.id);
      const refused = (to === 'on' && virtual?.state === 'active') || !(await tx.setHardwareState(token.id, from, to));
      if (refused) throw new VinculoError('TRANSITION_NOT_ALLOWED', { rows: [serial] });
      await audit.record(tx, { companyId: token.companyId, event, ...auditOf(issuerActing(by)), ...(user !== null && { user }), detail: { hardware: serial } });
      await tellAdmins(tx, token.companyId, { type: 'users.changed' });
    });
  }
}
