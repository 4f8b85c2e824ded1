import { useCallback, useEffect, useRef, useState } from 'react';
import type { TokenRow } from '../../../shared/contract/admin.ts';
import type { IpcEvent } from '../../../shared/contract/ipc.ts';
import type { TokenId } from '../../../shared/domain/ids.ts';
import { invoke } from '../../api/bridge.ts';
import { useBridgeEvent } from '../../api/events.ts';

/** Several changes in a row are read and announced as one. */
const batchMilliseconds = 300;
const recentMilliseconds = 6000;
const fadeMilliseconds = 1000;

export type Recency = 'now' | 'fading';

export interface LiveTokens {
  readonly recent: ReadonlyMap<TokenId, Recency>;
  /** Changed rows that are not on this page. */
  readonly elsewhere: number;
  readonly clearElsewhere: () => void;
}

export interface LiveOptions {
  readonly rows: readonly TokenRow[];
  readonly selected: readonly TokenRow[];
  /** Rows of the page and of the selection that changed, as they are now. */
  readonly onRows: (fresh: readonly TokenRow[]) => void;
  /** Whether nobody is working in the table: then the page may be read again and sorted. */
  readonly isIdle: () => boolean;
  readonly refetch: () => Promise<unknown>;
  readonly onChanged: (rows: readonly TokenRow[]) => void;
}

/**
 * Rows that change elsewhere. Those on screen are put in their places and marked; the page itself is only read again while
 * nobody has the pointer, the focus or a selection in it. Otherwise it is counted what changed outside of it.
 */
export function useLiveTokens(options: LiveOptions): LiveTokens {
  const latest = useRef(options);
  latest.current = options;
  const { recent, mark } = useRecent();
  const [elsewhere, setElsewhere] = useState(0);
  const pending = useRef<{ ids: Set<TokenId>; all: boolean; timer: number | null }>({ ids: new Set(), all: false, timer: null });

  const flush = useCallback(async () => {
    const { ids, all } = pending.current;
    pending.current = { ids: new Set(), all: false, timer: null };
    const { rows, selected, onRows, isIdle, refetch, onChanged } = latest.current;
    const here = [...new Set([...rows, ...selected].map((row) => row.tokenId))].filter((id) => all || ids.has(id)).slice(0, 200);
    const fresh = here.length === 0 ? [] : await invoke('admin.tokens.byIds', { tokenIds: here }).catch(() => null);
    if (fresh === null) return;
    const before = new Map(rows.map((row) => [row.tokenId, row]));
    const changed = fresh.filter((row) => before.has(row.tokenId) && before.get(row.tokenId)?.updatedAt !== row.updatedAt);
    onRows(fresh);
    if (changed.length > 0) {
      mark(changed.map((row) => row.tokenId));
      onChanged(changed);
    }
    const away = [...ids].filter((id) => !before.has(id));
    if (away.length === 0 && !all && changed.length === 0) return;
    if (isIdle()) {
      await refetch();
      mark(away);
      setElsewhere(0);
    } else setElsewhere((count) => count + away.length);
  }, [mark]);

  const onEvent = useCallback(({ what, ids }: IpcEvent<'admin.changed'>) => {
    if (what !== 'tokens' && what !== 'all') return;
    for (const id of ids) pending.current.ids.add(id as TokenId);
    if (ids.length === 0) pending.current.all = true;
    pending.current.timer ??= window.setTimeout(() => void flush(), batchMilliseconds);
  }, [flush]);
  useBridgeEvent('admin.changed', onEvent);
  useEffect(() => () => {
    if (pending.current.timer !== null) window.clearTimeout(pending.current.timer);
  }, []);

  const clearElsewhere = useCallback(() => setElsewhere(0), []);
  return { recent, elsewhere, clearElsewhere };
}

function useRecent() {
  const [recent, setRecent] = useState<ReadonlyMap<TokenId, Recency>>(new Map());
  const timers = useRef(new Set<number>());
  useEffect(() => {
    const running = timers.current;
    return () => running.forEach((timer) => window.clearTimeout(timer));
  }, []);
  const mark = useCallback((ids: readonly TokenId[]) => {
    if (ids.length === 0) return;
    const set = (state: Recency | null) => setRecent((old) => {
      const next = new Map(old);
      for (const id of ids) if (state === null) next.delete(id); else next.set(id, state);
      return next;
    });
    set('now');
    timers.current.add(window.setTimeout(() => set('fading'), recentMilliseconds));
    timers.current.add(window.setTimeout(() => set(null), recentMilliseconds + fadeMilliseconds));
  }, []);
  return { recent, mark };
}
