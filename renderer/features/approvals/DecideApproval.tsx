import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { approvalLifetime } from '../../../shared/domain/admin-actions.ts';
import { adminDetails, type ApprovalView } from '../../api/approvals.ts';
import type { Channel } from '../../api/bridge.ts';
import { type Command, useCommand } from '../../api/queries.ts';
import { useErrorView } from '../../api/use-error.ts';
import { useActionTitle } from '../../ui/approval/PendingList.tsx';
import { useAnnounce } from '../../ui/Announcer.tsx';
import { useSecondsLeft } from '../../ui/clock.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { formatCount } from '../../ui/format.ts';
import { IconFlag, IconShieldCheck, IconX } from '../../ui/icons.ts';
import { PinField } from '../../ui/PinField.tsx';
import { TimeLeftBar } from '../../ui/TimeLeftBar.tsx';
import classes from './approval-window.module.css';
import { ApprovalFacts, ApprovalHead } from './ApprovalFacts.tsx';
import { type Outcome, outcomeOfDecision, outcomeOfError } from './outcome.ts';

export interface DecideApprovalProps {
  readonly approval: ApprovalView;
  readonly onEnd: (outcome: Outcome) => void;
}

type Decision = Extract<Channel, 'approvals.approve' | 'approvals.deny' | 'approvals.report'>;

/** The question with its facts, the PIN, and the three answers. Only what was signed by the authority is shown. */
export function DecideApproval({ approval, onEnd }: DecideApprovalProps) {
  const { t, i18n } = useTranslation('approvals');
  const announce = useAnnounce();
  const titleOf = useActionTitle();
  const [pin, setPin] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const left = useSecondsLeft(approval.expiresAt);
  const approve = useCommand('approvals.approve', ['approvals']);
  const deny = useCommand('approvals.deny', ['approvals']);
  const report = useCommand('approvals.report', ['approvals']);
  const { kind } = approval.payload;
  const details = adminDetails(approval);
  const count = details.rows.length;
  const title = titleOf(details.action, count);
  const reference = { accountId: approval.accountId, approvalId: approval.id, hash: approval.hash };
  const busy = approve.busy || deny.busy || report.busy;
  const failure = approve.error ?? deny.error ?? report.error;
  const error = useErrorView(failure);
  const wrongPin = failure?.code === 'PIN_WRONG';

  useEffect(() => announce(t('window.arrived', { what: title }), 'assertive'), [announce, t, title]);
  useEffect(() => {
    if (left === 0 && !busy) onEnd({ kind: 'expired' });
  }, [left, busy, onEnd]);
  useEffect(() => {
    const end = failure === null ? null : outcomeOfError(failure.code, failure.data);
    if (end !== null) onEnd(end);
    else if (failure !== null) input.current?.focus();
  }, [failure, onEnd]);

  const sign = async () => {
    if (pin.length < 6) return;
    deny.reset();
    report.reset();
    const answer = await approve.run({ ...reference, pin });
    setPin('');
    if (answer !== null) onEnd(outcomeOfDecision(answer));
  };
  const refuse = async (command: Command<Extract<Decision, 'approvals.deny'>> | Command<Extract<Decision, 'approvals.report'>>) => {
    approve.reset();
    const answer = await command.run(reference);
    if (answer !== null) onEnd(outcomeOfDecision(answer));
  };
  return (
    <>
      <TimeLeftBar secondsLeft={left} totalSeconds={approvalLifetime[kind]} />
      <main className={classes.main}>
        <form className={classes.form} noValidate onSubmit={(event) => { event.preventDefault(); void sign(); }}>
          <div className={classes.asked}>
            <ApprovalHead approval={approval} title={title} secondsLeft={left} />
            <ApprovalFacts approval={approval} />
          </div>
          <div className={classes.decide}>
            <PinField label={t('window.pin')} value={pin} onChange={setPin} autoFocus disabled={busy} inputRef={input} error={wrongPin && error !== null ? `${error.happened} ${error.todo}` : undefined} />
            {!wrongPin && <ErrorNotice error={error} />}
            <Button type="submit" size="lg" fullWidth loading={approve.busy} disabled={pin.length < 6 || (busy && !approve.busy)} rightSection={<IconShieldCheck size={18} aria-hidden />}>
              {t('window.approve', { count, n: formatCount(count, i18n.language) })}
            </Button>
            <div className={classes.refuse}>
              <Button size="md" variant="default" loading={deny.busy} disabled={busy && !deny.busy} leftSection={<IconX size={18} aria-hidden />} onClick={() => void refuse(deny)}>{t('window.deny')}</Button>
              <Button size="md" variant="default" color="red" loading={report.busy} disabled={busy && !report.busy} leftSection={<IconFlag size={18} aria-hidden />} aria-describedby="report-hint" onClick={() => void refuse(report)}>{t('window.report')}</Button>
            </div>
            <p id="report-hint" className={classes.reportHint}>{t('window.reportHint')}</p>
          </div>
        </form>
      </main>
    </>
  );
}
