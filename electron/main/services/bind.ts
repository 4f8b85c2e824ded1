import type { z } from 'zod';
import type { secondProofRequest } from '../../../shared/contract/device.ts';
import { VinculoError } from '../../../shared/contract/errors.ts';
import type { AccountView } from '../../../shared/contract/ipc.ts';
import type { Language } from '../../../shared/contract/primitives.ts';
import type { AccountId } from '../../../shared/domain/ids.ts';
import { parseInvitation, type ParsedInvitation } from '../../../shared/domain/invitation-link.ts';
import { pinWeakness } from '../../../shared/domain/pin.ts';
import { keyCheckOf } from '../../../shared/domain/typed-code.ts';
import type { Account } from '../accounts/account.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Settings } from '../accounts/settings.ts';
import type { AuthorityContact, AuthorityTrust } from '../authority-client/authority-client.ts';
import type { BindingKeys, Bindings } from '../vault/bindings.ts';
import type { BindingItem } from '../vault/vault-item.ts';
import { adoptBound, assertNew } from './bound-accounts.ts';
import { finishBinding, impossibleProof, isRefusal } from './finish-binding.ts';

export interface BindParts {
  readonly accounts: Accounts;
  readonly settings: Settings;
  readonly bindings: Bindings;
  readonly contact: (address: string) => AuthorityContact;
  readonly trust: AuthorityTrust;
  readonly newAccountId: () => AccountId;
  readonly describeDevice: () => BindingItem['device'];
  readonly language: () => Language;
  readonly bound: () => void;
  readonly changePin: (id: AccountId, pin: string, newPin: string) => Promise<void>;
}

export interface Preview {
  authority: string; issuer: string; company: string | null; replacement: boolean;
  status: 'open' | 'used' | 'expired' | 'void'; expiresAt: number | null;
}

type Invitation = Exclude<ParsedInvitation, { kind: 'refused' }>;
interface Opened { readonly invitation: Invitation; readonly contact: AuthorityContact; readonly keys: BindingItem['authority']['keys'] }
interface Started { readonly contact: AuthorityContact; readonly keys: BindingItem['authority']['keys']; readonly binding: BindingItem['binding'] }
/** A `complete` that was sent: sent again as it was, it ends the same way. */
interface Attempt { readonly contact: AuthorityContact; readonly item: BindingItem; readonly keys: BindingKeys; readonly secondProof: string; readonly pin: string }

/** From an invitation to a bound device. One at a time; killed anywhere, `resume` goes on or finds that nothing was done. */
export class Bind {
  readonly #parts: BindParts;
  #opened: Opened | null = null;
  #started: Started | null = null;
  /** Its answer has not arrived: it may have been accepted. */
  #unanswered: Attempt | null = null;

  constructor(parts: BindParts) {
    this.#parts = parts;
  }

