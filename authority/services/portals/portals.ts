import { z } from 'zod';
import { VinculoError } from '../../../shared/contract/errors.ts';
import { displayText } from '../../../shared/contract/primitives.ts';
import type { CompanyId, PortalId } from '../../../shared/domain/ids.ts';
import { isNotificationEndpoint } from '../../../shared/domain/notification-endpoint.ts';
import { newUuid } from '../../crypto/codes.ts';
import type { Company, Portal } from '../../store/entities.ts';
import type { Reader, Transaction } from '../../store/store.ts';
import { auditOf } from '../caller.ts';
import type { ServiceContext } from '../context.ts';
import { issuerActing, requireCompany, type Operator } from '../issuer/operator.ts';
import { sealClientSecret } from '../oidc/client-secret.ts';
import { endPending } from './ending.ts';

/** A row that the doors hand on. */
export type { Portal } from '../../store/entities.ts';

/** In ten minutes: of one person, and from one address (S8). A whole office may sit behind one address. */
const limitsOfNew = { perUser: 5, perSource: 100 } as const;

export interface NewPortal {
  readonly name: string;
  /** Names or ids of the companies that it serves. */
  readonly companies: readonly string[];
  /** JSON of a JWK set with the portal's public keys (RFC 7517 §5), for `private_key_jwt`; null: it gets a secret. */
  readonly jwks: string | null;
  /** Where CIBA pings go; null: the portal polls. */
  readonly notificationEndpoint: string | null;
  readonly offlineTransactions: boolean;
}
export interface PortalView { readonly portal: Portal; readonly companies: readonly Company[] }

/** Relying parties: what the issuer does with them, and how the doors for portals find them. */
export function createPortals(context: ServiceContext) {
  const { store, audit, sealer, random } = context;

  /** 256 bits. */
  function newSecret(id: PortalId): { readonly secret: string; readonly sealed: Uint8Array } {
    const secret = Buffer.from(random(32)).toString('base64url');
    return { secret, sealed: sealClientSecret(sealer, id, secret) };
  }
  async function change(name: string, what: string, by: Operator, fields: (portal: Portal) => Parameters<Transaction['updatePortal']>[1]): Promise<PortalView> {
    return store.transaction(async (tx) => {
      const portal = await requirePortal(tx, name);
      const changed = fields(portal);
      await tx.updatePortal(portal.id, changed);
      const { secret: _secret, jwks, ...told } = changed;
      await audit.record(tx, { companyId: 'authority', event: `portal.${what}`, ...auditOf(issuerActing(by)), detail: { portal: portal.name, portalId: portal.id, ...told, ...(jwks !== undefined && { keys: jwks !== null }) } });
      return view(tx, { ...portal, ...changed } as Portal);
    });
  }
  /** Each company sees in its own trail which portals may ask its people. */
  async function serve(tx: Transaction, portal: Portal, companies: readonly Company[], by: Operator): Promise<void> {
    const before = await tx.companiesOfPortal(portal.id);
    const after = companies.map(({ id }) => id);
    await tx.setCompaniesOfPortal(portal.id, after);
    for (const [event, ids] of [['portal.serves', after.filter((id) => !before.includes(id))], ['portal.leaves', before.filter((id) => !after.includes(id))]] as const) {
      for (const companyId of ids) await audit.record(tx, { companyId, event, ...auditOf(issuerActing(by)), detail: { portal: portal.name, portalId: portal.id } });
    }
  }

  return {
    byClientId: (clientId: string): Promise<Portal | null> => store.read.portalByClientId(clientId),
    byId: (id: PortalId): Promise<Portal | null> => store.read.portal(id),

    async list(): Promise<PortalView[]> {
      const views: PortalView[] = [];
      for (const portal of await store.read.portals()) views.push(await view(store.read, portal));
      return views;
    },
    /** Each of these takes name or client id. @throws VinculoError PORTAL_UNKNOWN */
    show: async (name: string): Promise<PortalView> => view(store.read, await requirePortal(store.read, name)),

    /** @returns `secret`: to be told once; it is kept sealed. @throws VinculoError PORTAL_NAME_TAKEN, NOT_FOUND for a company, INPUT_INVALID */
    async add(input: NewPortal, by: Operator): Promise<PortalView & { readonly secret: string | null }> {
      const name = displayText(60).safeParse(input.name);
      if (!name.success) throw new VinculoError('INPUT_INVALID', { field: 'name' });
      const jwks = input.jwks === null ? null : publicKeys(input.jwks);
      const notificationEndpoint = input.notificationEndpoint;
      if (notificationEndpoint !== null && !isNotificationEndpoint(notificationEndpoint)) throw new VinculoError('INPUT_INVALID', { field: 'ping' });
      const id = newUuid(random) as PortalId;
      const made = jwks === null ? newSecret(id) : null;
      return store.transaction(async (tx) => {
        const companies = await requireCompanies(tx, input.companies);
        const portal: Portal = {
          id, name: name.data, clientId: newUuid(random), secret: made?.sealed ?? null, jwks, delivery: notificationEndpoint === null ? 'poll' : 'ping', notificationEndpoint,
          enabled: true, offlineTransactions: input.offlineTransactions, ...limitsOfNew, createdAt: await tx.now(),
        };
        if (!(await tx.addPortal(portal))) throw new VinculoError('PORTAL_NAME_TAKEN');
        await audit.record(tx, {
          companyId: 'authority', event: 'portal.add', ...auditOf(issuerActing(by)),
          detail: { portal: portal.name, portalId: id, delivery: portal.delivery, keys: jwks !== null, offlineTransactions: portal.offlineTransactions },
        });
        await serve(tx, portal, companies, by);
        return { portal, companies, secret: made?.secret ?? null };
      });
    },
    enable: (name: string, by: Operator) => change(name, 'enable', by, () => ({ enabled: true })),
    /** Its credentials count no more, at once, and what it asks is taken back: the portal could not hear the answer. */
    async disable(name: string, by: Operator): Promise<PortalView> {
      const changed = await change(name, 'disable', by, () => ({ enabled: false }));
      await endPending(context, changed.portal, 'portalDisabled', () => true);
      return changed;
    },
    setLimits: (name: string, limits: Partial<Pick<Portal, 'perUser' | 'perSource' | 'offlineTransactions'>>, by: Operator) => {
      for (const field of ['perUser', 'perSource'] as const) {
        const value = limits[field];
        if (value !== undefined && !(Number.isInteger(value) && value >= 1 && value <= 10_000)) throw new VinculoError('INPUT_INVALID', { field });
      }
      return change(name, 'limits', by, () => limits);
    },
    /** All of them, instead of those before; what it asks people of another one is taken back (S29). */
    async setCompanies(name: string, companies: readonly string[], by: Operator): Promise<PortalView> {
      const changed = await store.transaction(async (tx) => {
        const portal = await requirePortal(tx, name);
        await serve(tx, portal, await requireCompanies(tx, companies), by);
        await audit.record(tx, { companyId: 'authority', event: 'portal.companies', ...auditOf(issuerActing(by)), detail: { portal: portal.name, portalId: portal.id, companies: companies.length } });
        return view(tx, portal);
      });
      await endPending(context, changed.portal, 'notServed', ({ companyId }) => companyId !== null && !changed.companies.some(({ id }) => id === companyId));
      return changed;
    },
    /** A new secret, or keys instead of it; what was there before counts no more. @param jwks null: a secret */
    async setCredentials(name: string, jwks: string | null, by: Operator): Promise<PortalView & { readonly secret: string | null }> {
      const keys = jwks === null ? null : publicKeys(jwks);
      let secret: string | null = null;
      const changed = await change(name, 'secret', by, (portal) => {
        const made = keys === null ? newSecret(portal.id) : null;
        secret = made?.secret ?? null;
        return { secret: made?.sealed ?? null, jwks: keys };
      });
      return { ...changed, secret };
    },
  };
}
export type Portals = ReturnType<typeof createPortals>;

