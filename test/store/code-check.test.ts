import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loginRule } from '../../shared/domain/login-rule.ts';
import { codeLock } from '../../authority/services/codes/channel.ts';
import { checkCode, type CodeVerdict } from '../../authority/services/codes/check.ts';
import { readHolder } from '../../authority/services/codes/holder.ts';
import { forever, type Store } from '../../authority/store/store.ts';
import { createTestAuthority, codeOf, type TestAuthority } from '../support/authority-world.ts';
import { addCodePerson, codeEvents, type CodeCell, type CodePerson } from '../support/code-people.ts';
import { createDatabase, databases, type TestDatabase } from '../support/stores.ts';

const refused = { accepted: false, method: null };
type Kind = 'code' | 'hardware' | 'temporary';

/** All at once; one that found no connection free accepted nothing. */
async function atOnce(times: number, work: (nth: number) => Promise<CodeVerdict>): Promise<CodeVerdict[]> {
  const settled = await Promise.allSettled(Array.from({ length: times }, (_, nth) => work(nth)));
  for (const one of settled) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'STORE_UNAVAILABLE' });
  return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}

/** The table of `domain.md`: what lets in, for a person who has one of everything. */
const cells: readonly (readonly [string, CodeCell, readonly Kind[]])[] = [
  ['not yet enabled, no token: the hardware token', { company: { enabled: false }, token: null, hardware: { state: 'on' } }, ['hardware']],
  ['not yet enabled, pending: the hardware token', { company: { enabled: false }, token: 'pending_activation', everActive: false, hardware: { state: 'on' } }, ['hardware']],
  ['not yet enabled, hardware token lost: nothing', { company: { enabled: false }, token: 'assigned', everActive: false, hardware: { state: 'lost' } }, []],
  ['enabled, never active: the hardware token', { token: 'assigned', everActive: false, hardware: { state: 'on' }, temporary: {} }, ['hardware']],
  ['enabled, never active, no hardware token that is on: no code', { token: 'assigned', everActive: false, hardware: { state: 'off' }, temporary: {} }, []],
  ['enabled, active: the virtual token', { temporary: null }, ['code']],
  ['enabled, active: never the hardware token, though it be on', { hardware: { state: 'on' } }, ['code']],
  ['enabled, active, with a temporary code: both', { temporary: {} }, ['code', 'temporary']],
  ['enabled, blocked: nobody', { token: 'blocked' }, []],
  ['enabled, blocked, with a temporary code: that', { token: 'blocked', temporary: {} }, ['temporary']],
  ['enabled, blocked, hardware token re-enabled: that', { token: 'blocked', hardware: { state: 'on' } }, ['hardware']],
  ['enabled, assigned again: nobody', { token: 'assigned' }, []],
  ['enabled, pending again: nobody', { token: 'pending_activation' }, []],
  ['enabled, revoked: nobody', { token: 'revoked' }, []],
  ['enabled, revoked, with a temporary code: that', { token: 'revoked', temporary: {} }, ['temporary']],
  ['a temporary code that has run out: not that', { token: 'blocked', temporary: { expiresAt: 1 } }, []],
  ['a temporary code that is void: not that', { token: 'blocked', temporary: { voidedAt: 1 } }, []],
  ['suspended, active: nobody', { company: { suspended: true }, temporary: {} }, []],
  ['suspended, hardware token on: nobody', { company: { suspended: true }, token: null, hardware: { state: 'on' } }, []],
  ['person deactivated: nobody', { user: { active: false }, temporary: {} }, []],
];

/** The same after a restart. */
const masters = { present: randomBytes(32), next: null };

