import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shortId } from '../action/types.ts';
import { formatDateTime } from '../format.ts';
import classes from './AuditTimeline.module.css';
import { eventLook, type ShownActor, useActorText, useEventText } from './event-looks.ts';

/** One entry of the audit trail, as the contract shows it. */
export interface ShownEntry {
  readonly sequence: number;
  readonly at: number;
  readonly event: string;
  readonly actor: ShownActor;
  readonly ip: string | null;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
  readonly approvalId: string | null;
}

export interface AuditTimelineProps {
  /** Newest first. */
  readonly entries: readonly ShownEntry[];
  /** The evidence of an approval; loaded when it is opened. */
  readonly evidence: (approvalId: string) => ReactNode;
}

/** Events as a line of time; the evidence of an approval opens in its place. */
export function AuditTimeline({ entries, evidence }: AuditTimelineProps) {
  return <ol className={classes.line}>{entries.map((entry) => <TimelineEntry key={entry.sequence} entry={entry} evidence={evidence} />)}</ol>;
}

function TimelineEntry({ entry, evidence }: { readonly entry: ShownEntry; readonly evidence: AuditTimelineProps['evidence'] }) {
  const { t } = useTranslation('admin');
  const [open, setOpen] = useState(false);
  const eventText = useEventText();
  const actorText = useActorText();
  const details = useDetails(entry);
  const { tone, Icon } = eventLook(entry.event);
  const { approvalId } = entry;
  const panel = `evidence-${entry.sequence}`;
  return (
    <li className={classes.entry} data-event={entry.event}>
      <span className={classes.icon} data-tone={tone}><Icon size={16} aria-hidden /></span>
      <div className={classes.body}>
        <div className={classes.head}>
          <h4 className={classes.title}>{eventText(entry.event)}</h4>
          <time className={classes.time} dateTime={new Date(entry.at).toISOString()}>{formatDateTime(entry.at, { seconds: true })}</time>
        </div>
        <p className={classes.text}>{[actorText(entry.actor), ...details].join(' · ')}</p>
        {approvalId !== null && (
          <button type="button" className={classes.open} aria-expanded={open} aria-controls={panel} onClick={() => setOpen(!open)}>
            {open ? t('evidence.hide') : t('evidence.open')} <span className="serial">{shortId(approvalId)}</span>
          </button>
        )}
        {open && approvalId !== null && <div id={panel} className={classes.evidence}>{evidence(approvalId)}</div>}
      </div>
    </li>
  );
}

/** Of a code that was accepted, and why one was not. */
const methods = ['code', 'hardware', 'temporary'] as const;
const refusals = ['wrong', 'used', 'locked', 'notAllowed', 'unknown'] as const;

/** The part of an entry's detail that people read; ids and states stay in the evidence. */
function useDetails(entry: ShownEntry): string[] {
  const { t } = useTranslation('admin');
  const { detail } = entry;
  const proof = detail['secondProof'];
  const method = methods.find((known) => known === detail['method']);
  const why = refusals.find((known) => known === detail['why']);
  return [
    ...(typeof detail['portal'] === 'string' ? [t('detail.portal', { name: detail['portal'] })] : []),
    ...(method === undefined ? [] : [t(`detail.method.${method}`)]),
    ...(why === undefined ? [] : [t(`detail.why.${why}`)]),
    ...(detail['evidence'] === 'mac' ? [t('detail.mac')] : []),
    ...(typeof detail['hardware'] === 'string' ? [t('detail.hardware', { serial: detail['hardware'] })] : []),
    ...(proof === 'sms' ? [t('detail.secondProofSms')] : proof === 'hardware_otp' ? [t('detail.secondProofHardware')] : []),
    ...(typeof detail['failures'] === 'number' ? [t('detail.failures', { n: detail['failures'] })] : []),
    ...(entry.ip === null ? [] : [entry.ip]),
    ...(typeof detail['reason'] === 'string' && detail['reason'] !== '' ? [t('detail.reason', { reason: detail['reason'] })] : []),
  ];
}