async function requirePortal(read: Reader, name: string): Promise<Portal> {
  const portal = (await read.portalByName(name.trim())) ?? (await read.portalByClientId(name.trim()));
  if (portal === null) throw new VinculoError('PORTAL_UNKNOWN');
  return portal;
}

async function requireCompanies(read: Reader, names: readonly string[]): Promise<Company[]> {
  const companies = new Map<CompanyId, Company>();
  for (const name of names) {
    const company = await requireCompany(read, name);
    companies.set(company.id, company);
  }
  return [...companies.values()];
}

async function view(read: Reader, portal: Portal): Promise<PortalView> {
  const companies: Company[] = [];
  for (const id of await read.companiesOfPortal(portal.id)) {
    const company = await read.company(id);
    if (company !== null) companies.push(company);
  }
  return { portal, companies };
}

const publicKey = z.discriminatedUnion('kty', [
  z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string().length(43), y: z.string().length(43), kid: z.string().max(100).optional(), use: z.literal('sig').optional(), alg: z.literal('ES256').optional() }),
  z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string().length(43), kid: z.string().max(100).optional(), use: z.literal('sig').optional(), alg: z.enum(['EdDSA', 'Ed25519']).optional() }),
  z.object({ kty: z.literal('RSA'), n: z.string().min(342).max(1400), e: z.string().max(8), kid: z.string().max(100).optional(), use: z.literal('sig').optional(), alg: z.enum(['RS256', 'PS256']).optional() }),
]);
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/** One to five public keys. A private one is refused, not stripped: it has left its owner. @throws VinculoError INPUT_INVALID */
function publicKeys(text: string): string {
  try {
    const given = z.object({ keys: z.array(z.record(z.string(), z.unknown())).min(1).max(5) }).parse(JSON.parse(text));
    if (given.keys.some((key) => privateMembers.some((member) => member in key))) throw new Error('a private key');
    return JSON.stringify({ keys: given.keys.map((key) => publicKey.parse(key)) });
  } catch (cause) {
    throw new VinculoError('INPUT_INVALID', { field: 'jwks' }, { cause });
  }
}
