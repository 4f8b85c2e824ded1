import { useTranslation } from 'react-i18next';
import { amountParts } from '../../../shared/domain/payment.ts';
import { LinesPattern } from '../LinesPattern.tsx';
import type { ShownPayment } from './asked.ts';
import classes from './AmountCard.module.css';

/** What is paid and to whom, on the surface where the token speaks: larger than the portal's name. */
export function AmountCard({ payment }: { readonly payment: ShownPayment }) {
  const { t, i18n } = useTranslation('approvals');
  const { sign, figures, currency } = amountParts(payment, i18n.language);
  const long = figures.length > 14;
  return (
    <section className={classes.card} aria-label={t('payment.title')}>
      <LinesPattern placement="card" />
      <p className={classes.label}>{t('payment.pay')}</p>
      <p className={classes.amount} data-long={long || undefined}>
        <span className={classes.figures}>{sign !== '' && `${sign}\u00a0`}{figures}</span> <span className={classes.currency}>{currency}</span>
      </p>
      <p className={classes.label}>{t('payment.to')}</p>
      <p className={classes.payee}>{payment.payee}</p>
      <p className={`${classes.account} serial`}>{payment.account}</p>
    </section>
  );
}
