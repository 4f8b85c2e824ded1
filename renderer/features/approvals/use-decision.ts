import { useCallback, useEffect } from 'react';
import type { ApprovalView } from '../../api/approvals.ts';
import type { BridgeError } from '../../api/bridge.ts';
import { useCommand } from '../../api/queries.ts';
import { type Outcome, outcomeOfDecision, outcomeOfError } from './outcome.ts';

export interface Decision {
  /** Resolves when it was answered or refused; then the PIN is worth nothing any more. */
  readonly approve: (number: string | null, pin: string) => Promise<void>;
  readonly deny: () => void;
  readonly report: () => void;
  /** Which of the three is on its way. */
  readonly busy: 'approve' | 'deny' | 'report' | null;
  /** What went wrong without ending the request: the person can go on. */
  readonly failure: BridgeError | null;
}

/** The three answers to a request. @param onEnd called once it is over; pass a stable function */
export function useDecision(approval: ApprovalView, onEnd: (outcome: Outcome) => void): Decision {
  const approve = useCommand('approvals.approve', ['approvals']);
  const deny = useCommand('approvals.deny', ['approvals']);
  const report = useCommand('approvals.report', ['approvals']);
  const reference = { accountId: approval.accountId, approvalId: approval.id, hash: approval.hash };
  const failure = approve.error ?? deny.error ?? report.error;
  const ended = failure === null ? null : outcomeOfError(failure.code, failure.data);

  useEffect(() => {
    if (ended !== null) onEnd(ended);
    // `ended` is made anew at each drawing; the failure it comes from is not.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [failure, onEnd]);
  const refuse = useCallback(async (command: typeof deny | typeof report) => {
    approve.reset();
    const answer = await command.run(reference);
    if (answer !== null) onEnd(outcomeOfDecision(answer));
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [approval.id, approve.reset, onEnd]);

  return {
    approve: async (number, pin) => {
      deny.reset();
      report.reset();
      const answer = await approve.run({ ...reference, number, pin });
      if (answer !== null) onEnd(outcomeOfDecision(answer));
    },
    deny: () => void refuse(deny),
    report: () => void refuse(report),
    busy: approve.busy ? 'approve' : deny.busy ? 'deny' : report.busy ? 'report' : null,
    failure: ended === null ? failure : null,
  };
}
