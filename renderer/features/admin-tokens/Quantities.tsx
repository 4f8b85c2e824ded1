import { useTranslation } from 'react-i18next';
import type { OutputOf } from '../../api/bridge.ts';
import { Card } from '../../ui/Card.tsx';
import { formatCount } from '../../ui/format.ts';
import { IconCircle } from '../../ui/icons.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { StateBar } from '../../ui/StateBar.tsx';
import classes from './Quantities.module.css';

/** Of the company, available, and the states as a bar with its figures. Null: on its way. */
export function Quantities({ summary }: { readonly summary: OutputOf<'admin.tokens.summary'> | null }) {
  const { t, i18n } = useTranslation('adminTokens');
  const count = (value: number | null) => (value === null ? <Skeleton width="86px" height="22px" /> : formatCount(value, i18n.language));
  const counts = summary?.counts ?? null;
  return (
    <Card flush label={t('quantity.label')}>
      <div className={classes.quantities}>
        <dl className={classes.quantity}>
          <dt className={classes.label}>{t('quantity.company')}</dt>
          <dd className={classes.figure} data-testid="quantity-company">{count(summary?.allocated ?? null)}</dd>
        </dl>
        <dl className={classes.quantity}>
          <dt className={classes.label}>{t('quantity.available')}</dt>
          <dd className={classes.figure} data-available data-testid="quantity-available">{count(counts === null ? null : (counts.available ?? 0))}</dd>
        </dl>
        <div className={classes.bar}>{counts === null ? <BarSkeleton /> : summary !== null && counts.available === summary.allocated ? <AllAvailable /> : <StateBar counts={counts} />}</div>
      </div>
    </Card>
  );
}

function AllAvailable() {
  const { t } = useTranslation('adminTokens');
  return (
    <div className={classes.all}>
      <span className={classes.hollow} aria-hidden="true" />
      <p className={classes.allText}><IconCircle size={14} aria-hidden />{t('quantity.allAvailable')}</p>
    </div>
  );
}

function BarSkeleton() {
  return (
    <div className={classes.all} aria-hidden="true">
      <Skeleton width="100%" height="8px" />
      <div className={classes.figures}>{['70px', '76px', '84px', '76px', '72px'].map((width, index) => <Skeleton key={index} width={width} />)}</div>
    </div>
  );
}
