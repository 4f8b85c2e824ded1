import { useTranslation } from 'react-i18next';
import type { TokenState } from '../../shared/domain/token-states.ts';
import { formatCount } from './format.ts';
import classes from './StateBar.module.css';
import { tokenStateLooks } from './StatusBadge.tsx';

/** Order of the parts and of the figures. Revoked tokens are gone from the pool and not part of it. */
export const barStates = ['active', 'assigned', 'pending_activation', 'blocked', 'available'] as const satisfies readonly TokenState[];
export type StateCounts = Readonly<Record<(typeof barStates)[number], number>>;

/** The figures carry the meaning; the bar shows only the proportion, so it is hidden from screen readers. */
export function StateBar({ counts }: { readonly counts: StateCounts }) {
  const { t, i18n } = useTranslation('ui');
  const shown = barStates.filter((state) => counts[state] > 0);
  return (
    <div className={classes.root}>
      <div className={classes.bar} aria-hidden="true">
        {shown.map((state) => <span key={state} className={classes.part} data-state={state} style={{ flexGrow: counts[state] }} />)}
      </div>
      <dl className={classes.figures}>
        {barStates.map((state) => {
          const { Icon } = tokenStateLooks[state];
          return (
            <div key={state} className={classes.figure} data-state={state}>
              <dt className={classes.name}>{t(`tokenState.${state}`)}</dt>
              <dd className={classes.count}><Icon size={14} aria-hidden />{formatCount(counts[state], i18n.language)}</dd>
            </div>
          );
        })}
      </dl>
    </div>
  );
}
