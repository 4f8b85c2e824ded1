import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDatabase, databases, type TestDatabase } from '../support/stores.ts';

const script = join(import.meta.dirname, '..', 'support', 'store-child.ts');

describe.each(databases)('kill -9 on %s', (name) => {
  let database: TestDatabase;
  let children: ChildProcess[];
  beforeEach(async () => { database = await createDatabase(name); children = []; });
  afterEach(async () => { for (const child of children) child.kill('SIGKILL'); await database.remove(); });

  function start(mode: string) {
    const child = spawn(process.execPath, [script, name, database.address, mode], { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
    return {
      exited,
      async until(word: string): Promise<string> {
        for (;;) {
          const { value, done } = await lines.next();
          if (done) throw new Error(`the process ended before it said ${word}`);
          if (value.startsWith(word)) return value;
        }
      },
      async kill() { child.kill('SIGKILL'); await exited; },
    };
  }

  test('in the middle of a transaction: nothing half done, and the next one goes on', async () => {
    const child = start('half');
    await child.until('half');
    await child.kill();
    const store = await database.open();
    expect(await store.read.setting('half')).toBeNull();
    expect(await store.read.lastEventId()).toBe(0);
    await store.transaction((tx) => tx.putSetting('half', Uint8Array.of(1)));
    expect(await store.read.setting('half')).toEqual(Uint8Array.of(1));
  }, 120_000);

  test('while it writes: every answered commit is there, whole', async () => {
    const child = start('write');
    const said = await child.until('done 5');
    await child.kill();
    expect(said).toBe('done 5');
    const store = await database.open();
    let n = 1;
    for (; (await store.read.setting(`a${n}`)) !== null; n++) expect(await store.read.setting(`b${n}`), `b${n}`).not.toBeNull();
    expect(n).toBeGreaterThan(5);
    expect(await store.read.setting(`b${n}`)).toBeNull();
  }, 120_000);

  test('while a crowd writes: every answered commit is there, whole, and none is there by half', async () => {
    const child = start('crowd');
    const done: number[] = [];
    while (done.length < 40) done.push(Number((await child.until('done ')).slice('done '.length)));
    await child.kill();
    const store = await database.open();
    const there = async (name: string) => (await store.read.setting(name)) !== null;
    for (const n of done) expect([n, await there(`a${n}`), await there(`b${n}`)]).toEqual([n, true, true]);
    for (let n = 1; n < Math.max(...done) + 20; n++) expect([n, await there(`a${n}`)]).toEqual([n, await there(`b${n}`)]);
  }, 120_000);

  if (name === 'sqlite') test('between the end of a transaction and the commit that it shares: it was not answered, and nothing of it is there', async () => {
    const child = start('group');
    // In this order on one pipe: an answer to the first would have come before.
    expect(await child.until('')).toBe('open');
    expect(await child.until('')).toBe('second');
    await child.kill();
    const store = await database.open();
    expect([await store.read.setting('first'), await store.read.setting('second')]).toEqual([null, null]);
    await store.transaction((tx) => tx.putSetting('first', Uint8Array.of(1)));
  }, 120_000);

  test('two processes that start at once on an empty database: one migrates, both run', async () => {
    const pair = [start('open'), start('open')];
    expect(await Promise.all(pair.map(async (child) => { await child.until('open'); return child.exited; }))).toEqual([0, 0]);
  }, 120_000);
});
