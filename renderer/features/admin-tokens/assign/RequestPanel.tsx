import { ActionIcon, Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { UserRow } from '../../../../shared/contract/admin.ts';
import type { ErrorView } from '../../../api/errors.ts';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { formatCount } from '../../../ui/format.ts';
import { IconArrowRight, IconSend, IconX } from '../../../ui/icons.ts';
import { Notice } from '../../../ui/Notice.tsx';
import classes from './Assign.module.css';
import { assignLimit, balance } from './choice.ts';

export interface RequestPanelProps {
  readonly chosen: readonly UserRow[];
  readonly available: number | null;
  readonly offline: boolean;
  readonly asking: boolean;
  readonly error: ErrorView | null;
  readonly onRemove: (user: UserRow) => void;
  readonly onClear: () => void;
  readonly onContinue: () => void;
  readonly onCancel: () => void;
}

/** "Tokens Virtuales a Solicitar: n", what will be left, who is chosen, and the way on. */
export function RequestPanel(props: RequestPanelProps) {
  const { t, i18n } = useTranslation(['adminTokens', 'admin']);
  const { chosen, available } = props;
  const count = chosen.length;
  const { left, over } = balance({ chosen: count, available });
  const n = (value: number) => formatCount(value, i18n.language);
  const value = (figure: number | null) => (figure === null ? '…' : n(figure));
  return (
    <aside className={classes.panel} aria-label={t('choose.counter')}>
      <div className={classes.counter}>
        <p className={classes.counterLabel} data-testid="tokens-requested"><span>{t('choose.counter')}</span> <span className={classes.counterFigure}>{n(count)}</span></p>
        <dl>
          <div className={classes.figure}><dt>{t('choose.availableNow')}</dt><dd>{value(available)}</dd></div>
          <div className={classes.figure}><dt>{t('choose.availableAfter')}</dt><dd>{value(left)}</dd></div>
        </dl>
      </div>
      <div className={classes.chosen}>
        <h2 className={classes.chosenTitle}>{t('choose.chosen')}{count > 1 && <Button size="xs" variant="subtle" onClick={props.onClear}>{t('choose.removeAll')}</Button>}</h2>
        {count === 0
          ? <p className={classes.nobody}>{t('choose.chosenNone')}</p>
          : (
            <ul className={classes.chosenList}>
              {chosen.map((user) => (
                <li key={user.id} className={classes.chosenUser}>
                  <span>{user.name}</span>
                  <ActionIcon size={28} aria-label={t('choose.remove', { name: user.name })} onClick={() => props.onRemove(user)}><IconX size={16} aria-hidden /></ActionIcon>
                </li>
              ))}
            </ul>
          )}
      </div>
      <div className={classes.ways}>
        {over > 0 && <Notice tone="amber" role="alert">{t('choose.tooMany', { count, n: n(count), available: n(available ?? 0), over: n(over) })}</Notice>}
        {over === 0 && count > assignLimit && <Notice tone="amber" role="alert">{t('choose.limit', { limit: n(assignLimit) })}</Notice>}
        {over === 0 && props.error === null && <Notice tone="neutral" icon={<IconSend size={16} aria-hidden />}>{t('choose.note')}</Notice>}
        <ErrorNotice error={props.error} />
        <Button size="lg" fullWidth disabled={count === 0 || over > 0 || count > assignLimit || props.offline || available === null} loading={props.asking} rightSection={<IconArrowRight size={18} aria-hidden />} onClick={props.onContinue}>{t('choose.continue')}</Button>
        <Button size="sm" fullWidth variant="subtle" onClick={props.onCancel}>{t('admin:cancel')}</Button>
      </div>
    </aside>
  );
}
