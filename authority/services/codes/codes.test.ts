import { describe, expect, test, vi } from 'vitest';
import { addCodePerson, codeEvents, failTimes, type CodePerson } from '../../../test/support/code-people.ts';
import { by } from '../../../test/support/authority-world.ts';
import { useWorld } from '../../../test/support/use-world.ts';
import { forever } from '../../store/store.ts';
import { codeLock } from './channel.ts';
import { checkCode } from './check.ts';

const used = useWorld();
const refused = { accepted: false, method: null };
const check = (person: CodePerson, code: string) => used.world.services.codes.check(person.attempt(code));
const now = () => used.world.store.now();
const wrong = async (person: CodePerson) => person.wrongCode(await now());
const pass = (milliseconds: number) => used.pass({ seconds: milliseconds / 1000 });

describe('S3, S4: steps of the virtual token', () => {
  test.each([[-2, false], [-1, true], [0, true], [1, true], [2, false]])('a code of %i steps from now: %s', async (steps, accepted) => {
    const person = await addCodePerson(used.world);
    expect((await check(person, person.virtualCode(await now(), steps))).accepted).toBe(accepted);
  });
  test('a step older than the last accepted one never is', async () => {
    const person = await addCodePerson(used.world);
    const [before, present] = [person.virtualCode(await now(), -1), person.virtualCode(await now())];
    expect((await check(person, present)).accepted).toBe(true);
    expect(await check(person, before)).toEqual(refused);
    expect((await codeEvents(used.world, person.company.id)).at(-1)).toMatchObject({ event: 'code.refused', why: 'used' });
    used.pass({ seconds: 30 });
    expect((await check(person, person.virtualCode(await now()))).accepted).toBe(true);
  });
  test('the time of a client is not even read: there is no field for it', async () => {
    const person = await addCodePerson(used.world);
    const early = person.virtualCode(await now(), 5);
    const attempt = { ...person.attempt(early), now: (await now()) + 150_000, time: (await now()) + 150_000 };
    expect(await used.world.services.codes.check(attempt)).toEqual(refused);
  });
  test('as people type it, and in eight digits where the company has them', async () => {
    const person = await addCodePerson(used.world, { company: { otpDigits: 8 } });
    const code = person.virtualCode(await now());
    expect((await check(person, `${code.slice(0, 4)} ${code.slice(4)}`)).accepted).toBe(true);
    expect(await check(person, code.slice(0, 6))).toEqual(refused);
  });
});

describe('hardware tokens', () => {
  const withHardware = (hardware: object) => addCodePerson(used.world, { token: null, hardware: { state: 'on', ...hardware } });
  test('HOTP: ten counters ahead, never back', async () => {
    const person = await withHardware({});
    expect(await check(person, person.hardwareCode({ counter: 11 }))).toEqual(refused);
    expect((await check(person, person.hardwareCode({ counter: 10 }))).accepted).toBe(true);
    expect(await check(person, person.hardwareCode({ counter: 9 }))).toEqual(refused);
    expect((await check(person, person.hardwareCode({ counter: 11 }))).accepted).toBe(true);
  });
  test('TOTP: one step of drift a success, at most ten', async () => {
    const person = await withHardware({ type: 'totp', counter: null });
    for (let drift = 1; drift <= 11; drift++) {
      used.pass({ seconds: 30 });
      expect([drift, await check(person, person.hardwareCode({ now: await now(), steps: drift + 1 }))]).toEqual([drift, refused]);
      expect((await check(person, person.hardwareCode({ now: await now(), steps: drift }))).accepted).toBe(true);
    }
    expect(await used.world.store.read.hardwareToken(person.hardware.id)).toMatchObject({ drift: 10 });
    expect(await check(person, person.hardwareCode({ now: await now(), steps: 12 }))).toEqual(refused);
  });
  test('S4: a code of a hardware clock is taken once, and no older step after it, though both stand in the window', async () => {
    const person = await withHardware({ type: 'totp', counter: null });
    const [before, present] = [person.hardwareCode({ now: await now(), steps: -1 }), person.hardwareCode({ now: await now() })];
    expect((await check(person, present)).accepted).toBe(true);
    for (const again of [present, before]) expect(await check(person, again)).toEqual(refused);
    expect((await codeEvents(used.world, person.company.id)).map(({ why }) => why).slice(-2)).toEqual(['used', 'used']);
  });
});

