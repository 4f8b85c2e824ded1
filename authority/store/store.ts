import type { AdminActionState, ApprovalState } from '../../shared/domain/admin-actions.ts';
import type { AdminActionId, ApprovalId, BindingId, CompanyId, DeviceId, HardwareTokenId, InvitationId, PortalId, SerialNumber, TokenId, UserId } from '../../shared/domain/ids.ts';
import type { TokenState } from '../../shared/domain/token-states.ts';
import type { ActivationPick, AdminAction, Approval, Audience, AuditEntry, AuthorityKey, Binding, CodeChannel, Company, Device, DeviceLife, HardwareToken, Invitation, OidcPayload, OutboxMessage, Personal, Portal, PortalCall, PortalRequest, Sealed, Seed, StoredEvent, TemporaryCode, Token, User } from './entities.ts';

/**
 * The one port between the rules and a database. Two implementations (SQLite, PostgreSQL) over one query layer, one suite.
 * Races are decided here: a method that returns a boolean is a conditional update and says whether this caller won.
 * Nothing here knows a rule; nothing outside knows SQL.
 */
export interface Store {
  /** Reads outside a transaction. */
  readonly read: Reader;
  /**
   * All or nothing. `work` may run again after a serialisation failure, so it must have no effect but through `tx`.
   * Events added through `tx` reach `onEvents` listeners after the commit, never before.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** As `Transaction.useProofId`, in a transaction of its own. */
  useProofId(hash: string, expiresAt: number): Promise<boolean>;
  /** After each commit of this process (other processes: later, by LISTEN/NOTIFY). Returns how to stop. */
  onEvents(listener: (events: readonly StoredEvent[]) => void): () => void;
  /** Milliseconds: the database's clock on PostgreSQL, the given clock on SQLite. */
  now(): Promise<number>;
  close(): Promise<void>;
}

export interface Page { readonly size: number; readonly position: 'first' | 'after' | 'before' | 'last'; readonly cursor?: string | undefined }
/** `capped`: a search with more hits than `total`, which are not counted further. */
export interface Paged<T> { readonly rows: readonly T[]; readonly total: number; readonly capped: boolean; readonly start: string | null; readonly end: string | null; readonly hasPrevious: boolean; readonly hasNext: boolean }

export interface TokenListing extends Token { readonly user: User | null; readonly invitation: Invitation | null; readonly devices: readonly Device[] }
export interface UserListing extends User { readonly token: Token | null; readonly hardwareToken: HardwareToken | null }

export interface TokenQuery extends Page { readonly companyId: CompanyId; readonly search: string; readonly state: TokenState | null; readonly sort: 'name' | 'serial' | 'updatedAt' | 'state'; readonly direction: 'asc' | 'desc' }
export interface UserQuery extends Page { readonly companyId: CompanyId; readonly search: string; readonly filter: 'all' | 'assignable' | 'not_assignable' | 'inactive'; readonly sort: 'name' | 'userName'; readonly direction: 'asc' | 'desc' }
export interface AuditQuery { readonly chain: string; readonly before?: number | undefined; readonly size: number; readonly search?: string | undefined; readonly event?: string | null | undefined; readonly tokenId?: TokenId | undefined; readonly from?: number | null | undefined; readonly until?: number | null | undefined }

/** A total that is not the number of its rows: somebody has changed the database by hand. `group`: e.g. `state=active`. */
export interface TallyDamage { readonly companyId: CompanyId; readonly of: 'tokens' | 'users'; readonly group: string; readonly tallied: number; readonly counted: number }

export interface Reader {
  /** Milliseconds, by the same clock as `Store.now`; within a transaction on its own connection. */
  now(): Promise<number>;
  /** The same, and by how many milliseconds the clock of this process is ahead of it. */
  clock(): Promise<{ readonly now: number; readonly ahead: number }>;

  company(id: CompanyId): Promise<Company | null>;
  companies(): Promise<Company[]>;
  companyByName(name: string): Promise<Company | null>;

