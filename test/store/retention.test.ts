import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { approvalEvidence } from '../../authority/services/reads/evidence.ts';
import { createRetention } from '../../authority/services/retention.ts';
import type { RetentionStep, Store } from '../../authority/store/store.ts';
import { by, createWorld } from '../support/authority-world.ts';
import { actionRow, addScene, approvalRow, at, bindingRow, deviceRow, invitationRow, messageRow, newId, T0 } from '../support/rows.ts';
import { createDatabase, databases, type TestDatabase } from '../support/stores.ts';
import { tamperWith, type Tamper } from '../support/tamper.ts';

const day = 24 * 3600_000;
const elevenYears = 11 * 366 * day;
const script = join(import.meta.dirname, '..', 'support', 'store-child.ts');

describe.each(databases)('retention on %s', (name) => {
  let database: TestDatabase;
  let store: Store;
  let tamper: Tamper;
  beforeEach(async () => { database = await createDatabase(name); store = await database.open(); tamper = await tamperWith(database); });
  afterEach(async () => { await tamper.close(); await database.remove(); });

  const forget = (step: RetentionStep, before: number, limit = 100) => store.transaction((tx) => tx.forgetPast(step, before, limit));
  const messageIds = async () => (await store.read.outbox({ limit: 5000 })).map(({ id }) => id);

  test('S30: evidence past its term goes, evidence in its term still verifies, and so does every chain', async () => {
    const world = await createWorld(store);
    const { context, services } = world;
    const admin = await world.activated('ana', 'admin');
    const people = [await world.person('luis'), await world.person('marta')];
    for (const user of people) expect((await world.approved(admin, { kind: 'assign', userIds: [user.id] })).actionState).toBe('done');
    const token = await world.tokenOf(admin.user);
    const [kept, old] = (await store.read.approvalHistory(token.id, undefined, 10)).items;
    if (kept === undefined || old?.actionId == null) throw new Error('two approvals were made');
    await tamper.db.updateTable('approvals').set((is) => ({ createdAt: is('createdAt', '-', elevenYears), closedAt: is('closedAt', '-', elevenYears) })).where('id', '=', old.id).execute();
    await tamper.db.updateTable('actions').set((is) => ({ createdAt: is('createdAt', '-', elevenYears) })).where('id', '=', old.actionId).execute();
    const chain = world.company.id;
    await store.transaction(async (tx) => context.audit.record(tx, { companyId: chain, event: 'test.old', actor: { kind: 'issuer', name: 'Olga de Antes' }, reason: 'hace mucho', at: (await tx.now()) - elevenYears }));
    await context.audit.checkpoint();

    expect(await services.issuer.retention.run(by)).toEqual({ evidence: 3, invitations: 0, passwordLinks: 0, messages: 0 });
    expect([await store.read.approval(old.id), await store.read.action(old.actionId)]).toEqual([null, null]);
    expect((await approvalEvidence(context, kept)).checks).toMatchObject({ authoritySignature: true, deviceSignature: true, chain: true });
    expect(await tamper.dump()).not.toContain('Olga de Antes');
    for (const each of [chain, 'authority']) expect(await context.audit.verify(each)).toMatchObject({ ok: true });
    const entries = await context.audit.list({ chain: 'authority', size: 10, event: 'retention.delete' });
    expect(entries.entries.map(({ detail }) => [detail['rows'], detail['count'], detail['reason']])).toEqual([['notes', 1, 'prueba'], ['actions', 1, 'prueba'], ['approvals', 1, 'prueba']]);
    expect(await services.issuer.retention.run(by)).toMatchObject({ evidence: 0 });
  });

  test('S30: a message whose term is over is erased with its number; one that is to be sent, or in its term, stays', async () => {
    const [sent, failed, read, waiting, young] = [
      messageRow({ sentAt: T0 + 1, nextTryAt: null, to: '+579990001111' }), messageRow({ failedAt: T0 + 1, nextTryAt: null }), messageRow({ nextTryAt: null, tries: 1 }),
      messageRow({ nextTryAt: T0 + 5 }), messageRow({ createdAt: T0, sentAt: T0 + 10, nextTryAt: null }),
    ];
    await store.transaction(async (tx) => { for (const message of [sent, failed, read, waiting, young]) await tx.addMessage(message); });
    expect(await forget('messages', T0)).toBe(0);
    expect(await forget('messages', T0 + 10)).toBe(3);
    expect((await messageIds()).toSorted()).toEqual([waiting.id, young.id].toSorted());
    expect(await tamper.dump()).not.toContain('+579990001111');
  });

  test('what something still refers to or a screen still shows stays, whatever its age', async () => {
    const { company, users, tokens } = await addScene(store, { users: 2, tokens: 3, held: 1 });
    const [user, token] = [at(users, 0), at(tokens, 0)];
    const [older, newest] = [invitationRow(token, user.id, { status: 'void', createdAt: T0 }), invitationRow(token, user.id, { createdAt: T0 + 1 })];
    const [waits, done] = [deviceRow(token, user.id), deviceRow(token, user.id, { state: 'closed', closedAt: T0 + 5, acknowledgedAt: T0 })];
    const [unanswered, spent] = [bindingRow(older, { deviceId: waits.id }), bindingRow(older, { deviceId: done.id })];
    const [pending, decided] = [actionRow(company.id, user.id, { createdAt: T0 }), actionRow(company.id, user.id, { state: 'done', createdAt: T0 })];
    const approval = approvalRow(done, { actionId: decided.id, state: 'approved', createdAt: T0 });
    await store.transaction(async (tx) => {
      for (const invitation of [older, newest]) await tx.addInvitation(invitation);
      for (const device of [waits, done]) await tx.addDevice(device);
      for (const binding of [unanswered, spent]) await tx.addBinding(binding);
      for (const action of [pending, decided]) await tx.addAction(action);
      await tx.addApproval(approval);
    });
    const late = T0 + elevenYears;
    expect(await forget('bindings', spent.expiresAt)).toBe(0);
    expect(await forget('bindings', late)).toBe(1); // `waits` has not had its answer
    expect(await forget('invitations', late)).toBe(0); // the older has a binding, the newest is shown
    await store.transaction((tx) => tx.acknowledgeDevice(waits.id, T0));
    expect([await forget('bindings', late), await forget('invitations', late)]).toEqual([1, 1]);
    expect((await store.read.latestInvitation(token.id))?.id).toBe(newest.id);
    expect(await forget('actions', late)).toBe(0);
    expect([await forget('approvals', T0), await forget('approvals', T0 + 1)]).toEqual([0, 1]);
    expect([await forget('actions', late), await store.read.action(pending.id)]).toEqual([1, pending]);
    expect([await forget('devices', T0 + 5), await forget('devices', late), await forget('devices', late)]).toEqual([0, 1, 0]);
    expect(await store.read.device(done.id)).toMatchObject({ ip: '', name: '', sessionThumbprint: done.sessionThumbprint, statement: done.statement });
    expect(await store.read.device(waits.id)).toMatchObject({ ip: waits.ip, name: waits.name });
    await store.transaction((tx) => tx.addPasswordLink({ hash: 'h', userId: user.id, expiresAt: T0 }));
    expect([await forget('passwordLinks', T0), await forget('passwordLinks', T0 + 1)]).toEqual([0, 1]);
    for (const step of ['portalRequests', 'temporaryCodes', 'activationPicks', 'smsCodes', 'notes', 'proofIds', 'windows'] as const) expect(await forget(step, late), step).toBe(0);
  });

  test('a temporary code that nobody fetched is no longer shown after its time, used or not; its row and what portals hold go in their own', async () => {
    const { context } = await createWorld(store, { pool: 0 });
    const { company, users } = await addScene(store, { users: 1 });
    const user = at(users, 0);
    const action = (id = newId<string>()) => actionRow(company.id, user.id, { idempotencyKey: id, state: 'done' });
    const code = (of: ReturnType<typeof action>, expiresAt: number, usedAt: number | null = null) => ({ id: newId<string>(), userId: user.id, companyId: company.id, actionId: of.id, codeHash: 'h', shown: Uint8Array.of(1), createdAt: expiresAt - 1, expiresAt, usedAt, voidedAt: null });
    const [past, used, open] = [action(), action(), action()];
    await store.transaction(async (tx) => {
      for (const one of [past, used, open]) await tx.addAction(one);
      for (const one of [code(past, T0), code(used, T0, T0 - 1), code(open, Date.now() + 60_000)]) await tx.addTemporaryCode(one);
    });
    const shown = async () => Promise.all([past, used, open].map(async ({ id }) => (await store.read.temporaryCodeOfAction(id))?.shown));
    await createRetention(context).forgetPassing();
    expect(await shown()).toEqual([null, null, Uint8Array.of(1)]);
    expect([await forget('actions', T0 + elevenYears), await forget('temporaryCodes', T0), await forget('temporaryCodes', T0 + 1)]).toEqual([0, 0, 2]);
    expect(await shown()).toEqual([undefined, undefined, Uint8Array.of(1)]);
  });

  test('a term can be changed, not below what is still used; the change is in the trail', async () => {
    const { services, context } = await createWorld(store, { pool: 0 });
    const { retention } = services.issuer;
    await retention.set('messages', 14, by);
    expect(await retention.show()).toEqual([{ kind: 'evidence', days: 3653, preset: 3653 }, { kind: 'invitations', days: 90, preset: 90 }, { kind: 'passwordLinks', days: 1, preset: 1 }, { kind: 'messages', days: 14, preset: 30 }]);
    for (const days of [3, 1.5, Number.NaN, 40_000]) await expect(retention.set('messages', days, by)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    await expect(retention.set('evidence', 365, by)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    expect((await context.audit.list({ chain: 'authority', size: 5, event: 'retention.set' })).entries).toMatchObject([{ detail: { kind: 'messages', from: 30, to: 14, reason: 'prueba' } }]);
  });

  test('many rows go in batches, and processes that run at once share them', async () => {
    const { context } = await createWorld(store, { pool: 0 });
    const count = 603;
    await store.transaction(async (tx) => { for (let n = 0; n < count; n++) await tx.addMessage(messageRow({ createdAt: T0 - 40 * day * 365, sentAt: T0 - 40 * day * 365, nextTryAt: null })); });
    // On SQLite two connections of one process would wait for each other for ever.
    const other = createRetention({ store: name === 'postgres' ? await database.open() : store, audit: context.audit });
    const runs = await Promise.all([createRetention(context).run(), other.run()]);
    expect(runs.reduce((sum, { messages }) => sum + messages, 0)).toBe(count);
    expect(await messageIds()).toEqual([]);
    expect(await context.audit.verify('authority')).toMatchObject({ ok: true });
  });

  test('kill -9 in the middle of a batch: all of it is still there, and the next run takes it', async () => {
    const ids = Array.from({ length: 20 }, () => newId<string>());
    await store.transaction(async (tx) => { for (const id of ids) await tx.addMessage(messageRow({ id, sentAt: T0, nextTryAt: null })); });
    const child = spawn(process.execPath, [script, name, database.address, 'forget'], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      for await (const line of createInterface({ input: child.stdout })) if (line === 'forgot') break;
    } finally {
      const exited = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await exited;
    }
    expect((await messageIds()).toSorted()).toEqual(ids.toSorted());
    expect(await forget('messages', T0 + 1)).toBe(20);
  }, 120_000);
});