  /** Address of the authority whose invitation is open; its support lines are there before any session. */
  get openedAuthority(): string | null { return this.#opened?.contact.address ?? null; }

  /** Which company invites, and which authority, whose key is pinned from here on. Consumes nothing (S24). */
  async open(text: string): Promise<Preview> {
    const invitation = parseInvitation(text);
    if (invitation.kind === 'refused') throw new VinculoError(invitation.reason);
    const contact = this.#parts.contact(invitation.authority);
    const { authorityKeys, issuer } = await contact.device.authority.describe();
    const keys = await this.#parts.trust.pin(isNamedBy(invitation), authorityKeys);
    const preview = await contact.device.invitations.preview(codeOf(invitation));
    this.#opened = { invitation, contact, keys };
    const common = { authority: contact.address, issuer };
    if (preview.kind === 'typed') return { ...common, company: null, replacement: false, status: 'open', expiresAt: null };
    const { company, replacement, status, expiresAt } = preview;
    return { ...common, company, replacement, status, expiresAt };
  }

  /** The first proof. Before it is asked for, the keychain must really keep secrets (S15). */
  async start(user: string, password: string): Promise<{ company: string; secondProof: z.infer<typeof secondProofRequest> }> {
    if (this.#opened === null) throw new VinculoError('INVITATION_INVALID');
    const { invitation, contact, keys } = this.#opened;
    const userName = user.trim().toLowerCase();
    await this.#parts.bindings.assertUsable();
    assertNew(this.#parts.accounts, contact.address, userName);
    const answer = await contact.device.bindings.start({ invitation: codeOf(invitation), user: userName, password, language: this.#parts.language() });
    const { bindingId: id, nonce, company, issuer, secondProof } = answer;
    this.#started = { contact, keys, binding: { id, nonce, company, issuer, userName } };
    this.#unanswered = null;
    return { company, secondProof };
  }

  async resendCode(): Promise<z.infer<typeof secondProofRequest>> {
    if (this.#started === null) throw new VinculoError('BINDING_EXPIRED');
    return this.#started.contact.device.bindings.resendCode({ bindingId: this.#started.binding.id });
  }

  /**
   * "Iniciar vinculación". An earlier attempt whose answer was lost goes first: if the authority had accepted it, its keys
   * are the device's, and the PIN typed now becomes theirs.
   */
  async complete(secondProof: string, pin: string): Promise<AccountView> {
    if (pinWeakness(pin) !== null) throw new VinculoError('PIN_WEAK');
    if (this.#started === null) throw new VinculoError('BINDING_EXPIRED');
    const earlier = this.#unanswered;
    const repeated = earlier === null ? null : await this.#send(earlier).catch(nullIfRefused);
    if (repeated === null || earlier === null) return (await this.#send(await this.#prepare(this.#started, secondProof, pin))).view();
    if (earlier.pin !== pin) await this.#parts.changePin(repeated.id, earlier.pin, pin);
    return repeated.view();
  }

  /** After a restart: the account, when the authority had accepted the binding; null: the person begins again. */
  async resume(): Promise<AccountView | null> {
    if (this.#unanswered !== null) return (await this.#send(this.#unanswered)).view();
    const { unfinishedBinding } = this.#parts.settings.stored;
    const item = unfinishedBinding === null ? null : await this.#parts.bindings.read(unfinishedBinding.accountId);
    if (item === null) return this.#forget();
    const account = item.phase === 'bound' ? await this.#adopt(item.account) : await this.#askAgain(item);
    return account?.view() ?? null;
  }

  /** Forgets what was begun; keys that were never accepted are removed. The invitation stays as it is. */
  async cancel(): Promise<void> {
    const { unfinishedBinding } = this.#parts.settings.stored;
    this.#opened = null;
    if (unfinishedBinding === null) return void this.#forget();
    const item = await this.#parts.bindings.read(unfinishedBinding.accountId);
    if (item?.phase === 'binding') await this.#parts.bindings.remove(item.account);
    this.#forget();
  }

  /** The keys are in the keychain before the authority hears of them. */
  async #prepare({ contact, keys: pinned, binding }: Started, secondProof: string, pin: string): Promise<Attempt> {
    const { bindings, settings, newAccountId, describeDevice } = this.#parts;
    const account = settings.stored.unfinishedBinding?.accountId ?? newAccountId();
    const { item, keys } = await bindings.create({ account, authority: { address: contact.address, iss: null, keys: pinned }, binding, device: describeDevice() }, pin);
    settings.change({ unfinishedBinding: { accountId: account, company: binding.company, userName: binding.userName } });
    await bindings.store(item);
    return { contact, item, keys, secondProof, pin };
  }

  async #send(attempt: Attempt): Promise<Account> {
    const { contact, item, keys, secondProof, pin } = attempt;
    this.#unanswered = attempt;
    try {
      const completed = await contact.device.bindings.complete({ bindingId: item.binding.id, secondProof, ...keys });
      await this.#parts.bindings.store(await finishBinding(this.#parts, item, completed, contact.clock.offset, pin));
    } catch (error) {
      if (isRefusal(error)) this.#unanswered = null;
      throw error;
    }
    const account = await this.#adopt(item.account);
    // Who has just chosen a PIN need not type it again to see the first code.
    using proof = await account.vault.prove(pin, 1);
    account.unlock(await account.vault.openSeed(proof));
    return account;
  }

  async #askAgain(item: BindingItem): Promise<Account | null> {
    const contact = this.#parts.contact(item.authority.address);
    const keys = await this.#parts.bindings.repeat(item);
    try {
      await contact.device.authority.describe();
      const completed = await contact.device.bindings.complete({ bindingId: item.binding.id, secondProof: impossibleProof, ...keys });
      await this.#parts.bindings.store(await finishBinding(this.#parts, item, completed, contact.clock.offset, null));
    } catch (error) {
      if (!isRefusal(error)) throw error;
      await this.#parts.bindings.remove(item.account); // the authority never accepted these keys
      return this.#forget();
    }
    return this.#adopt(item.account);
  }

  async #adopt(id: AccountId): Promise<Account> {
    const account = await adoptBound(this.#parts, id);
    this.#forget();
    this.#parts.bound();
    return account;
  }

  #forget(): null {
    this.#started = null;
    this.#unanswered = null;
    if (this.#parts.settings.stored.unfinishedBinding !== null) this.#parts.settings.change({ unfinishedBinding: null });
    return null;
  }
}

const codeOf = (invitation: Invitation) => (invitation.kind === 'link' ? { code: invitation.code } : { typedCode: invitation.typedCode });

const isNamedBy = (invitation: Invitation) => (thumbprint: string) =>
  invitation.kind === 'link' ? thumbprint === invitation.thumbprint : keyCheckOf(thumbprint) === invitation.keyCheck;

function nullIfRefused(error: unknown): null {
  if (isRefusal(error)) return null;
  throw error;
}