  user(id: UserId): Promise<User | null>;
  userByName(userName: string): Promise<User | null>;
  admins(companyId: CompanyId): Promise<User[]>;
  users(query: UserQuery): Promise<Paged<UserListing>>;
  userListing(id: UserId): Promise<UserListing | null>;
  userCounts(companyId: CompanyId): Promise<{ all: number; assignable: number; inactive: number }>;
  passwordHash(userId: UserId): Promise<string | null>;

  token(id: TokenId): Promise<Token | null>;
  tokenBySerial(serial: SerialNumber): Promise<Token | null>;
  /** The user's token that is not revoked (invariant 2: at most one). */
  tokenOfUser(userId: UserId): Promise<Token | null>;
  /** The next `count` available tokens of the pool, lowest serial first. */
  availableTokens(companyId: CompanyId, count: number): Promise<Token[]>;
  /** Kept with every change, not counted: costs the same for any number of tokens. So do `userCounts`. */
  tokenCounts(companyId: CompanyId): Promise<Record<TokenState, number>>;
  /** Counts every row of every company and compares. Empty: all is as it should be. */
  talliesDamaged(): Promise<TallyDamage[]>;
  tokensUpdatedAt(companyId: CompanyId): Promise<number>;
  tokens(query: TokenQuery): Promise<Paged<TokenListing>>;
  tokenListings(companyId: CompanyId, ids: readonly TokenId[]): Promise<TokenListing[]>;

  device(id: DeviceId): Promise<Device | null>;
  /** A device that is not closed or was, with its token, its person and its company. */
  callerRows(deviceId: DeviceId): Promise<{ device: Device; token: Token; user: User; company: Company } | null>;
  /** Of those of these that there are, in any order. */
  deviceLives(ids: readonly DeviceId[]): Promise<DeviceLife[]>;
  /** Not closed; at most two (invariant 2). */
  devicesOfToken(tokenId: TokenId): Promise<Device[]>;
  /** Every device the token ever had, newest first. */
  deviceHistory(tokenId: TokenId): Promise<Device[]>;
  deviceByThumbprint(thumbprint: string): Promise<Device | null>;
  seed(deviceId: DeviceId): Promise<Seed | null>;
  /** Of the token's active device. */
  activeSeed(tokenId: TokenId): Promise<Seed | null>;
  hardwareToken(id: HardwareTokenId): Promise<HardwareToken | null>;
  hardwareTokenBySerial(serial: string): Promise<HardwareToken | null>;
  hardwareTokenOfUser(userId: UserId): Promise<HardwareToken | null>;
  /** Of the company, by serial. */
  hardwareTokens(companyId: CompanyId): Promise<HardwareToken[]>;

  invitationByCode(codeHash: string): Promise<Invitation | null>;
  invitationByTypedCode(typedHash: string): Promise<Invitation | null>;
  invitation(id: InvitationId): Promise<Invitation | null>;
  /** The newest one of the token, whatever its status. */
  latestInvitation(tokenId: TokenId): Promise<Invitation | null>;
  binding(id: BindingId): Promise<Binding | null>;
  /** SMS codes sent for the invitation since `since`. */
  smsCodesSince(invitationId: InvitationId, since: number): Promise<{ count: number; oldest: number | null }>;

  approval(id: ApprovalId): Promise<Approval | null>;
  pendingApprovals(deviceId: DeviceId, now: number): Promise<Approval[]>;
  approvalsOfAction(actionId: AdminActionId): Promise<Approval[]>;
  /** Decided, expired or cancelled, newest first. `before`: opaque cursor. */
  approvalHistory(tokenId: TokenId, before: string | undefined, size: number): Promise<{ items: Approval[]; next: string | null }>;
  action(id: AdminActionId): Promise<AdminAction | null>;
  actionByKey(companyId: CompanyId, idempotencyKey: string): Promise<AdminAction | null>;
  activationPick(deviceId: DeviceId, adminId: ActivationPick['adminId']): Promise<ActivationPick | null>;
  /** Of everybody who compared this device's words. */
  wrongPicks(deviceId: DeviceId): Promise<number>;

