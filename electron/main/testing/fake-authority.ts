import { createHash, generateKeyPairSync, randomBytes, randomUUID, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OpenAPIHandler } from '@orpc/openapi/node';
import { SmartCoercionPlugin } from '@orpc/json-schema';
import { implement, ORPCError } from '@orpc/server';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { CompactEncrypt, compactVerify, decodeProtectedHeader, importJWK } from 'jose';
import { WebSocketServer, type WebSocket } from 'ws';
import { deviceContract } from '../../../shared/contract/device.ts';
import { eventsPath, readCall, writeAnswer, writeEvent, type StreamAnswer, type StreamCall } from '../../../shared/contract/event-stream.ts';
import { errorTexts, type ErrorCode, type ErrorData } from '../../../shared/contract/errors.ts';
import type { DeviceEvent } from '../../../shared/contract/events.ts';
import { jwsType, type ApprovalRequest } from '../../../shared/contract/signed.ts';
import type { PublicJwk } from '../../../shared/contract/primitives.ts';
import type { ApprovalState } from '../../../shared/domain/admin-actions.ts';
import type { ApprovalId, BindingId, CompanyId, DeviceId, SerialNumber, UserId } from '../../../shared/domain/ids.ts';
import { invitationLink } from '../../../shared/domain/invitation-link.ts';
import type { TokenState } from '../../../shared/domain/token-states.ts';
import { signCompact, thumbprint } from '../vault/keys.ts';

export const fakeSecondProof = 'K7QX9TBM';
const refuse = (code: ErrorCode, data: ErrorData = {}) => new ORPCError(code, { status: errorTexts[code].status, data });
const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url');

interface BoundDevice { sessionKey: PublicJwk; approvalKey: PublicJwk; pinVerifier: string; share: string; answer: object; acknowledged: boolean }
interface Asked { request: string; state: ApprovalState; decision: string | null; /** What the portal shows; null: an admin action. */ number: string | null; wrongNumbers: number }
interface Proof { readonly method: string; readonly url: string; readonly headers: Record<string, string | undefined> }
interface SigningKey { readonly publicKey: PublicJwk; readonly privateKey: KeyObject }

export function newSigningKey(): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  return { publicKey: { kty: 'EC', crv: 'P-256', x, y }, privateKey };
}

/**
 * Stands in for the authority: the contract over real HTTP and a real WebSocket, one person and one device, real signatures and
 * DPoP checks, no rules beyond what a desktop can notice. Tests turn its knobs; what the real one does is tested with the real one.
 */
export class FakeAuthority {
  readonly code = randomBytes(14).toString('base64url');
  password = 'correcta y larga';
  readonly serial = 'FEF4900032' as SerialNumber;
  readonly seed = randomBytes(32);
  readonly approvals = new Map<ApprovalId, Asked>();
  /** Names of procedures as they were called, in order. */
  readonly calls: string[] = [];
  /** Answers of these procedures are cut off after they took effect. */
  readonly loses = new Set<string>();
  /** Requests that were put to another device. */
  readonly notOurs = new Set<ApprovalId>();
  keys: SigningKey[] = [newSigningKey()];
  handovers: string[] = [];
  /** Milliseconds this authority's clock is ahead of the computer's. */
  ahead = 0;
  tokenState: TokenState = 'pending_activation';
  deviceState: 'pending' | 'active' | 'suspended' | 'closed' = 'pending';
  pinGeneration = 1;
  pinFailures = 0;
  nonce = randomBytes(12).toString('base64url');
  device: BoundDevice | null = null;
  address = '';
  sessionSeconds = 600;
  resync = false;
  readonly #server: Server;
  readonly #sockets = new Set<WebSocket>();
  readonly #listeners = new Set<() => void>();
  readonly #authenticated = new WeakSet<WebSocket>();
  readonly #events: { id: string; event: DeviceEvent }[] = [];
  readonly #used = new Set<string>();
  readonly #tokens = new Map<string, number>();
  readonly #ids = { device: randomUUID() as DeviceId, user: randomUUID() as UserId, company: randomUUID() as CompanyId, binding: randomUUID() as BindingId };
  readonly #bindingNonce = randomBytes(16).toString('base64url');

