import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconMinus, IconSquare, IconX } from './icons.ts';
import classes from './TitleBar.module.css';

/** What the three buttons of the window do. Null where the system draws its own (macOS). */
export interface WindowActions {
  readonly minimise: () => void;
  readonly toggleMaximise: () => void;
  readonly close: () => void;
}

export interface TitleBarProps {
  readonly crumbs?: readonly string[];
  readonly windowActions: WindowActions | null;
  /** Between the breadcrumbs and the window buttons. */
  readonly children?: ReactNode;
}

/** 52 px, by which the window is dragged. */
export function TitleBar({ crumbs = [], windowActions, children }: TitleBarProps) {
  const { t } = useTranslation('ui');
  return (
    <header className={classes.bar}>
      {crumbs.length > 0 && (
        <nav className={classes.crumbs} aria-label={t('frame.breadcrumbs')}>
          {crumbs.map((crumb, index) => (
            <Fragment key={crumb}>
              {index > 0 && <span className={classes.slash} aria-hidden="true">/</span>}
              <span className={classes.crumb} aria-current={index === crumbs.length - 1 ? 'page' : undefined}>{crumb}</span>
            </Fragment>
          ))}
        </nav>
      )}
      <div className={classes.tools}>{children}</div>
      {windowActions !== null && (
        <div className={classes.window}>
          <button type="button" className={classes.button} aria-label={t('window.minimise')} onClick={windowActions.minimise}><IconMinus size={16} aria-hidden /></button>
          <button type="button" className={classes.button} aria-label={t('window.maximise')} onClick={windowActions.toggleMaximise}><IconSquare size={14} aria-hidden /></button>
          <button type="button" className={classes.button} data-close aria-label={t('window.close')} onClick={windowActions.close}><IconX size={16} aria-hidden /></button>
        </div>
      )}
    </header>
  );
}
