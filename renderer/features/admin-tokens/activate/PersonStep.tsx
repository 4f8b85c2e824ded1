import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TokenRow } from '../../../../shared/contract/admin.ts';
import { useConnection } from '../../../api/admin-tables.ts';
import { type BridgeError, invoke, type OutputOf } from '../../../api/bridge.ts';
import { describe, hasCode } from '../../../api/errors.ts';
import { Dialog } from '../../../ui/Dialogs.tsx';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { IconArrowRight, IconShieldCheck, IconX } from '../../../ui/icons.ts';
import { SkeletonRows } from '../../../ui/Skeleton.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import classes from './Activate.module.css';
import { DeviceFacts } from './DeviceFacts.tsx';
import { givenName, type Verdict } from './round.ts';
import { Triples } from './Triples.tsx';
import { WhatHappens } from './WhatHappens.tsx';

export interface PersonStepProps {
  readonly row: TokenRow;
  readonly place: { readonly n: number; readonly total: number; readonly last: boolean; readonly compared: number };
  readonly busy: boolean;
  readonly onVerdict: (verdict: Verdict) => void;
  readonly onReject: () => void;
  readonly onClose: () => void;
}

export type Gate = OutputOf<'admin.activation.open'>;

/** One person: what they read out, from which device, and what activating makes of both tokens. */
export function PersonStep({ row, place, busy, onVerdict, onReject, onClose }: PersonStepProps) {
  const { t, i18n } = useTranslation(['adminTokens', 'admin']);
  const { offline } = useConnection();
  const gate = useQuery<Gate, BridgeError>({ queryKey: ['activation gate', row.tokenId], queryFn: () => invoke('admin.activation.open', { tokenId: row.tokenId }), gcTime: 0 });
  const [picked, setPicked] = useState<readonly string[] | null>(null);
  const [pick, setPick] = useState<{ busy: boolean; error: BridgeError | null }>({ busy: false, error: null });
  const rejected = hasCode(pick.error, 'FINGERPRINT_REJECTED');
  const name = row.user?.name ?? row.serial;

  const compare = async () => {
    if (gate.data?.confirmed === true) return onVerdict('compared');
    if (picked === null) return;
    setPick({ busy: true, error: null });
    try {
      await invoke('admin.activation.pick', { tokenId: row.tokenId, words: [...picked] });
      onVerdict('compared');
    } catch (error) {
      setPicked(null);
      setPick({ busy: false, error: error as BridgeError });
      if (hasCode(error, 'FINGERPRINT_WRONG')) void gate.refetch();
    }
  };

  const several = place.total > 1;
  const total = place.compared + 1;
  const ready = gate.data !== undefined && !rejected && (gate.data.confirmed || picked !== null);
  return (
    <Dialog
      opened onClose={onClose} width={800} flush
      title={<>{gate.data?.replacement ? t('activate.titleReplacement') : t('activate.title')} <StatusBadge state={rejected ? 'assigned' : row.state} /></>}
      subtitle={<>{name} · <span className="serial">{row.serial}</span>{several && <span className={classes.progress}>{t('activate.progress', { n: place.n, total: place.total })}</span>}</>}
      refuse={gate.data !== undefined && !rejected && <Button variant="subtle" size="md" color="red" disabled={offline} leftSection={<IconX size={18} aria-hidden />} onClick={onReject}>{t('activate.reject')}</Button>}
      actions={
        <>
          {several && !rejected && <Button variant="default" size="md" disabled={busy} onClick={() => onVerdict('skipped')}>{t('activate.skip')}</Button>}
          {!several && <Button variant="default" size="md" onClick={onClose}>{rejected ? t('admin:close') : t('admin:cancel')}</Button>}
          {rejected && several && <Button size="md" onClick={() => onVerdict('rejected')}>{t('activate.next')}</Button>}
          {!rejected && (
            <Button
              size="md" disabled={!ready || offline} loading={pick.busy || busy} onClick={() => void compare()}
              {...(place.last ? { leftSection: <IconShieldCheck size={18} aria-hidden /> } : { rightSection: <IconArrowRight size={18} aria-hidden /> })}
            >
              {place.last ? t('activate.ask', { count: total, n: total }) : t('activate.next')}
            </Button>
          )}
        </>
      }
    >
      {gate.data === undefined
        ? <div className={classes.pad}>{gate.error === null ? <div role="status" aria-label={t('activate.loading')}><SkeletonRows rows={8} /></div> : <ErrorNotice error={describe(gate.error, i18n.language)} />}</div>
        : (
          <>
            <Triples gate={gate.data} name={givenName(name)} fullName={name} picked={picked} onPick={setPicked} error={pick.error} />
            {!rejected && (
              <div className={classes.halves}>
                <DeviceFacts gate={gate.data} />
                <WhatHappens gate={gate.data} state={row.state} name={givenName(name)} />
              </div>
            )}
          </>
        )}
    </Dialog>
  );
}
