// A process of its own that opens a store: `node store-child.ts <sqlite|postgres> <address> <open|half|forget|write|crowd|group>`.
import { openPostgres } from '../../authority/store/postgres/open.ts';
import { openSqlite } from '../../authority/store/sqlite/open.ts';

const [, , name, address = '', mode] = process.argv;
const say = (word: string) => new Promise<void>((resolve) => { process.stdout.write(`${word}\n`, () => resolve()); });
const store = await (name === 'sqlite' ? openSqlite(address, { now: Date.now }) : openPostgres(address, { now: Date.now }));
await say('open');
if (mode === 'half') {
  await store.transaction(async (tx) => {
    await tx.putSetting('half', new Uint8Array(100_000));
    await tx.addEvent({ kind: 'all' }, 'half', 1);
    await say('half');
    await new Promise(() => setInterval(() => undefined, 1000)); // until it is killed
  });
}
if (mode === 'forget') {
  await store.transaction(async (tx) => {
    await tx.forgetPast('messages', Date.now(), 15);
    await say('forgot');
    await new Promise(() => setInterval(() => undefined, 1000)); // until it is killed
  });
}
if (mode === 'write') {
  for (let n = 1; ; n++) {
    await store.transaction(async (tx) => { await tx.putSetting(`a${n}`, Uint8Array.of(1)); await tx.putSetting(`b${n}`, Uint8Array.of(1)); });
    await say(`done ${n}`);
  }
}
if (mode === 'crowd') {
  let n = 0;
  await Promise.all(Array.from({ length: 8 }, async () => {
    for (;;) {
      const mine = ++n;
      await store.transaction(async (tx) => { await tx.putSetting(`a${mine}`, Uint8Array.of(1)); await tx.putSetting(`b${mine}`, Uint8Array.of(1)); });
      await say(`done ${mine}`);
    }
  }));
}
if (mode === 'group') {
  const first = store.transaction((tx) => tx.putSetting('first', Uint8Array.of(1))).then(() => say('answered'));
  await store.transaction(async (tx) => {
    await tx.putSetting('second', Uint8Array.of(1));
    await say('second');
    await new Promise(() => setInterval(() => undefined, 1000)); // until it is killed
  });
  await first;
}
await store.close();
