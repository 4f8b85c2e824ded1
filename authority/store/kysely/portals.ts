import { sql } from 'kysely';
import type { CompanyId, PortalId } from '../../../shared/domain/ids.ts';
import type { Reader, Transaction } from '../store.ts';
import type { Scope, WriteScope } from './context.ts';
import { columns, toPortal } from './rows.ts';
import { statement } from './statement.ts';

type PortalReader = Pick<Reader, 'portal' | 'portalByClientId' | 'portalByName' | 'portals' | 'companiesOfPortal' | 'servedByPortal'>;
type PortalWriter = Pick<Transaction, 'addPortal' | 'updatePortal' | 'setCompaniesOfPortal'>;

const byClientId = statement<{ clientId: string }>()((db, { clientId }) => db.selectFrom('portals').selectAll().where('clientId', '=', clientId));
const companiesOf = statement<{ portalId: PortalId }>()((db, { portalId }) => db.selectFrom('portalCompanies').select('companyId').where('portalId', '=', portalId).orderBy('companyId'));

const servedBy = statement<{ portalId: PortalId; userName: string }>()((db, { portalId, userName }) => db.selectFrom(sql`(select 1 as "one")`.as('always'))
  .leftJoin('users', (join) => join.on('users.userName', '=', userName))
  .leftJoin('portalCompanies', (join) => join.on('portalCompanies.portalId', '=', portalId).on('portalCompanies.companyId', '=', sql<CompanyId>`coalesce("users"."companyId", '')`))
  .select(['users.id as userId', 'portalCompanies.companyId']));

export function portalReader(scope: Scope): PortalReader {
  const { db } = scope;
  const portals = db.selectFrom('portals').selectAll();
  const one = async (column: 'id' | 'name', value: string) => {
    const row = await portals.where(column, '=', value as never).executeTakeFirst();
    return row ? toPortal(row) : null;
  };
  return {
    portal: (id) => one('id', id),
    async portalByClientId(clientId) {
      const [row] = (await byClientId(scope, { clientId })).rows;
      return row ? toPortal(row) : null;
    },
    portalByName: (name) => one('name', name),
    async portals() {
      return (await portals.orderBy('name').execute()).map(toPortal);
    },
    async servedByPortal(portalId, userName) {
      const { userId = null, companyId = null } = (await servedBy(scope, { portalId, userName })).rows[0] ?? {};
      return userId === null || companyId === null ? null : { userId, companyId };
    },
    async companiesOfPortal(id) {
      return (await companiesOf(scope, { portalId: id })).rows.map(({ companyId }) => companyId);
    },
  };
}

export function portalWriter({ db }: WriteScope): PortalWriter {
  return {
    async addPortal(portal) {
      const { numInsertedOrUpdatedRows } = await db.insertInto('portals').values({ ...portal, ...columns({ enabled: portal.enabled, offlineTransactions: portal.offlineTransactions }) }).onConflict((conflict) => conflict.doNothing()).executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },
    async updatePortal(id, change) {
      await db.updateTable('portals').set(columns(change)).where('id', '=', id).execute();
    },
    async setCompaniesOfPortal(portalId, companies) {
      await db.deleteFrom('portalCompanies').where('portalId', '=', portalId).execute();
      if (companies.length > 0) await db.insertInto('portalCompanies').values(companies.map((companyId) => ({ portalId, companyId }))).execute();
    },
  };
}
