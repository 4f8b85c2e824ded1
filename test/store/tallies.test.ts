import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Token, User } from '../../authority/store/entities.ts';
import type { Store } from '../../authority/store/store.ts';
import { tokenStates, type TokenState } from '../../shared/domain/token-states.ts';
import type { CompanyId, TokenId } from '../../shared/domain/ids.ts';
import { addScene, at, newId, T0, type Scene } from '../support/rows.ts';
import { createDatabase, databases, type TestDatabase } from '../support/stores.ts';
import { tamperWith, type Tamper } from '../support/tamper.ts';

describe.each(databases)('totals on %s', (name) => {
  let database: TestDatabase;
  let store: Store;
  let tamper: Tamper;
  beforeAll(async () => { database = await createDatabase(name); store = await database.open(); tamper = await tamperWith(database); });
  afterAll(async () => { await tamper.close(); await database.remove(); });

  const scene = () => addScene(store, { users: 4, tokens: 6, held: 2 });

  /** As the store counted before it kept totals: by the rows. */
  async function counted(companyId: CompanyId) {
    const tokens = await tamper.db.selectFrom('tokens').select('state').where('companyId', '=', companyId).execute();
    const users = await tamper.db.selectFrom('users').select(['active', 'assignable']).where('companyId', '=', companyId).execute();
    const is = (value: unknown) => Number(value) === 1;
    return {
      tokens: Object.fromEntries(tokenStates.map((state) => [state, tokens.filter((token) => token.state === state).length])),
      users: { all: users.length, assignable: users.filter(({ assignable }) => is(assignable)).length, inactive: users.filter(({ active }) => !is(active)).length },
    };
  }
  async function expectTrue(companyId: CompanyId): Promise<void> {
    expect({ tokens: await store.read.tokenCounts(companyId), users: await store.read.userCounts(companyId) }).toEqual(await counted(companyId));
    expect(await store.read.talliesDamaged()).toEqual([]);
  }

  const moving = (token: Token, to: TokenState, user: User | null) => store.transaction((tx) => tx.moveToken(token.id, { from: tokenStates, to, now: T0, userId: user?.id ?? null })).catch(() => false);
  const state = fc.constantFrom(...tokenStates);
  const nth = fc.nat({ max: 3 });
  /** What a step does; a move that breaks a rule of the database fails as a whole. */
  const step = fc.oneof(
    { weight: 5, arbitrary: fc.record({ do: fc.constant('move' as const), token: nth, to: state, user: fc.option(nth) }) },
    fc.record({ do: fc.constant('together' as const), tokens: fc.uniqueArray(nth, { minLength: 2 }), to: state }),
    fc.record({ do: fc.constant('undone' as const), token: nth, to: state }),
    fc.record({ do: fc.constant('person' as const), user: nth, active: fc.boolean(), mobile: fc.option(fc.constant('+573009999999')) }),
    fc.record({ do: fc.constant('erase' as const), user: nth }),
    fc.record({ do: fc.constant('allocate' as const), count: fc.integer({ min: 1, max: 5 }) }),
    fc.record({ do: fc.constant('merge' as const) }),
  );

  type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
  async function run({ company, users, tokens }: Scene, what: Step): Promise<unknown> {
    switch (what.do) {
      case 'move': return moving(at(tokens, what.token), what.to, what.user === null ? null : at(users, what.user));
      case 'together': return Promise.all(what.tokens.map((token) => moving(at(tokens, token), what.to, null)));
      case 'undone': return store.transaction(async (tx) => { await tx.moveToken(at(tokens, what.token).id, { from: tokenStates, to: what.to, now: T0, userId: null }); throw new Error('undone'); }).catch(() => undefined);
      case 'person': return store.transaction(async (tx) => { await tx.updateUser(at(users, what.user).id, { active: what.active }); await tx.updatePersonal(at(users, what.user).id, { mobile: what.mobile }); });
      case 'erase': return store.transaction((tx) => tx.erasePersonal(at(users, what.user).id));
      case 'allocate': return store.transaction((tx) => tx.addTokens(company.id, what.count, T0, () => newId<TokenId>()));
      case 'merge': return Promise.all([store.transaction((tx) => tx.mergeTallies()), store.transaction((tx) => tx.mergeTallies())]);
    }
  }

  test('are the numbers of the rows after any sequence, also of moves at once, of undone ones, and between mergers', async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      const of = await scene();
      for (const each of steps) {
        await run(of, each);
        await expectTrue(of.company.id);
      }
    }), { numRuns: name === 'sqlite' ? 25 : 12 });
  }, 120_000);

  test('a transaction sees its own moves, nobody else does before the commit', async () => {
    const { company, tokens } = await scene();
    const before = await store.read.tokenCounts(company.id);
    await store.transaction(async (tx) => {
      await tx.moveToken(at(tokens, 5).id, { from: ['available'], to: 'blocked', now: T0 });
      expect(await tx.tokenCounts(company.id)).toEqual({ ...before, available: before.available - 1, blocked: 1 });
      expect(await store.read.tokenCounts(company.id)).toEqual(before);
    });
    await expectTrue(company.id);
  });

  // SQLite has one writer: there everybody waits.
  if (name === 'postgres') test('no move waits for another one of the same company that is not committed yet', async () => {
    const { company, tokens } = await scene();
    const second = await database.open();
    await store.transaction(async (tx) => {
      await tx.moveToken(at(tokens, 4).id, { from: ['available'], to: 'blocked', now: T0 });
      expect(await second.transaction((other) => other.moveToken(at(tokens, 5).id, { from: ['available'], to: 'blocked', now: T0 }))).toBe(true);
      await second.transaction((other) => other.mergeTallies());
    });
    await expectTrue(company.id);
  });

  test('merged, a company has one row for each state', async () => {
    const { company, tokens } = await scene();
    for (const to of ['blocked', 'revoked', 'blocked'] as const) await moving(at(tokens, 5), to, null);
    await store.transaction((tx) => tx.mergeTallies());
    const rows = await tamper.db.selectFrom('tokenTallies').select(['state', 'n']).where('companyId', '=', company.id).where('n', '<>', 0).orderBy('state').execute();
    expect(rows.map((row) => ({ ...row, n: Number(row.n) }))).toEqual([{ state: 'assigned', n: 2 }, { state: 'available', n: 3 }, { state: 'blocked', n: 1 }]);
    await expectTrue(company.id);
  });

  test('a total that somebody changed by hand is found, and written anew from the rows', async () => {
    const { company } = await scene();
    await tamper.db.insertInto('userTallies').values({ companyId: company.id, active: 1, assignable: 1, n: 7 }).onConflict((conflict) => (name === 'sqlite' ? conflict.doUpdateSet({ n: 9 }) : conflict.doNothing())).execute();
    await tamper.db.deleteFrom('tokenTallies').where('companyId', '=', company.id).where('state', '=', 'available').execute();
    expect(await store.read.talliesDamaged()).toEqual([
      { companyId: company.id, of: 'tokens', group: 'state=available', tallied: 0, counted: 4 },
      { companyId: company.id, of: 'users', group: 'active=1 assignable=1', tallied: 9, counted: 2 },
    ]);
    await store.transaction((tx) => tx.recount());
    await expectTrue(company.id);
  });
});