  portal(id: PortalId): Promise<Portal | null>;
  portalByClientId(clientId: string): Promise<Portal | null>;
  portalByName(name: string): Promise<Portal | null>;
  portals(): Promise<Portal[]>;
  companiesOfPortal(id: PortalId): Promise<CompanyId[]>;
  /** The person of this name, if the portal serves his company. As many lookups whoever it is (S29). */
  servedByPortal(id: PortalId, userName: string): Promise<{ userId: UserId; companyId: CompanyId } | null>;
  portalRequest(id: ApprovalId): Promise<PortalRequest | null>;
  portalRequestByAuthReq(authReqHash: string): Promise<PortalRequest | null>;
  pendingPortalRequests(portalId: PortalId, userName: string, now: number): Promise<PortalRequest[]>;
  /** Of everybody whom this portal asks. */
  pendingOfPortal(portalId: PortalId, now: number, limit: number): Promise<PortalRequest[]>;
  /** Asked by this portal for this user name after `since`, made-up ones too. */
  portalRequestsSince(portalId: PortalId, userName: string, since: number): Promise<{ count: number; oldest: number | null }>;
  /** Ping notifications that are due, of requests that have ended. */
  duePings(now: number, limit: number): Promise<PortalRequest[]>;
  portalCall(portalId: PortalId, key: string): Promise<PortalCall | null>;
  oidcPayload(model: string, idHash: string): Promise<OidcPayload | null>;
  /** Open, nothing counted, where nobody has failed yet. */
  codeChannel(userId: UserId): Promise<CodeChannel>;
  /** Whether any token of the person was ever active, also one that was revoked or went back to the pool since. */
  hadActiveToken(userId: UserId): Promise<boolean>;
  /** Neither used, nor void, nor run out; newest first. */
  openTemporaryCodes(userId: UserId, now: number): Promise<TemporaryCode[]>;
  temporaryCodeOfAction(actionId: AdminActionId): Promise<TemporaryCode | null>;

  auditChains(): Promise<string[]>;
  auditHead(chain: string): Promise<{ sequence: number; hash: string }>;
  /** From `from` upwards, for verification. */
  auditRange(chain: string, from: number, size: number): Promise<AuditEntry[]>;
  audit(query: AuditQuery): Promise<{ entries: AuditEntry[]; total: number }>;
  auditEvents(chain: string): Promise<string[]>;

  /** After `id`, for this device, admin of this company or everybody. Null: so old that the gap is unknown. */
  eventsAfter(id: number, device: DeviceId, company: CompanyId, admin: boolean, limit: number): Promise<StoredEvent[] | null>;
  lastEventId(): Promise<number>;

  authorityKeys(): Promise<AuthorityKey[]>;
  outbox(filter: { unsent?: boolean; dueBefore?: number; limit: number }): Promise<OutboxMessage[]>;
  /** Named values of the authority itself: sealed data keys, schema facts. */
  setting(name: string): Promise<Uint8Array | null>;
  /** Sealed values of a kind with the id that their identity names, by id after `after`. */
  sealedValues(of: SealedColumn, after: string, limit: number): Promise<{ id: string; sealed: Sealed }[]>;
}

/**
 * Methods may be called without waiting for the one before (`together`): they run in the order of the calls, and on PostgreSQL in
 * one round trip.
 */
export interface Transaction extends Reader {
  /** Runs once after the commit, never when the transaction fails. Must not throw. */
  afterCommit(work: () => void): void;

  addCompany(company: Company): Promise<void>;
  updateCompany(id: CompanyId, change: Partial<Pick<Company, 'enabled' | 'suspended' | 'fourEyes' | 'otpDigits' | 'autoLockMinutes' | 'name'>>): Promise<void>;
  /** Appends `count` available tokens with the next serials of the company. */
  addTokens(companyId: CompanyId, count: number, now: number, newId: () => TokenId): Promise<Token[]>;

