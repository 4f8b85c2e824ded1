import { readScanned } from '../../../shared/domain/scanned.ts';

/** The one thing a link can do: open a screen of the main window with what it says filled in. */
export interface LinkTarget { readonly route: string; readonly text: string }

/** Longer than any link of ours; what is longer is not looked at. */
const longestLink = 2048;

/**
 * Where a `vinculo:` link, or an invitation link given on the command line, leads: the binding screen or the scan screen.
 * Null: nowhere; it is not even shown. A link never binds, approves, asks an authority or adds a flag (S24): the person goes
 * on from the screen, so that no page can put another request, or its number, under somebody's hands.
 */
export function linkTarget(url: string): LinkTarget | null {
  if (url.length > longestLink) return null;
  const { kind } = readScanned(url);
  // A typed code and a signed request are no links: nobody clicks on one.
  if (kind === 'invitation') return { route: '/bind', text: url.trim() };
  return kind === 'approve' ? { route: '/scan', text: url.trim() } : null;
}
