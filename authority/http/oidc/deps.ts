import type { ErrorLog } from '../error-response.ts';
import type { Oidc } from '../../services/oidc/oidc.ts';
import type { PortalRequests } from '../../services/portals/requests.ts';

/** What the OpenID Connect door works with. */
export interface OidcDeps {
  readonly oidc: Oidc;
  readonly questions: Pick<PortalRequests, 'open'>;
  readonly log: ErrorLog;
  /** A short text that is in the log and in the answer. */
  readonly newReference: () => string;
  /** Public origin of the authority. */
  readonly address: () => string;
}
