import { VinculoError } from '../../../shared/contract/errors.ts';
import { resynchroniseHotp, resynchroniseTotp } from '../../crypto/otp.ts';
import { isSeedLongEnough } from '../../crypto/seed.ts';
import type { HardwareToken } from '../../store/entities.ts';
import { auditOf } from '../caller.ts';
import type { ServiceContext } from '../context.ts';
import { hardwareIdentity } from '../sealed-identity.ts';
import { liftCodeLock } from '../codes/channel.ts';
import { normaliseCode } from '../codes/evaluate.ts';
import { tellAdmins } from '../tell.ts';
import { hardwareRowOf, importHardware, type HardwareFile, type ImportResult } from './hardware-import.ts';
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
        const token = hardwareRowOf(context, company, { ...input, drift: 0 });
        if (!(await tx.addHardwareToken(token))) throw new VinculoError('INPUT_INVALID', { field: 'serial' });
        await audit.record(tx, { companyId: company.id, event: 'hardware.add', ...auditOf(issuerActing(by)), detail: { hardware: token.serial, type: token.type } });
        return token;
      });
    },

    import: (file: HardwareFile, by: Operator): Promise<ImportResult> => importHardware(context, file, by),

    /** By serial; `company` by name or id. @throws VinculoError NOT_FOUND */
    list: async (company: string): Promise<HardwareToken[]> => store.read.hardwareTokens((await requireCompany(store.read, company)).id),

    /**
     * Follows a token that ran too far ahead, by two of its codes in a row; whoever holds it has then proved it, so the lock of wrong
     * codes is lifted as well.
     * @throws VinculoError HARDWARE_TOKEN_UNKNOWN, RESYNC_FAILED
     */
    async resync(serial: string, first: string, second: string, by: Operator): Promise<HardwareToken> {
      const { companyId } = await required(serial);
      return store.transaction(async (tx) => {
        await tx.lockCompany(companyId);
        const token = await tx.hardwareTokenBySerial(serial);
        const found = token === null ? null : resynchronised(token, sealer.open(hardwareIdentity(token), token.sealed), [normaliseCode(first), normaliseCode(second)], await tx.now());
        if (token === null || found === null || !(await tx.advanceHardware(token.id, found.counter, found.drift))) throw new VinculoError('RESYNC_FAILED', { rows: [serial] });
        const user = token.userId === null ? null : await tx.user(token.userId);
        if (user !== null) await liftCodeLock(context, tx, user, issuerActing(by));
        await audit.record(tx, { companyId, event: 'hardware.resync', ...auditOf(issuerActing(by)), ...(user !== null && { user }), detail: { hardware: serial, ahead: token.type === 'hotp' ? found.counter - (token.counter ?? 0) : found.drift } });
        return { ...token, ...found };
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

/** Two consecutive codes -> what is stored from now on; of a clock also how far it is ahead. */
function resynchronised(token: HardwareToken, seed: Uint8Array, [first, second]: readonly [string, string], now: number): { counter: number; drift: number } | null {
  const secret = { seed, algorithm: token.algorithm, digits: token.digits };
  if (token.type === 'hotp') {
    const found = resynchroniseHotp(secret, first, second, token.counter ?? 0);
    return found === null ? null : { counter: found.counter, drift: 0 };
  }
  const found = resynchroniseTotp({ ...secret, period: token.period }, first, second, { now, lastStep: token.counter });
  return found === null ? null : { counter: found.step, drift: found.drift };
}
