import { expect, test } from 'vitest';
import { readMessage } from '../../shared/contract/event-stream.ts';
import type { CompanyId, DeviceId } from '../../shared/domain/ids.ts';
import type { Audience, StoredEvent } from '../store/entities.ts';
import { createEventHub, type Hearer, type Told } from './event-hub.ts';

const [first, second, company, other] = ['d1' as DeviceId, 'd2' as DeviceId, 'c1' as CompanyId, 'c2' as CompanyId];
let next = 0;
const event = (audience: Audience, payload = '{"type":"users.changed"}'): StoredEvent => ({ id: (next += 1), at: 0, audience, payload });
const hearer = (device: DeviceId, of: CompanyId, admin: boolean, hear: (told: Told) => void): Hearer => ({ device, company: of, admin, hear });

function world() {
  const listeners = new Set<(events: readonly StoredEvent[]) => void>();
  const hub = createEventHub({ onEvents: (listener) => { listeners.add(listener); return () => listeners.delete(listener); } });
  return { hub, listeners, tell: (...events: StoredEvent[]) => { for (const listener of listeners) listener(events); } };
}

test('an event goes to those it is for, in its order, and to nobody else', () => {
  const { hub, tell } = world();
  const heard: Record<string, number[]> = { member: [], admin: [], foreign: [] };
  const into = (name: string) => ({ id }: Told) => heard[name]?.push(id);
  hub.join(hearer(first, company, false, into('member')));
  hub.join(hearer(second, company, true, into('admin')));
  hub.join(hearer('d3' as DeviceId, other, true, into('foreign')));
  const [own, admins, all, every] = [event({ kind: 'device', id: first }), event({ kind: 'admins', id: company }), event({ kind: 'company', id: company }), event({ kind: 'all' })];
  tell(own, admins, all, every, event({ kind: 'portal', id: 'p' as never }));
  expect(heard).toEqual({ member: [own.id, all.id, every.id], admin: [admins.id, all.id, every.id], foreign: [every.id] });
});

test('two streams of one device both hear; the store is listened to as long as there is one', () => {
  const { hub, listeners, tell } = world();
  const heard: number[] = [];
  const both = [1, 2].map((n) => hearer(first, company, false, () => heard.push(n)));
  both.forEach((each) => hub.join(each));
  expect(listeners.size).toBe(1);
  tell(event({ kind: 'device', id: first }));
  hub.leave(both[0]!);
  tell(event({ kind: 'company', id: company }));
  expect(heard).toEqual([1, 2, 2]);
  hub.leave(both[1]!);
  expect(listeners.size).toBe(0);
  hub.join(hearer(first, company, false, () => heard.push(3)));
  tell(event({ kind: 'device', id: first }));
  expect(heard.at(-1)).toBe(3);
});

test('an event is written once, however many are told; one that cannot be read tells them to read anew', () => {
  const { hub, tell } = world();
  const told: Told[] = [];
  for (const device of [first, second]) hub.join(hearer(device, company, false, (event) => told.push(event)));
  const one = event({ kind: 'company', id: company });
  tell(one);
  expect(told).toHaveLength(2);
  expect(told[0]?.message).toBe(told[1]?.message);
  expect(readMessage(told[0]!.message.toString())).toEqual({ type: 'event', id: String(one.id), event: { type: 'users.changed' } });
  for (const payload of ['{"type":"of.tomorrow"}', 'no JSON']) tell(event({ kind: 'device', id: first }, payload));
  expect(told.slice(2).map(({ event: { type } }) => type)).toEqual(['resync', 'resync']);
});

test('who leaves or joins while an event is told does not disturb the others', () => {
  const { hub, tell } = world();
  const heard: string[] = [];
  const last = hearer(first, company, false, () => heard.push('last'));
  hub.join(hearer(first, company, false, () => { heard.push('first'); hub.leave(last); }));
  hub.join(last);
  tell(event({ kind: 'device', id: first }), event({ kind: 'company', id: company }));
  expect(heard.filter((name) => name === 'first')).toHaveLength(2);
});
