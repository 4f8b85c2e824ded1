import { useTranslation } from 'react-i18next';
import { accountOf, useAppState } from '../../api/app-state.ts';
import { adminDetails, type ApprovalView } from '../../api/approvals.ts';
import { ActionRows } from '../../ui/action/ActionRows.tsx';
import { formatClock, formatCount, formatTime } from '../../ui/format.ts';
import { IconRosetteDiscountCheckFilled } from '../../ui/icons.ts';
import { Mark } from '../../ui/Mark.tsx';
import { soonSeconds } from '../../ui/TimeLeftBar.tsx';
import classes from './approval-window.module.css';

export interface ApprovalHeadProps {
  readonly approval: ApprovalView;
  readonly title: string;
  readonly secondsLeft: number;
}

/** The question, then who asks and how long there is. Read in this order; drawn with the asker above. */
export function ApprovalHead({ approval, title, secondsLeft }: ApprovalHeadProps) {
  const { t } = useTranslation('approvals');
  const ui = useTranslation('ui').t;
  const state = useAppState();
  const account = accountOf(state, approval.accountId);
  const { context } = approval.payload;
  const details = adminDetails(approval);
  const when = { ip: context.ip, time: formatTime(context.requestedAt, { seconds: true }) };
  const soon = secondsLeft < soonSeconds;
  return (
    <div className={classes.head}>
      <h1 className={classes.question}>{title}</h1>
      <div className={classes.who}>
        <Mark size={44} />
        <div className={classes.whoText}>
          <p className={classes.asker}>{ui('approval.adminConsole')}</p>
          <p className={classes.company}><IconRosetteDiscountCheckFilled size={15} aria-hidden />{details.company.name}<span className="visually-hidden"> ({ui('approval.verified')})</span></p>
        </div>
        <div className={classes.time} data-soon={soon || undefined}>
          <p className={classes.clock}>{formatClock(secondsLeft)}</p>
          <p className={classes.clockWord}>{soon ? t('window.soon') : t('window.expires')}</p>
        </div>
      </div>
      <p className={classes.context}>{details.requestedBy.name === account?.name ? t('window.byYou', when) : t('window.byOther', { name: details.requestedBy.name, ...when })}</p>
      {(state?.accounts.length ?? 0) > 1 && account !== null && <p className={classes.context}>{t('window.account', { serial: account.serial, name: account.name })}</p>}
      {details.firstApprovedBy !== null && <p className={classes.context}>{t('window.firstApproved', { name: details.firstApprovedBy.name })}</p>}
    </div>
  );
}

/** Everything that is signed: each person in full, the pool, the reason, from where it was asked. */
export function ApprovalFacts({ approval }: { readonly approval: ApprovalView }) {
  const { t, i18n } = useTranslation('approvals');
  const { context } = approval.payload;
  const details = adminDetails(approval);
  const n = (count: number) => formatCount(count, i18n.language);
  return (
    <section className={classes.facts} aria-label={t('window.scroll')} tabIndex={0}>
      <ActionRows rows={details.rows} />
      <dl className={classes.band}>
        {details.pool !== null && <div><dt>{t('window.pool')}</dt><dd>{n(details.pool.before)} → {n(details.pool.after)}</dd></div>}
        {details.reason !== null && <div><dt>{t('window.reason')}</dt><dd>{details.reason}</dd></div>}
        <div><dt>{t('window.from')}</dt><dd>{context.agent}{context.place !== null && `, ${t('window.place', { place: context.place.text, source: context.place.source })}`}</dd></div>
      </dl>
    </section>
  );
}
