import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { amountParts } from '../../../shared/domain/payment.ts';
import { LinesPattern } from '../LinesPattern.tsx';
import type { ShownPayment } from './asked.ts';
import classes from './AmountCard.module.css';

/** More than two lines of a small window in the large type. */
const longPayee = 56;

/** What is paid and to whom, on the surface where the token speaks: larger than the portal's name. */
export function AmountCard({ payment }: { readonly payment: ShownPayment }) {
  const { t, i18n } = useTranslation('approvals');
  const { sign, figures, currency } = amountParts(payment, i18n.language);
  const written = sign === '' ? figures : `${sign}\u00a0${figures}`;
  return (
    <section className={classes.card} aria-label={t('payment.title')}>
      <LinesPattern placement="card" />
      <p className={classes.label}>{t('payment.pay')}</p>
      {/* Its size follows its length: broken over two lines the last digits could be read as another amount. */}
      <p className={classes.amount} style={{ '--characters': written.length } as CSSProperties}>
        <span className={classes.figures}>{written}</span> <span className={classes.currency}>{currency}</span>
      </p>
      <p className={classes.label}>{t('payment.to')}</p>
      <p className={classes.payee} data-long={payment.payee.length > longPayee || undefined}>{payment.payee}</p>
      <p className={`${classes.account} serial`}>{payment.account}</p>
    </section>
  );
}
