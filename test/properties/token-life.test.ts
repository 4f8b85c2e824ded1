import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { by, createTestAuthority, createWorld, hardwareSeed, type TestAuthority, type World } from '../support/authority-world.ts';
import { createDatabase, databases, type TestDatabase } from '../support/stores.ts';
import { Actor } from './actor.ts';
import { checkInvariants, checkTrail } from './invariants.ts';
import { applyCommand, personCommands, type PersonCommand, type PersonModel, type PoolModel } from './model.ts';

const rounds = Number(process.env['VINCULO_TEST_ROUNDS'] ?? 25);
/** A round on PostgreSQL takes three times as long. */
const roundsOn = { sqlite: rounds, postgres: Math.ceil(rounds / 3) };
const people = 2;
const pool = 4;

/** Several at once: they are put to the authority together and must answer as if they had come in some order. */
type Step = { readonly person: number; readonly commands: readonly PersonCommand[] };
const command = fc.constantFrom(...personCommands);
/** Mostly the first one, so that he gets far; the second one so that nothing of his moves by itself. */
const person = fc.constantFrom(0, 0, 0, 1);
const oneStep: fc.Arbitrary<Step> = fc.record({ person, commands: fc.tuple(command) });
const steps = fc.array(fc.oneof({ weight: 5, arbitrary: oneStep }, { weight: 1, arbitrary: fc.record({ person, commands: fc.array(command, { minLength: 2, maxLength: 3 }) }) }), { minLength: 5, maxLength: 18 });
/** Random commands seldom get far: most runs begin on the way to an active token. */
const beginning = fc.constantFrom<readonly PersonCommand[]>([], ['assign'], ['assign', 'bind', 'acknowledge'], ['assign', 'bind', 'acknowledge', 'activate'], ['assign', 'bind', 'acknowledge', 'activate', 'replacePlanned'], ['assign', 'bind', 'acknowledge', 'activate', 'replacePlanned', 'bind', 'acknowledge']);

describe.each(databases)('on %s', (name) => {
  let database: TestDatabase;
  let authority: TestAuthority;
  let worlds = 0;
  const numRuns = roundsOn[name];

  beforeAll(async () => {
    database = await createDatabase(name);
    authority = await createTestAuthority(await database.open());
  });
  afterAll(() => database.remove());

  test(`S13 S16 S17: the invariants hold after any sequence, also with commands at the same moment (${numRuns} rounds)`, async () => {
    await fc.assert(fc.asyncProperty(beginning, steps, async (first, rest) => {
      const world = await createWorld(authority, { number: ++worlds, pool });
      const { actors, models, counts } = await populate(world);
      for (const step of [...first.map((only) => ({ person: 0, commands: [only] })), ...rest]) {
        await play(step, actors, models, counts);
        await checkInvariants(world, counts, actors.map((actor, at) => ({ actor, model: models[at] as PersonModel })));
      }
      await checkTrail(world, actors);
    }), { numRuns });
  }, 600_000);
});

async function populate(world: World): Promise<{ actors: Actor[]; models: PersonModel[]; counts: PoolModel }> {
  const admin = await world.activated('admin', 'admin');
  const actors: Actor[] = [];
  for (let at = 0; at < people; at++) actors.push(new Actor(world, admin, await world.person(`persona${at}`)));
  const { hardware } = world.services.issuer;
  const serial = `HW-${world.company.serialPrefix}`;
  await hardware.add({ company: world.company.name, serial, type: 'hotp', algorithm: 'sha1', digits: 6, period: 30, seed: hardwareSeed, counter: 0 }, by);
  await hardware.give(serial, actors[0]?.user.userName ?? '', by);
  const models = actors.map((_actor, at): PersonModel => ({ active: true, hardware: at === 0 ? 'on' : 'none', token: null }));
  return { actors, models, counts: { available: pool - 1, allocated: pool } };
}

async function play({ person, commands }: Step, actors: readonly Actor[], models: PersonModel[], counts: PoolModel): Promise<void> {
  const actor = actors[person] as Actor;
  const results = await Promise.all(commands.map((each) => actor.run(each)));
  const explanation = explain(commands, results, models[person] as PersonModel, counts, await observed(actor));
  expect(explanation, `no order explains ${commands.map((each, at) => `${each}: ${String(results[at])}`).join(', ')} from ${JSON.stringify(models[person])}`).not.toBeNull();
  if (explanation === null) return;
  models[person] = explanation.model;
  Object.assign(counts, explanation.counts);
}

/** What tells orders with the same answers apart. */
async function observed({ world, user }: Actor): Promise<string> {
  const { read } = world.store;
  const token = await read.tokenOfUser(user.id);
  const devices = token === null ? [] : await read.devicesOfToken(token.id);
  const invitation = token === null ? null : await read.latestInvitation(token.id);
  return summary(token?.state ?? null, devices.some((device) => !device.replacing), devices.some((device) => device.replacing), invitation?.status === 'open', (await read.user(user.id))?.active === true, (await read.hardwareTokenOfUser(user.id))?.state ?? 'none');
}
const summaryOf = ({ token, active, hardware }: PersonModel): string => summary(token?.state ?? null, token?.device != null, token?.replacement != null, (token?.invited ?? 'none') !== 'none', active, hardware);
const summary = (...facts: (string | boolean | null)[]): string => JSON.stringify(facts);

/**
 * An order of the commands in which the model gives the same answers and ends where the authority is. Of several at once, one
 * may be refused that alone would not be: it was asked for before another one moved the row (invariant 5). But never all of them.
 */
function explain(commands: readonly PersonCommand[], results: readonly boolean[], model: PersonModel, counts: PoolModel, seen: string): { model: PersonModel; counts: PoolModel } | null {
  const alone = (each: PersonCommand) => applyCommand(structuredClone(model), { ...counts }, each);
  if (commands.every(alone) && !results.includes(true)) return null;
  for (const order of permutations(commands.map((_each, at) => at))) {
    const trial = { model: structuredClone(model), counts: { ...counts } };
    const same = order.every((at) => (commands.length > 1 && results[at] === false) || applyCommand(trial.model, trial.counts, commands[at] as PersonCommand) === results[at]);
    if (same && summaryOf(trial.model) === seen) return trial;
  }
  return null;
}

function permutations(items: readonly number[]): number[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((first, at) => permutations(items.toSpliced(at, 1)).map((rest) => [first, ...rest]));
}
