import { errors, type BackchannelAuthenticationRequest, type Provider, type TokenEndpointGrantContext } from 'oidc-provider';
import type { AskedState } from '../../services/oidc/requests.ts';
import type { OidcDeps } from './deps.ts';
import { acr, amr } from './names.ts';

export type Handler<P extends object> = (ctx: TokenEndpointGrantContext<P>) => void | Promise<void>;

/**
 * What stands in front of the library's own handler of the CIBA grant, after it has checked the client: the state of the
 * request is the authority's (pending, refused, run out, taken back), polls that come too fast are told so, and only what was
 * approved goes on to be redeemed. Polls of one request go one after the other here; between nodes the adapter's `consume` decides.
 */
export function withState<P extends object>(deps: Pick<OidcDeps, 'oidc'>, handler: Handler<P>): Handler<P> {
  const inTurn = createTurns();
  return (ctx) => {
    const authReqId = (ctx.oidc.params as Readonly<Record<string, unknown>>)['auth_req_id'];
    // Whatever is missing or doubled, the library says it.
    if (typeof authReqId !== 'string') return handler(ctx);
    return inTurn(authReqId, async () => {
      await settle(deps, ctx, authReqId);
      await handler(ctx);
    });
  };
}

async function settle({ oidc }: Pick<OidcDeps, 'oidc'>, { oidc: { provider, client } }: TokenEndpointGrantContext<object>, authReqId: string): Promise<void> {
  const request = await provider.BackchannelAuthenticationRequest.find(authReqId, { ignoreExpiration: true });
  // Unknown, or another portal's: the library answers both alike.
  if (request === undefined || request.clientId !== client.clientId) return;
  // Said here, since the library would take back the tokens of the portal that only asks twice.
  if (request.consumed !== undefined) throw new errors.InvalidGrant('it was redeemed before');
  const asked = await oidc.requests.state(authReqId);
  if (asked === null) throw new errors.InvalidGrant('nobody was asked');
  if (asked.state === 'approved') await approve(provider, request, asked);
  else throw await refusal(oidc, authReqId, asked.state);
}

async function refusal(oidc: OidcDeps['oidc'], authReqId: string, state: Exclude<AskedState['state'], 'approved'>): Promise<Error> {
  switch (state) {
    case 'pending':
      return (await oidc.requests.pollInTime(authReqId)) ? new errors.AuthorizationPending() : new errors.SlowDown();
    case 'denied':
      return new errors.AccessDenied('the person did not approve the request');
    case 'expired':
      return new errors.ExpiredToken('the request ran out');
    case 'cancelled':
      return new errors.ExpiredToken('the request was taken back or replaced by a newer one');
  }
}

/** As `provider.backchannelResult`, which would also ping, whatever it was that the portal came for. */
async function approve(provider: Provider, request: BackchannelAuthenticationRequest, asked: Extract<AskedState, { state: 'approved' }>): Promise<void> {
  if (request.isExpired || request.accountId === undefined || request.clientId === undefined) return;
  const grant = new provider.Grant({ accountId: request.accountId, clientId: request.clientId });
  grant.addOIDCScope('openid');
  const grantId = await grant.save();
  const { authorization_details: details } = request.params ?? {};
  Object.assign(request, {
    grantId, acr: acr[asked.answeredBy], amr: [...amr[asked.answeredBy]], authTime: Math.floor(asked.at / 1000),
    ...(typeof details === 'string' && { rar: JSON.parse(details) as unknown }),
  });
  await request.save();
}

/** Work under one name, one after the other; nothing is kept of a name that nobody works under. */
function createTurns(): (name: string, work: () => Promise<void>) => Promise<void> {
  const last = new Map<string, Promise<void>>();
  return async (name, work) => {
    const before = last.get(name) ?? Promise.resolve();
    const mine = before.then(work);
    const settled = mine.catch(() => {});
    last.set(name, settled);
    try {
      await mine;
    } finally {
      if (last.get(name) === settled) last.delete(name);
    }
  };
}
