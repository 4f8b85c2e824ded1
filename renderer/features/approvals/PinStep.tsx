import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Asked } from '../../api/approvals.ts';
import { useErrorView } from '../../api/use-error.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { formatCount, groupCode } from '../../ui/format.ts';
import { IconFileCertificate, IconNumbers, IconShieldCheck } from '../../ui/icons.ts';
import { PinField } from '../../ui/PinField.tsx';
import classes from './approval-window.module.css';
import type { Decision } from './use-decision.ts';

export interface PinStepProps {
  readonly asked: Asked;
  /** Of the portal; null for an admin action, which has none. */
  readonly number: string | null;
  readonly onChangeNumber: () => void;
  readonly decision: Decision;
}

/** The PIN, which signs what stands above. */
export function PinStep({ asked, number, onChangeNumber, decision }: PinStepProps) {
  const { t } = useTranslation('approvals');
  const [pin, setPin] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const approveText = useApproveText(asked);
  const { busy } = decision;
  // A wrong number was said beside the number; with the next one it is over.
  const failure = decision.failure?.code === 'NUMBER_WRONG' ? null : decision.failure;
  const error = useErrorView(failure);
  const wrongPin = failure?.code === 'PIN_WRONG';
  useEffect(() => {
    if (failure !== null) input.current?.focus();
  }, [failure]);

  const sign = async () => {
    if (pin.length < 6) return;
    await decision.approve(number, pin);
    setPin('');
  };
  return (
    <form className={classes.step} noValidate onSubmit={(event) => { event.preventDefault(); void sign(); }}>
      {number !== null && (
        <div className={classes.number}>
          <IconNumbers size={18} aria-hidden />
          <span className={classes.numberLabel}>{t('number.title')}</span>
          <strong className={classes.numberValue}>{groupCode(number)}</strong>
          <Button size="xs" variant="subtle" disabled={busy !== null} onClick={onChangeNumber} aria-label={t('number.changeNumber')}>{t('number.change')}</Button>
        </div>
      )}
      <PinField label={t('window.pin')} value={pin} onChange={setPin} autoFocus disabled={busy !== null} inputRef={input} error={wrongPin && error !== null ? `${error.happened} ${error.todo}` : undefined} />
      {!wrongPin && <ErrorNotice error={error} />}
      {number !== null && <p className={classes.signed}><IconFileCertificate size={16} aria-hidden />{t('window.signed')}</p>}
      <Button type="submit" size="lg" fullWidth loading={busy === 'approve'} disabled={pin.length < 6 || (busy !== null && busy !== 'approve')} rightSection={<IconShieldCheck size={18} aria-hidden />}>{approveText}</Button>
    </form>
  );
}

/** The verb names the effect. */
function useApproveText(asked: Asked): string {
  const { t, i18n } = useTranslation('approvals');
  switch (asked.kind) {
    case 'admin-action': {
      const count = asked.details.rows.length;
      return t('window.approve', { count, n: formatCount(count, i18n.language) });
    }
    case 'login': return t('login.approve');
    case 'transaction': return t('payment.approve');
    default: return asked satisfies never;
  }
}
