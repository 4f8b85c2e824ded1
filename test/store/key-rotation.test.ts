import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hashText } from '../../authority/crypto/hash.ts';
import { MasterKeyWrong } from '../../authority/crypto/key-ring.ts';
import { openRing, sealsAfter } from '../../authority/services/key-ring.ts';
import { queueMessage } from '../../authority/services/messages.ts';
import { openNumber } from '../../authority/services/portals/open.ts';
import { notificationIdentity, oidcIdentity, temporaryCodeIdentity } from '../../authority/services/sealed-identity.ts';
import { retiredKeys } from '../../authority/store/migrations/0006-retired-keys.ts';
import type { Store } from '../../authority/store/store.ts';
import { authorityTrust } from '../../electron/main/authority-client/trust.ts';
import { toBase64url } from '../../shared/domain/base64url.ts';
import { by, createTestAuthority, createWorld, type Desktop, type TestAuthority } from '../support/authority-world.ts';
import { addPortal, loginOf } from '../support/portal-world.ts';
import { actionRow, newId } from '../support/rows.ts';
import { createDatabase, databases, type TestDatabase } from '../support/stores.ts';
import { tamperWith } from '../support/tamper.ts';

const random = (size: number) => new Uint8Array(randomBytes(size));
const [old, next] = [random(32), random(32)];

