import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { invitationSeconds } from '../../../shared/domain/users.ts';
import { useAnnounce } from '../Announcer.tsx';
import { formatCount, formatDate, formatTime } from '../format.ts';
import { IconBan, IconClockX, IconFileCertificate, IconFlag, IconRefresh, IconShieldCheck, IconX } from '../icons.ts';
import { StatusBadge } from '../StatusBadge.tsx';
import classes from './ActionOutcome.module.css';
import { HardwareBadge } from './ActionRows.tsx';
import { type ShownAction, shortId } from './types.ts';

export interface ActionOutcomeProps {
  readonly action: ShownAction;
  /** Opens the evidence of the approval. */
  readonly onEvidence?: (() => void) | undefined;
  /** Where to go on from here, one of them primary. */
  readonly actions: ReactNode;
}

const looks = {
  done: { tone: 'ok', Icon: IconShieldCheck },
  denied: { tone: 'neutral', Icon: IconX },
  reported: { tone: 'red', Icon: IconFlag },
  expired: { tone: 'neutral', Icon: IconClockX },
  cancelled: { tone: 'neutral', Icon: IconBan },
  stale: { tone: 'amber', Icon: IconRefresh },
} as const;
export type OutcomeKind = keyof typeof looks;

/** How a change ended. A report is a denial that also blocked the token. Null while it still runs. */
export function outcomeOf(action: Pick<ShownAction, 'state' | 'approvalState'>): OutcomeKind | null {
  if (action.state === 'pending' || action.state === 'awaiting_second') return null;
  if (action.state === 'denied' && action.approvalState === 'reported') return 'reported';
  return action.state;
}

/** Kinds that send invitations: their rows say until when. */
const invites: readonly string[] = ['assign', 'replaceDevicePlanned', 'replaceDeviceLost'];

/** The end of a change: what is true now, row by row, and what comes next. */
export function ActionOutcome({ action, onEvidence, actions }: ActionOutcomeProps) {
  const announce = useAnnounce();
  const heading = useRef<HTMLHeadingElement>(null);
  const kind = outcomeOf(action) ?? 'done';
  const { title, text } = useOutcomeTexts(action, kind);
  useEffect(() => {
    heading.current?.focus();
    announce(`${title}. ${text}`);
  }, [announce, title, text]);
  const { tone, Icon } = looks[kind];
  return (
    <section className={classes.outcome} aria-labelledby="action-outcome" data-outcome={kind}>
      <span className={classes.tile} data-tone={tone}><Icon size={32} aria-hidden /></span>
      <h2 className={classes.title} id="action-outcome" tabIndex={-1} ref={heading}>{title}</h2>
      {text !== '' && <p className={classes.text}>{text}</p>}
      {kind === 'done' && <DoneRows action={action} />}
      {kind === 'stale' && action.staleRows.length > 0 && <StaleRows names={action.staleRows} />}
      {kind === 'done' && <Signed action={action} onEvidence={onEvidence} />}
      <div className={classes.actions}>{actions}</div>
    </section>
  );
}

function useOutcomeTexts(action: ShownAction, kind: OutcomeKind): { title: string; text: string } {
  const { t, i18n } = useTranslation('admin');
  const count = action.details.rows.length;
  const n = formatCount(count, i18n.language);
  if (kind === 'done') {
    const next = action.details.action;
    const text =
      next === 'assign' || next === 'activate' ? t(`outcome.next.${next}`, { count, n })
      : next === 'reject' || next === 'addUser' ? t(`outcome.next.${next}`)
      : '';
    return { title: t(`outcome.done.${next}`, { count, n }), text };
  }
  const key = kind === 'denied' && action.approvalState === 'approved' ? 'deniedSecond' : kind;
  return { title: t(`outcome.${key}.title`), text: t(`outcome.${key}.text`) };
}

function DoneRows({ action }: { readonly action: ShownAction }) {
  const { t } = useTranslation('admin');
  const { rows, action: kind } = action.details;
  const expires = invites.includes(kind) && action.decidedAt !== null ? formatDate(action.decidedAt + invitationSeconds * 1000) : null;
  return (
    <ul className={classes.rows}>
      {rows.map((row) => (
        <li key={row.userId} className={classes.row}>
          <span className={classes.name}>{row.name}</span>
          {row.serial !== null && row.token !== null && <span className={`${classes.serial} serial`}>{row.serial}</span>}
          {row.token !== null && <StatusBadge state={row.token.after ?? 'none'} />}
          {row.token === null && row.hardware !== null && <HardwareBadge state={row.hardware.after} />}
          {expires !== null && <span className={classes.expires}>{t('outcome.expiresOn', { date: expires })}</span>}
        </li>
      ))}
    </ul>
  );
}

function StaleRows({ names }: { readonly names: readonly string[] }) {
  const { t } = useTranslation('admin');
  return (
    <div className={classes.stale}>
      <p className={classes.staleTitle}>{t('outcome.stale.rows')}</p>
      <ul className={classes.rows}>
        {names.map((name) => <li key={name} className={classes.row}><span className={`${classes.name} serial`}>{name}</span></li>)}
      </ul>
    </div>
  );
}

function Signed({ action, onEvidence }: { readonly action: ShownAction; readonly onEvidence: (() => void) | undefined }) {
  const { t } = useTranslation('admin');
  if (action.decidedAt === null) return null;
  return (
    <p className={classes.signed}>
      <IconFileCertificate size={16} aria-hidden />
      <span className="serial" title={action.approvalId}>{t('outcome.signed', { time: formatTime(action.decidedAt, { seconds: true }), id: shortId(action.approvalId) })}</span>
      {onEvidence !== undefined && <button type="button" className={classes.link} onClick={onEvidence} aria-label={t('evidence.open')}>{t('outcome.see')}</button>}
    </p>
  );
}
