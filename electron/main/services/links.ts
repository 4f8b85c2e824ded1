import { parseInvitation } from '../../../shared/domain/invitation-link.ts';

/** The one thing a link can do: open a screen of the main window with what it says filled in. */
export interface LinkTarget { readonly route: string; readonly text: string }

/** Longer than any invitation; what is longer is not looked at. */
const longestLink = 2048;

/**
 * Where a `vinculo:` link, or an invitation link given on the command line, leads. Null: nowhere; it is not even
 * shown. A link never binds, approves, changes the authority or adds a flag (S24): the person goes on from the screen.
 */
export function linkTarget(url: string): LinkTarget | null {
  if (url.length > longestLink) return null;
  const invitation = parseInvitation(url);
  // A typed code is no link: nobody clicks on one.
  return invitation.kind === 'link' ? { route: '/bind', text: url.trim() } : null;
}
