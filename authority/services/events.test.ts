import { expect, test, vi } from 'vitest';
import { readMessage } from '../../shared/contract/event-stream.ts';
import type { DeviceEvent } from '../../shared/contract/events.ts';
import { by, codeOf, type Desktop } from '../../test/support/authority-world.ts';
import { useWorld } from '../../test/support/use-world.ts';
import { listenerOf, type EventSink, type StreamEnd } from './event-stream.ts';

const used = useWorld();
type Message = { readonly id: string | null; readonly event: DeviceEvent };

/** A device's connection: what it was told, in order, and why it ended. `holds`: nothing leaves it before `release`. */
class Connection implements EventSink {
  readonly told: Message[] = [];
  why: StreamEnd | null = null;
  holds = false;
  #heard = 0;
  #wake = () => {};
  readonly #held: (() => void)[] = [];

  tell(message: Buffer, sent: () => void = () => {}): void {
    const read = readMessage(message.toString());
    if (read?.type !== 'event' || read.event === null) throw new Error('no event of the contract');
    this.told.push({ id: read.id, event: read.event });
    if (this.holds) this.#held.push(sent);
    else sent();
    this.#wake();
  }
  ended(why: StreamEnd): void {
    this.why = why;
    this.#wake();
  }
  /** One of those that were held, or all and those that come. */
  release(which: 'one' | 'all'): void {
    this.holds &&= which === 'one';
    for (const sent of this.#held.splice(0, which === 'one' ? 1 : Infinity)) sent();
  }
  async next(): Promise<Message> {
    for (;;) {
      const message = this.told[this.#heard];
      if (message !== undefined) return this.told[this.#heard++]!;
      if (this.why !== null) throw new Error('the stream has ended');
      await new Promise<void>((resolve) => { this.#wake = resolve; });
    }
  }
  async types(count: number): Promise<string[]> {
    const types = [];
    for (let at = 0; at < count; at++) types.push((await this.next()).event.type);
    return types;
  }
  /** Why the stream ended, whatever was told before. */
  async end(): Promise<StreamEnd> {
    while (this.why === null) await new Promise<void>((resolve) => { this.#wake = resolve; });
    return this.why;
  }
}

/** A device that listens. */
async function listen(desktop: Desktop, lastEventId?: string, connection = new Connection()): Promise<Connection & { stop(): void }> {
  const stream = used.world.services.events.subscribe(listenerOf(await desktop.caller()), connection);
  (await stream.open(lastEventId)).begin();
  return Object.assign(connection, { stop: () => stream.stop() });
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
  expect(heard.told).toHaveLength(2);
  heard.stop();
  await used.world.services.issuer.companies.setPolicy(used.world.company.id, { autoLockMinutes: 4 }, by);
  expect(heard.told).toHaveLength(2);
  expect(heard.why).toBeNull();
});

test('an admin hears of the table, and a resumed stream of everything in between, once', async () => {
  const admin = await used.world.activated('ana', 'admin');
  const first = await listen(admin);
  const { id } = await first.next();
  first.stop();
  await used.world.person('eva');
  await used.world.services.issuer.tokens.assign('eva', by);
  const second = await listen(admin, id!);
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
  expect(await heard.end()).toBe('over');
  const again = await listen(desktop);
  await again.next();
  await used.world.services.issuer.tokens.unblock(desktop.serial!, by);
  expect((await again.next()).event).toEqual({ type: 'token.changed', state: 'active' });
});

test('S17: a block between the session check and the first event is not missed', async () => {
  const desktop = await used.world.activated('luis');
  const before = await desktop.caller();
  await used.world.services.issuer.tokens.block(desktop.serial!, by);
  const stream = used.world.services.events.subscribe(listenerOf(before), new Connection());
  expect(await codeOf(stream.open(undefined))).toBe('SESSION_REQUIRED');
});

test('S17: a revoked token and a suspended company end the stream', async () => {
  const [desktop, other] = [await used.world.activated('luis'), await used.world.activated('eva')];
  const [revoked, suspended] = [await listen(desktop), await listen(other)];
  await revoked.next();
  await suspended.next();
  await used.world.services.issuer.tokens.revoke(desktop.serial!, by);
  expect(await revoked.end()).toBe('over');
  await used.world.services.issuer.companies.suspend(used.world.company.id, by);
  expect(await suspended.end()).toBe('over');
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
  await used.world.person('eva'); // of which admins are told, and nobody who waits for his activation
  await used.world.services.issuer.tokens.activate(serial, by);
  expect((await heard.next()).event).toEqual({ type: 'token.changed', state: 'active' });
  expect((await heard.next()).event.type).toBe('tokens.changed');
});

test('a company is read once for an event, however many of it are told', async () => {
  const streams = [await listen(await used.world.activated('luis')), await listen(await used.world.activated('eva'))];
  for (const heard of streams) await heard.next();
  const read = vi.spyOn(used.world.store.read, 'company');
  await used.world.services.issuer.companies.suspend(used.world.company.id, by);
  for (const heard of streams) expect(await heard.end()).toBe('over');
  expect(read).toHaveBeenCalledTimes(1);
  read.mockRestore();
});

test('what happens while the missed events are being told comes behind them, each once and in order', async () => {
  const admin = await used.world.activated('ana', 'admin');
  const first = await listen(admin);
  const { id } = await first.next();
  first.stop();
  await used.world.person('eva');
  await used.world.person('luis');
  const slow = new Connection();
  slow.holds = true;
  const listening = listen(admin, id!, slow);
  await used.world.person('bea'); // told by the hub, and perhaps read as well
  const second = await listening;
  await used.world.person('caro');
  expect(second.told.map(({ event }) => event.type)).toEqual(['hello']); // a device that does not read is not written to
  second.release('one');
  await new Promise((resolve) => { setImmediate(resolve); });
  expect(second.told).toHaveLength(2);
  second.release('all');
  expect(await second.types(5)).toEqual(['hello', ...Array<string>(4).fill('users.changed')]);
  await used.world.person('dora');
  expect((await second.next()).event.type).toBe('users.changed');
  const ids = second.told.flatMap(({ id }) => (id === null ? [] : [Number(id)]));
  expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
});

test('S27: a device that does not read is not kept in memory for: beyond a thousand events it has to come again', async () => {
  const desktop = await used.world.activated('luis');
  const connection = new Connection();
  connection.holds = true;
  await listen(desktop, undefined, connection);
  await used.world.store.transaction(async (tx) => {
    for (let n = 0; n < 1_000; n++) await tx.addEvent({ kind: 'device', id: desktop.deviceId! }, '{"type":"keys.changed"}', n);
  });
  expect(connection.why).toBeNull();
  await used.world.store.transaction((tx) => tx.addEvent({ kind: 'device', id: desktop.deviceId! }, '{"type":"keys.changed"}', 0));
  expect(connection.why).toBe('behind');
  connection.release('all');
  expect(connection.told.map(({ event }) => event.type)).toEqual(['hello']);
});

test('a stream whose device can no longer be read ends with the reason', async () => {
  const desktop = await used.world.activated('luis');
  const heard = await listen(desktop);
  await heard.next();
  const { store } = used.world;
  await store.transaction(async (tx) => {
    await tx.addEvent({ kind: 'device', id: desktop.deviceId! }, '{"type":"token.changed","state":"active"}', 0);
    tx.afterCommit(() => void store.close());
  });
  expect(await heard.end()).toMatchObject({ failed: { code: 'STORE_UNAVAILABLE' } });
});
