import { randomBytes } from 'node:crypto';
import { hotp, totp, virtualTokenOtp } from '../../authority/crypto/otp.ts';
import { codeLock } from '../../authority/services/codes/channel.ts';
import type { CodeAttempt } from '../../authority/services/codes/check.ts';
import { temporaryHash } from '../../authority/services/codes/temporary-hash.ts';
import { hardwareIdentity, seedIdentity } from '../../authority/services/sealed-identity.ts';
import type { Company, Device, HardwareToken, TemporaryCode, Token, User } from '../../authority/store/entities.ts';
import type { TokenId } from '../../shared/domain/ids.ts';
import type { TestAuthority } from './authority-world.ts';
import { actionRow, companyRow, deviceRow, hardwareRow, newId, userRow } from './rows.ts';

export interface CodeCell {
  readonly company?: Partial<Company>;
  readonly user?: Partial<User>;
  /** Default: active. Null: none. */
  readonly token?: Token['state'] | null;
  readonly everActive?: boolean;
  readonly hardware?: Partial<Pick<HardwareToken, 'state' | 'type' | 'counter' | 'drift' | 'digits' | 'algorithm'>> | null;
  readonly temporary?: Partial<TemporaryCode> | null;
}
const bytes = (size: number) => new Uint8Array(randomBytes(size));

/** A person with everything a code could come from, each in the state the test wants; and what makes his codes. */
export class CodePerson {
  readonly company: Company;
  readonly user: User;
  readonly device: Device;
  readonly token: Token | null;
  readonly hardware: HardwareToken;
  readonly temporary = String(10_000_000 + randomBytes(4).readUInt32BE(0) % 90_000_000);
  readonly temporaryId = newId<string>();
  readonly virtualSeed = bytes(32);
  readonly hardwareSeed = bytes(20);

  constructor(company: Company, user: User, token: Token | null, device: Device, hardware: HardwareToken) {
    this.company = company;
    this.user = user;
    this.token = token;
    this.device = device;
    this.hardware = hardware;
  }

  attempt(code: string): CodeAttempt {
    return { user: this.user, company: this.company, code, purpose: 'login' };
  }
  virtualCode(now: number, steps = 0): string {
    return totp({ seed: this.virtualSeed, algorithm: virtualTokenOtp.algorithm, digits: this.company.otpDigits, period: virtualTokenOtp.period }, now + steps * 30_000);
  }
  hardwareCode(of: { counter: number } | { now: number; steps?: number }): string {
    const secret = { seed: this.hardwareSeed, algorithm: this.hardware.algorithm, digits: this.hardware.digits };
    return 'counter' in of ? hotp(secret, of.counter) : totp({ ...secret, period: this.hardware.period }, of.now + (of.steps ?? 0) * 30_000);
  }
  /** Of the right form, and of no kind that the person has near `now`. */
  wrongCode(now: number, nth = 0): string {
    const right = new Set([...Array.from({ length: 41 }, (_, n) => this.virtualCode(now, n - 20)), ...Array.from({ length: 60 }, (_, counter) => this.hardwareCode({ counter }))]);
    return Array.from({ length: 1000 }, (_, n) => String(n * 997 + 1).padStart(this.company.otpDigits, '0')).filter((code) => !right.has(code))[nth] ?? '';
  }
}

export async function addCodePerson({ store, sealer }: Pick<TestAuthority, 'store' | 'sealer'>, cell: CodeCell = {}): Promise<CodePerson> {
  const company = companyRow(cell.company);
  const user = userRow(company.id, cell.user);
  const admin = userRow(company.id, { role: 'admin' });
  const state = cell.token === undefined ? 'active' : cell.token;
  const now = await store.now();
  const person = await store.transaction(async (tx) => {
    await tx.addCompany(company);
    await tx.addUser(user);
    await tx.addUser(admin);
    const [token] = await tx.addTokens(company.id, 1, now, () => newId<TokenId>());
    if (token === undefined) throw new Error('no token');
    const device = deviceRow(token, user.id, { state: state === 'active' ? 'active' : state === 'blocked' ? 'suspended' : 'closed', resumeState: state === 'blocked' ? 'active' : null });
    if (state !== null) await tx.moveToken(token.id, { from: ['available'], to: state, now, userId: user.id, ...((cell.everActive ?? true) && { everActive: true as const }) });
    await tx.addDevice(device);
    const hardware = hardwareRow(company.id, { type: 'hotp', counter: 0, state: 'off', ...cell.hardware });
    return new CodePerson(company, user, state === null ? null : token, device, hardware);
  });
  await store.transaction(async (tx) => {
    await tx.addSeed({ deviceId: person.device.id, sealed: sealer.seal(seedIdentity(person.device.id), person.virtualSeed), digits: company.otpDigits, period: 30, lastStep: null });
    if (cell.hardware !== null) {
      await tx.addHardwareToken({ ...person.hardware, sealed: sealer.seal(hardwareIdentity(person.hardware), person.hardwareSeed) });
      await tx.assignHardwareToken(person.hardware.id, user.id);
    }
    if (cell.temporary === undefined || cell.temporary === null) return;
    const action = actionRow(company.id, admin.id, { kind: 'temporaryCode' as never });
    await tx.addAction(action);
    await tx.addTemporaryCode({
      id: person.temporaryId, userId: user.id, companyId: company.id, actionId: action.id, codeHash: temporaryHash(sealer, user.id, person.temporary), shown: null,
      createdAt: now, expiresAt: now + 3600_000, usedAt: null, voidedAt: null, ...cell.temporary,
    });
  });
  return person;
}

/** Wrong codes until the channel has counted so many; the clock goes past each lock. */
export async function failTimes(authority: Pick<TestAuthority, 'services' | 'store'>, person: CodePerson, times: number, pass: (milliseconds: number) => void): Promise<void> {
  for (let nth = 1; nth <= times; nth++) {
    await authority.services.codes.check(person.attempt(person.wrongCode(await authority.store.now())));
    if (nth < times) pass(codeLock(nth) ?? 0);
  }
}

/** What the audit trail says of the codes of a chain, oldest first. */
export async function codeEvents({ store }: Pick<TestAuthority, 'store'>, chain: string): Promise<{ event: string; at: number; [detail: string]: unknown }[]> {
  const entries = await store.read.auditRange(chain, 1, 10_000);
  return entries.filter(({ event }) => event.startsWith('code.')).map(({ event, at, body }) => ({ event, at, ...(JSON.parse(body) as { detail: object }).detail }));
}
