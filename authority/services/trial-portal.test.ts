import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestAuthority, type TestAuthority } from '../../test/support/authority-world.ts';
import { createDatabase, type TestDatabase } from '../../test/support/stores.ts';
import { openClientSecret } from './oidc/client-secret.ts';
import { createTrial } from './trial.ts';
import { ensureTrialPortal, type CredentialFile, type PortalCredential } from './trial-portal.ts';
import { samplePortal } from './trial-sample.ts';

let database: TestDatabase;
let authority: TestAuthority;
let kept: PortalCredential | null;
const file: CredentialFile = { read: () => kept, write: (credential) => { kept = credential; } };
const ensure = (address = 'http://127.0.0.1:40213') => ensureTrialPortal({ facts: { ...authority.context.facts, address } }, authority.services.portals.clients, file);

beforeEach(async () => {
  database = await createDatabase('sqlite');
  authority = await createTestAuthority(await database.open(Date.now));
  await createTrial({ context: authority.context, issuer: authority.services.issuer }).ensure();
  kept = null;
});
afterEach(() => database.remove());

const stored = async () => {
  const { portal, companies } = await authority.services.portals.clients.show(samplePortal);
  return { portal, companies: companies.map(({ name }) => name), secret: openClientSecret(authority.sealer, portal) };
};

test('the first start makes a portal of the sample company, and writes what it has to know', async () => {
  await ensure();
  const { portal, companies, secret } = await stored();
  expect(companies).toEqual(['Textiles del Valle S.A.S.']);
  expect(kept).toEqual({ issuer: 'http://127.0.0.1:40213/oidc', clientId: portal.clientId, clientSecret: secret, api: 'http://127.0.0.1:40213' });
});

test('a later start keeps the secret, and what somebody changed; another port is written', async () => {
  await ensure();
  const first = kept;
  await authority.services.portals.clients.disable(samplePortal, { operator: 'olga', reason: 'prueba' });
  await ensure('http://127.0.0.1:50000');
  expect(kept).toEqual({ ...first, issuer: 'http://127.0.0.1:50000/oidc', api: 'http://127.0.0.1:50000' });
  expect((await stored()).portal.enabled).toBe(false);
  expect(await authority.services.portals.clients.list()).toHaveLength(1);
});

test('a file that was lost, or is of another authority: a new secret, the old one counts no more', async () => {
  await ensure();
  const first = kept;
  for (const found of [null, { issuer: 'x', clientId: 'another', clientSecret: 's', api: 'x' }]) {
    kept = found;
    await ensure();
    expect(kept).toMatchObject({ clientId: first?.clientId, clientSecret: (await stored()).secret });
    expect(kept?.clientSecret).not.toBe(first?.clientSecret);
  }
});