describe('S5: the code channel', () => {
  test('the numbers: 20 s, 1 min, 5 min, twice 15 min, then until it is lifted', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 500].map(codeLock)).toEqual([null, null, null, null, 20_000, 60_000, 300_000, 900_000, 900_000, forever, forever, forever]);
  });
  test.each([[5, 20], [6, 60], [7, 300], [8, 900], [9, 900]])('the wrong code number %i locks for %i s, the right one too', async (failures, seconds) => {
    const person = await addCodePerson(used.world);
    await failTimes(used.world, person, failures, pass);
    used.pass({ seconds: seconds - 1 });
    expect(await check(person, person.virtualCode(await now()))).toEqual(refused);
    expect((await codeEvents(used.world, person.company.id)).at(-1)).toMatchObject({ why: 'locked', failures });
    used.pass({ seconds: 1 });
    expect((await check(person, person.virtualCode(await now()))).accepted).toBe(true);
    expect(await used.world.store.read.codeChannel(person.user.id)).toMatchObject({ failures: 0, lockedUntil: null });
  });
  test('the tenth locks for good; kinds of codes share the count', async () => {
    const person = await addCodePerson(used.world, { token: 'blocked', hardware: { state: 'on' }, temporary: {} });
    await failTimes(used.world, person, 10, pass);
    used.pass({ hours: 24 });
    for (const code of [person.hardwareCode({ counter: 0 }), person.temporary]) expect(await check(person, code)).toEqual(refused);
    expect((await codeEvents(used.world, person.company.id)).at(-1)).toMatchObject({ why: 'locked', failures: 10, lockedUntil: 'lifted' });
  });
  test('push goes on, and approving lifts a lock for good but no shorter one', async () => {
    const admin = await used.world.activated('ana', 'admin');
    const member = await used.world.person('luis');
    const fail = async (times: number) => {
      for (let n = 0; n < times; n++) {
        await used.world.services.codes.check({ user: admin.user, company: used.world.company, code: '0', purpose: 'login' });
        used.pass({ minutes: 15 });
      }
    };
    const failures = async () => (await used.world.store.read.codeChannel(admin.user.id)).failures;
    const approve = (name: string) => used.world.approved(admin, { kind: 'editUser', userId: member.id, changes: { name } });
    await fail(9);
    expect(await approve('Luis Uno')).toMatchObject({ actionState: 'done' });
    expect(await failures()).toBe(9);
    await fail(1);
    expect(await approve('Luis Dos')).toMatchObject({ actionState: 'done' });
    expect(await failures()).toBe(0);
    expect((await codeEvents(used.world, used.world.company.id)).at(-1)).toMatchObject({ event: 'code.unlocked', failures: 10 });
  });
});

