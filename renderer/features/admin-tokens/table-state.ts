import { useQueryClient } from '@tanstack/react-query';
import { useDebouncedValue } from '@mantine/hooks';
import { useCallback, useMemo, useState } from 'react';
import type { TokenState } from '../../../shared/domain/token-states.ts';
import type { TokenQuery } from '../../api/admin-tables.ts';
import { firstPage, type PageState } from '../../ui/pages.ts';

export type TokenSort = 'name' | 'serial' | 'updatedAt' | 'state';
export const stateFilters = ['active', 'pending_activation', 'assigned', 'blocked'] as const satisfies readonly TokenState[];
export type StateFilter = 'all' | (typeof stateFilters)[number];

export interface TableView {
  readonly search: string;
  readonly filter: StateFilter;
  readonly sort: TokenSort;
  readonly direction: 'asc' | 'desc';
  readonly page: PageState;
}

const initial: TableView = { search: '', filter: 'all', sort: 'updatedAt', direction: 'desc', page: firstPage(25) };
const searchMilliseconds = 250;

export interface TableState {
  readonly view: TableView;
  readonly query: TokenQuery;
  /** Whatever changes which rows are shown leads back to the first page. */
  readonly change: (change: Partial<Omit<TableView, 'page'>>) => void;
  readonly setPage: (page: PageState) => void;
  readonly sortBy: (sort: TokenSort) => void;
}

/** What the table shows. It is kept while the person is on another screen, so that coming back finds the same place. */
export function useTableState(account: string | null): TableState {
  const client = useQueryClient();
  const key = useMemo(() => ['view of tokens', account], [account]);
  const [view, setView] = useState<TableView>(() => client.getQueryData<TableView>(key) ?? initial);
  const update = useCallback((next: (old: TableView) => TableView) => {
    setView((old) => {
      const value = next(old);
      client.setQueryData(key, value);
      return value;
    });
  }, [client, key]);
  const change = useCallback((changes: Partial<Omit<TableView, 'page'>>) => update((old) => ({ ...old, ...changes, page: firstPage(old.page.size) })), [update]);
  const setPage = useCallback((page: PageState) => update((old) => ({ ...old, page })), [update]);
  const sortBy = useCallback((sort: TokenSort) => update((old) => ({ ...old, ...nextSort(old, sort), page: firstPage(old.page.size) })), [update]);
  const [search] = useDebouncedValue(view.search.trim(), searchMilliseconds);
  const query = useMemo<TokenQuery>(() => ({
    search, state: view.filter === 'all' ? null : view.filter, sort: view.sort, direction: view.direction,
    size: view.page.size, position: view.page.position, ...(view.page.cursor === null ? {} : { cursor: view.page.cursor }),
  }), [search, view]);
  return { view, query, change, setPage, sortBy };
}

/** A second press turns the order around; a new column begins with what one most likely looks for. */
export function nextSort(view: Pick<TableView, 'sort' | 'direction'>, sort: TokenSort): Pick<TableView, 'sort' | 'direction'> {
  if (view.sort === sort) return { sort, direction: view.direction === 'asc' ? 'desc' : 'asc' };
  return { sort, direction: sort === 'updatedAt' ? 'desc' : 'asc' };
}
