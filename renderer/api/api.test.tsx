import { act, renderHook, waitFor } from '@testing-library/react';
import { QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { errorCodes } from '../../shared/contract/errors.ts';
import { BridgeError, invoke } from './bridge.ts';
import { describe, hasCode } from './errors.ts';
import { useEventInvalidation } from './events.ts';
import { createQueryClient, useCommand, useRead } from './queries.ts';
import { createFakeBridge, FakeFailure, type Handlers } from './testing/fake-bridge.ts';
import { ids, sampleState } from './testing/samples.ts';

afterEach(() => vi.unstubAllGlobals());

function world(handlers: Handlers) {
  const bridge = createFakeBridge(handlers);
  vi.stubGlobal('vinculo', bridge);
  const client = createQueryClient();
  return { bridge, client, wrapper: ({ children }: { children: ReactNode }) => <QueryClientProvider client={client}>{children}</QueryClientProvider> };
}

test('an answer with an error of the list is thrown with its code and data', async () => {
  world({ 'lock.unlock': () => { throw new FakeFailure('PIN_WRONG', { triesLeft: 3 }); } });
  const error = await invoke('lock.unlock', { accountId: ids.account, pin: '1' }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(BridgeError);
  expect(hasCode(error, 'PIN_WRONG')).toBe(true);
  expect(describe(error, 'es').todo).toContain('Le quedan 3 intentos');
});

test('a bridge that throws becomes INTERNAL, never an unknown failure', async () => {
  vi.stubGlobal('vinculo', { invoke: () => Promise.reject(new Error('gone')), subscribe: () => () => undefined });
  await expect(invoke('app.state')).rejects.toMatchObject({ code: 'INTERNAL' });
  expect(describe(new TypeError('x'), 'en').code).toBe('INTERNAL');
});

test('every code has its sentences on this side too', () => {
  for (const code of errorCodes) expect(describe(new BridgeError(code, {}), 'es').happened, code).not.toBe('');
});

test('an event makes the reads under its channel stale, and only those', async () => {
  const state = vi.fn(() => sampleState());
  const queue = vi.fn(() => []);
  const { bridge, wrapper } = world({ 'app.state': state, 'approvals.queue': queue });
  renderHook(() => { useEventInvalidation(); useRead('app.state', undefined); useRead('approvals.queue', undefined); }, { wrapper });
  await waitFor(() => expect(queue).toHaveBeenCalledTimes(1));
  act(() => bridge.emit('approvals.changed', { opened: true }));
  await waitFor(() => expect(queue).toHaveBeenCalledTimes(2));
  expect(state).toHaveBeenCalledTimes(1);
});

test('S23: a command keeps nothing of its input, and a second click while busy is not made', async () => {
  let release: () => void = () => undefined;
  const { bridge, client, wrapper } = world({ 'lock.unlock': () => new Promise((resolve) => { release = () => resolve({ verified: true }); }) });
  const { result } = renderHook(() => useCommand('lock.unlock'), { wrapper });
  act(() => {
    void result.current.run({ accountId: ids.account, pin: '493817' });
    void result.current.run({ accountId: ids.account, pin: '493817' });
  });
  expect(result.current.busy).toBe(true);
  await act(async () => release());
  expect(bridge.calls).toHaveLength(1);
  expect(JSON.stringify(client.getMutationCache().getAll())).not.toContain('493817');
  expect(JSON.stringify(client.getQueryCache().getAll().map((query) => query.state))).not.toContain('493817');
});
