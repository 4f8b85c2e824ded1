import type { DeviceAnswers } from '../../shared/contract/types.ts';
import { createAdmin } from './admin.ts';
import { createApprovals } from './approvals.ts';
import { createBindings } from './bindings.ts';
import { checkCode, type CodeAttempt, type CodeVerdict } from './codes/check.ts';
import type { ServiceContext } from './context.ts';
import { createEvents } from './events.ts';
import { createInvitations } from './invitations.ts';
import { createIssuer } from './issuer.ts';
import type { Ring } from './key-ring.ts';
import type { KeyManagement } from './keys.ts';
import { createMaintenance } from './maintenance.ts';
import { createOidc } from './oidc/oidc.ts';
import { createOutbox } from './outbox.ts';
import { createPasswords } from './passwords.ts';
import { createPins } from './pins.ts';
import type { Portal } from '../store/entities.ts';
import { once, onceTogether, type PortalCallName, type PortalOnceTogether } from './portals/idempotency.ts';
import { createPortalPeople } from './portals/people.ts';
import { createPortals } from './portals/portals.ts';
import { createPortalRequests } from './portals/requests.ts';
import { createSessions } from './sessions.ts';

/** Every rule of the authority behind one door each. `http` and `cli` call these and nothing below them. */
export function createServices(context: ServiceContext & { readonly keys: KeyManagement; readonly ring: Ring }) {
  const passwords = createPasswords(context);
  return {
    /** Unauthenticated: what the support screen and a first contact need. */
    async describe(): Promise<DeviceAnswers['authority']['describe']> {
      const { address, issuer, support } = context.facts;
      return { address, issuer, authorityKeys: await context.keys.published(), support: [...support], time: await context.store.now() };
    },
    sessions: createSessions(context),
    events: createEvents(context),
    passwords,
    invitations: createInvitations(context),
    bindings: createBindings(context, passwords),
    pins: createPins(context),
    approvals: createApprovals(context),
    codes: { check: (attempt: CodeAttempt): Promise<CodeVerdict> => checkCode(context, attempt) },
    admin: createAdmin(context),
    issuer: createIssuer(context),
    portals: {
      clients: createPortals(context),
      requests: createPortalRequests(context),
      people: createPortalPeople(context, passwords),
      /** See `once` and `onceTogether` of `portals/idempotency.ts`. */
      once: <T>(portal: Portal, key: string | undefined, call: PortalCallName, work: () => Promise<T>): Promise<T> => once(context, portal, key, call, work),
      onceTogether: togetherOver(context),
    },
    maintenance: createMaintenance(context),
    outbox: createOutbox(context),
    oidc: createOidc(context),
    audit: context.audit,
  };
}

const togetherOver = (context: ServiceContext): PortalOnceTogether => (portal, key, call, work) => onceTogether(context, portal, key, call, work);

export type Services = ReturnType<typeof createServices>;
