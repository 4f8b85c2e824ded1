import type { DatabaseSync } from 'node:sqlite';

/** Transactions that share a commit. */
interface Group {
  /** How many have ended well and wait for it. */
  done: number;
  /** Nobody joins any more. */
  due: boolean;
  readonly committed: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Transactions of one connection, one after the other; those that arrive in the same turn of the event loop share one
 * `begin immediate … commit`, and with it the disk's sync, which costs more than all of their statements (docs/decisions/0019).
 * Each runs in a savepoint of its own, so one that fails takes nothing of another with it. Nobody is answered before the commit,
 * and when the commit fails, nobody is answered as done.
 * @param soon runs what it is given after everything that has already arrived
 */
export function groupCommit(database: Pick<DatabaseSync, 'exec' | 'isTransaction'>, soon: (work: () => void) => void = setImmediate): <T>(work: () => Promise<T>) => Promise<T> {
  const turn = createTurns();
  let open: Group | null = null;

  function join(): Group {
    if (open?.due) commit(open);
    if (open !== null) {
      // The first one needs none: with nobody done before it, it fails alone.
      if (open.done > 0) database.exec('savepoint one');
      return open;
    }
    // IMMEDIATE: the write lock is taken now and waited for, instead of failing in the middle of the transaction.
    database.exec('begin immediate');
    const group = newGroup();
    open = group;
    soon(() => {
      group.due = true;
      if (open === group && turn.isFree()) commit(group);
    });
    return group;
  }

  /** Everything of the group is lost, in the database as well. */
  function lose(group: Group, error: unknown): void {
    if (open === group) open = null;
    group.reject(error);
    if (database.isTransaction) database.exec('rollback');
  }

  function commit(group: Group): void {
    try {
      database.exec('commit');
      open = null;
      group.resolve();
    } catch (error) {
      lose(group, error);
    }
  }

  /** Takes back what this one did. Some failures (disk full) have already rolled back everything, the neighbours' part too. */
  function leave(group: Group, error: unknown): void {
    if (group.done === 0 || !database.isTransaction) return lose(group, error);
    try {
      database.exec('rollback to one; release one');
    } catch (failure) {
      lose(group, failure);
    }
  }

  function stay(group: Group): void {
    if (!database.isTransaction) throw new Error('the transaction was rolled back in its middle');
    if (group.done > 0) database.exec('release one');
    group.done += 1;
  }

  return async (work) => {
    await turn.take();
    let group: Group | null = null;
    let result;
    try {
      group = join();
      result = await work();
      stay(group);
    } catch (error) {
      if (group !== null) leave(group, error);
      throw error;
    } finally {
      if (open?.due) commit(open);
      turn.give();
    }
    await group.committed;
    return result;
  };
}

function newGroup(): Group {
  const { promise: committed, resolve, reject } = Promise.withResolvers<void>();
  committed.catch(() => undefined); // when there is nobody left to hear of it
  return { done: 0, due: false, committed, resolve, reject };
}

/** A queue of one: `take` waits for everybody who came before to `give`. */
function createTurns(): { take(): Promise<void>; give(): void; isFree(): boolean } {
  const waiting: (() => void)[] = [];
  let taken = false;
  return {
    async take() {
      if (taken) await new Promise<void>((resolve) => { waiting.push(resolve); });
      taken = true;
    },
    give() {
      const next = waiting.shift();
      if (next === undefined) taken = false;
      else next();
    },
    isFree: () => !taken,
  };
}
