import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '../../authority/store/store.ts';
import { addScene, at, companyRow, hardwareRow, newId, personalRow, T0, userRow } from '../support/rows.ts';
import { createDatabase, databases, type TestDatabase } from '../support/stores.ts';

describe.each(databases)('companies, people and hardware tokens on %s', (name) => {
  let database: TestDatabase;
  let store: Store;
  beforeAll(async () => { database = await createDatabase(name); store = await database.open(); });
  afterAll(() => database.remove());

  test('a company comes back as it was written and changed', async () => {
    const company = companyRow({ fourEyes: true, otpDigits: 8 });
    await store.transaction((tx) => tx.addCompany(company));
    expect(await store.read.company(company.id)).toEqual(company);
    expect(await store.read.companyByName(company.name)).toEqual(company);
    await store.transaction((tx) => tx.updateCompany(company.id, { enabled: false, suspended: true, fourEyes: false, autoLockMinutes: 15 }));
    expect(await store.read.company(company.id)).toEqual({ ...company, enabled: false, suspended: true, fourEyes: false, autoLockMinutes: 15 });
    await store.transaction((tx) => tx.updateCompany(company.id, {}));
    expect((await store.read.companies()).map(({ id }) => id)).toContain(company.id);
    expect(await store.read.company(newId())).toBeNull();
  });

  test('a user comes back whole; the name is taken once, also by twenty at a time', async () => {
    const { company } = await addScene(store);
    const user = userRow(company.id, { role: 'admin', language: 'en', contactsChangedAt: T0, personal: personalRow({ mobile: null, emailBounced: true }) });
    const added = await Promise.all(Array.from({ length: 20 }, (_, i) => store.transaction((tx) => tx.addUser({ ...user, id: i === 0 ? user.id : newId() }))));
    expect(added.filter(Boolean)).toHaveLength(1);
    const kept = await store.read.userByName(user.userName);
    expect(kept).toEqual({ ...user, id: kept?.id });
    expect((await store.read.admins(company.id)).map(({ userName }) => userName)).toEqual([user.userName]);
  });

  test('changes of user and person', async () => {
    const { users: [user] } = await addScene(store);
    const id = user?.id ?? newId();
    await store.transaction(async (tx) => {
      await tx.updateUser(id, { active: false, inactiveSince: T0 + 1 });
      await tx.updatePersonal(id, { name: 'Otra Persona', mobile: null, emailBounced: true });
      await tx.updateUser(id, {});
      await tx.updatePersonal(id, {});
    });
    expect(await store.read.user(id)).toMatchObject({ active: false, inactiveSince: T0 + 1, personal: { name: 'Otra Persona', mobile: null, emailBounced: true, email: user?.personal?.email } });
  });

  test('who can be assigned a token is known after every kind of change', async () => {
    const { company, users, tokens } = await addScene(store, { users: 1, tokens: 1, held: 0 });
    const id = at(users, 0).id;
    const assignable = async () => (await store.read.userCounts(company.id)).assignable;
    const after = async (change: Parameters<Store['transaction']>[0]) => { await store.transaction(change); return assignable(); };
    expect(await assignable()).toBe(1);
    for (const [off, on] of [[{ mobile: null }, { mobile: '+573001234567' }], [{ mobile: '123' }, { mobile: '+573001234567' }], [{ email: null }, { email: 'a@b.example' }], [{ emailBounced: true }, { emailBounced: false }], [{ mobileBounced: true }, { mobileBounced: false }]]) {
      expect(await after((tx) => tx.updatePersonal(id, off ?? {})), JSON.stringify(off)).toBe(0);
      expect(await after((tx) => tx.updatePersonal(id, on ?? {}))).toBe(1);
    }
    expect(await after((tx) => tx.updateUser(id, { active: false }))).toBe(0);
    expect(await store.read.userCounts(company.id)).toEqual({ all: 1, assignable: 0, inactive: 1 });
    expect(await after((tx) => tx.updateUser(id, { active: true }))).toBe(1);
    const token = at(tokens, 0);
    expect(await after((tx) => tx.moveToken(token.id, { from: ['available'], to: 'assigned', now: T0, userId: id }))).toBe(0);
    expect(await after((tx) => tx.moveToken(token.id, { from: ['assigned'], to: 'available', now: T0, userId: null }))).toBe(1);
    await store.transaction((tx) => tx.moveToken(token.id, { from: ['available'], to: 'blocked', now: T0, userId: id }));
    expect(await after((tx) => tx.moveToken(token.id, { from: ['blocked'], to: 'revoked', now: T0 }))).toBe(1);
  });

  test('S30: erasing leaves nothing of the person in any row', async () => {
    const { company, users } = await addScene(store, { users: 2 });
    const [user, other] = [at(users, 0), at(users, 1)];
    await store.transaction(async (tx) => {
      await tx.updatePersonal(user.id, { name: 'Únicamente Ésta' });
      await tx.addMessage({ id: newId(), channel: 'sms', to: '+579990001111', userId: user.id, subject: null, sealed: new Uint8Array(Buffer.from('para Únicamente')), createdAt: T0, sentAt: null, tries: 0, nextTryAt: T0, failedAt: null });
      await tx.erasePersonal(user.id);
    });
    expect(await store.read.user(user.id)).toMatchObject({ id: user.id, personal: null, salt: null, userName: `erased-${user.id}` });
    expect(await store.read.user(other.id)).toEqual(other);
    const found = await store.read.tokens({ companyId: company.id, search: 'unicamente', state: null, sort: 'name', direction: 'asc', size: 5, position: 'first' });
    expect(found.total).toBe(0);
    const bySerial = await store.read.tokens({ companyId: company.id, search: 'fef', state: null, sort: 'name', direction: 'asc', size: 5, position: 'first' });
    expect(bySerial.rows[0]?.user?.personal).toBeNull();
    expect((await store.read.outbox({ limit: 5 })).find(({ userId }) => userId === user.id)).toMatchObject({ to: '', sealed: null, nextTryAt: null });
  });

  test('passwords and their one-time links', async () => {
    const { users: [user] } = await addScene(store);
    const userId = user?.id ?? newId();
    expect(await store.read.passwordHash(userId)).toBeNull();
    await store.transaction(async (tx) => { await tx.setPasswordHash(userId, 'one'); await tx.setPasswordHash(userId, 'two'); });
    expect(await store.read.passwordHash(userId)).toBe('two');
    const changed = await Promise.all(Array.from({ length: 10 }, (_, i) => store.transaction((tx) => tx.replacePasswordHash(userId, 'two', `three-${i}`))));
    expect(changed.filter(Boolean)).toHaveLength(1);
    expect(await store.read.passwordHash(userId)).toBe(`three-${changed.indexOf(true)}`);
    expect(await store.transaction((tx) => tx.replacePasswordHash(newId(), 'two', 'four'))).toBe(false);
    await store.transaction((tx) => tx.addPasswordLink({ hash: 'link', userId, expiresAt: T0 + 10 }));
    expect(await store.transaction((tx) => tx.consumePasswordLink('link', T0 + 10))).toBeNull();
    const used = await Promise.all(Array.from({ length: 10 }, () => store.transaction((tx) => tx.consumePasswordLink('link', T0 + 9))));
    expect(used.filter((found) => found === userId)).toHaveLength(1);
    expect(used.filter((found) => found === null)).toHaveLength(9);
    await store.transaction(async (tx) => { await tx.addPasswordLink({ hash: 'void', userId, expiresAt: T0 + 10 }); await tx.voidPasswordLinks(userId); });
    expect(await store.transaction((tx) => tx.consumePasswordLink('void', T0))).toBeNull();
  });

  test('hardware tokens: one serial, one per person, one use of a code', async () => {
    const { company, users } = await addScene(store);
    const token = hardwareRow(company.id, { userId: at(users, 0).id });
    expect(await store.transaction((tx) => tx.addHardwareToken(token))).toBe(true);
    expect(await store.transaction((tx) => tx.addHardwareToken({ ...token, id: newId(), userId: null }))).toBe(false);
    for (const found of [await store.read.hardwareToken(token.id), await store.read.hardwareTokenBySerial(token.serial), await store.read.hardwareTokenOfUser(at(users, 0).id)]) expect(found).toEqual(token);
    const used = await Promise.all(Array.from({ length: 20 }, () => store.transaction((tx) => tx.advanceHardware(token.id, 7, -1))));
    expect(used.filter(Boolean)).toHaveLength(1);
    expect(await store.transaction((tx) => tx.advanceHardware(token.id, 6, 0))).toBe(false);
    expect(await store.read.hardwareToken(token.id)).toMatchObject({ counter: 7, drift: -1 });
    expect(await store.transaction((tx) => tx.setHardwareState(token.id, ['off', 'lost'], 'on'))).toBe(false);
    const switched = await Promise.all(Array.from({ length: 10 }, () => store.transaction((tx) => tx.setHardwareState(token.id, ['on'], 'off'))));
    expect(switched.filter(Boolean)).toHaveLength(1);
    await store.transaction((tx) => tx.assignHardwareToken(token.id, null));
    expect(await store.read.hardwareTokenOfUser(at(users, 0).id)).toBeNull();
  });
});
