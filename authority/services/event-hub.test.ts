import { expect, test } from 'vitest';
import type { CompanyId, DeviceId } from '../../shared/domain/ids.ts';
import type { Audience, StoredEvent } from '../store/entities.ts';
import { createEventHub } from './event-hub.ts';

const [first, second, company, other] = ['d1' as DeviceId, 'd2' as DeviceId, 'c1' as CompanyId, 'c2' as CompanyId];
let next = 0;
const event = (audience: Audience): StoredEvent => ({ id: (next += 1), at: 0, audience, payload: '{}' });

function world() {
  const listeners = new Set<(events: readonly StoredEvent[]) => void>();
  const hub = createEventHub({ onEvents: (listener) => { listeners.add(listener); return () => listeners.delete(listener); } });
  return { hub, listeners, tell: (...events: StoredEvent[]) => { for (const listener of listeners) listener(events); } };
}

test('an event goes to those it is for, in its order, and to nobody else', () => {
  const { hub, tell } = world();
  const heard: Record<string, number[]> = { member: [], admin: [], foreign: [] };
  const into = (name: string) => ({ id }: StoredEvent) => heard[name]?.push(id);
  hub.listen({ device: first, company, admin: false }, into('member'));
  hub.listen({ device: second, company, admin: true }, into('admin'));
  hub.listen({ device: 'd3' as DeviceId, company: other, admin: true }, into('foreign'));
  const [own, admins, all, every] = [event({ kind: 'device', id: first }), event({ kind: 'admins', id: company }), event({ kind: 'company', id: company }), event({ kind: 'all' })];
  tell(own, admins, all, every, event({ kind: 'portal', id: 'p' as never }));
  expect(heard).toEqual({ member: [own.id, all.id, every.id], admin: [admins.id, all.id, every.id], foreign: [every.id] });
});

test('two streams of one device both hear; the store is listened to as long as there is one', () => {
  const { hub, listeners, tell } = world();
  const heard: number[] = [];
  const stops = [1, 2].map((n) => hub.listen({ device: first, company, admin: false }, () => heard.push(n)));
  expect(listeners.size).toBe(1);
  tell(event({ kind: 'device', id: first }));
  stops[0]?.();
  tell(event({ kind: 'company', id: company }));
  expect(heard).toEqual([1, 2, 2]);
  stops[1]?.();
  expect(listeners.size).toBe(0);
  hub.listen({ device: first, company, admin: false }, () => heard.push(3));
  tell(event({ kind: 'device', id: first }));
  expect(heard.at(-1)).toBe(3);
});
