import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createAudit } from '../../authority/services/audit.ts';
import type { Approval } from '../../authority/store/entities.ts';
import type { Store } from '../../authority/store/store.ts';
import { compare, rateRow, type Contender, type Row } from './harness.ts';
import { device, fill, id, openStore, temporaryFolder } from './fixture.ts';

/** Durable approval at the store (decision, audit entry, event) beside a bare insert and update, both SQLite, synchronous FULL. */
export async function run(): Promise<Row[]> {
  using folder = temporaryFolder();
  const store = await openStore(folder.path);
  try {
    const bare = bareTransaction(join(folder.path, 'bare.sqlite'));
    return [rateRow('approve', await compare(bare, await approval(store), 60), 0.5)];
  } finally {
    await store.close();
  }
}

/** An insert and an update in one transaction that survives a power cut. */
export function bareTransaction(path: string): Contender {
  const database = new DatabaseSync(path);
  database.exec('pragma journal_mode = wal; pragma synchronous = full; create table a (id integer primary key, body text); create table b (id integer primary key, n integer); insert into b values (1, 0)');
  const insert = database.prepare('insert into a (body) values (?)');
  const update = database.prepare('update b set n = n + 1 where id = 1');
  const body = 'x'.repeat(600);
  return {
    name: 'bare insert + update, durable',
    run() {
      database.exec('begin immediate');
      insert.run(body);
      update.run();
      database.exec('commit');
    },
  };
}

async function approval(store: Store): Promise<Contender> {
  const { tokens, users } = await fill(store, 20);
  const [token, owner] = [tokens[5], users[5]];
  if (token === undefined || owner === undefined) throw new Error('the fixture has no sixth token');
  const bound = device(token, owner);
  await store.transaction((tx) => tx.addDevice(bound));
  const audit = createAudit({
    store, random: (n) => randomBytes(n),
    checkpoints: { append: async () => undefined, async *lines() {} },
    signCheckpoint: async () => '', verifyCheckpoint: async () => null,
  });
  const request = 'r'.repeat(900);
  const decision = 'd'.repeat(400);
  const pending: Approval[] = [];
  async function more(): Promise<void> {
    const now = Date.now();
    await store.transaction(async (tx) => {
      for (let n = 0; n < 20_000; n += 1) {
        const approval: Approval = {
          id: id(), companyId: token!.companyId, tokenId: token!.id, deviceId: bound.id, userId: owner!.id, kind: 'login', actionId: null,
          request, requestHash: randomBytes(32).toString('base64url'), state: 'pending', createdAt: now, expiresAt: now + 3_600_000, deliveredAt: null, decidedAt: null, decision: null,
        };
        await tx.addApproval(approval);
        pending.push(approval);
      }
    });
  }
  await more();
  return {
    name: 'decision + audit + event, durable',
    async run() {
      const next = pending.pop();
      if (next === undefined) throw new Error('the bench ran out of pending approvals');
      await store.transaction(async (tx) => {
        const now = await tx.now();
        if (!(await tx.closeApproval(next.id, { state: 'approved', now, decision, decidedAt: now }))) throw new Error('lost the race against nobody');
        await audit.record(tx, { companyId: next.companyId, event: 'approval.approved', actor: { kind: 'user', id: next.userId }, tokenId: next.tokenId, approvalId: next.id, ip: '127.0.0.1', result: 'approved', detail: { kind: next.kind, requestHash: next.requestHash } });
        await tx.addEvent({ kind: 'device', id: bound.id }, JSON.stringify({ type: 'approval.closed', approvalId: next.id, state: 'approved' }), now);
      });
    },
  };
}
