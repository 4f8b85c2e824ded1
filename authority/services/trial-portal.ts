import { z } from 'zod';
import type { ServiceContext } from './context.ts';
import type { Portals } from './portals/portals.ts';
import { sampleCompany, samplePortal } from './trial-sample.ts';

/** What a sample portal has to know: content of the trial's `portal.json`. */
export const portalCredential = z.object({
  /** Of the OpenID provider. */
  issuer: z.string(),
  clientId: z.string(),
  clientSecret: z.string(),
  /** Where the REST interface begins. */
  api: z.string(),
});
export type PortalCredential = z.infer<typeof portalCredential>;

/** The trial's `portal.json`, which only its owner can read. */
export interface CredentialFile {
  /** Null: there is none, or it is damaged. */
  read(): PortalCredential | null;
  write(credential: PortalCredential): void;
}

const by = { operator: 'prueba', reason: 'portal de muestra' } as const;

/**
 * The portal of "Probar en este equipo", once: what somebody then changes of it stays changed. Its secret is kept in the file
 * only; when that is gone there is a new one. The address is the one of this start.
 */
export async function ensureTrialPortal({ facts }: Pick<ServiceContext, 'facts'>, portals: Pick<Portals, 'list' | 'add' | 'setCredentials'>, file: CredentialFile): Promise<void> {
  const known = (await portals.list()).find(({ portal }) => portal.name === samplePortal)?.portal ?? null;
  const kept = file.read();
  const { clientId, clientSecret } = kept !== null && kept.clientId === known?.clientId ? kept : await credentials(portals, known !== null);
  const credential = { issuer: `${facts.address}/oidc`, clientId, clientSecret, api: facts.address };
  if (JSON.stringify(credential) !== JSON.stringify(kept)) file.write(credential);
}

async function credentials(portals: Pick<Portals, 'add' | 'setCredentials'>, isKnown: boolean): Promise<Pick<PortalCredential, 'clientId' | 'clientSecret'>> {
  const { portal, secret } = isKnown
    ? await portals.setCredentials(samplePortal, null, by)
    : await portals.add({ name: samplePortal, companies: [sampleCompany.name], jwks: null, notificationEndpoint: null, offlineTransactions: false }, by);
  if (secret === null) throw new Error('the sample portal has no secret');
  return { clientId: portal.clientId, clientSecret: secret };
}
