import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './AppFrame.module.css';
import { IconCloudOff, IconLock, IconPlugConnected } from './icons.ts';
import { Mark } from './Mark.tsx';
import { Spinner } from './Spinner.tsx';
import { TitleBar, type WindowActions } from './TitleBar.tsx';

export interface NavItem {
  readonly id: string;
  /** Hash route, e.g. `#/token`. */
  readonly href: string;
  readonly label: string;
  readonly icon: ReactNode;
  /** Things that wait for this person. Null or 0: no badge. */
  readonly count?: number | null;
  /** Read out after the label, e.g. "2 pendientes". */
  readonly countLabel?: string;
}

export interface NavSection {
  readonly id: string;
  readonly label: string;
  readonly items: readonly NavItem[];
}

export interface ConnectionView {
  readonly state: 'online' | 'offline' | 'connecting';
  /** Host of the authority, or "Desde las 15:38" while offline. */
  readonly detail: string;
}

export interface AppFrameProps {
  /** The account switcher (a button with its menu). */
  readonly account: ReactNode;
  readonly sections: readonly NavSection[];
  readonly footItems: readonly NavItem[];
  /** Id of the item of the screen that is shown. */
  readonly currentId: string | null;
  readonly connection: ConnectionView;
  /** From the section to the screen; the last one is where the person is. */
  readonly crumbs: readonly string[];
  /** Null while the app is locked already. */
  readonly onLock: (() => void) | null;
  readonly windowActions: WindowActions | null;
  readonly children: ReactNode;
}

/** The main window: side bar, title bar, and the screen in between. Under 900 px the side bar shows icons only. */
export function AppFrame(props: AppFrameProps) {
  const { t } = useTranslation('ui');
  return (
    <div className={classes.frame}>
      <a className={classes.skip} href="#content" onClick={(event) => { event.preventDefault(); document.getElementById('content')?.focus(); }}>{t('frame.skip')}</a>
      <aside className={classes.side}>
        <div className={classes.brand}><Mark size={26} /><span className={classes.brandName}>Vínculo</span></div>
        <div className={classes.account}>{props.account}</div>
        <nav className={classes.nav} aria-label={t('frame.navigation')}>
          {props.sections.map((section) => (
            <div key={section.id} className={classes.section}>
              <p className={classes.sectionLabel} id={`nav-${section.id}`}>{section.label}</p>
              <NavList items={section.items} currentId={props.currentId} labelledBy={`nav-${section.id}`} />
            </div>
          ))}
          <div className={classes.foot}><NavList items={props.footItems} currentId={props.currentId} /></div>
        </nav>
        <Connection {...props.connection} />
      </aside>
      <div className={classes.main}>
        <TitleBar windowActions={props.windowActions} crumbs={props.crumbs}>
          {props.onLock !== null && (
            <button type="button" className={classes.lock} onClick={props.onLock}>
              <IconLock size={16} aria-hidden /><span>{t('frame.lock')}</span>
            </button>
          )}
        </TitleBar>
        <main id="content" className={classes.content} tabIndex={-1}>{props.children}</main>
      </div>
    </div>
  );
}

function NavList({ items, currentId, labelledBy }: { readonly items: readonly NavItem[]; readonly currentId: string | null; readonly labelledBy?: string }) {
  return (
    <ul aria-labelledby={labelledBy}>
      {items.map((item) => (
        <li key={item.id}>
          <a className={classes.item} href={item.href} title={item.label} aria-current={item.id === currentId ? 'page' : undefined} data-nav={item.id}>
            {item.icon}
            <span className={classes.itemLabel}>{item.label}</span>
            {item.count !== undefined && item.count !== null && item.count > 0 && (
              <>
                <span className={classes.count} aria-hidden="true">{item.count}</span>
                <span className="visually-hidden">{item.countLabel}</span>
              </>
            )}
          </a>
        </li>
      ))}
    </ul>
  );
}

function Connection({ state, detail }: ConnectionView) {
  const { t } = useTranslation('ui');
  return (
    <div className={classes.connection} data-state={state} role="status">
      {state === 'online' && <IconPlugConnected size={16} aria-hidden />}
      {state === 'offline' && <IconCloudOff size={16} aria-hidden />}
      {state === 'connecting' && <Spinner />}
      <div className={classes.connectionText}>
        <p className={classes.connectionState}>{t(`connection.${state}`)}</p>
        <p className={classes.connectionDetail} title={detail}>{detail}</p>
      </div>
    </div>
  );
}
