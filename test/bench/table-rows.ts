import { DatabaseSync } from 'node:sqlite';
import { fold, searchKey } from '../../authority/store/kysely/fold.ts';
import type { Company } from '../../authority/store/entities.ts';
import { serialNumber } from '../../shared/domain/ids.ts';
import { tokenStates } from '../../shared/domain/token-states.ts';
import { user } from './fixture.ts';

/**
 * `count` held tokens with their people, 80 % active, written as the store writes them but without its checks: a million through
 * the store would take an hour. Triggers keep the tallies, and `run` of the bench looks whether they hold; the search indexes are
 * built once all rows are there, which takes half the time.
 */
export function fillTokens(path: string, company: Company, count: number): void {
  const database = new DatabaseSync(path, { timeout: 5000 });
  const insert = (table: string, columns: readonly string[]) => database.prepare(`insert into "${table}" (${columns.map((name) => `"${name}"`).join(', ')}) values (${columns.map(() => '?').join(', ')})`);
  const users = insert('users', ['id', 'companyId', 'userName', 'role', 'language', 'active', 'inactiveSince', 'createdAt', 'contactsChangedAt', 'assignable', 'nameKey', 'searchKey']);
  const personal = insert('personal', ['userId', 'salt', 'name', 'email', 'mobile', 'emailBounced', 'mobileBounced']);
  const tokens = insert('tokens', ['id', 'companyId', 'serial', 'state', 'userId', 'updatedAt', 'blockedReason', 'everActive', 'rank', 'held', 'ownerKey', 'searchKey']);
  const now = Date.now();
  database.exec('pragma synchronous = off; pragma cache_size = -262144; begin immediate');
  const indexes = database.prepare(`select name, sql from sqlite_master where type = 'trigger' and sql like '%(rowid, "searchKey")%' and name like '%Insert'`).all() as unknown as { name: string; sql: string }[];
  if (indexes.length === 0) throw new Error('no search index is kept by a trigger');
  for (const { name } of indexes) database.exec(`drop trigger "${name}"`);
  for (let n = 0; n < count; n += 1) {
    const person = user(company, n);
    const name = person.personal?.name ?? '';
    const serial = serialNumber(company.serialPrefix, n + 1);
    const state = n % 10 === 0 ? 'assigned' : n % 10 === 1 ? 'pending_activation' : 'active';
    users.run(person.id, company.id, person.userName, 'member', 'es', 1, null, now, null, 0, fold(name), searchKey(name, person.userName));
    personal.run(person.id, person.salt, name, person.personal?.email ?? null, person.personal?.mobile ?? null, 0, 0);
    tokens.run(crypto.randomUUID(), company.id, serial, state, person.id, now - n * 1000, null, state === 'active' ? 1 : 0, tokenStates.indexOf(state), 1, fold(name), searchKey(name, person.userName, serial));
  }
  for (const { name, sql } of indexes) {
    const index = name.replace(/Insert$/, '');
    database.exec(`insert into "${index}" ("${index}") values ('rebuild'); ${sql}`);
  }
  database.exec('commit');
  database.close();
}
