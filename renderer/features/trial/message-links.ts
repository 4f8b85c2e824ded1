import { parseInvitation } from '../../../shared/domain/invitation-link.ts';

/** What can be done with a message of the outbox. */
export interface MessageParts {
  /** An invitation link, if there is one. */
  readonly invitation: string | null;
  /** Any other link, e.g. the page to set the password. */
  readonly link: string | null;
  /** The code of the second proof: eight letters and digits, also written as two groups of four. */
  readonly code: string | null;
}

const address = /(?:https?|vinculo):[^\s<>"']+/g;
/** As it is printed, or without its dash; without one only a digit tells it from a word. */
const smsCode = /(?:^|\s)([0-9A-Z]{4}-[0-9A-Z]{4}|(?=[A-Z ]*\d)[0-9A-Z]{4} ?[0-9A-Z]{4})(?=[\s.,]|$)/m;
/** The address alone stands beside the typed code: there is nothing behind it to open. */
const leadsSomewhere = (link: string): boolean => !/^https?:\/\/[^/]+\/?$/.test(link);

export function partsOf(text: string): MessageParts {
  const links = [...text.matchAll(address)].map(([link]) => link.replace(/[.,;)]+$/, ''));
  const invitation = links.find((link) => parseInvitation(link).kind === 'link') ?? null;
  const link = links.find((candidate) => leadsSomewhere(candidate) && parseInvitation(candidate).kind !== 'link') ?? null;
  const code = links.length > 0 ? null : (smsCode.exec(text)?.[1]?.replace(/[ -]/, '') ?? null);
  return { invitation, link, code };
}
