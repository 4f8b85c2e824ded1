import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { accountOf, useAppState } from '../../api/app-state.ts';
import { type ApprovalView, askedOf, askLine } from '../../api/approvals.ts';
import { useCommand } from '../../api/queries.ts';
import { useErrorView } from '../../api/use-error.ts';
import { useAnnounce } from '../../ui/Announcer.tsx';
import { useAskerName, useAskTitle } from '../../ui/approval/asked.ts';
import { RequestFacts } from '../../ui/approval/RequestFacts.tsx';
import { RequestHead } from '../../ui/approval/RequestHead.tsx';
import { useSecondsLeft } from '../../ui/clock.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { IconCloudOff, IconShieldCheck } from '../../ui/icons.ts';
import { Notice } from '../../ui/Notice.tsx';
import { PinField } from '../../ui/PinField.tsx';
import { TimeLeftBar } from '../../ui/TimeLeftBar.tsx';
import { Expired } from './OfflineAnswer.tsx';
import classes from './scan.module.css';

export interface OfflineRequestProps {
  readonly approval: ApprovalView;
  readonly onAnswer: (answer: { readonly answer: string; readonly expiresAt: number }) => void;
  readonly onClose: () => void;
}

/** A request that came as a QR, verified without network: shown as the approval window shows it, answered with digits. */
export function OfflineRequest({ approval, onAnswer, onClose }: OfflineRequestProps) {
  const { t } = useTranslation('scan');
  const { payload, accountId, id, hash, expiresAt } = approval;
  const [pin, setPin] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const left = useSecondsLeft(expiresAt);
  const lines = useOwnLine(approval);
  const title = useArrival(approval);
  const answer = useCommand('scan.answer');
  const error = useErrorView(answer.error);
  const wrongPin = answer.error?.code === 'PIN_WRONG' && error !== null ? `${error.happened} ${error.todo}` : undefined;
  useEffect(() => {
    if (answer.error !== null) input.current?.focus();
  }, [answer.error]);
  const sign = async () => {
    if (pin.length < 6) return;
    const given = await answer.run({ accountId, approvalId: id, hash, pin });
    setPin('');
    if (given !== null) onAnswer(given);
  };
  if (left === 0 && !answer.busy) return <Expired onClose={onClose} />;
  return (
    <section className={classes.request} aria-label={t('offline.label')}>
      <TimeLeftBar secondsLeft={left} totalSeconds={payload.exp - payload.iat} />
      <div className={classes.requestBody}>
        <div className={classes.sides}>
          <div>
            <RequestHead ask={askLine(payload)} title={title} titleHidden={payload.kind === 'transaction'} lines={lines} secondsLeft={left} />
            <RequestFacts asked={askedOf(payload)} context={payload.context} />
          </div>
          <form className={classes.form} noValidate onSubmit={(event) => { event.preventDefault(); void sign(); }}>
            <Notice tone="neutral" icon={<IconCloudOff size={18} aria-hidden />} title={t('offline.title')}>{t('offline.text')}</Notice>
            <PinField label={t('offline.pin')} value={pin} onChange={setPin} autoFocus disabled={answer.busy} inputRef={input} error={wrongPin} />
            {wrongPin === undefined && <ErrorNotice error={error} />}
            <Button type="submit" size="lg" fullWidth loading={answer.busy} disabled={pin.length < 6} rightSection={<IconShieldCheck size={18} aria-hidden />}>{t('offline.answer')}</Button>
            <Button variant="subtle" disabled={answer.busy} onClick={onClose}>{t('offline.discard')}</Button>
          </form>
        </div>
      </div>
    </section>
  );
}

/** Whose token is asked, where the app holds several. */
function useOwnLine({ accountId }: ApprovalView): string[] {
  const { t } = useTranslation('approvals');
  const state = useAppState();
  const account = accountOf(state, accountId);
  return (state?.accounts.length ?? 0) > 1 && account !== null ? [t('window.account', { serial: account.serial, name: account.name })] : [];
}

/** The question as the approval window puts it, said aloud once. */
function useArrival({ payload }: ApprovalView): string {
  const { t } = useTranslation('approvals');
  const announce = useAnnounce();
  const ask = askLine(payload);
  const what = useAskTitle()(ask);
  const arrived = t('window.arrived', { what: `${useAskerName()(ask)}. ${what}` });
  useEffect(() => announce(arrived, 'assertive'), [announce, arrived]);
  return ask.kind === 'login' ? t('login.question') : what;
}
