import { displayText } from '../../../shared/contract/primitives.ts';
import { VinculoError } from '../../../shared/contract/errors.ts';
import type { CompanyId, TokenId } from '../../../shared/domain/ids.ts';
import { newUuid } from '../../crypto/codes.ts';
import type { Company, Token } from '../../store/entities.ts';
import { auditOf } from '../caller.ts';
import type { ServiceContext } from '../context.ts';
import { tellCompany, tellTokensChanged } from '../tell.ts';
import { issuerActing, requireCompany, type Operator } from './operator.ts';

type Policy = Partial<Pick<Company, 'fourEyes' | 'otpDigits' | 'autoLockMinutes'>>;

/** Companies and their pools: what only the issuer does. `company`: name or id. */
export function issuerCompanies(context: ServiceContext) {
  const { store, audit } = context;

  async function change(company: string, event: string, fields: Parameters<import('../../store/store.ts').Transaction['updateCompany']>[1], by: Operator): Promise<Company> {
    return store.transaction(async (tx) => {
      const before = await requireCompany(tx, company);
      await tx.lockCompany(before.id);
      await tx.updateCompany(before.id, fields);
      await audit.record(tx, { companyId: before.id, event, ...auditOf(issuerActing(by)), detail: { ...fields } });
      await tellCompany(tx, before.id, { type: 'policy.changed' });
      await tellTokensChanged(tx, before.id, []);
      return { ...before, ...fields };
    });
  }

  return {
    list: (): Promise<Company[]> => store.read.companies(),
    get: (company: string): Promise<Company> => requireCompany(store.read, company),

    /** Not enabled: tokens can be assigned and bound, not activated. @throws VinculoError INPUT_INVALID for a name in use or a prefix that is not three letters */
    async create(input: { readonly name: string; readonly serialPrefix: string } & Policy, by: Operator): Promise<Company> {
      const name = displayText(120).safeParse(input.name);
      const serialPrefix = input.serialPrefix.toUpperCase();
      if (!name.success) throw new VinculoError('INPUT_INVALID', { field: 'name' });
      if (!/^[A-Z]{3}$/.test(serialPrefix)) throw new VinculoError('INPUT_INVALID', { field: 'serialPrefix' });
      return store.transaction(async (tx) => {
        const companies = await tx.companies();
        if (companies.some((other) => other.name === name.data)) throw new VinculoError('INPUT_INVALID', { field: 'name' });
        if (companies.some((other) => other.serialPrefix === serialPrefix)) throw new VinculoError('INPUT_INVALID', { field: 'serialPrefix' });
        const company: Company = {
          id: newUuid(context.random) as CompanyId, name: name.data, serialPrefix, createdAt: await tx.now(), enabled: false, suspended: false,
          fourEyes: input.fourEyes ?? false, otpDigits: input.otpDigits ?? 6, autoLockMinutes: input.autoLockMinutes ?? 5,
        };
        await tx.addCompany(company);
        await audit.record(tx, { companyId: company.id, event: 'company.create', ...auditOf(issuerActing(by)), detail: { serialPrefix } });
        return company;
      });
    },

    /** After its training: from now on tokens can be activated. */
    enable: (company: string, by: Operator) => change(company, 'company.enable', { enabled: true }, by),
    /** Every channel refuses at once; open connections end. */
    suspend: (company: string, by: Operator) => change(company, 'company.suspend', { suspended: true }, by),
    resume: (company: string, by: Operator) => change(company, 'company.resume', { suspended: false }, by),
    setPolicy: (company: string, policy: Policy, by: Operator) => change(company, 'company.policy', policy, by),

    /** Adds available tokens to the pool. @param count 1 to 10,000 */
    async allocate(company: string, count: number, by: Operator): Promise<Token[]> {
      if (!Number.isInteger(count) || count < 1 || count > 10_000) throw new VinculoError('INPUT_INVALID', { field: 'count' });
      return store.transaction(async (tx) => {
        const { id } = await requireCompany(tx, company);
        await tx.lockCompany(id);
        const tokens = await tx.addTokens(id, count, await tx.now(), () => newUuid(context.random) as TokenId);
        await audit.record(tx, { companyId: id, event: 'tokens.allocate', ...auditOf(issuerActing(by)), detail: { count, first: tokens[0]?.serial ?? null, last: tokens.at(-1)?.serial ?? null } });
        await tellTokensChanged(tx, id, []);
        return tokens;
      });
    },
  };
}
