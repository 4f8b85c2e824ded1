import { generateKeyPairSync, randomBytes, randomUUID, type KeyObject } from 'node:crypto';
import { jwsType } from '../../shared/contract/signed.ts';
import { toBase64url } from '../../shared/domain/base64url.ts';
import type { ActionRequest } from '../../shared/contract/admin.ts';
import { parseInvitation } from '../../shared/domain/invitation-link.ts';
import type { ApprovalId, DeviceId, SerialNumber } from '../../shared/domain/ids.ts';
import { systemClock } from '../../authority/clock.ts';
import { hashText } from '../../authority/crypto/hash.ts';
import { signJws, thumbprintOf, type PublicKey } from '../../authority/crypto/jws.ts';
import type { Sealer } from '../../authority/crypto/key-ring.ts';
import { hotp } from '../../authority/crypto/otp.ts';
import { passwords } from '../../authority/crypto/passwords.ts';
import { messageTexts } from '../../authority/notify/texts.ts';
import { createAudit } from '../../authority/services/audit.ts';
import type { Checkpoint } from '../../authority/services/audit/checkpoints.ts';
import { createAuthentication, type Authentication } from '../../authority/services/authentication.ts';
import type { Caller } from '../../authority/services/caller.ts';
import type { PasswordVerifier } from '../../authority/services/context.ts';
import { openRing } from '../../authority/services/key-ring.ts';
import { createKeys } from '../../authority/services/keys.ts';
import { openText } from '../../authority/services/message-text.ts';
import { localPasswords } from '../../authority/services/local-passwords.ts';
import { createServices, type Services } from '../../authority/services/services.ts';
import type { Company, OutboxMessage, Token, User } from '../../authority/store/entities.ts';
import type { Store, Transaction } from '../../authority/store/store.ts';
import { memoryLog } from './memory-log.ts';

export const by = { operator: 'olga', reason: 'prueba' };
const random = (size: number): Uint8Array => new Uint8Array(randomBytes(size));

type ServicesContext = Parameters<typeof createServices>[0];

export interface World extends TestAuthority {
  readonly company: Company;
  readonly person: (userName: string, change?: Partial<{ role: 'admin' | 'member'; email: string | null; mobile: string | null; company: string }>) => Promise<User>;
  readonly outbox: (user: User, channel?: 'sms' | 'email') => Promise<SentMessage[]>;
  readonly desktop: (user: User) => Desktop;
  readonly tokenOf: (user: User) => Promise<Token>;
  /** Assigns, binds and activates through the issuer. */
  readonly activated: (userName: string, role?: 'admin' | 'member') => Promise<Desktop>;
  /** The admin asks and approves on his own token. */
  readonly approved: (admin: Desktop, action: ActionRequest) => Promise<{ state: string; actionState: string | null }>;
}

export interface TestAuthority { readonly context: ServicesContext; readonly store: Store; readonly services: Services; readonly password: string; readonly sealer: Sealer; readonly authentication: Authentication; readonly checkpoints: string[]; /** Every message of a committed transaction, in order. */ readonly sent: readonly SentMessage[] }

/** A message with its text opened. */
export type SentMessage = OutboxMessage & { readonly text: string | null };

/** The real services over any store. `verifier`: `quick` where argon2 would only cost time. */
export async function createTestAuthority(opened: Store, verifier: 'local' | 'quick' = 'quick', masters: { present: Uint8Array; next: Uint8Array | null } = { present: random(32), next: null }, now: () => number = Date.now): Promise<TestAuthority> {
  const password = 'correcto caballo pila';
  const sent: SentMessage[] = [];
  const ring = await openRing({ store: opened, masters, random, now });
  const { sealer } = ring;
  const store = recording(opened, sent, sealer);
  const facts = { address: 'https://vinculo.example', issuer: 'Banco de Prueba', support: [], issuerNotices: { email: 'guardia@banco.example', language: 'es' as const } };
  const keys = createKeys({ store, sealer, facts });
  await keys.ensure();
  const checkpoints: string[] = [];
  const audit = createAudit({
    store, random, checkpoints: memoryLog(checkpoints),
    signCheckpoint: (payload) => keys.sign(jwsType.checkpoint, payload),
    verifyCheckpoint: async (jws) => (await keys.verify(jwsType.checkpoint, jws)) as Checkpoint | null,
  });
  const quick: PasswordVerifier = { kind: 'local', verify: async (_userName, given) => given === password };
  const hashing = passwords();
  const context = { store, random, after: systemClock.after, sealer, ring, keys, passwords: hashing, passwordVerifier: verifier === 'local' ? localPasswords({ store, passwords: hashing }) : quick, audit, texts: messageTexts, facts };
  return { context, store, services: createServices(context), password, sealer, authentication: createAuthentication(context), checkpoints, sent };
}

