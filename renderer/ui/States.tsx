import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from './CopyButton.tsx';
import { IconAlertTriangle, IconCloudOff, IconLifebuoy, IconRefresh } from './icons.ts';
import classes from './States.module.css';

export interface EmptyStateProps {
  readonly title: string;
  readonly text: string;
  readonly picture?: ReactNode;
  /** Empty screens carry the primary button themselves. */
  readonly actions?: ReactNode;
  /** It is the whole screen, and its title the screen's. */
  readonly whole?: boolean;
}

/** Nothing here yet: what this place is for and the way to begin. */
export function EmptyState({ title, text, picture, actions, whole = false }: EmptyStateProps) {
  const Title = whole ? 'h1' : 'h2';
  return (
    <div className={classes.state}>
      {picture}
      <Title className={classes.title}>{title}</Title>
      <p className={classes.text}>{text}</p>
      {actions !== undefined && <div className={classes.actions}>{actions}</div>}
    </div>
  );
}

/** The three sentences of an error and the code a person reads to support. */
export interface ErrorTexts {
  readonly happened: string;
  readonly unchanged: string;
  readonly todo: string;
  readonly code: string;
}

export interface ErrorStateProps {
  readonly title: string;
  readonly error: ErrorTexts;
  /** It is the whole screen, and its title the screen's. */
  readonly whole?: boolean;
  /** Between the sentences and the buttons: what comes after. */
  readonly children?: ReactNode;
  /** In place of its own buttons. */
  readonly actions?: ReactNode;
  /** `15:42:08`, when it happened. */
  readonly at?: string;
  readonly onRetry?: () => void;
  readonly onSupport?: () => void;
  readonly onCopyCode?: () => Promise<void>;
}

/** A screen that could not be loaded, or that has nothing to work with. */
export function ErrorState({ title, error, whole = false, children, actions, at, onRetry, onSupport, onCopyCode }: ErrorStateProps) {
  const { t } = useTranslation('ui');
  const Title = whole ? 'h1' : 'h2';
  return (
    <div className={classes.state} role="alert">
      <div className={classes.badge}><IconAlertTriangle size={28} aria-hidden /></div>
      <Title className={classes.title}>{title}</Title>
      <p className={classes.text}>{`${error.happened} ${error.unchanged} ${error.todo}`}</p>
      {children}
      <div className={classes.actions}>
        {actions}
        {onRetry !== undefined && <Button size="md" leftSection={<IconRefresh size={18} aria-hidden />} onClick={onRetry}>{t('error.retry')}</Button>}
        {onSupport !== undefined && <Button size="md" variant="default" leftSection={<IconLifebuoy size={18} aria-hidden />} onClick={onSupport}>{t('error.support')}</Button>}
      </div>
      <p className={classes.code}>
        {t('error.code')} <span className={classes.codeValue}>{error.code}</span>{at !== undefined && <span> · {at}</span>}
        {onCopyCode !== undefined && <CopyButton variant="subtle" size="xs" label={t('copy')} done={t('copied')} onCopy={onCopyCode} />}
      </p>
    </div>
  );
}

export interface OfflineBannerProps {
  /** `15:38`: what is shown is from then. Null: nothing was loaded yet. */
  readonly since: string | null;
  readonly retryInSeconds?: number | undefined;
  readonly onRetry: () => void;
}

/** The authority is out of reach: data kept and dated, changes off, codes still good. */
export function OfflineBanner({ since, retryInSeconds, onRetry }: OfflineBannerProps) {
  const { t } = useTranslation('ui');
  return (
    <div className={classes.offline} role="status">
      <IconCloudOff size={18} aria-hidden />
      <p className={classes.offlineText}>
        <strong>{t('offline.title')}</strong> {since === null ? t('offline.textNoData') : t('offline.text', { time: since })}
      </p>
      {retryInSeconds !== undefined && <span className={classes.retryIn} aria-hidden="true">{t('offline.retryIn', { count: retryInSeconds })}</span>}
      <Button variant="default" size="xs" leftSection={<IconRefresh size={16} aria-hidden />} onClick={onRetry}>{t('offline.retryNow')}</Button>
    </div>
  );
}