  /** False when the user name is taken. */
  addUser(user: User): Promise<boolean>;
  updateUser(id: UserId, change: Partial<Pick<User, 'role' | 'language' | 'active' | 'inactiveSince' | 'contactsChangedAt'>>): Promise<void>;
  updatePersonal(id: UserId, change: Partial<Personal>): Promise<void>;
  /** Erases the personal row and the salt, and the notes of the audit entries the person stands in. */
  erasePersonal(id: UserId): Promise<void>;
  /** Locks the company's rows that rules count over (last admin, pool) until the end of the transaction. */
  lockCompany(id: CompanyId): Promise<void>;
  setPasswordHash(userId: UserId, hash: string): Promise<void>;
  /** False when the stored hash is no longer `from`: of two changes at once the first one counts. */
  replacePasswordHash(userId: UserId, from: string, to: string): Promise<boolean>;
  addPasswordLink(link: { hash: string; userId: UserId; expiresAt: number }): Promise<void>;
  /** The user, once; null when unknown, used or expired. */
  consumePasswordLink(hash: string, now: number): Promise<UserId | null>;
  voidPasswordLinks(userId: UserId): Promise<void>;

  /** The one way a token moves: only from `from`, and only if it still belongs to `userId` (undefined: whoever). */
  moveToken(id: TokenId, move: { from: readonly TokenState[]; to: TokenState; now: number; expectUserId?: UserId | null; userId?: UserId | null; blockedReason?: Token['blockedReason']; everActive?: true }): Promise<boolean>;
  touchToken(id: TokenId, now: number): Promise<void>;

  addDevice(device: Device): Promise<void>;
  updateDevice(id: DeviceId, change: Partial<Pick<Device, 'state' | 'replacing' | 'resumeState' | 'lastUseAt' | 'closedAt' | 'share' | 'pinVerifier' | 'pinDestroyedAt'>>): Promise<void>;
  /** True the first time. */
  acknowledgeDevice(id: DeviceId, now: number): Promise<boolean>;
  /** Counts a try before the comparison; null when `limit` is reached or the generation differs. Else the failures including this one. */
  countPinTry(id: DeviceId, generation: number, limit: number): Promise<number | null>;
  resetPinTries(id: DeviceId): Promise<void>;
  changePin(id: DeviceId, fromGeneration: number, verifier: Sealed): Promise<boolean>;
  addSeed(seed: Seed): Promise<void>;
  deleteSeed(deviceId: DeviceId): Promise<void>;
  /** Accepts `step` if it is newer than the last accepted one (one use, RFC 6238 §5.2). */
  advanceSeed(deviceId: DeviceId, step: number): Promise<boolean>;

  /** False when the serial exists. */
  addHardwareToken(token: HardwareToken): Promise<boolean>;
  setHardwareState(id: HardwareTokenId, from: readonly HardwareToken['state'][], to: HardwareToken['state']): Promise<boolean>;
  assignHardwareToken(id: HardwareTokenId, userId: UserId | null): Promise<void>;
  /** HOTP: new next counter must be greater; TOTP: the step must be. One use by conditional update. */
  advanceHardware(id: HardwareTokenId, counter: number, drift: number): Promise<boolean>;

  addInvitation(invitation: Invitation): Promise<void>;
  voidInvitations(tokenId: TokenId): Promise<void>;
  voidInvitationsOfUser(userId: UserId): Promise<void>;
  /** Open and not expired -> used. */
  consumeInvitation(id: InvitationId, now: number): Promise<boolean>;
  /** Counts a failure; true when the invitation is void from now on (`limit` reached). */
  failInvitation(id: InvitationId, limit: number): Promise<boolean>;
  addBinding(binding: Binding): Promise<void>;
  /** Records the sending for `smsCodesSince` as well. */
  setSmsCode(id: BindingId, invitationId: InvitationId, codeHash: string, expiresAt: number, now: number): Promise<void>;
  /** Counts a try before the comparison; null when `limit` is reached. */
  countSmsTry(id: BindingId, limit: number): Promise<number | null>;
  /** Completes once; false when another caller has. */
  completeBinding(id: BindingId, deviceId: DeviceId, answer: Sealed): Promise<boolean>;
  /** Forgets the sealed answer once the device has acknowledged. */
  forgetBindingAnswer(deviceId: DeviceId): Promise<void>;