/** A transaction some of whose methods are the test's. */
export const withMethods = (tx: Transaction, methods: Partial<Transaction>): Transaction => Object.assign(Object.create(tx) as Transaction, methods);

/** The outbox is read often and grows: what is written to it is noted as it is committed. */
function recording(store: Store, sent: SentMessage[], sealer: Sealer): Store {
  return {
    ...store,
    transaction: (work) => store.transaction((tx) => work(withMethods(tx, {
      addMessage: async (message) => {
        await tx.addMessage(message);
        tx.afterCommit(() => { sent.push({ ...message, get text() { return openText(sealer, message); } }); });
      },
    }))),
  };
}

/** An enabled company with a pool. Names are made unique, so that one authority can hold many. */
export async function createWorld(over: Store | TestAuthority, options: { pool?: number; fourEyes?: boolean; number?: number } = {}): Promise<World> {
  const authority = 'transaction' in over ? await createTestAuthority(over) : over;
  const { store, services, sent } = authority;
  const number = options.number ?? 0;
  const { companies } = services.issuer;
  const serialPrefix = number === 0 ? 'FEF' : [676, 26, 1].map((base) => String.fromCodePoint(65 + (Math.floor(number / base) % 26))).join('');
  const created = await companies.create({ name: number === 0 ? 'Ferretería Central' : `Empresa ${number}`, serialPrefix, fourEyes: options.fourEyes ?? false }, by);
  if ((options.pool ?? 20) > 0) await companies.allocate(created.id, options.pool ?? 20, by);
  const company = await companies.enable(created.id, by);
  let next = 0;

  const world: World = {
    ...authority, company,
    async person(name, change = {}) {
      next += 1;
      const userName = number === 0 ? name : `${name}-${number}`;
      return services.issuer.users.add({ company: company.name, userName, name: `Persona ${userName}`, email: `${userName}@ejemplo.co`, mobile: `+57300${String(number * 100 + next).padStart(7, '0')}`, role: 'member', language: 'es', ...change }, by);
    },
    async outbox(user, channel) {
      return sent.filter((message) => message.userId === user.id && (channel === undefined || message.channel === channel));
    },
    desktop: (user) => new Desktop(world, user),
    async tokenOf(user) {
      const token = await store.read.tokenOfUser(user.id);
      if (token === null) throw new Error(`${user.userName} has no token`);
      return token;
    },
    async activated(userName, role = 'member') {
      const user = await world.person(userName, { role });
      const { serial } = await services.issuer.tokens.assign(user.userName, by);
      const desktop = world.desktop(user);
      await desktop.bind();
      await desktop.open();
      await services.issuer.tokens.activate(serial, by);
      return desktop;
    },
    async approved(admin, action) {
      const view = await services.admin.actions.request(await admin.caller(), { action, idempotencyKey: randomUUID() });
      return admin.decide(view.approvalId, 'approved');
    },
  };
  return world;
}

interface Pair { readonly publicKey: PublicKey; readonly privateKey: KeyObject; readonly jkt: string }
function pair(): Pair {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const jwk: PublicKey = { kty: 'EC', crv: 'P-256', x, y };
  return { publicKey: jwk, privateKey, jkt: thumbprintOf(jwk) };
}

/** What a desktop does, without a desktop: keys, binding, session, decisions. */
export class Desktop {
  readonly world: World;
  readonly user: User;
  readonly session = pair();
  readonly approval = pair();
  readonly ephemeral = pair();
  readonly verifier = random(32);
  readonly share = random(32);
  serial: SerialNumber | null = null;
  deviceId: DeviceId | null = null;
  /** Each behind an address of its own: passwords are limited per source. */
  readonly source = { ip: `198.18.${random(2).join('.')}`, agent: 'Vínculo de prueba' };

  constructor(world: World, user: User) {
    this.world = world;
    this.user = user;
  }

  /** The code of the latest invitation, as the person's e-mail holds it. */
  async invitation(): Promise<{ code: string; typedCode: string }> {
    for (const { text } of (await this.world.outbox(this.user, 'email')).toReversed()) {
      const link = /https:\/\/\S+\/i#\S+/.exec(text ?? '')?.[0].replace(/[.,)]$/, '');
      const parsed = link === undefined ? null : parseInvitation(link);
      const typed = /\b[0-9A-HJKMNP-TV-Z]{5}[- ]?[0-9A-HJKMNP-TV-Z]{5}\b/.exec(text ?? '')?.[0] ?? '';
      if (parsed?.kind === 'link') return { code: parsed.code, typedCode: typed };
    }
    throw new Error(`${this.user.userName} has no invitation`);
  }

