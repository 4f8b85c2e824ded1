import { createHash } from 'node:crypto';
import { fingerprintLists } from '../../../shared/contract/fingerprint.ts';
import type { AccountView } from '../../../shared/contract/ipc.ts';
import { fingerprintWords } from '../../../shared/domain/fingerprint.ts';
import type { Vault } from '../vault/vault.ts';
import type { AccountFacts } from '../vault/vault-item.ts';
import type { AccountLabel } from './settings.ts';

type Live = Pick<AccountView, 'connection' | 'offlineSince' | 'problem' | 'clockOffset' | 'clockUnverified' | 'locked' | 'pendingApprovals'>;

/** The picture of an account that the screens draw. Names every field, so that nothing secret can ride along (S23). */
export function accountView(vault: Vault, live: Live): AccountView {
  const { facts } = vault;
  const { name, system, app, keyProtection, boundAt, lastUseAt } = facts.device;
  return {
    id: vault.account, phase: phaseOf(facts),
    issuer: facts.issuer, authority: vault.authority.address, company: facts.company.name,
    userName: facts.user.userName, name: facts.user.name, role: facts.user.role,
    serial: facts.serial, tokenState: facts.tokenState, blockedReason: facts.blockedReason,
    administrators: facts.administrators,
    device: { name, system, app, keyProtection, boundAt, lastUseAt, words: wordsOf(vault) },
    hardwareToken: facts.hardwareToken,
    pinDestroyed: facts.pinDestroyed, passwordHere: facts.policy.passwords === 'local',
    ...live,
  };
}

/** What can be shown while the keychain does not give the account. */
export function labelView(label: AccountLabel, live: Live): AccountView {
  return {
    id: label.id, phase: 'active', issuer: label.issuer, authority: '', company: label.company,
    userName: label.userName, name: label.name, role: label.role, serial: label.serial, tokenState: 'active', blockedReason: null,
    administrators: [], device: { name: '…', system: '…', app: '…', keyProtection: '…', boundAt: 0, lastUseAt: null, words: ['…', '…', '…'] },
    hardwareToken: null, pinDestroyed: false, passwordHere: false, ...live,
  };
}

/** A device that waits for its activation waits also while its token is active on the device that it replaces. */
export function phaseOf(facts: AccountFacts): AccountView['phase'] {
  if (facts.closed) return 'closed';
  if (facts.device.state === 'pending') return 'pending_activation';
  return facts.device.state === 'active' && facts.tokenState === 'active' ? 'active' : 'blocked';
}

function wordsOf({ facts, sessionKey, approvalThumbprint }: Vault): string[] {
  const source = { sessionJkt: sessionKey.thumbprint, approvalJkt: approvalThumbprint, nonce: facts.fingerprintNonce };
  return [...fingerprintWords(source, fingerprintLists[facts.language], (bytes) => createHash('sha256').update(bytes).digest())];
}
