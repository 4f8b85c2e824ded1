import { VinculoError } from '../../shared/contract/errors.ts';
import type { DeviceAnswers, DeviceInputs } from '../../shared/contract/types.ts';
import { fromBase64url, toBase64url } from '../../shared/domain/base64url.ts';
import { pinTries } from '../../shared/domain/pin.ts';
import { equalSecrets } from '../crypto/hash.ts';
import type { BlockedReason, Device } from '../store/entities.ts';
import type { Transaction } from '../store/store.ts';
import { asUser, type Caller } from './caller.ts';
import { pinIdentity, shareIdentity } from './bindings/complete.ts';
import type { ServiceContext } from './context.ts';
import { noticeAdmins } from './messages.ts';
import { tellTokensChanged } from './tell.ts';
import { applyTokenEvent } from './token-events.ts';

type Proof = DeviceInputs['pin']['releaseShare'];
/** Failures are answered only after what they changed is committed. */
type Verdict = { readonly error: VinculoError } | { readonly error: null; readonly device: Device };

export function createPins(context: ServiceContext) {
  const { store, sealer, audit } = context;

  return {
    /**
     * The half of what unwraps the approval key, for a right PIN. The try is counted before the comparison; the tenth wrong
     * one destroys the share for good, so that no copy of the keychain, older or newer, ever signs again (S14).
     */
    async releaseShare(caller: Caller, proof: Proof): Promise<DeviceAnswers['pin']['releaseShare']> {
      const { device } = await withRightPin(caller, proof);
      return { share: toBase64url(sealer.open(shareIdentity(device.id), device.share ?? new Uint8Array())) };
    },

    async change(caller: Caller, input: DeviceInputs['pin']['change']): Promise<DeviceAnswers['pin']['change']> {
      const newVerifier = fromBase64url(input.newVerifier);
      if (newVerifier === null) throw new VinculoError('INPUT_INVALID', { field: 'newVerifier' });
      await withRightPin(caller, input, async (tx, device) => {
        if (!(await tx.changePin(device.id, input.generation, sealer.seal(pinIdentity(device.id), newVerifier)))) throw new VinculoError('PIN_GENERATION', { generation: device.pinGeneration });
        await audit.record(tx, { companyId: device.companyId, event: 'pin.changed', actor: { kind: 'user', id: caller.user.id }, user: caller.user, tokenId: device.tokenId, serial: caller.token.serial, ip: caller.ip, detail: { deviceId: device.id } });
      });
      return { generation: input.generation + 1 };
    },

    /** "Olvidé mi PIN". Also while the token is blocked: the share goes in any case. */
    async forgotten(caller: Caller): Promise<DeviceAnswers['pin']['forgotten']> {
      return store.transaction(async (tx) => {
        await tx.lockCompany(caller.company.id);
        const device = await tx.device(caller.device.id);
        if (device !== null && device.pinDestroyedAt === null) await destroy(tx, caller, device, 'pin_forgotten');
        return { state: (await tx.token(caller.token.id))?.state ?? caller.token.state };
      });
    },
  };

  async function withRightPin(caller: Caller, proof: Proof, also?: (tx: Transaction, device: Device) => Promise<void>): Promise<{ device: Device }> {
    const verifier = fromBase64url(proof.verifier);
    if (verifier === null) throw new VinculoError('INPUT_INVALID', { field: 'verifier' });
    const verdict = await store.transaction(async (tx): Promise<Verdict> => {
      await tx.lockCompany(caller.company.id);
      const before = await tx.device(caller.device.id);
      if (before === null || before.state === 'closed') return { error: new VinculoError('DEVICE_CLOSED') };
      const refusal = await countTry(tx, before, proof.generation);
      if (refusal.error !== null) return refusal;
      const { failures } = refusal;
      if (before.pinVerifier !== null && equalSecrets(sealer.open(pinIdentity(before.id), before.pinVerifier), verifier)) {
        await tx.resetPinTries(before.id);
        await also?.(tx, before);
        return { error: null, device: before };
      }
      return { error: await countWrong(tx, caller, before, failures) };
    });
    if (verdict.error !== null) throw verdict.error;
    return verdict;
  }

  /** Before the comparison: nobody who cuts the connection keeps his try. */
  async function countTry(tx: Transaction, device: Device, generation: number): Promise<{ error: VinculoError } | { error: null; failures: number }> {
    if (device.pinDestroyedAt !== null) return { error: new VinculoError('PIN_DESTROYED') };
    if (device.state === 'suspended') return { error: new VinculoError('TOKEN_NOT_ACTIVE') };
    if (device.pinGeneration !== generation) return { error: new VinculoError('PIN_GENERATION', { generation: device.pinGeneration }) };
    const failures = await tx.countPinTry(device.id, generation, pinTries);
    return failures === null ? { error: new VinculoError('PIN_DESTROYED') } : { error: null, failures };
  }

  async function countWrong(tx: Transaction, caller: Caller, device: Device, failures: number): Promise<VinculoError> {
    await audit.record(tx, { companyId: device.companyId, event: 'pin.wrong', actor: { kind: 'user', id: caller.user.id }, user: caller.user, tokenId: device.tokenId, serial: caller.token.serial, ip: caller.ip, detail: { deviceId: device.id, failures } });
    if (failures < pinTries) return new VinculoError('PIN_WRONG', { triesLeft: pinTries - failures });
    await destroy(tx, caller, device, 'pin_destroyed');
    return new VinculoError('PIN_DESTROYED');
  }

  /** Without the share nobody decides with this device any more; its token is blocked, or, while another device decides, only it is dropped. */
  async function destroy(tx: Transaction, caller: Caller, device: Device, reason: Extract<BlockedReason, 'pin_destroyed' | 'pin_forgotten'>): Promise<void> {
    await tx.updateDevice(device.id, { share: null, pinVerifier: null, pinDestroyedAt: await tx.now() });
    const token = await tx.token(device.tokenId);
    if (token === null) return;
    const { user, company } = caller;
    const change = { user, company, blockedReason: reason, detail: { deviceId: device.id, cause: reason } };
    if (device.replacing && token.state === 'active') await applyTokenEvent(context, tx, token, 'rejectReplacement', { kind: 'authority' }, change);
    else if (token.state === 'active' || token.state === 'pending_activation') await applyTokenEvent(context, tx, token, 'report', asUser(caller), change);
    else {
      await audit.record(tx, { companyId: company.id, event: 'pin.destroyed', actor: { kind: 'user', id: user.id }, user, tokenId: token.id, serial: token.serial, ip: caller.ip, detail: change.detail });
      await tellTokensChanged(tx, company.id, [token.id]);
    }
    await noticeAdmins(context, tx, { what: reason === 'pin_destroyed' ? 'pinDestroyed' : 'pinForgotten', user, token, company });
  }
}
export type Pins = ReturnType<typeof createPins>;
