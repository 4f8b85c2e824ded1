/** What this app may show outside itself: nothing that a page or a message could have made up. */
export interface Openable {
  /** Addresses of the authorities that this computer is bound to, or whose invitation is open. */
  readonly authorities: readonly string[];
  /** Links that the authority published with its support lines, as they were last shown. */
  readonly support: readonly string[];
  /** Origins of the trial that this app itself started, while it runs: authority and sample portal. */
  readonly trial: readonly string[];
}

/** Longer than any address the product makes. */
const longest = 2048;
/** What a parser forgives or rewrites (backslash, white space, control characters) is never part of our addresses. */
const rewritten = /[\\\s\p{Cc}\p{Cf}]/u;
/** RFC 3966: digits with visual separators, and an extension. */
const telephone = /^tel:\+?[0-9][0-9().-]{1,30}(;ext=[0-9]{1,8})?$/;
/** One mailbox and at most a subject: no other header may ride along, e.g. a file to attach. */
const mailbox = /^mailto:[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]{1,253}(\?subject=[A-Za-z0-9%._~-]{0,200})?$/;

/**
 * The address to hand to the system, or null: then nothing is opened. Opened are `https` pages of an authority of this
 * computer, the pages of its own trial, and support links (`https`, `mailto`, `tel`) exactly as the authority published them.
 */
export function openableAddress(text: string, { authorities, support, trial }: Openable): string | null {
  if (text.length > longest || rewritten.test(text)) return null;
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '') return null;
  if (support.includes(text)) return isSupportLink(text, url) ? url.href : null;
  if (url.protocol === 'https:') return authorities.some((address) => URL.parse(address)?.origin === url.origin) ? url.href : null;
  return url.protocol === 'http:' && trial.includes(url.origin) ? url.href : null;
}

const isSupportLink = (text: string, { protocol }: URL): boolean => protocol === 'https:' || telephone.test(text) || mailbox.test(text);
