import { keepPreviousData, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useSelectedAccount } from './app-state.ts';
import { type BridgeError, type Channel, type InputOf, invoke, type OutputOf } from './bridge.ts';

/**
 * Reads of the administration. Main answers for the selected account, so the account is part of every key: what belongs to
 * one company is never shown under another.
 */
export type AdminChannel = Extract<Channel, `admin.${string}`>;

interface AdminReadOptions { readonly enabled?: boolean; /** While another page loads, the last one stays. */ readonly keepPrevious?: boolean }

/** Read again when it opens and whenever an event says that it changed; what was there is shown meanwhile. */
export function useAdminRead<C extends AdminChannel>(channel: C, input: InputOf<C>, options: AdminReadOptions = {}): UseQueryResult<OutputOf<C>, BridgeError> {
  const account = useSelectedAccount()?.id ?? null;
  return useQuery<OutputOf<C>, BridgeError>({
    queryKey: [channel, input, account],
    queryFn: () => call(channel, input),
    enabled: options.enabled ?? true,
    refetchOnMount: 'always',
    ...(options.keepPrevious ? { placeholderData: keepPreviousData } : {}),
  });
}

const call = invoke as <C extends Channel>(channel: C, input: InputOf<C>) => Promise<OutputOf<C>>;

export type TokenPage = OutputOf<'admin.tokens.list'>;
export type TokenQuery = InputOf<'admin.tokens.list'>;
export type UserQuery = InputOf<'admin.users.list'>;

export interface TokenPageRead {
  readonly query: UseQueryResult<TokenPage, BridgeError>;
  /** Puts changed rows into the page on screen, without reading it again: nothing moves. */
  readonly patch: (change: (rows: TokenPage['rows']) => TokenPage['rows']) => void;
}

/**
 * One page of the token table. Its key stands apart from the channels: an event must not replace a page in which somebody
 * is working, so the screen decides whether only the changed rows are read or the page again.
 */
export function useTokenPage(input: TokenQuery): TokenPageRead {
  const client = useQueryClient();
  const account = useSelectedAccount()?.id ?? null;
  const key = useMemo(() => ['page of tokens', input, account] as const, [input, account]);
  const query = useQuery<TokenPage, BridgeError>({ queryKey: key, queryFn: () => invoke('admin.tokens.list', input), placeholderData: keepPreviousData, refetchOnMount: 'always' });
  const patch = useCallback((change: (rows: TokenPage['rows']) => TokenPage['rows']) => {
    client.setQueryData<TokenPage>(key, (page) => (page === undefined ? page : { ...page, rows: change(page.rows) }), { updatedAt: client.getQueryState(key)?.dataUpdatedAt ?? 0 });
  }, [client, key]);
  return { query, patch };
}

/** Whether the authority can be reached now, and how to try again. */
export function useConnection(): { readonly offline: boolean; readonly clockOffset: number; readonly retry: () => Promise<void> } {
  const client = useQueryClient();
  const account = useSelectedAccount();
  const id = account?.id;
  const retry = useCallback(async () => {
    await invoke('app.retry', id === undefined ? {} : { accountId: id }).catch(() => undefined);
    await client.refetchQueries({ type: 'active', predicate: (query) => query.state.status === 'error' || query.queryKey[0] === 'app.state' });
  }, [client, id]);
  return { offline: account?.connection === 'offline', clockOffset: account?.clockOffset ?? 0, retry };
}