describe('one answer, one cost', () => {
  /** Names of the store's methods that an attempt called, and how often each secret was worked on. */
  async function traced(attempt: Parameters<typeof checkCode>[1]): Promise<{ answer: unknown; work: string[] }> {
    const { context } = used.world;
    const work: string[] = [];
    const noting = <T extends object>(target: T): T => new Proxy(target, {
      get(from, name, self) {
        const value: unknown = Reflect.get(from, name, self);
        if (typeof value !== 'function') return value;
        return (...values: unknown[]) => { work.push(String(name)); return Reflect.apply(value, from, values) as unknown; };
      },
    });
    const store = { ...context.store, transaction: <T>(run: (tx: never) => Promise<T>) => context.store.transaction((tx) => run(noting(tx) as never)) };
    return { answer: await checkCode({ ...context, store }, attempt), work };
  }
  test('wrong, unknown, foreign, blocked, suspended: the same bytes, the same statements', async () => {
    const people = [
      await addCodePerson(used.world), await addCodePerson(used.world, { token: 'blocked' }), await addCodePerson(used.world, { company: { suspended: true } }),
      await addCodePerson(used.world, { token: null, hardware: { state: 'on' } }), await addCodePerson(used.world, { hardware: null, temporary: {} }),
    ];
    const [first] = people;
    const code = await wrong(first as CodePerson);
    const attempts = [...people.map((person) => person.attempt(code)), { user: null, company: null, code, purpose: 'login' as const }, { user: people[1]?.user ?? null, company: first?.company ?? null, code, purpose: 'login' as const }];
    const [usual, ...others] = await Promise.all(attempts.map(traced));
    // Where a try is not counted, another statement stands for the counting.
    const alike = (work: readonly string[]) => work.map((name) => (name === 'countInWindow' ? 'countCodeTry' : name)).filter((name) => name !== 'resetCodeChannel');
    for (const other of others) {
      expect(JSON.stringify(other.answer)).toBe(JSON.stringify(usual?.answer));
      expect(alike(other.work)).toEqual(alike(usual?.work ?? []));
    }
    const locked = people[0] as CodePerson;
    await failTimes(used.world, locked, 4, pass);
    const last = await traced(locked.attempt(code));
    expect(JSON.stringify(last.answer)).toBe(JSON.stringify(usual?.answer));
    expect(alike(last.work)).toEqual(alike(usual?.work ?? []));
  });
  test('the audit trail tells them apart', async () => {
    const person = await addCodePerson(used.world);
    const blocked = await addCodePerson(used.world, { token: 'blocked' });
    await check(person, await wrong(person));
    await check(blocked, await wrong(blocked));
    await used.world.services.codes.check({ user: null, company: null, code: '123456', purpose: 'login' });
    expect((await codeEvents(used.world, person.company.id)).at(-1)).toMatchObject({ why: 'wrong', failures: 1 });
    expect((await codeEvents(used.world, blocked.company.id)).at(-1)).toMatchObject({ why: 'notAllowed' });
    expect((await codeEvents(used.world, 'authority')).at(-1)).toMatchObject({ why: 'unknown' });
  });
  test('while the channel is locked, or for nobody, no secret of a person is opened', async () => {
    const person = await addCodePerson(used.world, { token: 'blocked', hardware: { state: 'on' } });
    await failTimes(used.world, person, 5, pass);
    const open = vi.spyOn(used.world.sealer, 'open');
    await check(person, '123456');
    await used.world.services.codes.check({ user: null, company: null, code: '123456', purpose: 'login' });
    expect(open).not.toHaveBeenCalled();
  });
});

test('the second proof at the binding counts on the same channel, and is locked with it', async () => {
  const { world } = used;
  const user = await world.person('eva');
  const seed = new Uint8Array(20).fill(49);
  await world.services.issuer.hardware.add({ company: world.company.name, serial: 'HW-9', type: 'hotp', algorithm: 'sha1', digits: 6, period: 30, seed, counter: 0 }, by);
  await world.services.issuer.hardware.give('HW-9', 'eva', by);
  await world.services.issuer.tokens.assign('eva', by);
  const desktop = world.desktop(user);
  const binding = await desktop.start();
  for (let n = 0; n < 4; n++) await world.services.codes.check({ user, company: world.company, code: '1', purpose: 'login' });
  await expect(desktop.complete(binding, '000000')).rejects.toMatchObject({ code: 'SECOND_PROOF_WRONG' });
  await expect(desktop.complete(binding, await desktop.hardwareCode())).rejects.toMatchObject({ code: 'SECOND_PROOF_WRONG' });
  expect((await codeEvents(world, world.company.id)).at(-1)).toMatchObject({ why: 'locked' });
  used.pass({ seconds: 20 });
  await desktop.complete(binding, await desktop.hardwareCode());
  expect((await world.store.read.codeChannel(user.id)).failures).toBe(0);
});
