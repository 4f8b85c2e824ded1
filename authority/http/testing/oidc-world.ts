import { randomBytes, randomUUID } from 'node:crypto';
import fastify, { type FastifyInstance } from 'fastify';
import { exportJWK, generateKeyPair, type CryptoKey } from 'jose';
import * as openid from 'openid-client';
import type { ApprovalId, PortalId } from '../../../shared/domain/ids.ts';
import { sealClientSecret } from '../../services/oidc/client-secret.ts';
import type { PortalQuestion, PortalRequests } from '../../services/portals/requests.ts';
import type { Portal } from '../../store/entities.ts';
import { registerLimits } from '../limits.ts';
import { createOidcDoor, type OidcDoor } from '../oidc/door.ts';
import { address, createHttpWorld, type HttpWorld } from './http-world.ts';

/** What was asked through the door, and how each ends: the person's part, without a person. */
export interface Questions extends Pick<PortalRequests, 'open'> {
  readonly asked: { readonly portal: Portal; readonly question: PortalQuestion; readonly source: string; readonly id: ApprovalId; readonly requestHash: string }[];
  /** Thrown by the next call. */
  refuseWith: Error | null;
  end(id: ApprovalId, state: 'approved' | 'denied' | 'cancelled'): Promise<void>;
}

/** Requests as rows of the store that nobody was asked for, so that a test alone decides. */
function questionsOver(http: () => HttpWorld): Questions {
  const questions: Questions = {
    asked: [], refuseWith: null,
    async open(portal, question, channel, source) {
      const refusal = questions.refuseWith;
      questions.refuseWith = null;
      if (refusal !== null) throw refusal;
      const { store, sealer } = http().world;
      const id = randomUUID() as ApprovalId;
      const now = await store.now();
      const expiresAt = now + question.lifetime * 1000;
      const requestHash = randomBytes(32).toString('base64url');
      await store.transaction((tx) => tx.addPortalRequest({
        id, portalId: portal.id, channel, kind: question.kind, companyId: null, userId: null, approvalId: null, state: 'pending', userName: question.user,
        number: sealer.seal(`portal-request/${id}/number`, Buffer.from('123456')), numberFailures: 0, answerFailures: 0, answer: null, requestHash,
        createdAt: now, expiresAt, closedAt: null, authReqHash: null, notificationToken: null, pingTries: 0, nextPingAt: null,
      }));
      questions.asked.push({ portal, question, source, id, requestHash });
      return { id, state: 'pending', number: '123456', qr: `vinculo:approve?a=x&id=${id}&n=123456`, offlineQr: null, expiresAt, requestHash };
    },
    async end(id, state) {
      const { store } = http().world;
      await store.transaction(async (tx) => tx.closePortalRequest(id, state, await tx.now()));
    },
  };
  return questions;
}

export interface OidcWorld { readonly http: HttpWorld; readonly door: OidcDoor; readonly questions: Questions; /** Another process of the authority over the same store, which answers in its own time as a database elsewhere does: calls overlap. */ node(): Promise<FastifyInstance>; addPortal(change?: Partial<Portal> & { readonly clientSecret?: string }): Promise<TestPortal>; close(): Promise<void> }
export interface TestPortal { readonly portal: Portal; readonly key: CryptoKey; readonly secret: string }

export async function createOidcWorld(): Promise<OidcWorld> {
  let http: HttpWorld | null = null;
  const given = (): HttpWorld => {
    if (http === null) throw new Error('no world yet');
    return http;
  };
  const questions = questionsOver(given);
  let door: OidcDoor | null = null;
  http = await createHttpWorld({ change: ({ services, log, newReference }) => ({ oidc: (door = createOidcDoor({ oidc: services.oidc, questions, log, newReference, address: () => address })) }) });
  if (door === null) throw new Error('no door');
  return {
    http, door, questions,
    async node() {
      const server = fastify({ logger: false });
      await registerLimits(server);
      const { services: { oidc } } = given().world;
      const find: typeof oidc.storage.find = async (model, id) => {
        const found = await oidc.storage.find(model, id);
        await new Promise((resolve) => { setImmediate(resolve); });
        return found;
      };
      await createOidcDoor({ oidc: { ...oidc, storage: { ...oidc.storage, find } }, questions, log: { unexpected: () => {}, refused: () => {} }, newReference: () => 'x', address: () => address }).register(server);
      return server;
    },
    async addPortal({ clientSecret, ...change } = {}) {
      const id = randomUUID() as PortalId;
      const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
      const secret = clientSecret ?? '';
      const portal: Portal = {
        id, name: `Portal ${id.slice(0, 4)}`, clientId: `portal-${id}`, secret: secret === '' ? null : sealClientSecret(given().world.sealer, id, secret),
        jwks: secret === '' ? JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'uno', use: 'sig', alg: 'ES256' }] }) : null,
        delivery: 'poll', notificationEndpoint: null, enabled: true, offlineTransactions: false, perUser: 5, perSource: 50, createdAt: await given().world.store.now(), ...change,
      };
      await given().world.store.transaction((tx) => tx.addPortal(portal));
      return { portal, key: privateKey, secret };
    },
    close: () => given().close(),
  };
}

/** `fetch` to the server without a network: what a real client sends arrives as it is. */
export const fetchFrom = ({ http: { server: { fastify: server } } }: Pick<OidcWorld, 'http'>): openid.CustomFetch => async (url, { method, headers, body }) => {
  const { pathname, search } = new URL(url);
  const answer = await server.inject({
    method: method as 'GET' | 'POST', url: pathname + search, headers: { ...(headers as Record<string, string>), host: 'vinculo.example' },
    ...(body !== undefined && body !== null && { payload: typeof body === 'string' ? body : (body as URLSearchParams).toString() }),
  });
  return new Response([204, 304].includes(answer.statusCode) ? null : answer.body, { status: answer.statusCode, headers: Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)]) });
};

/** A real OpenID Connect client of this portal. */
export function clientOf(world: OidcWorld, { portal, key, secret }: TestPortal, authentication?: openid.ClientAuth): Promise<openid.Configuration> {
  const how = authentication ?? (secret === '' ? openid.PrivateKeyJwt({ key, kid: 'uno' }) : openid.ClientSecretBasic(secret));
  // oxlint-disable-next-line typescript/no-deprecated -- the server is in this process
  return openid.discovery(new URL(`${address}/oidc`), portal.clientId, { id_token_signed_response_alg: 'ES256', client_secret: secret }, how, { [openid.customFetch]: fetchFrom(world) });
}
