import { fromBase64url } from './base64url.ts';
import { keyCheckLength, parseTyped, typedCodeLength } from './typed-code.ts';

/** 112 bits of randomness in base64url: fourteen bytes. */
export const invitationCodeLength = 19;
const thumbprintLength = 43;

export interface InvitationLink {
  /** Origin of the authority, e.g. `https://vinculo.example` or, in trial mode, `http://127.0.0.1:40213`. */
  readonly authority: string;
  readonly code: string;
  /** RFC 7638 thumbprint of the authority's key. */
  readonly thumbprint: string;
}

export type ParsedInvitation =
  | ({ readonly kind: 'link' } & InvitationLink)
  | { readonly kind: 'typed'; readonly authority: string; readonly typedCode: string; readonly keyCheck: string }
  /** Names of the contract's errors, so that a door can answer with them as they are. */
  | { readonly kind: 'refused'; readonly reason: 'LINK_REFUSED' | 'TLS_REQUIRED' };

const refused = (reason: 'LINK_REFUSED' | 'TLS_REQUIRED'): ParsedInvitation => ({ kind: 'refused', reason });

/** `https://<authority>/i#<code>.<thumbprint>`: what SMS and e-mail carry. The code never travels in a request line. */
export function invitationLink({ authority, code, thumbprint }: InvitationLink): string {
  return `${authority}/i#${code}.${thumbprint}`;
}

/** `vinculo:bind?a=<authority>&c=<code>&k=<thumbprint>`: what "Abrir en Vínculo" opens. */
export function vinculoLink({ authority, code, thumbprint }: InvitationLink): string {
  return `vinculo:bind?a=${encodeURIComponent(authority)}&c=${code}&k=${thumbprint}`;
}

/**
 * Reads what a person pasted, opened or typed: an invitation link, a `vinculo:` link, or `authority code check`.
 * Everything else is refused, also links with anything added (S24): no flag can ride along.
 */
export function parseInvitation(text: string): ParsedInvitation {
  const trimmed = text.trim();
  if (/^vinculo:/i.test(trimmed)) return parseVinculo(trimmed);
  if (/^https?:\/\/\S+$/i.test(trimmed)) return parseLink(trimmed);
  return parseTypedInvitation(trimmed);
}

/**
 * The origin of an authority: `https`, or `http` to loopback only. Null when it is not an address.
 * @param address a host, `host:port` or a URL without path, query and user
 */
export function authorityOrigin(address: string): { origin: string; secure: boolean } | null {
  const withScheme = /^https?:\/\//i.test(address) ? address : `https://${address}`;
  const url = URL.parse(withScheme);
  if (url === null || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '' || url.pathname !== '/') return null;
  if (url.hostname === '' || /[\s\\]/.test(address)) return null;
  return { origin: url.origin, secure: url.protocol === 'https:' || isLoopback(url.hostname) };
}

/** Whether a host of a URL is this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || hostname === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname);
}

function checked(address: string, code: string, thumbprint: string): ParsedInvitation {
  const authority = authorityOrigin(address);
  if (authority === null) return refused('LINK_REFUSED');
  if (!authority.secure) return refused('TLS_REQUIRED');
  if (code.length !== invitationCodeLength || fromBase64url(code) === null) return refused('LINK_REFUSED');
  if (thumbprint.length !== thumbprintLength || fromBase64url(thumbprint) === null) return refused('LINK_REFUSED');
  return { kind: 'link', authority: authority.origin, code, thumbprint };
}

function parseLink(text: string): ParsedInvitation {
  const [, address, code, thumbprint] = /^(https?:\/\/[^/?#]+)\/i#([^.]+)\.([^.]+)$/i.exec(text) ?? [];
  return address === undefined || code === undefined || thumbprint === undefined ? refused('LINK_REFUSED') : checked(address, code, thumbprint);
}

function parseVinculo(text: string): ParsedInvitation {
  // Some desktops hand a link over as `vinculo://bind/?…`.
  const [, query] = /^vinculo:(?:\/\/)?bind\/?\?([^#]*)$/i.exec(text) ?? [];
  if (query === undefined) return refused('LINK_REFUSED');
  const parameters = [...new URLSearchParams(query)];
  const names = parameters.map(([name]) => name).sort().join();
  const value = (name: string) => parameters.find(([other]) => other === name)?.[1] ?? '';
  const address = value('a');
  if (names !== 'a,c,k' || !/^https?:\/\//i.test(address)) return refused('LINK_REFUSED');
  return checked(address, value('c'), value('k'));
}

function parseTypedInvitation(text: string): ParsedInvitation {
  const [address = '', ...rest] = text.split(/\s+/);
  // Code and check may be typed in groups; together they are sixteen characters.
  const both = parseTyped(rest.join(''), typedCodeLength + keyCheckLength);
  const authority = authorityOrigin(/^127\.|^localhost\b|^\[::1\]/.test(address) ? `http://${address}` : address);
  if (both === null || authority === null) return refused('LINK_REFUSED');
  if (!authority.secure) return refused('TLS_REQUIRED');
  return { kind: 'typed', authority: authority.origin, typedCode: both.slice(0, typedCodeLength), keyCheck: both.slice(typedCodeLength) };
}
