import { useTranslation } from 'react-i18next';
import type { AdminActionKind } from '../../../shared/domain/admin-actions.ts';
import { type Amount, formatAmount } from '../../../shared/domain/payment.ts';
import { formatCount } from '../format.ts';

/** A payment as it is shown: every field that is signed. */
export interface ShownPayment extends Amount {
  readonly payee: string;
  readonly account: string;
  readonly reference: string | null;
}

/** What a request asks for, in the few words of a line; every screen switches over all of its kinds. */
export type ShownAsk =
  | { readonly kind: 'admin-action'; readonly action: AdminActionKind; readonly count: number; readonly company: string }
  | { readonly kind: 'login'; readonly portal: string }
  | { readonly kind: 'transaction'; readonly portal: string; readonly payment: ShownPayment };

/** The action in a few words: "Asignar token virtual a 2 usuarios". */
export function useActionTitle(): (action: AdminActionKind, count: number) => string {
  const { t, i18n } = useTranslation('admin');
  return (action, count) => t(`action.${action}`, { count, n: formatCount(count, i18n.language) });
}

/** "Inicio de sesión", "Pago de $ 48.350.000 COP a Hilanderías Unidas", "Asignar token virtual a 2 usuarios". */
export function useAskTitle(): (ask: ShownAsk) => string {
  const { t, i18n } = useTranslation('ui');
  const titleOf = useActionTitle();
  return (ask) => {
    switch (ask.kind) {
      case 'admin-action': return titleOf(ask.action, ask.count);
      case 'login': return t('approval.login');
      case 'transaction': return t('approval.payment', { amount: formatAmount(ask.payment, i18n.language), payee: ask.payment.payee });
      default: return ask satisfies never;
    }
  };
}

/** Who asks, by name. `short`: for a narrow column. */
export function useAskerName(): (ask: ShownAsk, length?: 'full' | 'short') => string {
  const { t } = useTranslation('ui');
  return (ask, length = 'full') => (ask.kind !== 'admin-action' ? ask.portal : length === 'short' ? t('approval.adminShort') : t('approval.adminConsole'));
}
