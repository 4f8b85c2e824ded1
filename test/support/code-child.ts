// A process of its own with an authority over a database: `node code-child.ts <sqlite|postgres> <address> <master key, hex>`. A line of
// JSON on standard input says what to try and how often at once; it answers with how many were accepted, refused and failed.
import { createInterface } from 'node:readline';
import type { CodeAttempt } from '../../authority/services/codes/check.ts';
import { openPostgres } from '../../authority/store/postgres/open.ts';
import { openSqlite } from '../../authority/store/sqlite/open.ts';
import { createTestAuthority } from './authority-world.ts';

const [, , name, address = '', master = ''] = process.argv;
const store = await (name === 'sqlite' ? openSqlite(address, { now: Date.now }) : openPostgres(address, { now: Date.now }));
const { services } = await createTestAuthority(store, 'quick', { present: new Uint8Array(Buffer.from(master, 'hex')), next: null });
process.stdout.write('open\n');
for await (const line of createInterface({ input: process.stdin })) {
  const { attempt, times } = JSON.parse(line) as { attempt: CodeAttempt; times: number };
  const verdicts = await Promise.allSettled(Array.from({ length: times }, () => services.codes.check(attempt)));
  const accepted = verdicts.filter((verdict) => verdict.status === 'fulfilled' && verdict.value.accepted).length;
  const failed = verdicts.filter((verdict) => verdict.status === 'rejected').length;
  process.stdout.write(`${JSON.stringify({ accepted, refused: times - accepted - failed, failed })}\n`);
  break;
}
await store.close();
