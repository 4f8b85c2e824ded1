import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OidcPayload, Portal, PortalRequest } from '../../authority/store/entities.ts';
import type { Store } from '../../authority/store/store.ts';
import type { ApprovalId, PortalId } from '../../shared/domain/ids.ts';
import { newId, T0 } from '../support/rows.ts';
import { createDatabase, databases, type TestDatabase } from '../support/stores.ts';

const payloadRow = (change: Partial<OidcPayload> = {}): OidcPayload => ({ model: 'Grant', idHash: randomUUID(), payload: new Uint8Array([1, 2]), grantId: null, expiresAt: T0 + 600_000, consumedAt: null, ...change });

describe.each(databases)('what OpenID Connect keeps, on %s', (name) => {
  let database: TestDatabase;
  let store: Store;
  let second: Store;
  beforeAll(async () => {
    database = await createDatabase(name);
    store = await database.open();
    // Two SQLite connections of one thread would wait for each other.
    second = name === 'postgres' ? await database.open() : store;
  });
  afterAll(() => database.remove());
  const put = (row: OidcPayload) => store.transaction((tx) => tx.putOidcPayload(row));

  test('kept under model and id; put again it is another, but still consumed', async () => {
    const row = payloadRow();
    await put(row);
    expect(await store.read.oidcPayload('Grant', row.idHash)).toEqual(row);
    expect(await store.read.oidcPayload('AccessToken', row.idHash)).toBeNull();
    expect(await store.transaction((tx) => tx.consumeOidcPayload('Grant', row.idHash, T0 + 1))).toBe(true);
    await put({ ...row, payload: new Uint8Array([9]), grantId: 'g' });
    expect(await store.read.oidcPayload('Grant', row.idHash)).toEqual({ ...row, payload: new Uint8Array([9]), grantId: 'g', consumedAt: T0 + 1 });
  });

  test('of 50 that consume at once one does; of what is not there none', async () => {
    const row = payloadRow();
    await put(row);
    const won = await Promise.all(Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? store : second).transaction((tx) => tx.consumeOidcPayload('Grant', row.idHash, T0))));
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await store.transaction((tx) => tx.consumeOidcPayload('Grant', 'nothing', T0))).toBe(false);
  });

  test('removed by id, by grant, and when it is past', async () => {
    const [one, ofGrant, other, old, forEver] = [payloadRow(), payloadRow({ model: 'AccessToken', grantId: 'grant-1' }), payloadRow({ grantId: 'grant-2' }), payloadRow({ expiresAt: T0 - 1 }), payloadRow({ expiresAt: null })];
    for (const row of [one, ofGrant, other, old, forEver]) await put(row);
    await store.transaction((tx) => tx.deleteOidcPayload('Grant', one.idHash));
    await store.transaction((tx) => tx.deleteOidcGrant('grant-1'));
    await store.transaction((tx) => tx.forgetPast('oidcPayloads', T0, 100));
    const left = await Promise.all([one, ofGrant, other, old, forEver].map(async ({ model, idHash }) => (await store.read.oidcPayload(model, idHash)) !== null));
    expect(left).toEqual([false, false, true, false, true]);
  });

  test('pings: due once the request has ended; moved by one of any number of nodes; the last one forgets the token', async () => {
    const portal: Portal = { id: newId<PortalId>(), name: randomUUID(), clientId: randomUUID(), secret: null, jwks: '{}', delivery: 'ping', notificationEndpoint: 'https://portal.example/', enabled: true, offlineTransactions: false, perUser: 5, perSource: 5, createdAt: T0 };
    const request: PortalRequest = {
      id: newId<ApprovalId>(), portalId: portal.id, channel: 'ciba', kind: 'login', companyId: null, userId: null, approvalId: null, state: 'pending', userName: 'ana', number: new Uint8Array([1]), numberFailures: 0,
      answerFailures: 0, answer: null, requestHash: 'x', createdAt: T0, expiresAt: T0 + 120_000, closedAt: null, authReqHash: null, notificationToken: null, pingTries: 0, nextPingAt: null,
    };
    const hash = randomUUID();
    await store.transaction(async (tx) => {
      await tx.addPortal(portal);
      await tx.addPortalRequest(request);
      await tx.setAuthReq(request.id, hash, new Uint8Array([7]));
      await tx.movePing(request.id, 0, { tries: 0, nextAt: T0 });
    });
    expect(await store.read.portalRequestByAuthReq(hash)).toMatchObject({ id: request.id, state: 'pending', notificationToken: new Uint8Array([7]) });
    expect(await store.read.duePings(T0, 10)).toEqual([]);
    await store.transaction((tx) => tx.closePortalRequest(request.id, 'approved', T0 + 1));
    expect((await store.read.duePings(T0 - 1, 10)).length).toBe(0);
    expect((await store.read.duePings(T0, 10)).map(({ id }) => id)).toEqual([request.id]);
    const claimed = await Promise.all(Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? store : second).transaction((tx) => tx.movePing(request.id, 0, { tries: 1, nextAt: T0 + 10 }))));
    expect(claimed.filter(Boolean)).toHaveLength(1);
    expect(await store.read.portalRequest(request.id)).toMatchObject({ pingTries: 1, nextPingAt: T0 + 10, notificationToken: new Uint8Array([7]) });
    await store.transaction((tx) => tx.movePing(request.id, 1, { tries: 1, nextAt: null }));
    expect(await store.read.portalRequest(request.id)).toMatchObject({ nextPingAt: null, notificationToken: null });
  });
});
