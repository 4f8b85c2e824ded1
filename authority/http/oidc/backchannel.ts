import { errors, type BackchannelAuthenticationRequest, type Client, type KoaContextWithOIDC } from 'oidc-provider';
import { VinculoError } from '../../../shared/contract/errors.ts';
import { loginQuestion, portalContext, type PortalContext } from '../../../shared/contract/portal.ts';
import type { Portal } from '../../services/oidc/oidc.ts';
import { pollInterval } from '../../services/oidc/requests.ts';
import { cleanAgent } from '../request.ts';
import type { OidcDeps } from './deps.ts';
import { paymentOf } from './payment-details.ts';

/** Seconds in which a person can answer: `requested_expiry` between these. */
const shortest = 30;
const longest = 120;
const longestName = 64;

/** How long the person is asked. The library has checked that what is given is a positive integer. */
export const lifetimeOf = (requestedExpiry: unknown): number => Math.min(longest, Math.max(shortest, Number(requestedExpiry ?? longest)));

/** As the authority compares user names; whether there is such a person is not looked at (S29). @throws InvalidRequest */
export function processLoginHint(_ctx: KoaContextWithOIDC, loginHint = ''): string {
  const name = loginHint.trim().toLowerCase();
  if (name === '' || name.length > longestName) throw new errors.InvalidRequest(`login_hint must be a user name of 1 to ${longestName} characters`);
  return name;
}

export function processLoginHintToken(): never {
  throw new errors.InvalidRequest('login_hint_token is not supported: give the user name as login_hint');
}

export function verifyUserCode(_ctx: KoaContextWithOIDC, _account: unknown, userCode?: string): void {
  if (userCode !== undefined) throw new errors.InvalidRequest('user_code is not supported');
}

/** Stands on the approval screen, so it is text that shows what it is (S11). Of a payment only its own members are shown. */
export function validateBindingMessage(ctx: KoaContextWithOIDC, bindingMessage?: string): void {
  if (bindingMessage === undefined) return;
  if (!loginQuestion.shape.message.safeParse(bindingMessage).success) throw new errors.InvalidBindingMessage('binding_message must be 1 to 80 characters, without control, format or invisible ones');
  if (paymentOf(ctx.oidc.params?.['authorization_details']) !== null) throw new errors.InvalidBindingMessage('a payment shows its own members: use reference instead of binding_message');
}

/** FAPI-CIBA §5.2.2: JSON, here as the REST interface has its `context`. */
export function validateRequestContext(_ctx: KoaContextWithOIDC, requestContext?: string): void {
  if (requestContext !== undefined && readContext(requestContext) === null) throw new errors.InvalidRequest('request_context must be JSON: {"ip", "browser", "place"?: {"text", "source"}}');
}

function readContext(text: string): PortalContext | null {
  try {
    return portalContext.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** Where the person sits; without `request_context` nobody but the portal itself is known to ask. */
function contextOf(ctx: KoaContextWithOIDC): PortalContext {
  const given = ctx.oidc.params?.['request_context'];
  const read = typeof given === 'string' ? readContext(given) : null;
  return read ?? { ip: ctx.ip, browser: cleanAgent(ctx.get('user-agent')).trim().slice(0, 60) || '—', place: null };
}

/**
 * Puts the question to the person's desktop and adds to the answer what the library leaves out: `interval`, and what the portal
 * shows so that the person can answer (`number`, `qr`, `offline_qr`). `id` names the request in the REST interface.
 */
export const triggerAuthenticationDevice = ({ oidc, questions }: Pick<OidcDeps, 'oidc' | 'questions'>) =>
  async (ctx: KoaContextWithOIDC, request: BackchannelAuthenticationRequest, account: { readonly accountId: string }, client: Client): Promise<void> => {
    const portal = await oidc.portal(client.clientId);
    if (portal === null || request.jti === undefined) throw new errors.InvalidClientAuth('the portal was disabled a moment ago');
    const opened = await ask(questions, ctx, portal, account.accountId).catch(async (error: unknown) => {
      await request.destroy();
      throw publicError(ctx, error);
    });
    const token = ctx.oidc.params?.['client_notification_token'];
    await oidc.requests.attach(portal, opened.id, request.jti, typeof token === 'string' ? token : null);
    ctx.body = {
      auth_req_id: request.jti, expires_in: lifetimeOf(ctx.oidc.params?.['requested_expiry']), interval: pollInterval,
      id: opened.id, number: opened.number, qr: opened.qr, ...(opened.offlineQr !== null && { offline_qr: opened.offlineQr }),
    };
  };

function ask(questions: OidcDeps['questions'], ctx: KoaContextWithOIDC, portal: Portal, user: string) {
  const { authorization_details: details, binding_message: message, requested_expiry: expiry } = ctx.oidc.params ?? {};
  const context = contextOf(ctx);
  const payment = paymentOf(details);
  const asked = { user, context, lifetime: lifetimeOf(expiry) };
  return questions.open(portal, payment === null
    ? { kind: 'login', ...asked, message: typeof message === 'string' ? message : null }
    : { kind: 'transaction', ...asked, payment }, 'ciba', context.ip);
}

/** The public half of what the portal service refused; anything else is the library's `server_error`. */
function publicError(ctx: KoaContextWithOIDC, error: unknown): unknown {
  if (!(error instanceof VinculoError)) return error;
  switch (error.code) {
    case 'SLOW_DOWN':
      if (error.data.seconds !== undefined) ctx.set('retry-after', String(error.data.seconds));
      return Object.assign(new errors.OIDCProviderError(429, 'slow_down'), { error_description: 'too many requests for this user or from this address' });
    case 'DISPLAY_TEXT_REFUSED':
    case 'INPUT_INVALID':
      return new errors.InvalidRequest(`a value has the wrong form${error.data.field === undefined ? '' : `: ${error.data.field}`}`);
    default:
      return error;
  }
}
