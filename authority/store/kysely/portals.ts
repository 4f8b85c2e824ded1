import type { Reader, Transaction } from '../store.ts';
import type { Scope, WriteScope } from './context.ts';
import { columns, toPortal } from './rows.ts';

type PortalReader = Pick<Reader, 'portal' | 'portalByClientId' | 'portalByName' | 'portals' | 'companiesOfPortal'>;
type PortalWriter = Pick<Transaction, 'addPortal' | 'updatePortal' | 'setCompaniesOfPortal'>;

export function portalReader({ db }: Scope): PortalReader {
  const portals = db.selectFrom('portals').selectAll();
  const one = async (column: 'id' | 'clientId' | 'name', value: string) => {
    const row = await portals.where(column, '=', value as never).executeTakeFirst();
    return row ? toPortal(row) : null;
  };
  return {
    portal: (id) => one('id', id),
    portalByClientId: (clientId) => one('clientId', clientId),
    portalByName: (name) => one('name', name),
    async portals() {
      return (await portals.orderBy('name').execute()).map(toPortal);
    },
    async companiesOfPortal(id) {
      const rows = await db.selectFrom('portalCompanies').select('companyId').where('portalId', '=', id).orderBy('companyId').execute();
      return rows.map(({ companyId }) => companyId);
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
