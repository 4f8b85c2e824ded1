import { type ComponentType, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApprovalView } from '../../api/approvals.ts';
import { invoke } from '../../api/bridge.ts';
import { useRead } from '../../api/queries.ts';
import { IconX } from '../../ui/icons.ts';
import { Mark } from '../../ui/Mark.tsx';
import { EmptyState } from '../../ui/States.tsx';
import { useEscape } from '../../ui/use-escape.ts';
import classes from './approval-window.module.css';
import { ApprovalResult } from './ApprovalResult.tsx';
import { DecideApproval } from './DecideApproval.tsx';
import { type Outcome, outcomeOfDecision } from './outcome.ts';

interface Shown { readonly approval: ApprovalView; readonly outcome: Outcome | null }

export interface ApprovalWindowProps {
  /** Reads the portal's QR in the place of the request; `onDone` when it led to one. */
  readonly Scanner: ComponentType<{ readonly onDone: () => void; readonly onClose: () => void }>;
}

/**
 * The small window in which one request is decided. It shows the first and keeps it until its end was seen; the next one
 * waits behind. Only a request whose QR the person scans comes before the one on screen.
 */
export default function ApprovalWindow({ Scanner }: ApprovalWindowProps) {
  const { t } = useTranslation('approvals');
  const { current, waiting, isLoading, end, next } = useShown();
  const [scanning, setScanning] = useState(false);
  const stopScanning = useCallback(() => setScanning(false), []);
  const close = () => void invoke('approvals.closeWindow');
  const deciding = current !== null && current.outcome === null;
  // While a request is on screen it listens itself: not in the middle of an answer.
  useEscape(scanning ? stopScanning : deciding ? null : close);
  return (
    <div className={classes.window}>
      <header className={classes.bar}>
        <Mark size={18} />
        <p className={classes.barTitle}>{t('window.title')}{deciding && !scanning && <span className={classes.barCount}>{t('window.position', { index: 1, total: waiting + 1 })}</span>}</p>
        <button type="button" className={classes.barClose} aria-label={deciding ? t('window.close') : t('result.close')} onClick={close}><IconX size={16} aria-hidden /></button>
      </header>
      {scanning ? (
        <main className={classes.scanner}><Scanner onDone={stopScanning} onClose={stopScanning} /></main>
      ) : current === null ? (
        <main className={classes.empty}>{!isLoading && <EmptyState whole title={t('none.title')} text={t('none.text')} />}</main>
      ) : current.outcome === null ? (
        <DecideApproval key={current.approval.id} approval={current.approval} onEnd={end} onScan={() => setScanning(true)} onClose={close} />
      ) : (
        <ApprovalResult approval={current.approval} outcome={current.outcome} waiting={waiting} onNext={next} onClose={close} />
      )}
    </div>
  );
}

/** Which request is on screen, and how it ended. */
function useShown() {
  const queue = useRead('approvals.queue', undefined);
  const pending = queue.data?.filter((approval) => approval.state === 'pending') ?? [];
  const [shown, setShown] = useState<Shown | null>(null);
  const first = pending[0];
  const id = shown?.approval.id ?? first?.id;
  const still = queue.data?.find((approval) => approval.id === id);
  const scanned = first !== undefined && first.scannedNumber !== null ? first : undefined;

  useEffect(() => {
    if (first !== undefined) setShown((now) => now ?? { approval: first, outcome: null });
  }, [shown, first]);
  useEffect(() => {
    if (scanned !== undefined) setShown((now) => (now === null || now.approval.id === scanned.id || now.outcome !== null ? now : { approval: scanned, outcome: null }));
  }, [scanned]);
  // Ended elsewhere: taken back, expired, or answered on another way. What the person did here says it by itself.
  const open = shown !== null && shown.outcome === null ? shown.approval : null;
  const ended = open !== null && queue.data !== undefined && still?.state !== 'pending' ? open : null;
  useEffect(() => {
    if (ended === null) return;
    void endOf(ended, still).then((outcome) => setShown((now) => (now?.approval.id === ended.id && now.outcome === null ? { ...now, outcome } : now)));
  }, [ended, still]);

  const approval = still ?? shown?.approval ?? first;
  const asked = useRef(approval);
  asked.current = approval;
  const end = useCallback((outcome: Outcome) => setShown(asked.current === undefined ? null : { approval: asked.current, outcome }), [asked]);
  const next = useCallback(() => setShown(null), []);
  const current: Shown | null = approval === undefined ? null : { approval, outcome: shown?.outcome ?? null };
  return { current, waiting: pending.filter((other) => other.id !== id).length, isLoading: queue.data === undefined, end, next };
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