describe.each(databases)('S28: keys are replaced while the authority runs, on %s', (name) => {
  let database: TestDatabase;
  let store: Store;
  let skipped: number;
  const now = () => Date.now() + skipped;
  beforeEach(async () => { database = await createDatabase(name); store = await database.open(); skipped = 0; });
  afterEach(() => database.remove());

  const authority = (masters: { present: Uint8Array; next: Uint8Array | null }, over = store) => createTestAuthority(over, 'quick', masters, now);
  const outdated = async ({ context, store: { read } }: TestAuthority) => {
    const columns = ['seed', 'share', 'pinVerifier', 'hardwareToken', 'bindingAnswer', 'authorityKey', 'message', 'clientSecret', 'portalNumber', 'notification', 'portalAnswer', 'oidcPayload', 'temporaryCode'] as const;
    const values = (await Promise.all(columns.map((column) => read.sealedValues(column, '', 1000)))).flat();
    return { all: values.length, old: values.filter(({ sealed }) => context.sealer.isOutdated(sealed)).length };
  };

  /** Everything that opens, seals, signs and verifies, on each of the processes, until `stop` is called. */
  function load(processes: readonly TestAuthority[], desktops: readonly Desktop[]) {
    let [rounds, stopped] = [0, false];
    const failures: unknown[] = [];
    const round = async ({ services, context, store: { transaction } }: TestAuthority, other: TestAuthority, desktop: Desktop) => {
      const caller = await desktop.caller();
      await services.pins.releaseShare(caller, { verifier: toBase64url(desktop.verifier), generation: 1 });
      const { token } = await context.keys.issueAccessToken(caller.device.id, 'jkt', Date.now());
      expect(await other.context.keys.readAccessToken(token, Date.now())).not.toBeNull();
      await transaction((tx) => queueMessage(context, tx, { channel: 'email', to: 'a@ejemplo.co', user: desktop.user, language: 'es' }, { kind: 'bindingCode', code: '4K7QX9TB', company: 'Ejemplo', minutes: 10 }));
      for (const { text } of await other.services.outbox.latest(5)) expect(text).not.toBeNull();
    };
    const workers = processes.map(async (process, index) => {
      while (!stopped) {
        try {
          for (const desktop of desktops) await round(process, processes[(index + 1) % processes.length] ?? process, desktop);
        } catch (error) {
          failures.push(error);
        }
        rounds += 1;
        await new Promise((resolve) => setImmediate(resolve)); // SQLite answers at once: without this no timer of the test would ever run
      }
    });
    const more = async () => { const from = rounds; await expect.poll(() => rounds, { timeout: 60_000 }).toBeGreaterThan(from + processes.length); };
    return { more, failures, async stop() { stopped = true; await Promise.all(workers); } };
  }

  test('master, data and signing key under load, on two processes: no request fails, and every value is under the new key', async () => {
    // On SQLite one process has the file; two connections of this one would wait for each other.
    const one = await authority({ present: old, next });
    const two = name === 'postgres' ? await authority({ present: old, next }, await database.open()) : one;
    const world = await createWorld(one);
    const desktops = [await world.activated('ana', 'admin'), await world.activated('luis')];
    const { keys } = one.services.issuer;
    const running = load([one, two], desktops);
    await running.more();
    await keys.rotateMaster('rotate', by);
    await running.more();
    const { sealsFrom } = await keys.rotateData(by);
    expect(sealsFrom).toBeGreaterThan(now());
    await two.context.ring.reload(); // the timer of each process
    await running.more();
    skipped = sealsAfter;
    expect((await outdated(one)).old).toBeGreaterThan(5);
    await running.more();
    await Promise.all([one.context.ring.reseal(), two.context.ring.reseal()]);
    for (let n = 0; n < 3; n++) { await keys.rotate(by); await running.more(); }
    await running.stop();
    expect(running.failures).toEqual([]);
    await one.context.ring.reseal();
    expect(await outdated(one)).toMatchObject({ old: 0 });
    for (const desktop of desktops) expect(await world.services.pins.releaseShare(await desktop.caller(), { verifier: toBase64url(desktop.verifier), generation: 1 })).toEqual({ share: toBase64url(desktop.share) });
    expect(await one.context.audit.verify('authority')).toMatchObject({ ok: true });

    // Configured anew with the new key alone, the old one is taken off.
    const after = await authority({ present: next, next: null }, one === two ? store : await database.open());
    expect(after.services.issuer.keys.atRest().master.map(({ use }) => use).toSorted()).toEqual(['former', 'present']);
    expect(await after.services.issuer.keys.rotateMaster('finish', by)).toMatchObject({ master: [{ use: 'present' }] });
    await expect(authority({ present: old, next: null })).rejects.toThrow(MasterKeyWrong);
    await expect(after.services.issuer.keys.rotateMaster('finish', by)).rejects.toMatchObject({ code: 'MASTER_KEY_STEP' });
  }, 180_000);

  test('steps that do not fit the configuration change nothing', async () => {
    const alone = await authority({ present: old, next: null });
    for (const step of ['rotate', 'finish'] as const) await expect(alone.services.issuer.keys.rotateMaster(step, by)).rejects.toMatchObject({ code: 'MASTER_KEY_STEP' });
    const both = await authority({ present: old, next });
    await expect(both.services.issuer.keys.rotateMaster('finish', by)).rejects.toMatchObject({ code: 'MASTER_KEY_STEP' });
    await both.services.issuer.keys.rotateMaster('rotate', by);
    // This process does not have the new key: a data key of its own would not open with it.
    await alone.context.ring.reload();
    await expect(alone.services.issuer.keys.rotateData(by)).rejects.toMatchObject({ code: 'MASTER_KEY_STEP' });
    await openRing({ store, masters: { present: next, next: null }, random, now });
  });

  test('sealing anew that was cut short goes on; a value that changed meanwhile is not overwritten, one that was tampered with stays', async () => {
    const one = await authority({ present: old, next: null });
    const world = await createWorld(one);
    const desktop = await world.activated('ana', 'admin');
    const [{ id, sealed } = { id: '', sealed: new Uint8Array() }] = await store.read.sealedValues('share', '', 1);
    await one.services.issuer.keys.rotateData(by);
    skipped = sealsAfter;
    expect(await store.transaction((tx) => tx.reseal('share', id, Uint8Array.of(1), Uint8Array.of(2)))).toBe(false);
    expect((await store.read.sealedValues('share', '', 1))[0]?.sealed).toEqual(sealed);
    let calls = 0;
    const dying: Store = { ...store, transaction: (work) => (++calls > 2 ? Promise.reject(new Error('killed')) : store.transaction(work)) };
    await expect((await openRing({ store: dying, masters: { present: old, next: null }, random, now })).reseal()).rejects.toThrow('killed');
    expect((await outdated(one)).old).toBeGreaterThan(0);
    const broken = Uint8Array.from(sealed, (byte, at) => (at === sealed.length - 1 ? byte ^ 1 : byte));
    await store.transaction(async (tx) => { await tx.updateDevice(desktop.deviceId!, { pinVerifier: broken }); });
    await one.context.ring.reseal();
    expect(await outdated(one)).toMatchObject({ old: 1 });
    expect((await store.read.device(desktop.deviceId!))?.pinVerifier).toEqual(broken);
  });

  test('what portals left sealed is under the new key, opens as before, and is not put into another row', async () => {
    const one = await authority({ present: old, next: null });
    const { context, services, sealer } = one;
    const world = await createWorld(one);
    const luis = await world.activated('luis');
    const portal = await addPortal(world);
    const opened = await services.portals.requests.open(portal, loginOf('luis'), 'ciba', '203.0.113.9');
    const answer = () => services.portals.once(portal, 'una/clave', { name: 'prueba', input: {} }, async () => ({ drawn: randomUUID() }));
    const first = await answer();
    const [code, action] = [newId<string>(), actionRow(world.company.id, luis.user.id)];
    const sealed = (identity: string) => sealer.seal(identity, new TextEncoder().encode(identity));
    const payloads = ['ClientCredentials', 'Grant'].map((model) => ({ model, idHash: hashText(model), payload: sealed(oidcIdentity(model, hashText(model))), grantId: null, expiresAt: null, consumedAt: null }));
    await store.transaction(async (tx) => {
      await tx.setAuthReq(opened.id, 'hash', sealed(notificationIdentity(opened.id)));
      for (const payload of payloads) await tx.putOidcPayload(payload);
      await tx.addAction(action);
      await tx.addTemporaryCode({ id: code, userId: luis.user.id, companyId: world.company.id, actionId: action.id, codeHash: 'h', shown: sealed(temporaryCodeIdentity(code)), createdAt: now(), expiresAt: now() + 3_600_000, usedAt: null, voidedAt: null });
    });
    await services.issuer.keys.rotateData(by);
    skipped = sealsAfter;
    const before = await outdated(one);
    expect(before.old).toBe(before.all);
    expect(await context.ring.reseal()).toBe(before.all);
    expect(await outdated(one)).toEqual({ all: before.all, old: 0 });

    const text = (identity: string, value: Uint8Array | null | undefined) => new TextDecoder().decode(sealer.open(identity, value ?? new Uint8Array()));
    const request = await store.read.portalRequest(opened.id);
    expect(openNumber(context, request!)).toBe(opened.number);
    expect(text(notificationIdentity(opened.id), request?.notificationToken)).toBe(notificationIdentity(opened.id));
    expect(await answer()).toEqual(first);
    for (const { model, idHash } of payloads) expect(text(oidcIdentity(model, idHash), (await store.read.oidcPayload(model, idHash))?.payload)).toBe(oidcIdentity(model, idHash));
    expect(text(temporaryCodeIdentity(code), await store.transaction((tx) => tx.takeTemporaryCode(code)))).toBe(temporaryCodeIdentity(code));
    const [other] = await store.read.sealedValues('oidcPayload', '', 1);
    expect(await store.transaction((tx) => tx.reseal('oidcPayload', 'Grant', other!.sealed, Uint8Array.of(1)))).toBe(false);
  });

  test('of a key that was replaced or revoked the private half is gone; what it signed and its hand-over still verify', async () => {
    const one = await authority({ present: old, next: null });
    const { context: { keys }, services: { issuer } } = one;
    const early = await keys.sign('x+jwt', { iat: 1 });
    for (let n = 0; n < 2; n++) await issuer.keys.rotate(by);
    const [, middle] = await store.read.authorityKeys();
    expect((await store.read.authorityKeys()).map(({ privateKey }) => privateKey === null)).toEqual([true, true, false]);
    expect(await keys.verify('x+jwt', early)).toEqual({ iat: 1 });
    expect((await keys.published()).handovers).toHaveLength(2);
    await issuer.keys.revoke(await keys.thumbprint(), by);
    expect((await store.read.authorityKeys()).filter(({ privateKey }) => privateKey !== null)).toMatchObject([{ thumbprint: await keys.thumbprint(), retiredAt: null }]);
    expect(await store.read.sealedValues('authorityKey', '', 10)).toHaveLength(1);
    // On the disk as well, and a key set of before the change is brought up to it.
    const tamper = await tamperWith(database);
    await sql`update "authorityKeys" set "privateKey" = "publicKey" where "thumbprint" = ${middle?.thumbprint}`.execute(tamper.db).catch(() => sql`update "authorityKeys" set "privateKey" = convert_to("publicKey", 'UTF8') where "thumbprint" = ${middle?.thumbprint}`.execute(tamper.db));
    for (const statement of retiredKeys.statements({} as never, name)) await sql.raw(statement).execute(tamper.db);
    await tamper.close();
    expect((await store.read.authorityKeys()).map(({ privateKey }) => privateKey === null)).toEqual([true, true, true, false]);
    await one.context.ring.reseal();
  });

  test('a device follows a chain of which it missed several links, and none that leads through a revoked key', async () => {
    const { context: { keys }, services } = await authority({ present: old, next: null });
    const pinned = (await keys.published()).keys;
    for (let n = 0; n < 4; n++) await services.issuer.keys.rotate(by);
    const served = await keys.published();
    expect(served.handovers).toHaveLength(4);
    const followed = await authorityTrust.follow(pinned, served);
    expect(followed.map(({ x }) => x)).toEqual(served.keys.map(({ x }) => x));

    const third = (await services.issuer.keys.list())[2]?.thumbprint ?? '';
    await services.issuer.keys.revoke(third, by);
    const after = await keys.published();
    expect(after.keys).toHaveLength(4);
    await expect(authorityTrust.follow(pinned, after)).rejects.toMatchObject({ code: 'AUTHORITY_KEY_CHANGED' });
    // Who already trusts the newest goes on, without the revoked one; what that one signs afterwards leads nowhere.
    const left = await authorityTrust.follow(followed, after);
    expect(left.map(({ x }) => x)).toEqual(after.keys.map(({ x }) => x));
    const newest = (await services.issuer.keys.list()).find(({ retiredAt }) => retiredAt === null)?.thumbprint ?? '';
    await services.issuer.keys.revoke(newest, by);
    await expect(authorityTrust.follow(left, await keys.published())).rejects.toMatchObject({ code: 'AUTHORITY_KEY_CHANGED' });
    await expect(authorityTrust.follow(left, { keys: (await keys.published()).keys, handovers: served.handovers })).rejects.toMatchObject({ code: 'AUTHORITY_KEY_CHANGED' });
  });
});
