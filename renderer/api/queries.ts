import { keepPreviousData, QueryClient, queryOptions, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { type BridgeError, type Channel, type InputArguments, type InputOf, invoke, type OutputOf } from './bridge.ts';

/** Reads are cached under `[channel, input]`, so that an event can make everything under a channel's prefix stale. */
export function readOptions<C extends Channel>(channel: C, ...input: InputArguments<C>) {
  return queryOptions<OutputOf<C>, BridgeError>({ queryKey: [channel, ...input], queryFn: () => invoke(channel, ...input) });
}

interface ReadOptions { readonly enabled?: boolean; /** While another page loads, the last one stays. */ readonly keepPrevious?: boolean; /** Read again at this pace, for what no event reports. */ readonly everyMilliseconds?: number }

/** A read of the contract: `useRead('admin.tokens.list', {…})`. Refetched when an event says that it changed. */
export function useRead<C extends Channel>(channel: C, input: InputOf<C>, options: ReadOptions = {}): UseQueryResult<OutputOf<C>, BridgeError> {
  const args = (input === undefined ? [] : [input]) as InputArguments<C>;
  return useQuery({ ...readOptions(channel, ...args), enabled: options.enabled ?? true, ...(options.keepPrevious ? { placeholderData: keepPreviousData } : {}),
    ...(options.everyMilliseconds === undefined ? {} : { refetchInterval: options.everyMilliseconds, refetchOnMount: 'always' as const }) });
}

/** Main answers at once or not at all: a failed read is shown, not repeated behind the person's back. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: { queries: { retry: false, staleTime: Infinity, refetchOnWindowFocus: false, refetchOnReconnect: false, networkMode: 'always' } },
  });
}

export interface Command<C extends Channel> {
  /** Resolves with null when it failed; `error` then says why. A second call while busy is not made. */
  readonly run: (...input: InputArguments<C>) => Promise<OutputOf<C> | null>;
  readonly busy: boolean;
  readonly error: BridgeError | null;
  readonly reset: () => void;
}

/**
 * A change of the contract: `const { run, busy, error } = useCommand('lock.unlock')`. Unlike a cached mutation it keeps
 * nothing of its input, because that may be a PIN or a password.
 * @param stale prefixes of channels to read again after success, before `run` resolves; events bring the rest
 */
export function useCommand<C extends Channel>(channel: C, stale: readonly string[] = []): Command<C> {
  const client = useQueryClient();
  const [state, setState] = useState<{ busy: boolean; error: BridgeError | null }>({ busy: false, error: null });
  const running = useRef(false);
  const mounted = useRef(true);
  const prefixes = stale.join(' ');
  useEffect(() => {
    mounted.current = true;
    return () => { mounted.current = false; };
  }, []);

  const run = useCallback(async (...input: InputArguments<C>) => {
    if (running.current) return null;
    running.current = true;
    setState({ busy: true, error: null });
    try {
      const output = await invoke(channel, ...input);
      // Whoever goes on after this sees what the change made: no screen is drawn from what was true before.
      await Promise.all(prefixes.split(' ').filter(Boolean).map((prefix) => invalidate(client, prefix)));
      if (mounted.current) setState({ busy: false, error: null });
      return output;
    } catch (error) {
      if (mounted.current) setState({ busy: false, error: error as BridgeError });
      return null;
    } finally {
      running.current = false;
    }
  }, [channel, client, prefixes]);
  const reset = useCallback(() => setState({ busy: false, error: null }), []);
  return { run, ...state, reset };
}

/** Makes every read whose channel begins with `prefix` stale, and reads again those on screen. */
export function invalidate(client: QueryClient, prefix: string): Promise<void> {
  return client.invalidateQueries({ predicate: (query) => typeof query.queryKey[0] === 'string' && query.queryKey[0].startsWith(prefix) });
}
