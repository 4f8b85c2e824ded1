import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { AuditEntry } from '../../shared/contract/admin.ts';
import type { TokenId } from '../../shared/domain/ids.ts';
import { useSelectedAccount } from './app-state.ts';
import { type BridgeError, type InputOf, invoke, type OutputOf } from './bridge.ts';

interface Page { readonly entries: readonly AuditEntry[]; readonly total: number }

export interface Trail<P extends Page> {
  /** Newest first; older pages join at the end as they are asked for. */
  readonly entries: readonly AuditEntry[];
  /** The newest page: its total and what else it says. */
  readonly newest: P | undefined;
  readonly error: BridgeError | null;
  readonly at: { readonly data: number; readonly error: number };
  readonly loading: boolean;
  readonly refetch: () => Promise<unknown>;
  readonly older: { readonly busy: boolean; readonly error: BridgeError | null; readonly show: () => void };
}

export const trailPageSize = 25;

/** The newest page follows the events; what was read of the past stays, it cannot change. */
function useTrail<P extends Page>(key: readonly [channel: string, input: unknown], read: (before: number | undefined) => Promise<P>): Trail<P> {
  const account = useSelectedAccount()?.id ?? null;
  const newest = useQuery<P, BridgeError>({ queryKey: [...key, account], queryFn: () => read(undefined), refetchOnMount: 'always' });
  const identity = JSON.stringify([...key, account]);
  const [older, setOlder] = useState<{ of: string; entries: readonly AuditEntry[]; busy: boolean; error: BridgeError | null }>({ of: identity, entries: [], busy: false, error: null });
  useEffect(() => setOlder((old) => (old.of === identity ? old : { of: identity, entries: [], busy: false, error: null })), [identity]);
  const past = older.of === identity ? older.entries : noEntries;
  const entries = useMemo(() => joined(newest.data?.entries ?? noEntries, past), [newest.data, past]);
  const oldest = entries.at(-1)?.sequence;
  const show = useCallback(() => {
    if (oldest === undefined) return;
    setOlder((old) => ({ ...old, busy: true, error: null }));
    read(oldest).then(
      (page) => setOlder((old) => (old.of === identity ? { ...old, entries: joined(old.entries, page.entries), busy: false } : old)),
      (error: BridgeError) => setOlder((old) => ({ ...old, busy: false, error })),
    );
  }, [oldest, read, identity]);
  return {
    entries, newest: newest.data, error: newest.error, at: { data: newest.dataUpdatedAt, error: newest.errorUpdatedAt }, loading: newest.isPending, refetch: newest.refetch,
    older: { busy: older.busy, error: older.error, show },
  };
}

const noEntries: readonly AuditEntry[] = [];

/** Newest first, every entry once. Entries that a longer newest page pushed out are not lost: `past` still has them. */
export function joined(newer: readonly AuditEntry[], past: readonly AuditEntry[]): readonly AuditEntry[] {
  const seen = new Set(newer.map((entry) => entry.sequence));
  return [...newer, ...past.filter((entry) => !seen.has(entry.sequence))].sort((a, b) => b.sequence - a.sequence);
}

export type TokenHistory = OutputOf<'admin.tokens.history'>;

export function useTokenHistory(tokenId: TokenId): Trail<TokenHistory> {
  const read = useCallback((before: number | undefined) => invoke('admin.tokens.history', { tokenId, size: trailPageSize, ...(before === undefined ? {} : { before }) }), [tokenId]);
  return useTrail(['admin.tokens.history', { tokenId }], read);
}

export type ActivityFilter = Omit<InputOf<'admin.activity.list'>, 'before' | 'size'>;

export function useActivity(filter: ActivityFilter): Trail<OutputOf<'admin.activity.list'>> {
  const read = useCallback((before: number | undefined) => invoke('admin.activity.list', { ...filter, size: 50, ...(before === undefined ? {} : { before }) }), [filter]);
  return useTrail(['admin.activity.list', filter], read);
}
