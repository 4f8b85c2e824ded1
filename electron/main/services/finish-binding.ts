import { VinculoError } from '../../../shared/contract/errors.ts';
import type { AuthorityTrust, DeviceApi } from '../authority-client/authority-client.ts';
import type { Bindings } from '../vault/bindings.ts';
import type { AccountFacts, BindingItem, BoundItem } from '../vault/vault-item.ts';

export type Completed = Awaited<ReturnType<DeviceApi['bindings']['complete']>>;

/**
 * Ten digits-and-letters that are neither a code of an SMS (eight) nor of a hardware token (digits): sent by a device that
 * only asks what became of its binding.
 */
export const impossibleProof = 'ask-again!';

/**
 * Turns the authority's answer into the item of a bound account, after checking that what it signed is about these keys and
 * this answer. @throws AUTHORITY_KEY_CHANGED, AUTHORITY_ANSWER_INVALID
 */
export async function finishBinding(parts: { trust: AuthorityTrust; bindings: Bindings }, item: BindingItem, completed: Completed, clockOffset: number | null, pin: string | null): Promise<BoundItem> {
  const keys = await parts.trust.follow(item.authority.keys, completed.authorityKeys);
  const statement = await parts.trust.bindingStatement(completed.bindingStatement, keys);
  const isOurs = statement.device === completed.deviceId && statement.serial === completed.serial && statement.user === completed.user.id
    && statement.company === completed.companyId && statement.fingerprint_nonce === completed.fingerprintNonce && statement.language === completed.language
    && statement.approval_key.x === item.approvalKey.x && statement.approval_key.y === item.approvalKey.y
    && statement.session_key.x === item.session.x && statement.session_key.y === item.session.y;
  if (!isOurs) throw new VinculoError('AUTHORITY_ANSWER_INVALID');
  const authority = { address: item.authority.address, iss: statement.iss, keys };
  return parts.bindings.finish(item, { sealedSeed: completed.sealedSeed, authority, clockOffset, facts: factsOf(item, completed) }, pin);
}

function factsOf(item: BindingItem, completed: Completed): AccountFacts {
  return {
    issuer: completed.issuer,
    company: { id: completed.companyId, name: completed.company },
    user: completed.user,
    serial: completed.serial,
    tokenState: 'pending_activation', blockedReason: null, administrators: [], hardwareToken: null,
    device: { ...item.device, id: completed.deviceId, boundAt: completed.time, lastUseAt: null, state: 'pending' },
    fingerprintNonce: completed.fingerprintNonce, language: completed.language, policy: completed.policy,
    closed: false, pinDestroyed: false,
  };
}

/** The authority said no: the keys that were sent are not a device's. Anything else leaves that open. */
const refusals = new Set(['BINDING_EXPIRED', 'BINDING_CONFLICT', 'SECOND_PROOF_WRONG', 'SECOND_PROOF_EXPIRED', 'SECOND_PROOF_EXHAUSTED', 'POSSESSION_INVALID', 'INVITATION_VOID', 'INVITATION_USED', 'INVITATION_EXPIRED', 'COMPANY_SUSPENDED', 'INPUT_INVALID']);
export const isRefusal = (error: unknown): boolean => error instanceof VinculoError && refusals.has(error.code);
