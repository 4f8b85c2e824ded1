import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApprovalView } from '../../api/approvals.ts';
import { invoke } from '../../api/bridge.ts';
import { useRead } from '../../api/queries.ts';
import { IconX } from '../../ui/icons.ts';
import { Mark } from '../../ui/Mark.tsx';
import { EmptyState } from '../../ui/States.tsx';
import classes from './approval-window.module.css';
import { ApprovalResult } from './ApprovalResult.tsx';
import { DecideApproval } from './DecideApproval.tsx';
import { type Outcome, outcomeOfDecision } from './outcome.ts';

interface Shown { readonly approval: ApprovalView; readonly outcome: Outcome | null }

/**
 * The small window in which one request is decided. It shows the oldest and keeps it until its end was seen; the next
 * one waits behind.
 */
export default function ApprovalWindow() {
  const { t } = useTranslation('approvals');
  const queue = useRead('approvals.queue', undefined);
  const pending = queue.data?.filter((approval) => approval.state === 'pending') ?? [];
  const [shown, setShown] = useState<Shown | null>(null);
  const first = pending[0];
  const current = shown ?? (first === undefined ? null : { approval: first, outcome: null });
  const id = current?.approval.id;
  const still = queue.data?.find((approval) => approval.id === id);
  const waiting = pending.filter((approval) => approval.id !== id).length;

  useEffect(() => {
    if (shown === null && first !== undefined) setShown({ approval: first, outcome: null });
  }, [shown, first]);
  // Ended elsewhere: taken back, expired, or answered on another way. What the person did here says it by itself.
  const open = shown !== null && shown.outcome === null ? shown.approval : null;
  const ended = open !== null && queue.data !== undefined && still?.state !== 'pending' ? open : null;
  useEffect(() => {
    if (ended === null) return;
    void endOf(ended, still).then((outcome) => setShown((now) => (now?.approval.id === ended.id && now.outcome === null ? { ...now, outcome } : now)));
  }, [ended, still]);

  const close = () => void invoke('approvals.closeWindow');
  return (
    <div className={classes.window}>
      <header className={classes.bar}>
        <Mark size={18} />
        <p className={classes.barTitle}>{t('window.title')}{current !== null && current.outcome === null && <span className={classes.barCount}>{t('window.position', { index: 1, total: waiting + 1 })}</span>}</p>
        <button type="button" className={classes.barClose} aria-label={t('window.close')} onClick={close}><IconX size={16} aria-hidden /></button>
      </header>
      {current === null ? (
        <main className={classes.empty}>{queue.data !== undefined && <EmptyState whole title={t('none.title')} text={t('none.text')} />}</main>
      ) : current.outcome === null ? (
        <DecideApproval key={current.approval.id} approval={current.approval} onEnd={(outcome) => setShown({ approval: current.approval, outcome })} />
      ) : (
        <ApprovalResult approval={current.approval} outcome={current.outcome} waiting={waiting} onNext={() => setShown(null)} onClose={close} />
      )}
    </div>
  );
}

/** How a request ended that waits no longer, as the queue or the authority tells it. */
async function endOf({ id, accountId, expiresAt }: ApprovalView, still: ApprovalView | undefined): Promise<Outcome> {
  if (still !== undefined) return outcomeOfDecision(still);
  try {
    return outcomeOfDecision(await invoke('approvals.outcome', { accountId, approvalId: id }));
  } catch {
    // without a connection only the time can be told
  }
  return { kind: Date.now() >= expiresAt ? 'expired' : 'gone' };
}
