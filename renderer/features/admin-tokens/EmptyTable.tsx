import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/Card.tsx';
import { formatCount } from '../../ui/format.ts';
import { IconPlus } from '../../ui/icons.ts';
import { Mark } from '../../ui/Mark.tsx';
import { EmptyState } from '../../ui/States.tsx';
import classes from './EmptyTable.module.css';

/** No token belongs to anybody yet: what this place is for and the way to begin. */
export function EmptyTable({ available, onAssign }: { readonly available: number; readonly onAssign: () => void }) {
  const { t, i18n } = useTranslation('adminTokens');
  return (
    <div className={classes.fill}>
      <Card flush>
        <div className={classes.centre}>
          <EmptyState
            picture={<Picture />} title={t('empty.title')}
            text={available === 0 ? t('empty.textNone') : t('empty.text', { count: available, n: formatCount(available, i18n.language) })}
            actions={available > 0 && <Button size="lg" leftSection={<IconPlus size={20} aria-hidden />} onClick={onAssign}>{t('assign')}</Button>}
          />
        </div>
      </Card>
    </div>
  );
}

/** Nothing fits search and filter. */
export function NoMatch({ onClear }: { readonly onClear: () => void }) {
  const { t } = useTranslation('admin');
  return <EmptyState title={t('noMatch.title')} text={t('noMatch.text')} actions={<Button variant="default" onClick={onClear}>{t('noMatch.clear')}</Button>} />;
}

function Picture() {
  return (
    <div className={classes.picture} aria-hidden="true">
      {[58, 50, 42].map((width) => <span key={width} className={classes.line}><span style={{ width }} /><span /></span>)}
      <span className={classes.mark}><Mark size={50} /></span>
    </div>
  );
}
