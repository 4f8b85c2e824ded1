import { randomBytes, randomUUID } from 'node:crypto';
import type * as e from '../../authority/store/entities.ts';
import type { Store } from '../../authority/store/store.ts';
import type { CompanyId, PortalId, TokenId, UserId } from '../../shared/domain/ids.ts';

/** Rows for tests of the store: complete, valid, different each time. What matters to a test it overrides. */
export const newId = <T extends string>(): T => randomUUID() as string as T;
const text = (n = 32) => randomBytes(n).toString('base64url');
/** 2026-03-09T15:20:00Z. */
export const T0 = 1_773_069_600_000;

export const companyRow = (change: Partial<e.Company> = {}): e.Company => ({
  id: newId(), name: `Textiles ${text(4)}`, serialPrefix: 'FEF', createdAt: T0, enabled: true, suspended: false, fourEyes: false, otpDigits: 6, autoLockMinutes: 5, ...change,
});
export const userRow = (companyId: CompanyId, change: Partial<e.User> = {}): e.User => ({
  id: newId(), companyId, userName: `u${randomBytes(6).toString('hex')}`, role: 'member', language: 'es', active: true, inactiveSince: null, createdAt: T0,
  contactsChangedAt: null, salt: new Uint8Array(randomBytes(16)), personal: personalRow(), ...change,
});
export const personalRow = (change: Partial<e.Personal> = {}): e.Personal => ({ name: 'Andrés Felipe Quintero', email: 'andres@textiles.example', mobile: '+573001234567', emailBounced: false, mobileBounced: false, ...change });
export const deviceRow = (token: Pick<e.Token, 'id' | 'companyId'>, userId: UserId, change: Partial<e.Device> = {}): e.Device => ({
  id: newId(), tokenId: token.id, userId, companyId: token.companyId, state: 'pending', replacing: false, resumeState: null, sessionKey: '{}', approvalKey: '{}',
  sessionThumbprint: text(), approvalThumbprint: text(), name: 'PORTATIL-14', system: 'Windows 11', app: '0.1.0', keyProtection: 'Credential Manager', fingerprintNonce: text(16),
  language: 'es', statement: 'a.b.c', secondProof: 'sms', secondProofDetail: '+57•••4567', ip: '192.0.2.7', boundAt: T0, acknowledgedAt: null, lastUseAt: null, closedAt: null,
  pinVerifier: new Uint8Array([1, 2]), share: new Uint8Array([3, 4]), pinGeneration: 1, pinFailures: 0, pinDestroyedAt: null, ...change,
});
export const invitationRow = (token: Pick<e.Token, 'id' | 'companyId'>, userId: UserId, change: Partial<e.Invitation> = {}): e.Invitation => ({
  id: newId(), tokenId: token.id, userId, companyId: token.companyId, codeHash: text(), typedHash: text(), purpose: 'first', status: 'open', createdAt: T0, expiresAt: T0 + 72 * 3_600_000, failures: 0, ...change,
});
export const bindingRow = (invitation: e.Invitation, change: Partial<e.Binding> = {}): e.Binding => ({
  id: newId(), invitationId: invitation.id, userId: invitation.userId, tokenId: invitation.tokenId, nonce: text(16), language: 'es', createdAt: T0, expiresAt: T0 + 600_000,
  secondProof: 'sms', smsCodeHash: null, smsExpiresAt: null, smsFailures: 0, deviceId: null, answer: null, ...change,
});
export const actionRow = (companyId: CompanyId, requestedBy: UserId, change: Partial<e.AdminAction> = {}): e.AdminAction => ({
  id: newId(), companyId, kind: 'assign', requestedBy, request: '{}', details: '{}', staleRows: '[]', state: 'pending', createdAt: T0, needsSecond: false, idempotencyKey: newId(), ...change,
});
export const approvalRow = (device: e.Device, change: Partial<e.Approval> = {}): e.Approval => ({
  id: newId(), companyId: device.companyId, tokenId: device.tokenId, deviceId: device.id, userId: device.userId, kind: 'admin-action', actionId: null, request: 'a.b.c', requestHash: text(),
  state: 'pending', createdAt: T0, expiresAt: T0 + 300_000, deliveredAt: null, decidedAt: null, decision: null, ...change,
});
export const portalRow = (change: Partial<e.Portal> = {}): e.Portal => ({
  id: newId(), name: `Portal ${text(6)}`, clientId: newId(), secret: new Uint8Array([5, 6]), jwks: null, delivery: 'poll', notificationEndpoint: null, enabled: true, offlineTransactions: false, perUser: 5, perSource: 100, createdAt: T0, ...change,
});
export const portalRequestRow = (portalId: PortalId, change: Partial<e.PortalRequest> = {}): e.PortalRequest => ({
  id: newId(), portalId, channel: 'rest', kind: 'login', companyId: null, userId: null, approvalId: null, state: 'pending', userName: 'luis', number: new Uint8Array([7]), numberFailures: 0, answerFailures: 0, answer: null,
  requestHash: text(), createdAt: T0, expiresAt: T0 + 120_000, closedAt: null, authReqHash: null, notificationToken: null, pingTries: 0, nextPingAt: null, ...change,
});
export const hardwareRow = (companyId: CompanyId, change: Partial<e.HardwareToken> = {}): e.HardwareToken => ({
  id: newId(), companyId, userId: null, serial: `OATH-${text(6)}`, type: 'totp', algorithm: 'sha1', digits: 6, period: 30, sealed: new Uint8Array([9]), state: 'on', counter: null, drift: 0, ...change,
});
export const messageRow = (change: Partial<e.OutboxMessage> = {}): e.OutboxMessage => ({
  id: newId(), channel: 'sms', to: '+573001234567', userId: null, subject: null, sealed: new Uint8Array([1, 7]), createdAt: T0, sentAt: null, tries: 0, nextTryAt: T0, failedAt: null, ...change,
});

export interface Scene { readonly company: e.Company; readonly users: readonly e.User[]; readonly tokens: readonly e.Token[] }

/** A company with `users` members and `tokens` tokens; the first `held` users have one, assigned. */
export async function addScene(store: Store, { users = 2, tokens = 3, held = 1, company = companyRow() }: { users?: number; tokens?: number; held?: number; company?: e.Company } = {}): Promise<Scene> {
  const people = Array.from({ length: users }, () => userRow(company.id));
  await store.transaction(async (tx) => {
    await tx.addCompany(company);
    for (const user of people) await tx.addUser(user);
    const pool = await tx.addTokens(company.id, tokens, T0, () => newId<TokenId>());
    for (const [index, user] of people.slice(0, held).entries()) {
      const token = pool[index];
      if (token) await tx.moveToken(token.id, { from: ['available'], to: 'assigned', now: T0, userId: user.id });
    }
  });
  const all = await Promise.all(people.map(async (user) => store.read.tokenOfUser(user.id)));
  const rest = await store.read.availableTokens(company.id, tokens);
  return { company, users: people, tokens: [...all.filter((token) => token !== null), ...rest] };
}

/** The scene with a device for its first token and person. */
export async function addDeviceScene(store: Store): Promise<{ readonly company: e.Company; readonly token: e.Token; readonly user: e.User; readonly device: e.Device }> {
  const { company, tokens, users } = await addScene(store);
  const [token, user] = [at(tokens, 0), at(users, 0)];
  const device = deviceRow(token, user.id);
  await store.transaction((tx) => tx.addDevice(device));
  return { company, token, user, device };
}

/** The n-th, or the test is wrong. */
export function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new Error(`there is no item ${index}`);
  return item;
}
