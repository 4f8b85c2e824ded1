import * as oidc from 'openid-client';
import type { Config } from './config.ts';
import { createRest } from './rest.ts';

/** Where the person sits: it stands on the approval screen. */
export interface Place { readonly ip: string; readonly browser: string }
/** As it is shown and signed; amount with a point and without grouping, currency in ISO 4217 letters. */
export interface Payment { readonly amount: string; readonly currency: string; readonly payee: string; readonly account: string; readonly reference: string | null }
/** `required`: the password alone is not enough. Nothing in `methods` then: nobody gets in. */
export interface LoginRule { readonly required: boolean; readonly methods: readonly ('push' | 'offline' | 'code' | 'hardware' | 'temporary')[] }

/** A question that the authority has put to a person's token. */
export interface Asked {
  /** Names the request in the REST interface. */
  readonly id: string;
  readonly kind: 'logins' | 'transactions';
  /** Six digits that the person enters in Vínculo. */
  readonly number: string;
  /** Text of the QR for a desktop that is online, and of the one for a desktop that is not. */
  readonly qr: string;
  readonly offlineQr: string | null;
  /** Seconds. */
  readonly expiresIn: number;
  readonly response: oidc.BackchannelAuthenticationResponse;
}
export type Ended = 'approved' | 'denied' | 'reported' | 'expired' | 'cancelled';
/** Of the ID token: who it was, how he answered, and which signed request it was about. */
export interface Proof { readonly user: string; readonly how: 'signature' | 'mac'; readonly requestHash: string }

/** All that this portal asks of the authority: CIBA for the token, REST for the rest. */
export type Authority = ReturnType<typeof createAuthority>;

export function createAuthority(config: Config) {
  const provider = discoverOnce(config);
  const rest = createRest(config.api, provider);

  async function ask(kind: Asked['kind'], user: string, place: Place, parameters: Readonly<Record<string, string>>): Promise<Asked> {
    const response = await oidc.initiateBackchannelAuthentication(await provider(), { scope: 'openid', login_hint: user, request_context: JSON.stringify(place), ...parameters });
    const text = (name: string) => { const value = response[name]; return typeof value === 'string' ? value : null; };
    return { id: text('id') ?? '', kind, number: text('number') ?? '', qr: text('qr') ?? '', offlineQr: text('offline_qr'), expiresIn: response.expires_in, response };
  }

  return {
    passwordIsRight: async (user: string, password: string, ip: string): Promise<boolean> => (await rest.post<{ accepted: boolean }>('/portal/passwords/verify', { user, password, ip })).accepted,
    loginRule: (user: string): Promise<LoginRule> => rest.get<LoginRule>(`/portal/users/${encodeURIComponent(user)}`),
    /** Of the virtual token, the hardware token, or a temporary one. */
    codeIsRight: async (user: string, code: string): Promise<boolean> => (await rest.post<{ accepted: boolean }>('/portal/otp', { user, code })).accepted,

    /** @param message beside the question on the token, at most 80 characters */
    askLogin: (user: string, place: Place, message: string): Promise<Asked> => ask('logins', user, place, { binding_message: message }),
    /** Rich Authorization Requests (RFC 9396): these members, and no others, are shown and signed. */
    askPayment(user: string, place: Place, { reference, ...payment }: Payment): Promise<Asked> {
      const detail = { type: 'payment', ...payment, ...(reference !== null && { reference }) };
      return ask('transactions', user, place, { authorization_details: JSON.stringify([detail]) });
    },

    /** @param wait seconds that the authority may keep the answer back until there is one: so the person is let in at once and not at the next poll */
    async stateOf({ kind, id }: Asked, wait: number, signal: AbortSignal): Promise<Ended | 'pending'> {
      return (await rest.get<{ state: Ended | 'pending' }>(`/portal/${kind}/${id}?wait=${wait}`, signal)).state;
    },
    /** The CIBA poll (§10.1) of a request that was approved: the ID token, whose signature is checked, is the proof of it. */
    async collect({ response }: Asked): Promise<Proof> {
      const tokens = await oidc.pollBackchannelAuthenticationGrant(await provider(), { ...response, interval: 0 });
      const claims = tokens.claims();
      if (claims === undefined) throw new Error('the authority sent no ID token');
      const { sub: user, acr, request_hash: hash } = claims;
      return { user, how: acr === 'urn:vinculo:acr:offline' ? 'mac' : 'signature', requestHash: typeof hash === 'string' ? hash : '' };
    },
    takeBack: async ({ kind, id }: Asked): Promise<void> => { await rest.delete(`/portal/${kind}/${id}`); },
    /** The eight digits of a desktop without network; three tries. @throws AuthorityRefused ANSWER_REFUSED */
    answerOffline: async ({ kind, id }: Asked, answer: string): Promise<void> => { await rest.post(`/portal/${kind}/${id}/answer`, { answer }); },
    /** For the archive; `authority evidence verify` checks it with public keys only. */
    evidence: ({ kind, id }: Pick<Asked, 'kind' | 'id'>): Promise<unknown> => rest.get(`/portal/${kind}/${id}/evidence`),
  };
}

/** The provider's discovery document, read at the first use and again after it could not be read. */
function discoverOnce({ issuer, clientId, clientSecret }: Config): () => Promise<oidc.Configuration> {
  let found: Promise<oidc.Configuration> | null = null;
  return () => {
    found ??= oidc.discovery(new URL(issuer), clientId, undefined, oidc.ClientSecretBasic(clientSecret), {
      execute: [oidc.enableNonRepudiationChecks, ...(issuer.startsWith('http://127.') ? [oidc.allowInsecureRequests] : [])],
    }).catch((error: unknown) => { found = null; throw error; });
    return found;
  };
}
