import type pg from 'pg';

/** Statements that a connection keeps; more would be of lists whose length differs, which are not worth it. */
const mostKept = 500;
const stalePlan = 'cached plan must not change result type';

/** The failure of a prepared statement whose table has got other columns since: a newer program has migrated. */
export const isStalePlan = (error: unknown): boolean => error instanceof Error && error.message === stalePlan;

/**
 * Has the server keep every statement with values as a prepared one: parsing and planning takes it longer than most of them run.
 * One name for one text on all connections of a pool; a plan that has gone stale is made again under a new name. What is sent in one
 * turn goes out in one write.
 */
export function preparing(): (client: pg.PoolClient) => void {
  const names = new Map<string, string>();
  let generation = 0;
  function nameOf(text: string): string | undefined {
    const known = names.get(text);
    if (known !== undefined || names.size >= mostKept) return known;
    const name = `vinculo-${generation}-${names.size}`;
    names.set(text, name);
    return name;
  }
  function forget(error: unknown): void {
    if (!isStalePlan(error)) return;
    names.clear();
    generation += 1;
  }
  return (client) => {
    const send = client.query.bind(client) as (...values: unknown[]) => Promise<pg.QueryResult>;
    const prepared = (...given: unknown[]): Promise<pg.QueryResult> => {
      inOneWrite(client);
      const [text, values] = given;
      const name = given.length === 2 && typeof text === 'string' && Array.isArray(values) && values.length > 0 ? nameOf(text) : undefined;
      if (name === undefined) return send(...given);
      const result = send({ name, text, values });
      result.catch(forget);
      return result;
    };
    client.query = prepared as typeof client.query;
  };
}

function inOneWrite({ connection: { stream } }: pg.PoolClient): void {
  if (stream.writableCorked > 0) return;
  stream.cork();
  process.nextTick(() => stream.uncork());
}
