import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AdminActionKind } from '../../../shared/domain/admin-actions.ts';
import { Dialog } from '../Dialogs.tsx';
import { ErrorNotice } from '../ErrorNotice.tsx';
import { formatCount } from '../format.ts';
import { IconShieldCheck } from '../icons.ts';
import type { ErrorTexts } from '../States.tsx';
import classes from './ActionDialog.module.css';
import { ActionProgress } from './ActionProgress.tsx';
import { PlannedRows } from './PlannedRows.tsx';
import type { PlannedRow, ShownFlow } from './types.ts';

/** Kinds that are asked for on a screen of their own. */
export type DialogActionKind = Exclude<AdminActionKind, 'assign' | 'activate'>;

export interface ActionDialogProps {
  readonly kind: DialogActionKind;
  readonly rows: readonly PlannedRow[];
  readonly flow: ShownFlow;
  /** Why the last question was refused. */
  readonly error: ErrorTexts | null;
  readonly offline: boolean;
  readonly clockOffset: number;
  readonly cancelling: boolean;
  /** Whether a reason can be given with this kind. */
  readonly withReason: boolean;
  /** What was entered above the button cannot be sent yet. */
  readonly notReady?: boolean;
  /** A choice or fields that come first, e.g. which replacement. */
  readonly children?: ReactNode;
  /** In place of the kind's own title, e.g. whose contacts are mended. */
  readonly title?: string;
  readonly onAsk: (reason: string | null) => void;
  readonly onOpen: () => void;
  readonly onCancel: () => void;
  /** From the end back to the question. */
  readonly onAgain: () => void;
  readonly onClose: () => void;
  readonly onEvidence?: ((approvalId: string) => void) | undefined;
}

/** Somebody loses access by these. */
const dangerous: readonly DialogActionKind[] = ['revoke', 'deactivateUser', 'reject', 'hardwareTokenLost', 'replaceDeviceLost', 'block'];

/** What will happen, then the wait for the own token, then the end: the same for every change of an admin. */
export function ActionDialog(props: ActionDialogProps) {
  const { t, i18n } = useTranslation('admin');
  const { kind, rows, flow } = props;
  const count = Math.max(1, rows.length);
  const n = formatCount(count, i18n.language);
  const [reason, setReason] = useState('');
  const title = props.title ?? t(`action.${kind}`, { count, n });
  if (flow.step === 'waiting' || flow.step === 'ended') {
    return (
      <Dialog opened onClose={props.onClose} title={title} width={flow.step === 'waiting' ? 920 : 640} flush>
        <div className={classes.progress}>
          <ActionProgress
            frame="dialog" action={flow.action} clockOffset={props.clockOffset} unknown={flow.step === 'waiting' && flow.unknown} cancelling={props.cancelling}
            onOpen={props.onOpen} onCancel={props.onCancel} onEvidence={props.onEvidence && (() => props.onEvidence?.(flow.action.approvalId))}
            ways={<EndWays done={flow.action.state === 'done'} onAgain={props.onAgain} onClose={props.onClose} />}
          />
        </div>
      </Dialog>
    );
  }
  const planned = rows.filter((row) => row.token !== null || row.hardware !== null || row.user !== null);
  const tooLong = reason.trim().length > 200;
  return (
    <Dialog
      opened onClose={props.onClose} title={title} width={600}
      actions={
        <>
          <Button variant="default" size="md" onClick={props.onClose}>{t('cancel')}</Button>
          <Button
            size="md" loading={flow.step === 'asking'} disabled={props.offline || tooLong || (props.notReady ?? false)} leftSection={<IconShieldCheck size={18} aria-hidden />} data-autofocus
            {...(dangerous.includes(kind) ? { color: 'red' } : {})} onClick={() => props.onAsk(reason.trim() === '' ? null : reason.trim())}
          >
            {t(`ask.${kind}`, { count, n })}
          </Button>
        </>
      }
    >
      <div className={classes.question}>
        {props.children}
        <ul className={classes.consequences}>
          <li>{t(`consequence.${kind}.token`)}</li>
          <li>{t(`consequence.${kind}.more`)}</li>
        </ul>
        {planned.length > 0 && <PlannedRows rows={planned} />}
        {props.withReason && (
          <TextInput
            label={t('reason.label')} description={t('reason.hint')} inputWrapperOrder={['label', 'input', 'description', 'error']} value={reason} maxLength={240}
            error={tooLong ? t('reason.tooLong') : undefined} onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
        <ErrorNotice error={props.error} />
      </div>
    </Dialog>
  );
}

/** The ways on from the end of a change in a dialog. */
export function EndWays({ done, onAgain, onClose }: { readonly done: boolean; readonly onAgain: () => void; readonly onClose: () => void }) {
  const { t } = useTranslation('admin');
  if (done) return <Button size="lg" onClick={onClose}>{t('outcome.backToTable')}</Button>;
  return (
    <>
      <Button size="lg" onClick={onAgain}>{t('outcome.again')}</Button>
      <Button size="lg" variant="subtle" onClick={onClose}>{t('outcome.backToTable')}</Button>
    </>
  );
}
