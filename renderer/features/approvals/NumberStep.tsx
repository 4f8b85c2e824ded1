import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { numberLength, readScanned } from '../../../shared/domain/scanned.ts';
import type { ApprovalView } from '../../api/approvals.ts';
import type { BridgeError } from '../../api/bridge.ts';
import { useCommand } from '../../api/queries.ts';
import { useErrorView } from '../../api/use-error.ts';
import { useToast } from '../../ui/Announcer.tsx';
import { cleanDigits, DigitsField } from '../../ui/DigitsField.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { IconClipboard, IconQrcode } from '../../ui/icons.ts';
import classes from './approval-window.module.css';

export interface NumberStepProps {
  readonly approval: ApprovalView;
  readonly number: string;
  readonly onNumber: (number: string) => void;
  /** Of the last answer: a wrong number stands under its boxes. */
  readonly failure: BridgeError | null;
  readonly disabled: boolean;
  readonly onScan: () => void;
  readonly onContinue: () => void;
}

/** The six digits that the portal shows: typed, pasted (also as the whole link of the QR) or scanned. */
export function NumberStep({ approval, number, onNumber, failure, disabled, onScan, onContinue }: NumberStepProps) {
  const { t } = useTranslation('approvals');
  const error = useErrorView(failure);
  const open = useCommand('scan.open', ['approvals']);
  const linkError = useErrorView(open.error);
  const wrong = error?.code === 'NUMBER_WRONG' && number === '' ? `${error.happened} ${error.todo}` : undefined;

  const toast = useToast();
  const change = (next: string) => {
    open.reset();
    onNumber(next);
  };
  /** A pasted link of this request fills its number in; one of another request goes the way of a scanned one. */
  const take = (text: string) => {
    const read = readScanned(text);
    if (read.kind === 'approve' && read.approvalId === approval.id) change(read.number);
    else if (read.kind === 'approve') void open.run({ text });
    else if (/^[\s\d-]+$/.test(text) && /\d/.test(text)) change(cleanDigits(text, 'digits', numberLength));
    else toast({ tone: 'info', text: t('number.pasteNothing') });
  };
  return (
    <form className={classes.step} noValidate onSubmit={(event) => { event.preventDefault(); onContinue(); }}>
      <div>
        <DigitsField label={t('number.label')} value={number} onChange={change} length={numberLength} autoFocus disabled={disabled} error={wrong} onPaste={(text) => { take(text); return true; }} />
        <div className={classes.ways}>
          <Button size="xs" variant="subtle" leftSection={<IconQrcode size={16} aria-hidden />} onClick={onScan}>{t('number.scan')}</Button>
          <PasteButton onText={take} />
        </div>
      </div>
      <ErrorNotice error={linkError ?? (failure?.code === 'NUMBER_WRONG' ? null : error)} />
      <Button type="submit" size="lg" fullWidth disabled={disabled || number.length < numberLength}>{t('number.continue')}</Button>
    </form>
  );
}

function PasteButton({ onText }: { readonly onText: (text: string) => void }) {
  const { t } = useTranslation('approvals');
  const toast = useToast();
  const paste = () => navigator.clipboard.readText().then(onText, () => toast({ tone: 'info', text: t('number.pasteRefused') }));
  return <Button size="xs" variant="subtle" leftSection={<IconClipboard size={16} aria-hidden />} onClick={() => void paste()}>{t('number.paste')}</Button>;
}
