import { sql, type Expression, type SqlBool } from 'kysely';
import type { Reader, Transaction } from '../store.ts';
import type { Scope, WriteScope } from './context.ts';
import type { Tables } from './schema.ts';
import { toEvent } from './rows.ts';
import { statement } from './statement.ts';

type EventReader = Pick<Reader, 'eventsAfter' | 'lastEventId'>;
type EventWriter = Pick<Transaction, 'addEvent' | 'deleteEvents'>;

export function eventReader({ db, database }: Scope): EventReader {
  return {
    async eventsAfter(id, device, company, admin, limit) {
      const { floor, last } = await bounds(db);
      if (id < floor || id > last) return null;
      const rows = await db.selectFrom('events').select(['id', 'at', 'audience', 'audienceId', 'payload'])
        .where((is) => (database.lateEvents ? is.or([is('id', '>', id), committedLate(id)]) : is('id', '>', id)))
        .where((is) => is.or([
          is('audience', '=', 'all'),
          is.and([is('audience', '=', 'device'), is('audienceId', '=', device)]),
          is.and([is('audience', 'in', admin ? (['company', 'admins'] as const) : (['company'] as const)), is('audienceId', '=', company)]),
        ]))
        .orderBy('id').limit(limit).execute();
      return rows.map(toEvent);
    },
    async lastEventId() {
      return (await bounds(db)).last;
    },
  };
}

/**
 * On PostgreSQL ids are drawn before the commit, so event 5 may be committed after event 6 has been told. Whoever resumes after
 * 6 is also given every lower event whose transaction was still open when 6 was written (columns `xid` and `seen`).
 */
function committedLate(id: number): Expression<SqlBool> {
  return sql<SqlBool>`("id" < ${id} and "xid" >= (select "seen" from "events" where "id" = ${id}) and "xid" <> (select "xid" from "events" where "id" = ${id}))`;
}

/** `floor`: the last deleted id. Ids after it are all there. */
async function bounds(db: Scope['db']): Promise<{ floor: number; last: number }> {
  const { id: floor } = await db.selectFrom('eventFloor').select('id').where('one', '=', 1).executeTakeFirstOrThrow();
  const newest = await db.selectFrom('events').select('id').orderBy('id', 'desc').limit(1).executeTakeFirst();
  return { floor, last: newest?.id ?? floor };
}

type Row = Omit<Tables['events'], 'id'>;
const add = statement<Row>()((db, { at, audience, audienceId, payload }) => db.insertInto('events').values({ at, audience, audienceId, payload }).returning('id'));

export function eventWriter(scope: WriteScope): EventWriter {
  const { db, events } = scope;
  return {
    async addEvent(audience, payload, now) {
      const { rows: [row] } = await add(scope, { at: now, audience: audience.kind, audienceId: audience.kind === 'all' ? '' : audience.id, payload });
      if (row === undefined) throw new Error('an event that was written has no id');
      events.push({ id: row.id, at: now, audience, payload });
    },
    async deleteEvents(before, limit) {
      const old = await db.selectFrom('events').select('id').where('at', '<', before).orderBy('id').limit(limit).execute();
      const newest = old.at(-1);
      if (newest === undefined) return 0;
      await db.deleteFrom('events').where('id', '<=', newest.id).where('at', '<', before).execute();
      await db.updateTable('eventFloor').set({ id: newest.id }).where('one', '=', 1).where('id', '<', newest.id).execute();
      return old.length;
    },
  };
}
