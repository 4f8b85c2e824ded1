import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../CopyButton.tsx';
import { Dialog } from '../Dialogs.tsx';
import { ErrorNotice } from '../ErrorNotice.tsx';
import { formatTime, groupCode } from '../format.ts';
import { IconEye } from '../icons.ts';
import { Notice } from '../Notice.tsx';
import type { ErrorTexts } from '../States.tsx';
import { ActionDialog } from './ActionDialog.tsx';
import classes from './TemporaryCodeDialog.module.css';
import type { ShownFlow } from './types.ts';

/** Where a temporary code stands, as `renderer/api` tells it. */
export interface ShownTemporaryCode<Id extends string> {
  readonly flow: { readonly state: ShownFlow; readonly cancelling: boolean; readonly open: () => void; readonly cancel: () => Promise<void>; readonly reset: () => void };
  readonly offline: boolean;
  readonly clockOffset: number;
  /** Why the last question was refused. */
  readonly refusal: ErrorTexts | null;
  readonly ask: (reason: string | null) => void;
  /** Null until the admin wants to see it. */
  readonly shown: { readonly code: string; readonly expiresAt: number } | null;
  readonly busy: boolean;
  /** It was shown already, or is void. */
  readonly gone: boolean;
  readonly failure: ErrorTexts | null;
  readonly show: (actionId: Id) => void;
  readonly copy: () => Promise<void>;
}

export interface TemporaryCodeDialogProps<Id extends string> {
  readonly person: { readonly id: string; readonly name: string; readonly serial: string | null };
  readonly of: ShownTemporaryCode<Id>;
  readonly onClose: () => void;
}

/** Asks for a code for a person without his desktop and, once it is approved on the own token, shows it: once, when the admin says so. */
export function TemporaryCodeDialog<Id extends string>({ person, of, onClose }: TemporaryCodeDialogProps<Id>) {
  const { t } = useTranslation('adminUsers');
  const { state } = of.flow;
  if (of.shown !== null) return <ShownCode name={person.name} shown={of.shown} onCopy={of.copy} onClose={onClose} />;
  if (state.step === 'ended' && state.action.state === 'done') return <ReadyCode name={person.name} of={of} onShow={() => of.show(state.action.actionId as Id)} onClose={onClose} />;
  return (
    <ActionDialog
      // It changes neither token nor person: only who it is for.
      kind="temporaryCode" title={`${t('temporary.title')} · ${person.name}`} rows={[{ ...person, token: null, hardware: null, user: null }]} flow={state} error={of.refusal}
      offline={of.offline} clockOffset={of.clockOffset} cancelling={of.flow.cancelling} withReason
      onAsk={of.ask} onOpen={of.flow.open} onCancel={() => void of.flow.cancel()} onAgain={of.flow.reset} onClose={onClose}
    />
  );
}

interface ReadyProps { readonly name: string; readonly of: Pick<ShownTemporaryCode<string>, 'offline' | 'busy' | 'gone' | 'failure'>; readonly onShow: () => void; readonly onClose: () => void }

function ReadyCode({ name, of: { offline, busy, gone, failure }, onShow, onClose }: ReadyProps) {
  const { t } = useTranslation('adminUsers');
  return (
    <Dialog
      opened onClose={onClose} title={t('temporary.ready')} subtitle={name}
      actions={
        <>
          <Button variant="default" size="md" onClick={onClose}>{gone ? t('temporary.leave') : t('temporary.later')}</Button>
          {!gone && <Button size="md" data-autofocus loading={busy} disabled={offline} leftSection={<IconEye size={18} aria-hidden />} onClick={onShow}>{t('temporary.show')}</Button>}
        </>
      }
    >
      {gone ? <Notice tone="amber" role="alert">{t('temporary.lost')}</Notice> : <p>{t('temporary.once', { name })}</p>}
      <ErrorNotice error={failure} />
    </Dialog>
  );
}

interface ShownProps { readonly name: string; readonly shown: { readonly code: string; readonly expiresAt: number }; readonly onCopy: () => Promise<void>; readonly onClose: () => void }

function ShownCode({ name, shown, onCopy, onClose }: ShownProps) {
  const { t } = useTranslation('adminUsers');
  return (
    <Dialog opened onClose={onClose} title={t('temporary.title')} subtitle={name} actions={<Button size="md" onClick={onClose}>{t('temporary.leave')}</Button>}>
      <div className={classes.temporary}>
        <output className={classes.code} aria-label={t('temporary.code', { name })} data-testid="temporary-code">{groupCode(shown.code)}</output>
        <p>{t('temporary.until', { time: formatTime(shown.expiresAt) })}</p>
        <p className={classes.limit}>{t('temporary.notForPayments')}</p>
        <CopyButton label={t('temporary.copy')} done={t('temporary.copied')} onCopy={onCopy} />
      </div>
    </Dialog>
  );
}
