import type { ServiceContext } from './context.ts';
import { issuerCompanies } from './issuer/companies.ts';
import { issuerEvidence } from './issuer/evidence.ts';
import { issuerHardware } from './issuer/hardware.ts';
import { issuerKeys } from './issuer/keys.ts';
import { issuerRetention } from './issuer/retention.ts';
import { issuerTokens } from './issuer/tokens.ts';
import { issuerTotals } from './issuer/totals.ts';
import { issuerUsers } from './issuer/users.ts';
import type { Ring } from './key-ring.ts';
import type { KeyManagement } from './keys.ts';

export type { Operator } from './issuer/operator.ts';

/** What the issuer does from the command line, each with his name and reason (spec: Who may). */
export function createIssuer(context: ServiceContext & { readonly keys: KeyManagement; readonly ring: Ring }) {
  return { companies: issuerCompanies(context), users: issuerUsers(context), tokens: issuerTokens(context), hardware: issuerHardware(context), keys: issuerKeys(context), retention: issuerRetention(context), totals: issuerTotals(context), evidence: issuerEvidence(context) };
}
export type Issuer = ReturnType<typeof createIssuer>;
