import type { SerialNumber } from '../../../shared/domain/ids.ts';
import { genesisHash, together, type Reader, type Transaction } from '../store.ts';
import type { AuditEntry } from '../entities.ts';
import type { AuditQuery } from '../store.ts';
import type { Db, Scope, Search, WriteScope } from './context.ts';
import { fold, searchWords } from './fold.ts';
import { toAuditEntry } from './rows.ts';
import { statement } from './statement.ts';

type AuditReader = Pick<Reader, 'auditChains' | 'auditHead' | 'auditRange' | 'audit' | 'auditEvents'>;
type AuditWriter = Pick<Transaction, 'lockAuditHead' | 'appendAudit'>;

const noHead = { sequence: 0, hash: genesisHash };

export function auditReader({ db, database }: Scope): AuditReader {
  return {
    async auditChains() {
      return (await db.selectFrom('auditHeads').select('chain').orderBy('chain').execute()).map(({ chain }) => chain);
    },
    async auditHead(chain) {
      return (await db.selectFrom('auditHeads').select(['sequence', 'hash']).where('chain', '=', chain).executeTakeFirst()) ?? noHead;
    },
    async auditRange(chain, from, size) {
      const rows = await db.selectFrom('auditEntries').selectAll().where('chain', '=', chain).where('sequence', '>=', from).orderBy('sequence').limit(size).execute();
      return rows.map(toAuditEntry);
    },
    async audit(query) {
      const found = matching(db, query, await wordsOf({ db, database }, query.chain, query.search ?? ''));
      const { n } = await found.select((is) => is.fn.countAll<number>().as('n')).executeTakeFirstOrThrow();
      const page = query.before === undefined ? found : found.where('auditEntries.sequence', '<', query.before);
      const rows = await page.selectAll('auditEntries').orderBy('auditEntries.sequence', 'desc').limit(query.size).execute();
      return { entries: rows.map(toAuditEntry), total: n };
    },
    auditEvents: (chain) => eventNames(db, chain),
  };
}

/** A loose index scan, one step per event name: the trail has millions of rows and a few dozen names. */
async function eventNames(db: Db, chain: string): Promise<string[]> {
  const events: string[] = [];
  for (let after = ''; ; ) {
    const row = await db.selectFrom('auditEntries').select('event').where('chain', '=', chain).where('event', '>', after).orderBy('event').limit(1).executeTakeFirst();
    if (row === undefined) return events;
    events.push(row.event);
    after = row.event;
  }
}

/** The filters of the trail. Searched are event, serial and the people an entry is about or by, while their names exist. */
function matching(db: Db, { chain, event, tokenId, from, until }: AuditQuery, words: readonly SearchedWord[]) {
  let found = db.selectFrom('auditEntries').where('auditEntries.chain', '=', chain);
  if (event !== undefined && event !== null) found = found.where('auditEntries.event', '=', event);
  if (tokenId !== undefined) found = found.where('auditEntries.tokenId', '=', tokenId);
  if (from !== undefined && from !== null) found = found.where('auditEntries.at', '>=', from);
  if (until !== undefined && until !== null) found = found.where('auditEntries.at', '<', until);
  for (const { word, events, named } of words) {
    const people = db.selectFrom(named.collected.as('users')).select('users.id');
    found = found.where((is) => is.or([
      ...(events.length === 0 ? [] : [is('auditEntries.event', 'in', events)]),
      is('auditEntries.serial', '=', word.toUpperCase() as SerialNumber),
      is('auditEntries.userId', 'in', people),
      is('auditEntries.actorId', 'in', people),
    ]));
  }
  return found;
}

/** A word of a search. `events`: the names of events that it is, whatever their case; a search is folded, a name is not. */
interface SearchedWord { readonly word: string; readonly events: readonly string[]; readonly named: Search<'users'> }

async function wordsOf({ db, database }: Pick<Scope, 'db' | 'database'>, chain: string, search: string): Promise<SearchedWord[]> {
  const words = searchWords(search);
  const names = words.length === 0 ? [] : await eventNames(db, chain);
  return words.map((word) => ({ word, events: names.filter((name) => fold(name) === word), named: database.search('users', null, [word]) }));
}

const lockHead = statement<{ chain: string }>()((db, { chain }, { rowLocks }) => {
  const head = db.selectFrom('auditHeads').select(['sequence', 'hash']).where('chain', '=', chain);
  return rowLocks ? head.forUpdate() : head;
});
const addEntry = statement<AuditEntry>()((db, { chain, sequence, at, event, actorId, userId, tokenId, serial, approvalId, body, previous, hash, note, noteSalt }) =>
  db.insertInto('auditEntries').values({ chain, sequence, at, event, actorId, userId, tokenId, serial, approvalId, body, previous, hash, note, noteSalt }));
const moveHead = statement<Pick<AuditEntry, 'chain' | 'sequence' | 'hash' | 'previous'> & { before: number }>()((db, { chain, sequence, hash, previous, before }) =>
  db.updateTable('auditHeads').set({ sequence, hash }).where('chain', '=', chain).where('sequence', '=', before).where('hash', '=', previous));

export function auditWriter(scope: WriteScope): AuditWriter {
  const { db } = scope;
  const lock = async (chain: string) => (await lockHead(scope, { chain })).rows[0];
  return {
    async lockAuditHead(chain) {
      const head = await lock(chain);
      if (head !== undefined) return head;
      await db.insertInto('auditHeads').values({ chain, ...noHead }).onConflict((conflict) => conflict.column('chain').doNothing()).execute();
      return (await lock(chain)) ?? noHead;
    },
    async appendAudit(entry) {
      const [, { changed }] = await together([addEntry(scope, entry), moveHead(scope, { ...entry, before: entry.sequence - 1 })] as const);
      if (changed !== 1) throw new Error('appendAudit without lockAuditHead: the head has moved');
    },
  };
}
