import { useTranslation } from 'react-i18next';
import { Facts, type Fact } from '../Facts.tsx';
import { formatCount, formatDateTime } from '../format.ts';
import { IconEye, IconFileCertificate } from '../icons.ts';
import classes from './ActionDocument.module.css';
import { ActionRows } from './ActionRows.tsx';
import { type ShownAction, shortId } from './types.ts';

/** "Lo que va a firmar": the same text that the token shows, so that the person can compare. */
export function ActionDocument({ action }: { readonly action: ShownAction }) {
  const { t, i18n } = useTranslation('admin');
  const { details } = action;
  const n = (count: number) => formatCount(count, i18n.language);
  const facts: Fact[] = [
    { id: 'action', label: t('document.action'), value: t(`action.${details.action}`, { count: details.rows.length, n: n(details.rows.length) }) },
    { id: 'company', label: t('document.company'), value: details.company.name },
    { id: 'requestedBy', label: t('document.requestedBy'), value: details.requestedBy.name },
    ...(details.firstApprovedBy === null ? [] : [{ id: 'first', label: t('document.firstApprovedBy'), value: details.firstApprovedBy.name }]),
    { id: 'at', label: t('document.at'), value: formatDateTime(action.requestedAt, { seconds: true }) },
    ...(details.reason === null ? [] : [{ id: 'reason', label: t('document.reason'), value: details.reason }]),
  ];
  return (
    <section className={classes.document} aria-label={t('document.title')}>
      <header className={classes.head}>
        <IconFileCertificate size={20} aria-hidden />
        <h2 className={classes.title}>{t('document.title')}</h2>
        <span className={`${classes.id} serial`} title={action.approvalId}>
          <span className="visually-hidden">{t('document.reference')} </span>{shortId(action.approvalId)}
        </span>
      </header>
      <div className={classes.body} tabIndex={0} role="group" aria-label={t('document.people')}>
        <div className={classes.facts}><Facts items={facts} /></div>
        <ActionRows rows={details.rows} />
        {details.pool !== null && (
          <div className={classes.facts}>
            <Facts items={[{ id: 'pool', label: t('document.pool'), value: t('document.poolChange', { before: n(details.pool.before), after: n(details.pool.after) }) }]} />
          </div>
        )}
      </div>
      <p className={classes.same}><IconEye size={16} aria-hidden />{t('document.same')}</p>
    </section>
  );
}
