import { expect, it, vi } from 'vitest';
import type { FakeElectron } from '../../test/support/fake-electron.ts';
import { INVOKE_WIRE, PUBLISH_WIRE } from './channels.ts';

vi.mock('electron', async () => (await import('../../test/support/fake-electron.ts')).fakeElectron());
const { record } = (await import('electron')) as unknown as FakeElectron;
await import('./preload.ts');

interface Bridge {
  invoke(channel: string, input: unknown): Promise<unknown>;
  subscribe(channel: string, listener: (payload: unknown) => void): () => void;
}
const bridge = record.exposed.get('vinculo') as Bridge;

it('passes a call on one wire and nothing of Electron back', async () => {
  expect(await bridge.invoke('token.list', { page: 1 })).toBe('answer');
  expect(record.invoked).toEqual([[INVOKE_WIRE, 'token.list', { page: 1 }]]);
});

it('S23 hands a listener the payload alone, never the event, and only of its channel, until it unsubscribes', () => {
  const heard: unknown[][] = [];
  const stop = bridge.subscribe('events', (...arguments_: unknown[]) => void heard.push(arguments_));
  record.ipcToRenderer.emit(PUBLISH_WIRE, { sender: 'electron' }, 'events', { number: 1 });
  record.ipcToRenderer.emit(PUBLISH_WIRE, { sender: 'electron' }, 'other', { number: 2 });
  stop();
  record.ipcToRenderer.emit(PUBLISH_WIRE, { sender: 'electron' }, 'events', { number: 3 });
  expect(heard).toEqual([[{ number: 1 }]]);
});

it('keeps the last payload of a channel until its first listener: a new window is told where to go before it has drawn anything', async () => {
  const heard: unknown[] = [];
  record.ipcToRenderer.emit(PUBLISH_WIRE, {}, 'navigate', { route: '/first' });
  record.ipcToRenderer.emit(PUBLISH_WIRE, {}, 'navigate', { route: '/bind' });
  bridge.subscribe('navigate', (payload) => void heard.push(payload));
  bridge.subscribe('navigate', (payload) => void heard.push(payload));
  await Promise.resolve();
  expect(heard).toEqual([{ route: '/bind' }]);
});
