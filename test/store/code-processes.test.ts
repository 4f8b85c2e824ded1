import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTestAuthority, type TestAuthority } from '../support/authority-world.ts';
import { addCodePerson, codeEvents } from '../support/code-people.ts';
import { createDatabase, databases, type TestDatabase } from '../support/stores.ts';

const script = join(import.meta.dirname, '..', 'support', 'code-child.ts');

describe.each(databases)('codes over two processes on one %s', (name) => {
  let database: TestDatabase;
  let authority: TestAuthority;
  const master = randomBytes(32);
  const stops: (() => void)[] = [];
  beforeEach(async () => {
    database = await createDatabase(name);
    authority = await createTestAuthority(await database.open(), 'quick', { present: new Uint8Array(master), next: null });
  });
  afterEach(async () => {
    for (const stop of stops.splice(0)) stop();
    await database.remove();
  });

  /** Open and waiting for its task. */
  async function child() {
    const process_ = spawn(process.execPath, [script, name, database.address, master.toString('hex')], { stdio: ['pipe', 'pipe', 'inherit'] });
    stops.push(() => process_.kill('SIGKILL'));
    const lines = createInterface({ input: process_.stdout })[Symbol.asyncIterator]();
    expect((await lines.next()).value).toBe('open');
    return async (task: object) => {
      process_.stdin.end(`${JSON.stringify(task)}\n`);
      return JSON.parse((await lines.next()).value as string) as { accepted: number; refused: number; failed: number };
    };
  }

  test.each(['code', 'hardware', 'temporary'] as const)('S4: a hundred identical ones at once: one success (%s)', async (kind) => {
    const person = await addCodePerson(authority, kind === 'hardware' ? { token: null, hardware: { state: 'on' } } : { temporary: {} });
    const children = [await child(), await child()];
    const now = await authority.store.now();
    const code = { code: person.virtualCode(now), hardware: person.hardwareCode({ counter: 3 }), temporary: person.temporary }[kind];
    const attempt = { user: { id: person.user.id }, company: { id: person.company.id }, code, purpose: 'login' };
    const results = await Promise.all(children.map((run) => run({ attempt, times: 50 })));
    expect(results.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(1);
    expect(results.reduce((sum, { accepted, refused, failed }) => sum + accepted + refused + failed, 0)).toBe(100);
    // And what the trail says: one taken, whichever process it was.
    expect((await codeEvents(authority, person.company.id)).filter(({ event }) => event === 'code.accepted')).toHaveLength(1);
  });
});