  addApproval(approval: Approval): Promise<void>;
  markDelivered(id: ApprovalId, now: number): Promise<boolean>;
  /** `pending -> state`, before it expires when `decidedAt` is given. Exactly one of any number of callers wins (invariant 4). */
  closeApproval(id: ApprovalId, close: { state: ApprovalState; now: number; decision?: string; decidedAt?: number }): Promise<boolean>;
  /** Pending ones of a device -> cancelled. */
  cancelApprovals(deviceId: DeviceId, now: number): Promise<Approval[]>;
  /** Pending ones past their time -> expired; at most `limit`. */
  expireApprovals(now: number, limit: number): Promise<Approval[]>;
  /** False when the idempotency key was used. */
  addAction(action: AdminAction): Promise<boolean>;
  moveAction(id: AdminActionId, from: readonly AdminActionState[], to: AdminActionState, staleRows?: readonly string[]): Promise<boolean>;
  putActivationPick(pick: ActivationPick): Promise<void>;
  /** Counts a wrong pick; the number of wrong ones including this. */
  countWrongPick(deviceId: DeviceId, adminId: ActivationPick['adminId']): Promise<number>;
  confirmPick(deviceId: DeviceId, adminId: UserId, now: number): Promise<void>;

  /** False when name or client id is taken. */
  addPortal(portal: Portal): Promise<boolean>;
  updatePortal(id: PortalId, change: Partial<Pick<Portal, 'secret' | 'jwks' | 'delivery' | 'notificationEndpoint' | 'enabled' | 'offlineTransactions' | 'perUser' | 'perSource'>>): Promise<void>;
  /** The companies it serves from now on, instead of those before. */
  setCompaniesOfPortal(id: PortalId, companies: readonly CompanyId[]): Promise<void>;
  addPortalRequest(request: PortalRequest): Promise<void>;
  /** Ends one that nobody was asked for; false when it had ended. One with an approval ends with it. */
  closePortalRequest(id: ApprovalId, state: ApprovalState, now: number): Promise<boolean>;
  /** Those that nobody was asked for, pending past their time -> expired; at most `limit`. */
  expirePortalRequests(now: number, limit: number): Promise<PortalRequest[]>;
  /** Counts a wrong number before anything else happens; null when `limit` was reached before. */
  countNumberFailure(id: ApprovalId, limit: number): Promise<number | null>;
  /** Counts a try of an offline answer before it is compared; null when `limit` was reached before. */
  countAnswerTry(id: ApprovalId, limit: number): Promise<number | null>;
  setPortalAnswer(id: ApprovalId, answer: string): Promise<void>;
  /** The CIBA library gives the id of its request after the request was opened. */
  setAuthReq(id: ApprovalId, authReqHash: string, notificationToken: Sealed | null): Promise<void>;
  /** The next try of a ping, or none, after which its token is forgotten; false when another node has moved it from `fromTries` meanwhile. */
  movePing(id: ApprovalId, fromTries: number, ping: { tries: number; nextAt: number | null }): Promise<boolean>;
  /** False when the key is in use: then `portalCall` has the first call. */
  addPortalCall(call: PortalCall): Promise<boolean>;
  /** From now on the key is kept until `expiresAt`. */
  setPortalCallAnswer(portalId: PortalId, key: string, answer: Sealed, expiresAt: number): Promise<void>;
  deletePortalCall(portalId: PortalId, key: string): Promise<void>;
  putOidcPayload(payload: OidcPayload): Promise<void>;
  /** True for the one caller that consumes it. */
  consumeOidcPayload(model: string, idHash: string, now: number): Promise<boolean>;
  deleteOidcPayload(model: string, idHash: string): Promise<void>;
  deleteOidcGrant(grantId: string): Promise<void>;
  /**
   * Counts a try before the code is compared, and locks the channel as `lockFor` says of the new count (milliseconds from `now`,
   * null: open, `forever`: until it is reset). Null, and nothing counted, while the channel is locked. Exactly one caller gets each number.
   */
  countCodeTry(userId: UserId, now: number, lockFor: (failures: number) => number | null): Promise<number | null>;
  resetCodeChannel(userId: UserId): Promise<void>;
  addTemporaryCode(code: TemporaryCode): Promise<void>;
  /** What was sealed for the admin, once; null afterwards. */
  takeTemporaryCode(id: string): Promise<Sealed | null>;
  /** True for the one caller that uses it. */
  useTemporaryCode(id: string, now: number): Promise<boolean>;
  voidTemporaryCodes(userId: UserId, now: number): Promise<void>;

