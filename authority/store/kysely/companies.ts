import { tokenStates } from '../../../shared/domain/token-states.ts';
import { serialNumber, type CompanyId } from '../../../shared/domain/ids.ts';
import type { Reader, Transaction } from '../store.ts';
import type { Scope, WriteScope } from './context.ts';
import { searchKey } from './fold.ts';
import { columns, flag, toCompany, toToken } from './rows.ts';
import { statement } from './statement.ts';

type CompanyReader = Pick<Reader, 'company' | 'companies' | 'companyByName'>;
type CompanyWriter = Pick<Transaction, 'addCompany' | 'updateCompany' | 'addTokens' | 'lockCompany'>;

const byId = statement<{ id: CompanyId }>()((db, { id }) => db.selectFrom('companies').selectAll().where('id', '=', id));
const lock = statement<{ id: CompanyId }>()((db, { id }) => db.selectFrom('companies').select('id').where('id', '=', id).forNoKeyUpdate());

export function companyReader(scope: Scope): CompanyReader {
  const { db } = scope;
  const companies = db.selectFrom('companies').selectAll();
  return {
    async company(id) {
      const [row] = (await byId(scope, { id })).rows;
      return row ? toCompany(row) : null;
    },
    async companies() {
      return (await companies.orderBy('name').execute()).map(toCompany);
    },
    async companyByName(name) {
      const row = await companies.where('name', '=', name).executeTakeFirst();
      return row ? toCompany(row) : null;
    },
  };
}

export function companyWriter(scope: WriteScope): CompanyWriter {
  const { db, database } = scope;
  return {
    async addCompany(company) {
      await db.insertInto('companies').values({ ...company, enabled: flag(company.enabled), suspended: flag(company.suspended), fourEyes: flag(company.fourEyes) }).execute();
    },
    async updateCompany(id, change) {
      const set = columns(change);
      if (Object.keys(set).length > 0) await db.updateTable('companies').set(set).where('id', '=', id).execute();
    },
    async lockCompany(id) {
      if (database.rowLocks) await lock(scope, { id });
    },
    async addTokens(companyId, count, now, newId) {
      const { serialPrefix: prefix } = await db.selectFrom('companies').select('serialPrefix').where('id', '=', companyId).executeTakeFirstOrThrow();
      const { next } = await db.insertInto('serialCounters').values({ prefix, next: 1 + count })
        .onConflict((conflict) => conflict.column('prefix').doUpdateSet((is) => ({ next: is('serialCounters.next', '+', count) })))
        .returning('next').executeTakeFirstOrThrow();
      const rows = Array.from({ length: count }, (_, index) => {
        const serial = serialNumber(prefix, next - count + index);
        return { id: newId(), companyId, serial, state: 'available' as const, userId: null, updatedAt: now, blockedReason: null, everActive: flag(false), rank: tokenStates.indexOf('available'), held: flag(false), ownerKey: '', searchKey: searchKey(serial) };
      });
      // 12 columns a row: both databases bound the number of parameters of a statement.
      for (let at = 0; at < rows.length; at += 500) await db.insertInto('tokens').values(rows.slice(at, at + 500)).execute();
      return rows.map(toToken);
    },
  };
}