  async smsCode(): Promise<string> {
    for (const { text } of (await this.world.outbox(this.user, 'sms')).toReversed()) {
      const code = /\b[0-9A-HJKMNP-TV-Z]{4}-?[0-9A-HJKMNP-TV-Z]{4}\b/.exec((text ?? '').replace(/https?:\S+/g, ''))?.[0];
      if (code !== undefined && !(text ?? '').includes('/i#')) return code;
    }
    throw new Error(`${this.user.userName} got no code`);
  }

  async start(change: Partial<{ password: string; user: string; typed: boolean; code: string }> = {}) {
    const { code, typedCode } = await this.invitation();
    return this.world.services.bindings.start({
      invitation: change.typed === true ? { typedCode: change.code ?? typedCode } : { code: change.code ?? code },
      user: change.user ?? this.user.userName, password: change.password ?? this.world.password, language: 'es',
    }, this.source);
  }

  complete(binding: { bindingId: Parameters<Services['bindings']['complete']>[0]['bindingId']; nonce: string }, secondProof: string, change: Partial<Parameters<Services['bindings']['complete']>[0]> = {}) {
    const proof = (key: Pair, purpose: 'session' | 'approval') => signJws(jwsType.possession, { binding: binding.bindingId, nonce: binding.nonce, purpose, jkt: key.jkt }, key.privateKey);
    return this.world.services.bindings.complete({
      bindingId: binding.bindingId, secondProof, sessionKey: this.session.publicKey, approvalKey: this.approval.publicKey,
      sessionProof: proof(this.session, 'session'), approvalProof: proof(this.approval, 'approval'), ephemeralKey: this.ephemeral.publicKey,
      pinVerifier: toBase64url(this.verifier), share: toBase64url(this.share),
      device: { name: 'portátil', system: 'Debian 12', app: '0.1.0', keyProtection: 'GNOME Keyring' }, ...change,
    }, this.source);
  }

  async bind(): Promise<void> {
    const binding = await this.start();
    const proof = binding.secondProof.kind === 'sms' ? await this.smsCode() : await this.hardwareCode();
    const bound = await this.complete(binding, proof);
    this.deviceId = bound.deviceId;
    this.serial = bound.serial;
  }

  async hardwareCode(): Promise<string> {
    const hardware = await this.world.store.read.hardwareTokenOfUser(this.user.id);
    return hotp({ seed: hardwareSeed, algorithm: 'sha1', digits: 6 }, hardware?.counter ?? 0);
  }

  /** Opens a session as `http` would after it has checked the proof. */
  async open(): Promise<void> {
    await this.world.services.sessions.start(await this.caller());
  }

  async caller(): Promise<Caller> {
    const { read } = this.world.store;
    const device = this.deviceId === null ? null : await read.device(this.deviceId);
    if (device === null) throw new Error('not bound');
    const [token, user, company] = [await read.token(device.tokenId), await read.user(device.userId), await read.company(device.companyId)];
    if (token === null || user === null || company === null) throw new Error('rows are missing');
    return { device, token, user, company, ...this.source };
  }

  async sign(approvalId: ApprovalId, decision: 'approved' | 'denied' | 'reported', change: Partial<{ key: Pair; typ: string; requestHash: string; number: string; jkt: string }> = {}): Promise<string> {
    const approval = await this.world.store.read.approval(approvalId);
    const byApproval = decision === 'approved';
    const key = change.key ?? (byApproval ? this.approval : this.session);
    const payload = { id: approvalId, request_hash: change.requestHash ?? hashText(approval?.request ?? ''), decision, number: change.number ?? null, decided_at: 1, jkt: change.jkt ?? key.jkt };
    return signJws(change.typ ?? (byApproval ? jwsType.decision : jwsType.denial), payload, key.privateKey);
  }

  /** `number`: of a login or a transaction. */
  async decide(approvalId: ApprovalId, decision: 'approved' | 'denied' | 'reported', number?: string) {
    return this.world.services.approvals.decide(await this.caller(), { approvalId, decision: await this.sign(approvalId, decision, number === undefined ? {} : { number }) });
  }

  async report() {
    const report = signJws(jwsType.report, { device: this.deviceId, reported_at: 1, nonce: toBase64url(random(16)) }, this.session.privateKey);
    return this.world.services.sessions.report(await this.caller(), { report });
  }
}

export const hardwareSeed = new Uint8Array(20).fill(49);

/** The code of the error with which a call ended, or `ok`. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'ok';
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}