describe.each(databases)('the check of a code on %s', (name) => {
  let database: TestDatabase;
  let store: Store;
  let authority: TestAuthority;
  beforeAll(async () => {
    database = await createDatabase(name);
    store = await database.open();
    authority = await createTestAuthority(store, 'quick', masters);
  });
  afterAll(() => database.remove());

  const check = (person: CodePerson, code: string) => authority.services.codes.check(person.attempt(code));
  const codesOf = async (person: CodePerson): Promise<Record<Kind, string>> => ({ code: person.virtualCode(await store.now()), hardware: person.hardwareCode({ counter: 0 }), temporary: person.temporary });

  test.each(cells)('invariant 8: %s', async (_name, cell, allowed) => {
    for (const kind of ['code', 'hardware', 'temporary'] as const) {
      const person = await addCodePerson(authority, cell);
      const holder = await readHolder(store.read, { userId: person.user.id, companyId: person.company.id }, await store.now());
      expect(holder === null ? null : loginRule(holder.facts).methods.filter((method) => method !== 'push' && method !== 'offline')).toEqual(allowed);
      const verdict = await check(person, (await codesOf(person))[kind]);
      expect([kind, verdict]).toEqual([kind, allowed.includes(kind) ? { accepted: true, method: kind } : refused]);
    }
  });

  test('a person asked for in another company is nobody', async () => {
    const [a, b] = [await addCodePerson(authority), await addCodePerson(authority)];
    expect(await authority.services.codes.check({ ...a.attempt(a.virtualCode(await store.now())), company: b.company })).toEqual(refused);
    expect(await check(a, a.virtualCode(await store.now()))).toEqual({ accepted: true, method: 'code' });
  });

  test.each(['code', 'hardware', 'temporary'] as const)('S4: of a hundred identical codes at once one is accepted (%s)', async (kind) => {
    const person = await addCodePerson(authority, kind === 'hardware' ? { token: null, hardware: { state: 'on' } } : { temporary: {} });
    const code = (await codesOf(person))[kind];
    const verdicts = await atOnce(100, () => check(person, code));
    expect(verdicts.filter(({ accepted }) => accepted)).toEqual([{ accepted: true, method: kind }]);
    expect(await check(person, code)).toEqual(refused);
  });

  test('S5: of two hundred wrong codes at once no more are compared than the rule allows', async () => {
    const person = await addCodePerson(authority);
    const now = await store.now();
    await atOnce(200, (nth) => check(person, person.wrongCode(now, nth)));
    const tries = (await codeEvents(authority, person.company.id)).filter(({ why }) => why !== 'locked');
    expect(tries.map(({ why }) => why)).toEqual(tries.map(() => 'wrong'));
    expect(tries.map(({ failures }) => failures)).toEqual(tries.map((_, nth) => nth + 1));
    // On a slow machine the first lock may have passed: each try stands after the lock of the one before.
    for (const [nth, { at }] of tries.slice(1).entries()) expect(at - (tries[nth]?.at ?? at)).toBeGreaterThanOrEqual(codeLock(nth + 1) ?? 0);
    expect(tries.length).toBeLessThan(8);
  });

  test('S18: without its data nothing is accepted', async () => {
    const person = await addCodePerson(authority);
    const code = person.virtualCode(await store.now());
    const away = await database.open();
    await away.close();
    const context = { ...authority.context, store: away };
    await expect(checkCode(context, person.attempt(code))).rejects.toThrow();
    // It was not used up either.
    expect(await check(person, code)).toEqual({ accepted: true, method: 'code' });
  });

  test('a channel that is locked for good stays so over a restart', async () => {
    const person = await addCodePerson(authority);
    await store.transaction((tx) => tx.countCodeTry(person.user.id, 1, () => forever));
    const again = await createTestAuthority(store, 'quick', masters);
    expect(await again.services.codes.check(person.attempt('123456'))).toEqual(refused);
    expect((await codeEvents(authority, person.company.id)).at(-1)).toMatchObject({ why: 'locked', lockedUntil: 'lifted' });
  });
});

describe('on PostgreSQL', () => {
  test('a process whose clock is more than 2 s off the database refuses codes', async () => {
    const database = await createDatabase('postgres');
    try {
      const authority = await createTestAuthority(await database.open());
      const person = await addCodePerson(authority);
      const late = await database.open(() => Date.now() + 3_500);
      const code = person.virtualCode(await authority.store.now());
      expect(await codeOf(checkCode({ ...authority.context, store: late }, person.attempt(code)))).toBe('STORE_UNAVAILABLE');
      expect(await authority.services.codes.check(person.attempt(code))).toEqual({ accepted: true, method: 'code' });
    } finally {
      await database.remove();
    }
  });
});
