import type { CompiledQuery } from 'kysely';
import type { Database, Db, Scope } from './context.ts';

/** Stands in a compiled statement where a value will be. */
class Place {
  readonly name: PropertyKey;
  constructor(name: PropertyKey) { this.name = name; }
}
const places = new Proxy({}, { get: (_target, name) => new Place(name) });

interface Compilable<R> { compile(): CompiledQuery<R> }
interface Compiled<R> { readonly query: CompiledQuery<R>; readonly places: readonly { readonly at: number; readonly name: PropertyKey }[] }
/** `changed`: how many rows were inserted or updated. */
export interface Ran<R> { readonly rows: R[]; readonly changed: number }

/**
 * A statement of the busy paths: built and compiled once for each database, then run with other values each time. Building one
 * anew takes several times as long as running it. Only values may differ: what depends on them otherwise (a list's length, a column,
 * `is null`) is another statement. What is always the same is best a literal (`sql.lit`): where a partial index asks for it, SQLite would
 * otherwise prepare the statement again for each value, which takes ten times as long as running it.
 * @example const tokenById = statement<{ id: TokenId }>()((db, { id }) => db.selectFrom('tokens').selectAll().where('id', '=', id));
 */
export function statement<V extends object>() {
  return <R>(build: (db: Db, values: V, database: Database) => Compilable<R>): ((scope: Pick<Scope, 'db' | 'database'>, values: V) => Promise<Ran<R>>) => {
    const compiled: Partial<Record<Database['name'], Compiled<R>>> = {};
    return async ({ db, database }, values) => {
      const { query, places: open } = (compiled[database.name] ??= compile(build(db, places as V, database)));
      const parameters = query.parameters.slice();
      for (const { at, name } of open) parameters[at] = (values as Record<PropertyKey, unknown>)[name];
      const { rows, numAffectedRows } = await db.executeQuery<R>({ ...query, parameters });
      return { rows, changed: Number(numAffectedRows ?? 0) };
    };
  };
}

function compile<R>(built: Compilable<R>): Compiled<R> {
  const query = built.compile();
  return { query, places: query.parameters.flatMap((value, at) => (value instanceof Place ? [{ at, name: value.name }] : [])) };
}
