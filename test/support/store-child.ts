// A process of its own that opens a store: `node store-child.ts <sqlite|postgres> <address> <open|half|forget|write>`.
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
await store.close();