  /** Takes the head of the chain under lock, so that sequence and previous hash are this transaction's own. */
  lockAuditHead(chain: string): Promise<{ sequence: number; hash: string }>;
  appendAudit(entry: AuditEntry): Promise<void>;

  /** Merges the steps that the totals consist of; changes none of them. For maintenance. */
  mergeTallies(): Promise<void>;
  /** Writes the totals anew from the rows; nobody else writes meanwhile. */
  recount(): Promise<void>;

  addEvent(audience: Audience, payload: string, now: number): Promise<void>;
  /** Oldest first, at most `limit`; how many. */
  deleteEvents(before: number, limit: number): Promise<number>;

  /** True the first time this proof id is seen (RFC 9449 §11.1). */
  useProofId(hash: string, expiresAt: number): Promise<boolean>;

  addAuthorityKey(key: AuthorityKey): Promise<void>;
  /** It signs nothing any more: its private half is forgotten. */
  retireAuthorityKey(thumbprint: string, at: number, revoked: boolean): Promise<void>;
  addMessage(message: OutboxMessage): Promise<void>;
  /** Result of a try; a sent message loses its text when `eraseText`. */
  messageTried(id: string, result: { sentAt?: number; nextTryAt?: number | null; failedAt?: number; eraseText?: boolean }): Promise<void>;
  putSetting(name: string, value: Uint8Array): Promise<void>;
  /** False when there is one of this name. */
  addSetting(name: string, value: Uint8Array): Promise<boolean>;
  /** Only if the value is still `from`. */
  reseal(of: SealedColumn, id: string, from: Sealed, to: Sealed): Promise<boolean>;

  /** Tries in the current window for `key`; counts this one. For limits that must hold on every node. */
  countInWindow(key: string, windowStart: number, expiresAt: number): Promise<number>;
  /** Takes at most `limit` rows of a kind whose end lies before `before` and that nothing still refers to; how many. */
  forgetPast(step: RetentionStep, before: number, limit: number): Promise<number>;
}

/**
 * What several calls of one transaction answer. Waits for all of them also where one fails: nothing may still be under way when the
 * transaction is rolled back, as it would run after it.
 */
export async function together<T extends readonly unknown[]>(calls: T): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const settled = await Promise.allSettled(calls);
  const failed = settled.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return settled.map((one) => (one.status === 'fulfilled' ? one.value : undefined)) as { -readonly [K in keyof T]: Awaited<T[K]> };
}

/** The latest moment there is (ECMA-262 §21.4.1.1), in milliseconds: locked until somebody lifts it. */
export const forever = 8.64e15;

/** Kinds of values that are sealed under a data key and live longer than it may. */
export type SealedColumn = 'seed' | 'share' | 'pinVerifier' | 'hardwareToken' | 'bindingAnswer' | 'authorityKey' | 'message' | 'clientSecret' | 'portalNumber' | 'notification' | 'portalAnswer' | 'oidcPayload' | 'temporaryCode';

/** What retention deletes or empties; `retention.ts` of the store says when a row may go. */
export type RetentionStep = 'portalRequests' | 'madeUpRequests' | 'portalCalls' | 'approvals' | 'actions' | 'notes' | 'devices' | 'activationPicks' | 'bindings' | 'invitations' | 'temporaryCodes' | 'shownCodes' | 'passwordLinks' | 'messages' | 'smsCodes' | 'proofIds' | 'windows' | 'oidcPayloads';

/** The hash before the first entry of every audit chain: 32 zero bytes, base64url. */
export const genesisHash = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

export interface StoreOptions { readonly now: () => number }
