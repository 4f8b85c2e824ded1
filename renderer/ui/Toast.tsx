import { useTranslation } from 'react-i18next';
import { IconCircleCheck, IconInfoCircle, IconX } from './icons.ts';
import classes from './Toast.module.css';

export interface ToastContent {
  readonly tone: 'ok' | 'info';
  readonly text: string;
}

/** Drawn by `Announcer`; use `useToast()`. */
export function Toast({ tone, text, onClose }: ToastContent & { readonly onClose: () => void }) {
  const { t } = useTranslation('ui');
  const Icon = tone === 'ok' ? IconCircleCheck : IconInfoCircle;
  return (
    <section className={classes.toast} data-tone={tone} aria-label={t('toast')}>
      <Icon size={18} aria-hidden />
      <span className={classes.text}>{text}</span>
      <button type="button" className={classes.close} aria-label={t('close')} onClick={onClose}><IconX size={16} aria-hidden /></button>
    </section>
  );
}