  private constructor() {
    this.#server = createServer((request, response) => void this.#handle(request, response));
    const sockets = new WebSocketServer({ server: this.#server, path: eventsPath });
    sockets.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      socket.on('message', (data: Buffer) => void this.#streamCall(socket, data.toString()));
    });
  }

  /** @param port the one of an earlier fake that is started again; 0: any */
  static async start(port = 0): Promise<FakeAuthority> {
    const authority = new FakeAuthority();
    await authority.listen(port);
    return authority;
  }

  async listen(port = Number(URL.parse(this.address)?.port ?? 0)): Promise<void> {
    await new Promise<void>((resolve) => { this.#server.listen(port, '127.0.0.1', resolve); });
    this.address = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Cuts every connection; the state stays for the next `listen`. */
  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.terminate();
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => { this.#server.close(() => resolve()); });
  }

  get invitation(): string {
    return invitationLink({ authority: this.address, code: this.code, thumbprint: thumbprint(this.#newest.publicKey) });
  }

  get now(): number { return Date.now() + this.ahead; }
  get #newest(): SigningKey { return this.keys[0] as SigningKey; }
  get sockets(): number { return this.#sockets.size; }

  /** What an admin or the issuer does. */
  activate(): void {
    this.tokenState = 'active';
    this.deviceState = 'active';
    this.tell({ type: 'token.changed', state: 'active' });
  }

  tell(event: DeviceEvent): void {
    this.#events.push({ id: String(this.#events.length + 1), event });
    for (const listener of this.#listeners) listener();
  }

  cutSockets(): void {
    for (const socket of this.#sockets) socket.terminate();
  }

  /** The incoming key, handed over by the present one. */
  async rotate(key: SigningKey = newSigningKey()): Promise<void> {
    const { privateKey, publicKey } = this.#newest;
    const payload = { iss: this.address, from: thumbprint(publicKey), to: key.publicKey, iat: Math.floor(this.now / 1000) };
    this.handovers.push(await signCompact(privateKey, jwsType.handover, payload));
    this.keys.unshift(key);
  }

  /** Puts a request to the device. `change`: what a hostile or broken authority would have in it. */
  async ask(change: Partial<ApprovalRequest> = {}, signer: KeyObject = this.#newest.privateKey, typ: string = jwsType.request): Promise<ApprovalId> {
    const id = randomUUID() as ApprovalId;
    const seconds = Math.floor(this.now / 1000);
    const payload: ApprovalRequest = {
      iss: this.address, id, serial: this.serial, kind: 'admin-action', portal: null,
      context: { ip: '10.0.0.7', agent: 'Vínculo 0.1.0', requestedAt: this.now, place: null },
      details: {
        type: 'admin-action', action: 'block', company: { id: this.#ids.company, name: 'Textiles del Valle S.A.S.' },
        requestedBy: { userId: this.#ids.user, name: 'Mariana Restrepo' }, firstApprovedBy: null,
        rows: [{ userId: this.#ids.user, userName: 'jperez', name: 'Julián Pérez', email: 'j@textiles.example', mobile: '+573105554471', serial: this.serial, token: { before: 'active', after: 'blocked' }, hardware: null, fields: [], device: null }],
        pool: null, reason: null,
      },
      nonce: randomBytes(16).toString('base64url'), iat: seconds, exp: seconds + 300, ...change,
    };
    const number = payload.kind === 'admin-action' ? null : '418207';
    this.approvals.set(id, { request: await signCompact(signer, typ, payload), state: 'pending', decision: null, number, wrongNumbers: 0 });
    this.tell({ type: 'approval.opened', approvalId: id });
    return id;
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('DPoP-Nonce', this.nonce);
    const headers = request.headers as Record<string, string | undefined>;
    const proof: Proof = { method: request.method ?? '', url: `${this.address}${(request.url ?? '').split('?')[0] ?? ''}`, headers };
    const cut = () => { request.socket.destroy(); return response; };
    const { matched } = await this.#handler.handle(request, response, { context: { proof, cut: () => { response.end = cut as typeof response.end; } } });
    if (!matched) response.writeHead(404).end();
  }

  get #handler() {
    return new OpenAPIHandler(this.#router(), { plugins: [new SmartCoercionPlugin({ schemaConverters: [new ZodToJsonSchemaConverter()] })] });
  }

  #router() {
    const os = implement(deviceContract).$context<{ proof: Proof; cut: () => void }>();
    const open = os.use(async ({ context, path, next }) => {
      const name = path.join('.');
      this.calls.push(name);
      const result = await next();
      if (this.loses.delete(name)) context.cut();
      return result;
    });
    const bound = open.use(async ({ context, next }) => {
      await this.#checkSession(context.proof);
      return next();
    });
    return {
      authority: { describe: open.authority.describe.handler(() => ({ address: this.address, issuer: 'Banco Páramo', authorityKeys: this.#served, support: [{ label: 'Línea', value: '018000', href: null, hours: null }], time: this.now })) },
      invitations: {
        preview: open.invitations.preview.handler(({ input }) => {
          if ('code' in input && input.code !== this.code) throw refuse('INVITATION_INVALID');
          return { kind: 'full' as const, company: 'Textiles del Valle S.A.S.', issuer: 'Banco Páramo', status: this.device === null ? 'open' as const : 'used' as const, expiresAt: this.now + 3_600_000, replacement: false };
        }),
      },
      bindings: {
        start: open.bindings.start.handler(({ input }) => {
          if (input.password !== this.password) throw refuse('BINDING_REFUSED');
          return { bindingId: this.#ids.binding, company: 'Textiles del Valle S.A.S.', issuer: 'Banco Páramo', secondProof: this.#secondProof, nonce: this.#bindingNonce, expiresAt: this.now + 600_000 };
        }),
        resendCode: open.bindings.resendCode.handler(() => this.#secondProof),
        complete: open.bindings.complete.handler(async ({ input }) => {
          const known = this.device;
          if (known !== null) {
            if (thumbprint(known.sessionKey) !== thumbprint(input.sessionKey) || thumbprint(known.approvalKey) !== thumbprint(input.approvalKey)) throw refuse('BINDING_CONFLICT');
            if (known.acknowledged) throw refuse('INVITATION_USED');
            return { ...known.answer as { time: number }, time: this.now } as never;
          }
          if (input.secondProof !== fakeSecondProof) throw refuse('SECOND_PROOF_WRONG', { triesLeft: 4 });
          const answer = await this.#answer(input);
          const { sessionKey, approvalKey, pinVerifier, share } = input;
          this.device = { sessionKey, approvalKey, pinVerifier, share, answer, acknowledged: false };
          return answer;
        }),
      },
      session: {
        start: open.session.start.handler(async ({ context }) => {
          await this.#checkProof(context.proof, null);
          if (this.deviceState === 'closed') throw refuse('DEVICE_CLOSED');
          if (this.device !== null) this.device.acknowledged = true;
          const accessToken = [randomBytes(8), randomBytes(8), randomBytes(8)].map((part) => part.toString('base64url')).join('.');
          const expiresAt = this.now + this.sessionSeconds * 1000;
          this.#tokens.set(accessToken, expiresAt);
          return { accessToken, expiresAt, time: this.now };
        }),
        state: bound.session.state.handler(() => this.#state()),
        report: bound.session.report.handler(async ({ input }) => {
          await this.#verify(input.report, jwsType.report, 'session');
          return { state: this.#block() };
        }),
      },
      pin: {
        releaseShare: bound.pin.releaseShare.handler(({ input }) => ({ share: this.#checkPin(input) })),
        change: bound.pin.change.handler(({ input }) => {
          this.#checkPin(input);
          (this.device as BoundDevice).pinVerifier = input.newVerifier;
          return { generation: (this.pinGeneration += 1) };
        }),
        forgotten: bound.pin.forgotten.handler(() => {
          this.pinFailures = 10;
          return { state: this.#block() };
        }),
      },
      password: {
        change: bound.password.change.handler(({ input }) => {
          if (input.password !== this.password) throw refuse('PASSWORD_WRONG');
          this.password = input.newPassword;
        }),
      },
      approvals: {
        list: bound.approvals.list.handler(() => this.#open()),
        get: bound.approvals.get.handler(({ input }) => this.#asked(input.approvalId)),
        history: bound.approvals.history.handler(() => ({ items: [...this.approvals.keys()].map((id) => this.#asked(id)).filter(({ state }) => state !== 'pending'), next: null })),
        decide: bound.approvals.decide.handler(async ({ input }) => {
          const asked = this.approvals.get(input.approvalId);
          if (asked === undefined) throw refuse('APPROVAL_UNKNOWN');
          if (asked.state !== 'pending') throw refuse('APPROVAL_DECIDED');
          const typ = decodeProtectedHeader(input.decision).typ;
          const payload = await this.#verify(input.decision, typ === jwsType.decision ? jwsType.decision : jwsType.denial, typ === jwsType.decision ? 'approval' : 'session') as { decision: ApprovalState; request_hash: string; number: string | null };
          if (payload.request_hash !== sha256(asked.request)) throw refuse('DECISION_INVALID');
          if (payload.decision === 'approved' && payload.number !== asked.number) throw this.#wrongNumber(asked);
          Object.assign(asked, { state: payload.decision, decision: input.decision });
          if (payload.decision === 'reported') this.#block();
          this.tell({ type: 'approval.closed', approvalId: input.approvalId, state: asked.state });
          return { state: asked.state, actionState: 'done' as const };
        }),
      },
    };
  }

  /** A call of the event stream, answered or refused. */
  async #streamCall(socket: WebSocket, text: string): Promise<void> {
    const call = readCall(text);
    if (call === null) return socket.close(4400);
    const answer = (said: StreamAnswer) => socket.send(writeAnswer(said));
    try {
      if (call.type === 'subscribe' && !this.#authenticated.has(socket)) throw refuse('SESSION_REQUIRED');
      answer({ type: 'accepted', call: call.call, ...(call.type === 'authenticate' && { expiresAt: await this.#authenticate(socket, call) }) });
      if (call.type === 'subscribe') this.#subscribe(socket, call.lastEventId);
    } catch (error) {
      if (!(error instanceof ORPCError)) throw error;
      answer({ type: 'refused', call: call.call, code: error.code, data: error.data as ErrorData });
    }
  }

  async #authenticate(socket: WebSocket, { accessToken, proof }: Extract<StreamCall, { type: 'authenticate' }>): Promise<number> {
    this.calls.push('authenticate');
    await this.#checkProof({ method: 'GET', url: `${this.address}${eventsPath}`, headers: { dpop: proof } }, accessToken);
    if (this.deviceState === 'closed') throw refuse('DEVICE_CLOSED');
    this.#authenticated.add(socket);
    return this.#tokens.get(accessToken) ?? 0;
  }

  #subscribe(socket: WebSocket, lastEventId: string | undefined): void {
    this.calls.push(`subscribe after ${lastEventId ?? 'nothing'}`);
    socket.send(writeEvent(null, { type: 'hello', time: this.now }));
    if (this.resync) socket.send(writeEvent(null, { type: 'resync' }));
    let at = lastEventId === undefined ? this.#events.length : Number(lastEventId);
    const tell = () => {
      for (; at < this.#events.length; at++) socket.send(writeEvent(this.#events[at]?.id ?? '', this.#events[at]?.event ?? { type: 'resync' }));
    };
    tell();
    this.#listeners.add(tell);
    socket.once('close', () => this.#listeners.delete(tell));
  }

  get #served() { return { keys: this.keys.map(({ publicKey }) => publicKey), handovers: this.handovers }; }
  get #secondProof() { return { kind: 'sms' as const, mobile: '+57 *** *** 4471', expiresAt: this.now + 600_000 }; }
  get #policy() { return { otpDigits: 6 as const, otpPeriod: 30, autoLockMinutes: 5, fourEyes: false }; }
  get #user() { return { id: this.#ids.user, name: 'Mariana Restrepo', userName: 'mrestrepo', role: 'admin' as const }; }

  async #answer(input: { sessionKey: PublicJwk; approvalKey: PublicJwk; ephemeralKey: PublicJwk; sessionProof: string; approvalProof: string }) {
    const fingerprintNonce = randomBytes(16).toString('base64url');
    const statement = {
      iss: this.address, user: this.#ids.user, company: this.#ids.company, device: this.#ids.device, serial: this.serial, session_key: input.sessionKey, approval_key: input.approvalKey,
      session_proof: input.sessionProof, approval_proof: input.approvalProof, second_proof: 'sms', fingerprint_nonce: fingerprintNonce, language: 'es', iat: Math.floor(this.now / 1000),
    };
    const sealedSeed = await new CompactEncrypt(this.seed).setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM' }).encrypt(await importJWK({ ...input.ephemeralKey }, 'ECDH-ES'));
    return {
      deviceId: this.#ids.device, serial: this.serial, companyId: this.#ids.company, company: 'Textiles del Valle S.A.S.', issuer: 'Banco Páramo', user: this.#user,
      sealedSeed, authorityKeys: this.#served, policy: this.#policy, fingerprintNonce, language: 'es' as const,
      bindingStatement: await signCompact(this.#newest.privateKey, jwsType.binding, statement), time: this.now,
    };
  }

  #state() {
    return {
      time: this.now, token: { serial: this.serial, state: this.tokenState, blockedReason: this.tokenState === 'blocked' ? 'reported' : null },
      device: { id: this.#ids.device, state: this.deviceState === 'closed' ? 'suspended' as const : this.deviceState, boundAt: this.now, lastUseAt: null, replacing: false },
      company: { id: this.#ids.company, name: 'Textiles del Valle S.A.S.', enabled: true, administrators: ['Mariana Restrepo'] },
      user: this.#user, hardwareToken: null, policy: this.#policy, authorityKeys: this.#served,
      pinGeneration: this.pinGeneration, pinDestroyed: this.pinFailures >= 10, approvals: this.#open(),
    };
  }

  #open() {
    return [...this.approvals].filter(([, { state }]) => state === 'pending').map(([id, { request, state }]) => ({ id, request, state }));
  }

  #asked(id: ApprovalId) {
    const asked = this.approvals.get(id);
    if (asked === undefined) throw refuse('APPROVAL_UNKNOWN');
    if (this.notOurs.has(id)) throw refuse('APPROVAL_NOT_YOURS');
    return { id, request: asked.request, state: asked.state, decidedAt: asked.decision === null ? null : this.now, actionState: asked.decision === null ? null : 'done' as const };
  }

  #block(): TokenState {
    this.tokenState = 'blocked';
    this.deviceState = 'suspended';
    this.tell({ type: 'token.changed', state: 'blocked' });
    return this.tokenState;
  }

  #wrongNumber(asked: Asked): Error {
    asked.wrongNumbers += 1;
    if (asked.wrongNumbers < 3) return refuse('NUMBER_WRONG', { triesLeft: 3 - asked.wrongNumbers });
    asked.state = 'denied';
    return refuse('NUMBER_EXHAUSTED');
  }

  #checkPin({ verifier, generation }: { verifier: string; generation: number }): string {
    if (this.pinFailures >= 10) throw refuse('PIN_DESTROYED');
    if (generation !== this.pinGeneration) throw refuse('PIN_GENERATION', { generation: this.pinGeneration });
    if (verifier !== this.device?.pinVerifier) {
      this.pinFailures += 1;
      throw this.pinFailures >= 10 ? refuse('PIN_DESTROYED') : refuse('PIN_WRONG', { triesLeft: 10 - this.pinFailures });
    }
    this.pinFailures = 0;
    return this.device.share;
  }

  async #checkSession(proof: Proof): Promise<void> {
    const token = proof.headers['authorization']?.replace(/^DPoP /, '') ?? '';
    if ((this.#tokens.get(token) ?? 0) <= this.now) throw refuse('SESSION_REQUIRED');
    if (this.deviceState === 'closed') throw refuse('DEVICE_CLOSED');
    await this.#checkProof(proof, token);
  }

  /** RFC 9449 §4.3, as far as a client can get it wrong. */
  async #checkProof({ method, url, headers }: Proof, accessToken: string | null): Promise<void> {
    const compact = headers['dpop'] ?? '';
    const payload = await this.#verify(compact, 'dpop+jwt', 'session').catch(() => { throw refuse('DPOP_INVALID'); }) as Record<string, unknown>;
    const right = payload['htm'] === method && payload['htu'] === url && Math.abs(Number(payload['iat']) * 1000 - this.now) < 60_000
      && !this.#used.has(String(payload['jti'])) && payload['ath'] === (accessToken === null ? undefined : sha256(accessToken));
    if (!right) throw refuse('DPOP_INVALID');
    this.#used.add(String(payload['jti']));
    if (payload['nonce'] !== this.nonce) throw refuse('DPOP_NONCE_REQUIRED');
  }

  async #verify(compact: string, typ: string, which: 'session' | 'approval'): Promise<unknown> {
    const key = which === 'session' ? this.device?.sessionKey : this.device?.approvalKey;
    const { payload, protectedHeader } = await compactVerify(compact, await importJWK({ ...key } as PublicJwk, 'ES256')).catch(() => { throw refuse('DECISION_INVALID'); });
    if (protectedHeader.typ !== typ) throw refuse('DECISION_INVALID');
    return JSON.parse(new TextDecoder().decode(payload));
  }
}
