import { expect, test } from 'vitest';
import { by, codeOf, type Desktop } from '../../test/support/authority-world.ts';
import { useWorld } from '../../test/support/use-world.ts';
import type { NumberedEvent } from './events.ts';

const used = useWorld();

/** A device that listens. `next` waits for the next event; `ended` for the end of the stream. */
async function listen(desktop: Desktop, lastEventId?: string) {
  const stop = new AbortController();
  const stream = used.world.services.events.subscribe(await desktop.caller(), lastEventId, stop.signal);
  const next = async (): Promise<NumberedEvent> => {
    const { value, done } = await stream.next();
    if (done === true) throw new Error('the stream has ended');
    return value;
  };
  return {
    next, stop: () => stop.abort(),
    types: async (count: number) => { const types = []; for (let at = 0; at < count; at++) types.push((await next()).event.type); return types; },
    ended: async () => { for (;;) if ((await stream.next()).done === true) return true; },
  };
}

test('hello, then everything that concerns the device, as it happens', async () => {
  const desktop = await used.world.activated('luis');
  const heard = await listen(desktop);
  expect((await heard.next()).event.type).toBe('hello');
  await used.world.services.issuer.companies.setPolicy(used.world.company.id, { autoLockMinutes: 3 }, by);
  expect((await heard.next()).event).toEqual({ type: 'policy.changed' });
  // A member hears nothing of the admins' table.
  const eva = await used.world.person('eva');
  await used.world.services.issuer.tokens.assign(eva.userName, by);
  heard.stop();
  expect(await heard.ended()).toBe(true);
});

test('an admin hears of the table, and a resumed stream of everything in between, once', async () => {
  const admin = await used.world.activated('ana', 'admin');
  const first = await listen(admin);
  const { id } = await first.next();
  first.stop();
  await used.world.person('eva');
  await used.world.services.issuer.tokens.assign('eva', by);
  const second = await listen(admin, String(id));
  expect(await second.types(3)).toEqual(['hello', 'users.changed', 'tokens.changed']);
  await used.world.person('luis');
  expect((await second.next()).event.type).toBe('users.changed');
});

test('what can no longer be told one by one is told to read anew', async () => {
  const admin = await used.world.activated('ana', 'admin');
  expect(await (await listen(admin, 'nonsense')).types(2)).toEqual(['hello', 'resync']);
});

test('S17: blocking ends the stream with the event that says so; a new one hears of the unblock', async () => {
  const desktop = await used.world.activated('luis');
  const heard = await listen(desktop);
  await heard.next();
  await used.world.services.issuer.tokens.block(desktop.serial!, by);
  expect((await heard.next()).event).toEqual({ type: 'token.changed', state: 'blocked' });
  expect(await heard.ended()).toBe(true);
  const again = await listen(desktop);
  await again.next();
  await used.world.services.issuer.tokens.unblock(desktop.serial!, by);
  expect((await again.next()).event).toEqual({ type: 'token.changed', state: 'active' });
});

test('S17: a block between the session check and the first event is not missed', async () => {
  const desktop = await used.world.activated('luis');
  const before = await desktop.caller();
  await used.world.services.issuer.tokens.block(desktop.serial!, by);
  const stream = used.world.services.events.subscribe(before, undefined, new AbortController().signal);
  expect(await codeOf(stream.next())).toBe('SESSION_REQUIRED');
});

test('S17: a revoked token and a suspended company end the stream', async () => {
  const [desktop, other] = [await used.world.activated('luis'), await used.world.activated('eva')];
  const [revoked, suspended] = [await listen(desktop), await listen(other)];
  await revoked.next();
  await suspended.next();
  await used.world.services.issuer.tokens.revoke(desktop.serial!, by);
  expect(await revoked.ended()).toBe(true);
  await used.world.services.issuer.companies.suspend(used.world.company.id, by);
  expect(await suspended.ended()).toBe(true);
});

test('a device that is activated while it listens begins to hear as an admin', async () => {
  await used.world.activated('ana', 'admin');
  const bea = await used.world.person('bea', { role: 'admin' });
  const { serial } = await used.world.services.issuer.tokens.assign('bea', by);
  const desktop = used.world.desktop(bea);
  await desktop.bind();
  await desktop.open();
  const heard = await listen(desktop);
  await heard.next();
  await used.world.services.issuer.tokens.activate(serial, by);
  expect((await heard.next()).event).toEqual({ type: 'token.changed', state: 'active' });
  expect((await heard.next()).event.type).toBe('tokens.changed');
});
