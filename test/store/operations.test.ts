import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StoredEvent } from '../../authority/store/entities.ts';
import type { Store } from '../../authority/store/store.ts';
import type { CompanyId, DeviceId } from '../../shared/domain/ids.ts';
import { messageRow, newId, T0 } from '../support/rows.ts';
import { createDatabase, databases, type TestDatabase } from '../support/stores.ts';

describe.each(databases)('transactions, events, outbox, limits and keys on %s', (name) => {
  let database: TestDatabase;
  let store: Store;
  beforeAll(async () => { database = await createDatabase(name); store = await database.open(); });
  afterAll(() => database.remove());
  const id = newId<DeviceId>();
  const company = newId<CompanyId>();

  test('all or nothing, and nobody sees the half', async () => {
    let seen: Uint8Array | null = Uint8Array.of(9);
    const failing = store.transaction(async (tx) => {
      await tx.putSetting('half', Uint8Array.of(1));
      expect(await tx.setting('half')).toEqual(Uint8Array.of(1));
      seen = await store.read.setting('half');
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(seen).toBeNull();
    expect(await store.read.setting('half')).toBeNull();
  });

  test('events and what waits for the commit happen after it, or never', async () => {
    const heard: (readonly StoredEvent[])[] = [];
    const stop = store.onEvents((events) => heard.push(events));
    const order: string[] = [];
    await expect(store.transaction(async (tx) => {
      await tx.addEvent({ kind: 'all' }, 'lost', T0);
      tx.afterCommit(() => order.push('never'));
      throw new Error('no');
    })).rejects.toThrow('no');
    expect(heard).toEqual([]);
    await store.transaction(async (tx) => {
      await tx.addEvent({ kind: 'device', id }, 'one', T0);
      await tx.addEvent({ kind: 'all' }, 'two', T0);
      tx.afterCommit(() => order.push('after'));
      expect(heard).toEqual([]);
    });
    expect(heard.map((events) => events.map(({ payload }) => payload))).toEqual([['one', 'two']]);
    expect(order).toEqual(['after']);
    stop();
    await store.transaction((tx) => tx.addEvent({ kind: 'all' }, 'three', T0));
    expect(heard).toHaveLength(1);
  });

  test('events are resumed by whom they concern, in order, and not beyond what is kept', async () => {
    const from = await store.read.lastEventId();
    await store.transaction(async (tx) => {
      for (const [audience, payload] of [[{ kind: 'device', id }, 'mine'], [{ kind: 'device', id: newId<DeviceId>() }, 'other'], [{ kind: 'admins', id: company }, 'admins'], [{ kind: 'company', id: company }, 'company'], [{ kind: 'company', id: newId<CompanyId>() }, 'elsewhere'], [{ kind: 'all' }, 'all']] as const) await tx.addEvent(audience, payload, T0 + 100);
    });
    const after = async (since: number, admin: boolean, limit = 100) => (await store.read.eventsAfter(since, id, company, admin, limit))?.map(({ payload }) => payload);
    expect(await after(from, false)).toEqual(['mine', 'company', 'all']);
    expect(await after(from, true)).toEqual(['mine', 'admins', 'company', 'all']);
    expect(await after(from, true, 2)).toEqual(['mine', 'admins']);
    const last = await store.read.lastEventId();
    expect(await after(last, true)).toEqual([]);
    expect(await after(last + 1, true)).toBeUndefined();
    await store.transaction((tx) => tx.addEvent({ kind: 'all' }, 'kept', T0 + 500));
    await store.transaction((tx) => tx.deleteEvents(T0 + 500, 100));
    expect(await after(from, false)).toBeUndefined();
    expect(await after(last, false)).toEqual(['kept']);
    await store.transaction((tx) => tx.deleteEvents(T0 + 501, 100));
    expect(await store.read.lastEventId()).toBe(last + 1);
    expect(await after(last + 1, false)).toEqual([]);
    expect(await after(last, false)).toBeUndefined();
  });

  test('an event that is committed after a later one has been told is not lost to whoever resumes there', async () => {
    const before = await store.read.lastEventId();
    let release = () => undefined as void;
    const held = new Promise<void>((resolve) => { release = resolve; });
    let inserted = () => undefined as void;
    const isInserted = new Promise<void>((resolve) => { inserted = resolve; });
    const late = store.transaction(async (tx) => {
      await tx.addEvent({ kind: 'all' }, 'late', T0 + 600);
      inserted();
      // SQLite has one writer: there the second transaction waits for this one.
      if (name === 'postgres') await held;
    });
    await isInserted;
    await store.transaction((tx) => tx.addEvent({ kind: 'all' }, 'early', T0 + 600));
    const resumeFrom = name === 'postgres' ? await store.read.lastEventId() : before;
    release();
    await late;
    const resumed = await store.read.eventsAfter(resumeFrom, id, company, false, 10);
    expect(resumed?.map(({ payload }) => payload)).toContain('late');
    const again = await store.read.lastEventId();
    await store.transaction((tx) => tx.addEvent({ kind: 'all' }, 'next', T0 + 600));
    expect((await store.read.eventsAfter(await store.read.lastEventId(), id, company, false, 10))).toEqual([]);
    expect((await store.read.eventsAfter(again, id, company, false, 10))?.map(({ payload }) => payload)).toContain('next');
  });

  test('S12: a proof id is used once', async () => {
    const uses = await Promise.all(Array.from({ length: 30 }, () => store.transaction((tx) => tx.useProofId('jti', T0 + 1))));
    expect(uses.filter(Boolean)).toHaveLength(1);
    await store.transaction((tx) => tx.forgetPast('proofIds', T0 + 2, 100));
    expect(await store.transaction((tx) => tx.useProofId('jti', T0 + 1))).toBe(true);
  });

  test('S27: tries in a window are counted one by one, whoever counts', async () => {
    const counts = await Promise.all(Array.from({ length: 40 }, () => store.transaction((tx) => tx.countInWindow('password/x', T0, T0 + 60))));
    expect(counts.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    expect(await store.transaction((tx) => tx.countInWindow('password/x', T0 + 60, T0 + 120))).toBe(1);
    await store.transaction((tx) => tx.forgetPast('windows', T0 + 61, 100));
    expect(await store.transaction((tx) => tx.countInWindow('password/x', T0, T0 + 60))).toBe(1);
    expect(await store.transaction((tx) => tx.countInWindow('password/x', T0 + 60, T0 + 120))).toBe(2);
  });

  test('outbox: what is due, tries, and texts that are erased once sent', async () => {
    const [sms, mail, held] = [messageRow({ nextTryAt: T0 }), messageRow({ channel: 'email', subject: 'Hola', createdAt: T0 + 1, nextTryAt: T0 + 10 }), messageRow({ createdAt: T0 + 2, nextTryAt: T0 })];
    await store.transaction(async (tx) => { for (const message of [sms, mail, held]) await tx.addMessage(message); });
    const due = async (dueBefore: number) => (await store.read.outbox({ dueBefore, limit: 10 })).map((message) => message.id).toSorted();
    expect(await due(T0)).toEqual([sms.id, held.id].toSorted());
    await store.transaction(async (tx) => {
      await tx.messageTried(sms.id, { sentAt: T0 + 1, eraseText: true });
      await tx.messageTried(held.id, { nextTryAt: null });
      await tx.messageTried(mail.id, { nextTryAt: T0 + 20 });
    });
    expect(await due(T0 + 15)).toEqual([]);
    expect(await due(T0 + 20)).toEqual([mail.id]);
    await store.transaction((tx) => tx.messageTried(mail.id, { failedAt: T0 + 30, eraseText: true }));
    const all = await store.read.outbox({ limit: 10 });
    expect(all.map(({ id: each }) => each)).toEqual([held.id, mail.id, sms.id]);
    expect(all).toMatchObject([{ sealed: Uint8Array.of(1, 7), tries: 1 }, { sealed: null, tries: 2, failedAt: T0 + 30 }, { sealed: null, tries: 1, sentAt: T0 + 1 }]);
    expect((await store.read.outbox({ unsent: true, limit: 10 })).map(({ id: each }) => each)).toEqual([held.id]);
    expect(await store.read.outbox({ limit: 1 })).toHaveLength(1);
  });

  test('keys of the authority and named values', async () => {
    const key = { thumbprint: 'a', publicKey: '{}', privateKey: Uint8Array.of(1), createdAt: T0, retiredAt: null, revokedAt: null, handover: null };
    await store.transaction(async (tx) => {
      await tx.addAuthorityKey(key);
      await tx.addAuthorityKey({ ...key, thumbprint: 'b', createdAt: T0 + 1, handover: 'x.y.z' });
      await tx.retireAuthorityKey('a', T0 + 1, false);
    });
    expect(await store.read.authorityKeys()).toEqual([{ ...key, privateKey: null, retiredAt: T0 + 1 }, { ...key, thumbprint: 'b', createdAt: T0 + 1, handover: 'x.y.z' }]);
    await store.transaction((tx) => tx.retireAuthorityKey('a', T0 + 9, true));
    expect((await store.read.authorityKeys())[0]).toMatchObject({ retiredAt: T0 + 1, revokedAt: T0 + 9 });
    await store.transaction(async (tx) => { await tx.putSetting('n', Uint8Array.of(1)); await tx.putSetting('n', Uint8Array.of(2, 3)); });
    expect(await store.read.setting('n')).toEqual(Uint8Array.of(2, 3));
    expect(await store.read.setting('none')).toBeNull();
  });

  test('the clock: given on SQLite, the database\u2019s own on PostgreSQL', async () => {
    const other = await database.open(() => 42);
    const [outside, inside] = [await other.now(), await other.transaction((tx) => tx.now())];
    if (name === 'sqlite') expect([outside, inside]).toEqual([42, 42]);
    else for (const time of [outside, inside]) expect(Math.abs(time - Date.now())).toBeLessThan(60_000);
  });
});
