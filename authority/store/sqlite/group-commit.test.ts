import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { groupCommit } from './group-commit.ts';

let folder: string;
let database: DatabaseSync;
/** What a second connection sees: only what was committed. */
let outside: DatabaseSync;
/** Statements of the mechanism, in order. */
let said: string[];
/** Called before one of them runs; may throw in its place. */
let before: (statement: string) => void;
/** Ends the present turn of the event loop. */
let turnEnds: () => void;
let run: ReturnType<typeof groupCommit>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vinculo-group-'));
  const path = join(folder, 'a.db');
  database = new DatabaseSync(path);
  database.exec('pragma journal_mode = wal; create table a (name text primary key) strict');
  outside = new DatabaseSync(path);
  said = [];
  before = () => undefined;
  const later: (() => void)[] = [];
  turnEnds = () => { for (const work of later.splice(0)) work(); };
  run = groupCommit({
    exec: (statement) => { before(statement); said.push(statement); database.exec(statement); },
    get isTransaction() { return database.isTransaction; },
  }, (work) => later.push(work));
});
afterEach(() => {
  database.close();
  outside.close();
  rmSync(folder, { recursive: true, force: true });
});

const add = (name: string) => async () => { database.prepare('insert into a values (?)').run(name); return name; };
const kept = () => outside.prepare('select name from a order by name').all().map(({ name }) => name);
/** Adds a row, then waits to be told how it ends. */
function held(name: string) {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  return { work: async () => { await add(name)(); await promise; return name; }, resolve, reject };
}
/** Lets everything that can go on do so. */
const settle = () => new Promise((resolve) => { setImmediate(resolve); });
const outcomes = async (all: readonly Promise<string>[]) => (await Promise.allSettled(all)).map((one) => (one.status === 'fulfilled' ? one.value : String(one.reason)));

describe('transactions that share a commit', () => {
  test('all of one turn of the event loop; nobody is answered before it', async () => {
    const answered: string[] = [];
    const all = ['a', 'b', 'c'].map((name) => run(add(name)).then((value) => { answered.push(value); return value; }));
    await settle();
    expect([answered, kept()]).toEqual([[], []]);
    turnEnds();
    expect(await outcomes(all)).toEqual(['a', 'b', 'c']);
    expect(kept()).toEqual(['a', 'b', 'c']);
    expect(said.filter((statement) => statement === 'commit')).toHaveLength(1);
  });

  test('one alone needs no savepoint', async () => {
    const one = run(add('a'));
    await settle();
    turnEnds();
    await one;
    expect(said).toEqual(['begin immediate', 'commit']);
  });

  test('one that fails takes nothing of its neighbours with it, wherever it stands', async () => {
    const fails = (name: string) => async (): Promise<string> => { await add(name)(); throw new Error('no'); };
    const all = [run(fails('x')), run(add('a')), run(fails('y')), run(add('b')), run(fails('z'))];
    const ended = outcomes(all);
    await settle();
    turnEnds();
    expect(await ended).toEqual(['Error: no', 'a', 'Error: no', 'b', 'Error: no']);
    expect(kept()).toEqual(['a', 'b']);
  });

  test('a commit that fails: none of them is done, nothing of theirs is kept, and the next one goes on', async () => {
    const ended = outcomes([run(add('a')), run(add('b'))]);
    await settle();
    before = (statement) => { if (statement === 'commit') throw new Error('the disk is full'); };
    turnEnds();
    expect(await ended).toEqual(['Error: the disk is full', 'Error: the disk is full']);
    expect(kept()).toEqual([]);
    before = () => undefined;
    const next = run(add('c'));
    await settle();
    turnEnds();
    expect(await next).toBe('c');
    expect(kept()).toEqual(['c']);
  });

  test('a statement that rolls back everything takes the answer from those who had ended', async () => {
    const full = async (): Promise<string> => { database.exec('rollback'); throw new Error('the disk is full'); };
    const ended = outcomes([run(add('a')), run(full), run(add('b'))]);
    await settle();
    turnEnds();
    expect(await ended).toEqual(['Error: the disk is full', 'Error: the disk is full', 'b']);
    expect(kept()).toEqual(['b']);
  });

  test('one that swallows such a failure is not done either', async () => {
    const ended = outcomes([run(add('a')), run(async () => { database.exec('rollback'); return 'x'; })]);
    await settle();
    turnEnds();
    expect(await ended).toEqual(Array.from({ length: 2 }, () => 'Error: the transaction was rolled back in its middle'));
    expect(kept()).toEqual([]);
  });

  test('one that takes longer is waited for; who comes after the turn is of the next commit', async () => {
    const long = held('long');
    const ended = outcomes([run(add('a')), run(long.work), run(add('later'))]);
    await settle();
    turnEnds();
    await settle();
    expect(kept()).toEqual([]);
    long.resolve();
    await settle();
    expect(kept()).toEqual(['a', 'long']);
    turnEnds();
    expect(await ended).toEqual(['a', 'long', 'later']);
    expect(said.filter((statement) => statement === 'commit')).toHaveLength(2);
  });

  test('one that takes longer and then fails: the one before it is committed all the same', async () => {
    const long = held('long');
    const ended = outcomes([run(add('a')), run(long.work)]);
    await settle();
    turnEnds();
    long.reject(new Error('no'));
    expect(await ended).toEqual(['a', 'Error: no']);
    expect(kept()).toEqual(['a']);
  });

  test('a beginning that fails fails alone', async () => {
    before = (statement) => { if (statement === 'begin immediate') throw new Error('locked'); };
    expect(await outcomes([run(add('a'))])).toEqual(['Error: locked']);
    before = () => undefined;
    const next = run(add('b'));
    await settle();
    turnEnds();
    expect(await next).toBe('b');
  });
});
