/** Scheme of the links in invitations and messages. */
export const LINK_SCHEME = 'vinculo';

/** Longest link that is passed on; an invitation link has about 200 characters. */
const MAXIMUM_LINK_LENGTH = 2048;

/**
 * The `vinculo:` links among the arguments of a start, in order. Everything else in the arguments is ignored: a link
 * never adds a flag (S24).
 */
export function linksIn(arguments_: readonly string[]): string[] {
  return arguments_.filter(isLink);
}

/** Whether a text is one of our links by form. What it asks for is checked by whoever listens (S24). */
export function isLink(text: string): boolean {
  return text.length <= MAXIMUM_LINK_LENGTH && text.toLowerCase().startsWith(`${LINK_SCHEME}:`) && URL.canParse(text);
}

const LOOPBACK_HOSTS: readonly string[] = ['127.0.0.1', '[::1]'];
const EXTERNAL_PROTOCOLS: readonly string[] = ['https:', 'mailto:', 'tel:'];

/**
 * The address to hand to the system (checklist, item 15), the last look at it: which ones the app opens at all is decided
 * by `openableAddress` in `electron/main`.
 * @returns the normalised address
 * @throws TypeError when it is none of `https:`, `mailto:`, `tel:`, and `http:` on this computer itself (the pages of a
 *   trial), or carries a user name or password
 */
export function externalAddress(text: string): string {
  const url = URL.parse(text);
  const mayOpen = url !== null && (EXTERNAL_PROTOCOLS.includes(url.protocol) || (url.protocol === 'http:' && LOOPBACK_HOSTS.includes(url.hostname)));
  if (!mayOpen || url.username !== '' || url.password !== '') {
    throw new TypeError('Only https:, mailto: and tel: addresses without credentials are opened outside the app.');
  }
  return url.href;
}

/** Address of a route in the app's own origin. A route that would lead elsewhere becomes the first screen. */
export function routeAddress(origin: string, route: string): string {
  const url = URL.parse(route.startsWith('/') ? `${origin}${route}` : `${origin}/${route}`);
  return url !== null && isOwnAddress(origin, url.href) ? url.href : `${origin}/`;
}

/** Whether an address lies in the app's own origin. `URL.origin` is "null" for schemes it does not know, so not used. */
export function isOwnAddress(origin: string, address: string): boolean {
  const url = URL.parse(address);
  return url !== null && `${url.protocol}//${url.host}` === origin && url.username === '' && url.password === '';
}

/** Whether an open page already shows `wanted`: what stands after `#` is the page's own business (its routes). */
export function isSamePage(open: string, wanted: string): boolean {
  return open.split('#', 1)[0] === wanted.split('#', 1)[0];
}
