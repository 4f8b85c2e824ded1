import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { numberLength } from '../../../shared/domain/scanned.ts';
import { accountOf, useAppState } from '../../api/app-state.ts';
import { type ApprovalView, type Asked, askedOf, askLine } from '../../api/approvals.ts';
import { useAnnounce } from '../../ui/Announcer.tsx';
import { useAskerName, useAskTitle } from '../../ui/approval/asked.ts';
import { RequestFacts } from '../../ui/approval/RequestFacts.tsx';
import { RequestHead } from '../../ui/approval/RequestHead.tsx';
import { useSecondsLeft } from '../../ui/clock.ts';
import { formatTime } from '../../ui/format.ts';
import { TimeLeftBar } from '../../ui/TimeLeftBar.tsx';
import { useEscape } from '../../ui/use-escape.ts';
import classes from './approval-window.module.css';
import { NumberStep } from './NumberStep.tsx';
import type { Outcome } from './outcome.ts';
import { PinStep } from './PinStep.tsx';
import { Refusals } from './Refusals.tsx';
import { useDecision } from './use-decision.ts';

export interface DecideApprovalProps {
  readonly approval: ApprovalView;
  readonly onEnd: (outcome: Outcome) => void;
  /** Opens the scanner in the place of this screen. */
  readonly onScan: () => void;
  /** Leaves without deciding: the request goes on waiting. */
  readonly onClose: () => void;
}

/** The question with its facts, the number of the portal, the PIN, and the three answers. Only what was signed by the authority is shown. */
export function DecideApproval({ approval, onEnd, onScan, onClose }: DecideApprovalProps) {
  const { payload, scannedNumber, expiresAt } = approval;
  const asked = askedOf(payload);
  const left = useSecondsLeft(expiresAt);
  const decision = useDecision(approval, onEnd);
  const [number, setNumber] = useState(scannedNumber ?? '');
  const [asksNumber, setAsksNumber] = useState(asked.kind !== 'admin-action' && scannedNumber === null);
  const title = useArrival(approval);
  const { busy, failure } = decision;
  const wrongNumber = failure?.code === 'NUMBER_WRONG' ? failure : null;
  useEscape(busy === null ? onClose : null);

  useEffect(() => {
    if (scannedNumber === null) return;
    setNumber(scannedNumber);
    setAsksNumber(false);
  }, [scannedNumber]);
  useEffect(() => {
    if (left === 0 && busy === null) onEnd({ kind: 'expired' });
  }, [left, busy, onEnd]);
  useEffect(() => {
    if (wrongNumber === null) return;
    setNumber('');
    setAsksNumber(true);
  }, [wrongNumber]);

  const lifetime = payload.exp - payload.iat;
  return (
    <>
      <TimeLeftBar secondsLeft={left} totalSeconds={lifetime} />
      <main className={classes.main}>
        <div className={classes.asked}>
          <Head approval={approval} asked={asked} title={title} secondsLeft={left} confirming={!asksNumber} />
          <RequestFacts asked={asked} context={payload.context} />
        </div>
        <div className={classes.decide}>
          {asksNumber ? (
            <NumberStep approval={approval} number={number} onNumber={setNumber} failure={failure} disabled={busy !== null} onScan={onScan} onContinue={() => number.length === numberLength && setAsksNumber(false)} />
          ) : (
            <PinStep asked={asked} number={asked.kind === 'admin-action' ? null : number} onChangeNumber={() => setAsksNumber(true)} decision={decision} />
          )}
          <Refusals decision={decision} />
        </div>
      </main>
    </>
  );
}

/** What the request asks, said aloud once when it comes on screen. */
function useArrival({ payload }: ApprovalView): string {
  const { t } = useTranslation('approvals');
  const announce = useAnnounce();
  const ask = askLine(payload);
  const what = useAskTitle()(ask);
  const asker = useAskerName()(ask);
  const arrived = t('window.arrived', { what: ask.kind === 'admin-action' ? what : `${asker}. ${what}` });
  useEffect(() => announce(arrived, 'assertive'), [announce, arrived]);
  return what;
}

interface HeadProps { readonly approval: ApprovalView; readonly asked: Asked; readonly title: string; readonly secondsLeft: number; /** The number is there; the PIN is asked. */ readonly confirming: boolean }

function Head({ approval, asked, title, secondsLeft, confirming }: HeadProps) {
  const { t } = useTranslation('approvals');
  const state = useAppState();
  const account = accountOf(state, approval.accountId);
  const { context } = approval.payload;
  const own = (state?.accounts.length ?? 0) > 1 && account !== null ? [t('window.account', { serial: account.serial, name: account.name })] : [];
  const head = { ask: askLine(approval.payload), secondsLeft };
  switch (asked.kind) {
    case 'admin-action': {
      const { requestedBy, firstApprovedBy } = asked.details;
      const when = { ip: context.ip, time: formatTime(context.requestedAt, { seconds: true }) };
      const by = requestedBy.name === account?.name ? t('window.byYou', when) : t('window.byOther', { name: requestedBy.name, ...when });
      const first = firstApprovedBy === null ? [] : [t('window.firstApproved', { name: firstApprovedBy.name })];
      return <RequestHead {...head} title={title} lines={[by, ...own, ...first]} />;
    }
    case 'login': return <RequestHead {...head} title={confirming ? t('login.confirm') : t('login.question')} lines={own} />;
    case 'transaction': return <RequestHead {...head} title={title} titleHidden lines={own} />;
    default: return asked satisfies never;
  }
}
