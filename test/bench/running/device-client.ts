import { createHash, createPrivateKey, randomBytes, type KeyObject } from 'node:crypto';
import { request, type Agent } from 'node:http';
import { signJws, type PublicKey } from '../../../authority/crypto/jws.ts';
import { jwsType } from '../../../shared/domain/jws-types.ts';
import { publicAddress, sourceOf, type Planted } from './planted.ts';

export interface Answer { readonly status: number; readonly body: Record<string, unknown>; readonly nonce: string | undefined }
interface Call { readonly port: number; readonly agent: Agent; readonly method: string; readonly path: string; readonly headers: Record<string, string>; readonly body?: string | undefined }

/** One HTTP call over a kept connection: Node's own client, the least that a client can cost. */
export function call({ port, agent, method, path, headers, body }: Call): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, agent, method, path, headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }) } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => { text += part; }).on('end', () => {
        const nonce = response.headers['dpop-nonce'];
        resolve({ status: response.statusCode ?? 0, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>), nonce: typeof nonce === 'string' ? nonce : undefined });
      }).on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const publicPart = ({ x = '', y = '' }: { x?: string; y?: string }): PublicKey => ({ kty: 'EC', crv: 'P-256', x, y });

/** A desktop as the authority sees it: a session of its own, DPoP proofs (RFC 9449), decisions signed by the approval key. */
export class DeviceClient {
  readonly source: string;
  readonly #planted: Planted['devices'][number];
  readonly #port: number;
  readonly #agent: Agent;
  readonly #session: KeyObject;
  token: string | undefined;
  nonce: string | undefined;

  constructor(planted: Planted['devices'][number], n: number, port: number, agent: Agent) {
    this.source = sourceOf(n);
    this.#planted = planted;
    this.#port = port;
    this.#agent = agent;
    this.#session = createPrivateKey({ key: planted.session, format: 'jwk' });
  }

  get userName(): string { return this.#planted.userName; }

  proof(method: string, path: string): string {
    const payload = {
      htm: method, htu: publicAddress + path, iat: Math.floor(Date.now() / 1000), jti: randomBytes(16).toString('base64url'),
      ...(this.token !== undefined && { ath: createHash('sha256').update(this.token).digest('base64url') }), ...(this.nonce !== undefined && { nonce: this.nonce }),
    };
    return signJws('dpop+jwt', payload, this.#session, { jwk: publicPart(this.#planted.session) });
  }

  /** A call that is ready to be sent: its signatures are made beforehand. */
  prepare(method: string, path: string, body?: object): Call {
    const headers = { dpop: this.proof(method, path), 'x-forwarded-for': this.source, ...(this.token !== undefined && { authorization: `DPoP ${this.token}` }) };
    return { port: this.#port, agent: this.#agent, method, path, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
  }

  /** Asks for a nonce, as every first call does, then opens the session. */
  async open(): Promise<void> {
    this.token = undefined;
    const start = async () => { const answer = await call(this.prepare('POST', '/device/session', { deviceId: this.#planted.id })); this.nonce = answer.nonce ?? this.nonce; return answer; };
    let answer = await start();
    if (answer.body['code'] === 'DPOP_NONCE_REQUIRED') answer = await start();
    if (answer.status !== 200) throw new Error(`no session: ${JSON.stringify(answer.body)}`);
    this.token = String(answer.body['accessToken']);
  }

  decision(approvalId: string, requestHash: string, number: string): Call {
    const key = createPrivateKey({ key: this.#planted.approval, format: 'jwk' });
    const payload = { id: approvalId, request_hash: requestHash, decision: 'approved', number, decided_at: Math.floor(Date.now() / 1000), jkt: thumbprint(publicPart(this.#planted.approval)) };
    return this.prepare('POST', `/device/approvals/${approvalId}/decision`, { decision: signJws(jwsType.decision, payload, key) });
  }
}

/** RFC 7638. */
const thumbprint = ({ crv, kty, x, y }: PublicKey): string => createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
