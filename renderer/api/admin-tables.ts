import { keepPreviousData, type QueryClient, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useCallback } from 'react';
import { type BridgeError, type InputOf, invoke, type OutputOf } from './bridge.ts';

/**
 * Reads of the two big tables. They are kept apart from the other reads: an event must not replace a page that somebody is
 * working in, so the screens decide when a page is read again and when only its changed rows are.
 */
export type TokenPage = OutputOf<'admin.tokens.list'>;
export type TokenQuery = InputOf<'admin.tokens.list'>;
export type UserPage = OutputOf<'admin.users.list'>;
export type UserQuery = InputOf<'admin.users.list'>;

const tokenKey = (query: TokenQuery) => ['page of tokens', query] as const;

/** One page; while another loads, the last one stays. Always read when the screen opens, shown at once if it was there. */
export function useTokenPage(query: TokenQuery): UseQueryResult<TokenPage, BridgeError> {
  return useQuery<TokenPage, BridgeError>({ queryKey: tokenKey(query), queryFn: () => invoke('admin.tokens.list', query), placeholderData: keepPreviousData, refetchOnMount: 'always' });
}

export function useUserPage(query: UserQuery, options: { readonly enabled?: boolean } = {}): UseQueryResult<UserPage, BridgeError> {
  return useQuery<UserPage, BridgeError>({
    queryKey: ['admin.users.list', query], queryFn: () => invoke('admin.users.list', query), placeholderData: keepPreviousData, refetchOnMount: 'always', enabled: options.enabled ?? true,
  });
}

/** Puts rows into a page that is on screen, without reading it again. */
export function usePatchTokenPage(): (query: TokenQuery, patch: (rows: TokenPage['rows']) => TokenPage['rows']) => void {
  const client: QueryClient = useQueryClient();
  return useCallback((query, patch) => {
    client.setQueryData<TokenPage>(tokenKey(query), (page) => (page === undefined ? page : { ...page, rows: patch(page.rows) }));
  }, [client]);
}
