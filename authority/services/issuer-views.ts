import { VinculoError } from '../../shared/contract/errors.ts';
import type { TokenState } from '../../shared/domain/token-states.ts';
import { assignmentObstaclesOf } from '../../shared/domain/users.ts';
import type { Company } from '../store/entities.ts';
import type { Store, TokenListing, UserListing } from '../store/store.ts';
import { requireCompany } from './issuer/operator.ts';

/** Rows that the commands show. */
export type { HardwareToken, Token } from '../store/entities.ts';
export type { UserListing } from '../store/store.ts';

export interface CompanyView { readonly company: Company; readonly allocated: number; readonly counts: Record<TokenState, number>; readonly people: number; readonly assignable: number }
export interface ViewQuery { readonly search: string; readonly size: number; readonly cursor?: string | undefined }
export interface ViewPage<T> { readonly rows: readonly T[]; readonly total: number; readonly capped: boolean; readonly next: string | null }

/** What the issuer looks at from the command line. Reads only. */
export function createIssuerViews({ store: { read } }: { readonly store: Pick<Store, 'read'> }) {
  async function companyView(company: Company): Promise<CompanyView> {
    const [counts, people] = [await read.tokenCounts(company.id), await read.userCounts(company.id)];
    const allocated = Object.values(counts).reduce((sum, count) => sum + count, 0) - counts.revoked;
    return { company, counts, allocated, people: people.all, assignable: people.assignable };
  }
  return {
    async companies(): Promise<CompanyView[]> {
      const views: CompanyView[] = [];
      for (const company of await read.companies()) views.push(await companyView(company));
      return views;
    },
    /** @throws VinculoError NOT_FOUND */
    company: async (nameOrId: string): Promise<CompanyView> => companyView(await requireCompany(read, nameOrId)),

    async tokens(nameOrId: string, query: ViewQuery & { readonly state: TokenState | null }): Promise<ViewPage<TokenListing>> {
      const { id } = await requireCompany(read, nameOrId);
      const page = await read.tokens({ ...query, companyId: id, sort: 'serial', direction: 'asc', position: query.cursor === undefined ? 'first' : 'after' });
      return { rows: page.rows, total: page.total, capped: page.capped, next: page.hasNext ? page.end : null };
    },
    async users(nameOrId: string, query: ViewQuery & { readonly filter: 'all' | 'assignable' | 'not_assignable' | 'inactive' }): Promise<ViewPage<UserListing & { readonly obstacles: readonly string[] }>> {
      const { id } = await requireCompany(read, nameOrId);
      const page = await read.users({ ...query, companyId: id, sort: 'name', direction: 'asc', position: query.cursor === undefined ? 'first' : 'after' });
      return { rows: page.rows.map(withObstacles), total: page.total, capped: page.capped, next: page.hasNext ? page.end : null };
    },
    async admins(nameOrId: string): Promise<UserListing[]> {
      const { id } = await requireCompany(read, nameOrId);
      const listings: UserListing[] = [];
      for (const admin of await read.admins(id)) listings.push((await read.userListing(admin.id)) ?? { ...admin, token: null, hardwareToken: null });
      return listings;
    },
    /** @throws VinculoError USER_UNKNOWN */
    async user(userName: string): Promise<UserListing & { readonly obstacles: readonly string[] }> {
      const user = await read.userByName(userName.trim().toLowerCase());
      const listing = user === null ? null : await read.userListing(user.id);
      if (listing === null) throw new VinculoError('USER_UNKNOWN', { rows: [userName] });
      return withObstacles(listing);
    },
    /** Every audit chain with its name: companies by name, the authority's own last. */
    async chains(): Promise<{ readonly chain: string; readonly name: string }[]> {
      const companies = (await read.companies()).map(({ id, name }) => ({ chain: id as string, name }));
      const known = new Set(companies.map(({ chain }) => chain));
      const written = new Set(await read.auditChains());
      const others = [...written].filter((chain) => !known.has(chain)).map((chain) => ({ chain, name: chain }));
      return [...companies.filter(({ chain }) => written.has(chain)), ...others];
    },
    chainOf: async (nameOrId: string): Promise<string> => (nameOrId === 'authority' ? nameOrId : (await requireCompany(read, nameOrId)).id),
  };
}
export type IssuerViews = ReturnType<typeof createIssuerViews>;

const withObstacles = (user: UserListing): UserListing & { readonly obstacles: readonly string[] } => ({
  ...user,
  obstacles: user.personal === null ? ['erased'] : assignmentObstaclesOf({ ...user.personal, active: user.active, tokenState: user.token?.state ?? null }),
});
