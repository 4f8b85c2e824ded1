import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { IpcEvent, IpcEventName } from '../../shared/contract/ipc.ts';
import { subscribe } from './bridge.ts';
import { invalidate } from './queries.ts';

/** Which reads each event makes stale. */
const adminReads: Record<IpcEvent<'admin.changed'>['what'], readonly string[]> = {
  tokens: ['admin.tokens', 'admin.activation'],
  users: ['admin.users'],
  action: ['admin.actions'],
  all: ['admin'],
};

/** Keeps the cache true while main reports changes. Used once, at the root of each window. */
export function useEventInvalidation(): void {
  const client = useQueryClient();
  useEffect(() => {
    const stops = [
      subscribe('app.changed', () => {
        void invalidate(client, 'app.state');
        void invalidate(client, 'code');
        void invalidate(client, 'trial');
      }),
      subscribe('approvals.changed', () => void invalidate(client, 'approvals')),
      subscribe('admin.changed', ({ what }) => {
        for (const prefix of [...adminReads[what], 'admin.activity']) void invalidate(client, prefix);
        void invalidate(client, 'trial');
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }, [client]);
}

/** Calls `listener` for each event while mounted; pass a stable function. */
export function useBridgeEvent<N extends IpcEventName>(name: N, listener: (payload: IpcEvent<N>) => void): void {
  useEffect(() => subscribe(name, listener), [name, listener]);
}
