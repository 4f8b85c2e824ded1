import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UserRow } from '../../../shared/contract/admin.ts';
import type { AdminActionId } from '../../../shared/domain/ids.ts';
import { useActionFlow } from '../../api/admin-action.ts';
import { useConnection } from '../../api/admin-tables.ts';
import { invoke } from '../../api/bridge.ts';
import { describe, hasCode } from '../../api/errors.ts';
import { useCommand } from '../../api/queries.ts';
import { ActionDialog } from '../../ui/action/ActionDialog.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Dialog } from '../../ui/Dialogs.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { formatTime, groupCode } from '../../ui/format.ts';
import { IconEye } from '../../ui/icons.ts';
import { Notice } from '../../ui/Notice.tsx';
import { planTemporaryCode } from './user-actions.ts';
import classes from './Users.module.css';

/** Asks for a code for a person without his desktop and, once it is approved on the own token, shows it: once, when the admin says so. */
export function TemporaryCodeDialog({ user, onClose }: { readonly user: UserRow; readonly onClose: () => void }) {
  const { t, i18n } = useTranslation('adminUsers');
  const flow = useActionFlow();
  const { offline, clockOffset } = useConnection();
  const { state } = flow;
  if (state.step === 'ended' && state.action.state === 'done') return <ReadyCode user={user} actionId={state.action.actionId} onClose={onClose} />;
  return (
    <ActionDialog
      kind="temporaryCode" title={`${t('temporary.title')} · ${user.name}`} rows={[planTemporaryCode(user)]} flow={state} error={state.step === 'refused' ? describe(state.error, i18n.language) : null}
      offline={offline} clockOffset={clockOffset} cancelling={flow.cancelling} withReason
      onAsk={(reason) => void flow.ask({ kind: 'temporaryCode', userIds: [user.id], reason })} onOpen={flow.open} onCancel={() => void flow.cancel()} onAgain={flow.reset} onClose={onClose}
    />
  );
}

interface ReadyProps { readonly user: UserRow; readonly actionId: AdminActionId; readonly onClose: () => void }

/** The code lives in this dialog only and goes with it. */
function ReadyCode({ user, actionId, onClose }: ReadyProps) {
  const { t, i18n } = useTranslation('adminUsers');
  const { offline } = useConnection();
  const { run, busy, error } = useCommand('admin.users.temporaryCode');
  const [shown, setShown] = useState<{ code: string; expiresAt: number } | null>(null);
  const gone = hasCode(error, 'TEMPORARY_CODE_SHOWN', 'ACTION_UNKNOWN');
  const show = async () => setShown(await run({ actionId }));
  if (shown !== null) {
    return (
      <Dialog opened onClose={onClose} title={t('temporary.title')} subtitle={user.name} actions={<Button size="md" onClick={onClose}>{t('temporary.leave')}</Button>}>
        <div className={classes.temporary}>
          <output className={classes.temporaryCode} aria-label={t('temporary.code', { name: user.name })} data-testid="temporary-code">{groupCode(shown.code)}</output>
          <p>{t('temporary.until', { time: formatTime(shown.expiresAt) })}</p>
          <p className={classes.to}>{t('temporary.notForPayments')}</p>
          <CopyButton label={t('temporary.copy')} done={t('temporary.copied')} onCopy={async () => { await invoke('app.copy', { text: shown.code }); }} />
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog
      opened onClose={onClose} title={t('temporary.ready')} subtitle={user.name}
      actions={
        <>
          <Button variant="default" size="md" onClick={onClose}>{gone ? t('temporary.leave') : t('temporary.later')}</Button>
          {!gone && <Button size="md" data-autofocus loading={busy} disabled={offline} leftSection={<IconEye size={18} aria-hidden />} onClick={() => void show()}>{t('temporary.show')}</Button>}
        </>
      }
    >
      {gone ? <Notice tone="amber" role="alert">{t('temporary.lost')}</Notice> : <p>{t('temporary.once', { name: user.name })}</p>}
      {!gone && <ErrorNotice error={error === null ? null : describe(error, i18n.language)} />}
    </Dialog>
  );
}
