import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconArrowRight } from './icons.ts';
import classes from './BeforeAfter.module.css';

/** Before → after, each usually a badge. Read out as "De … a …". */
export function BeforeAfter({ before, after }: { readonly before: ReactNode; readonly after: ReactNode }) {
  const { t } = useTranslation('ui');
  return (
    <span className={classes.row}>
      <span className="visually-hidden">{t('beforeAfter.from')}</span>
      {before}
      <IconArrowRight size={16} aria-hidden />
      <span className="visually-hidden">{t('beforeAfter.to')}</span>
      {after}
    </span>
  );
}
