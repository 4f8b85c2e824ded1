import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../../test/support/stores.ts';
import type { OutboxMessage } from '../store/entities.ts';
import type { Store } from '../store/store.ts';
import { createDispatcher, type Dispatcher, type DispatcherDeps } from './dispatcher.ts';
import { Held, NotSent, type OutgoingMessage } from './notifier.ts';

const start = Date.UTC(2026, 0, 5, 12);
let now = start;
let database: TestDatabase;
let store: Store;
let sent: OutgoingMessage[];
let answer: (message: OutgoingMessage) => Error | null;
let troubles: Parameters<DispatcherDeps['onTrouble']>[0][];
let dispatcher: Dispatcher;

beforeEach(async () => {
  now = start;
  database = await createDatabase('sqlite');
  store = await database.open(() => now);
  [sent, troubles, answer] = [[], [], () => null];
  dispatcher = createDispatcher({
    notifier: { close: async () => {}, send: async (message) => { sent.push(message); const error = answer(message); if (error !== null) throw error; } },
    now: () => store.now(), onTrouble: (trouble) => troubles.push(trouble),
    queue: {
      due: async (at, limit) => (await store.read.outbox({ dueBefore: at, limit })).flatMap((message) => (message.sealed === null ? [] : [{ ...message, text: Buffer.from(message.sealed).toString() }])),
      tried: (id, result) => store.transaction((tx) => tx.messageTried(id, result)),
    },
  });
});
afterEach(() => database.remove());

const plain = new Uint8Array(Buffer.from('código 4K7Q-X9TB')); // the dispatcher never sees what is sealed
const queue = async (change: Partial<OutboxMessage> = {}): Promise<string> => {
  const id = randomUUID();
  await store.transaction((tx) => tx.addMessage({ id, channel: 'sms', to: '+573001112233', userId: null, subject: null, sealed: plain, createdAt: now, sentAt: null, tries: 0, nextTryAt: now, failedAt: null, ...change }));
  return id;
};
const row = async (id: string) => (await store.read.outbox({ limit: 1000 })).find((message) => message.id === id);

test('S21: a sent message is sent once and its text is erased', async () => {
  const id = await queue();
  await dispatcher.run();
  await dispatcher.run();
  expect(sent.map(({ text }) => text)).toEqual(['código 4K7Q-X9TB']);
  expect(await row(id)).toMatchObject({ sentAt: start, sealed: null, tries: 1, nextTryAt: null });
});

test('what could not be sent is tried again with growing pauses, and its text is kept meanwhile', async () => {
  answer = () => new NotSent('busy', true);
  const id = await queue();
  const pauses: number[] = [];
  for (let n = 0; n < 7; n++) {
    await dispatcher.run();
    const next = (await row(id))?.nextTryAt ?? 0;
    pauses.push((next - now) / 1000);
    now = next;
  }
  expect(pauses).toEqual([5, 15, 60, 300, 900, 3600, 3600]);
  expect(await row(id)).toMatchObject({ sealed: plain, sentAt: null, tries: 7 });
  answer = () => null;
  await dispatcher.run();
  expect(await row(id)).toMatchObject({ sentAt: now, sealed: null });
  expect(troubles.every((trouble) => !JSON.stringify(trouble).includes('4K7Q'))).toBe(true);
});

test('given up: refused for good, or a day old; the text goes as well', async () => {
  answer = () => new NotSent('no such number', false);
  const refused = await queue();
  await dispatcher.run();
  expect(await row(refused)).toMatchObject({ failedAt: start, sealed: null, nextTryAt: null });
  answer = () => new NotSent('busy', true);
  const old = await queue({ createdAt: start - 24 * 3600_000 });
  await dispatcher.run();
  expect(await row(old)).toMatchObject({ failedAt: start, sealed: null });
  expect(troubles.map(({ final }) => final)).toEqual([true, true]);
});

test('without a gateway it stays in the outbox, readable, and is not tried again', async () => {
  answer = () => new Held('none');
  const id = await queue();
  await dispatcher.run();
  now += 24 * 3600_000;
  await dispatcher.run();
  expect(sent).toHaveLength(1);
  expect(await row(id)).toMatchObject({ sealed: plain, sentAt: null, failedAt: null });
});

test('one broken channel does not hold up the others, nor a hundred messages', async () => {
  answer = ({ channel }) => (channel === 'email' ? new NotSent('down', true) : null);
  for (let n = 0; n < 60; n++) await queue({ channel: 'email', to: `p${n}@ejemplo.co`, subject: 'x' });
  const ids = await Promise.all(Array.from({ length: 60 }, () => queue()));
  await dispatcher.run();
  expect((await Promise.all(ids.map(row))).every((message) => message?.sentAt === start)).toBe(true);
});

test('two calls at once send once', async () => {
  await queue();
  await Promise.all([dispatcher.run(), dispatcher.run()]);
  expect(sent).toHaveLength(1);
});
