import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TokenRow } from '../../../../shared/contract/admin.ts';
import { useActionFlow } from '../../../api/admin-action.ts';
import { useConnection } from '../../../api/admin-tables.ts';
import { describe } from '../../../api/errors.ts';
import { EndWays } from '../../../ui/action/ActionDialog.tsx';
import { ActionProgress } from '../../../ui/action/ActionProgress.tsx';
import { Dialog } from '../../../ui/Dialogs.tsx';
import { EmptyState } from '../../../ui/States.tsx';
import { EvidenceDialog } from '../EvidenceDialog.tsx';
import { PersonStep } from './PersonStep.tsx';
import { advance, isLast, startRound, type Verdict } from './round.ts';

export interface ActivateDialogProps {
  readonly rows: readonly TokenRow[];
  readonly onClose: () => void;
  /** "No coinciden, rechazar": goes on in the dialog of that change. */
  readonly onReject: (row: TokenRow) => void;
}

/** The gate where a person compares the device's fingerprint (S13): one after another, then one approval for all. */
export function ActivateDialog({ rows, onClose, onReject }: ActivateDialogProps) {
  const { t } = useTranslation(['adminTokens', 'admin']);
  const flow = useActionFlow();
  const { clockOffset } = useConnection();
  const [round, setRound] = useState(() => startRound(rows));
  const [evidence, setEvidence] = useState<string | null>(null);
  const ask = (compared: readonly TokenRow[]) => void flow.ask({ kind: 'activate', tokenIds: compared.map((row) => row.tokenId) });
  const onVerdict = (verdict: Verdict) => {
    const next = advance(round, verdict);
    setRound(next);
    if (next.at >= next.rows.length && next.compared.length > 0) ask(next.compared);
  };

  const { state } = flow;
  const row = round.rows[round.at];
  if (state.step === 'waiting' || state.step === 'ended') {
    return (
      <>
        <Dialog opened onClose={onClose} title={t('activate.title')} width={state.step === 'waiting' ? 920 : 640} flush>
          <ActionProgress
            frame="dialog" action={state.action} clockOffset={clockOffset} unknown={state.step === 'waiting' && state.unknown} cancelling={flow.cancelling}
            onOpen={flow.open} onCancel={() => void flow.cancel()} onEvidence={() => setEvidence(state.action.approvalId)}
            ways={<EndWays done={state.action.state === 'done'} onAgain={() => { flow.reset(); setRound(startRound(rows)); }} onClose={onClose} />}
          />
        </Dialog>
        {evidence !== null && <EvidenceDialog approvalId={evidence} onClose={() => setEvidence(null)} />}
      </>
    );
  }
  if (row !== undefined) {
    return (
      <PersonStep
        key={row.tokenId} row={row} place={{ n: round.at + 1, total: rows.length, last: isLast(round), compared: round.compared.length }}
        busy={state.step === 'asking'} onVerdict={onVerdict} onReject={() => onReject(row)} onClose={onClose}
      />
    );
  }
  return (
    <AfterRound
      compared={round.compared} asking={state.step === 'asking'} error={state.step === 'refused' ? state.error : null}
      onAsk={() => ask(round.compared)} onAgain={() => { flow.reset(); setRound(startRound(rows)); }} onClose={onClose}
    />
  );
}

interface AfterRoundProps {
  readonly compared: readonly TokenRow[];
  readonly asking: boolean;
  readonly error: Parameters<typeof describe>[0] | null;
  readonly onAsk: () => void;
  readonly onAgain: () => void;
  readonly onClose: () => void;
}

/** Everybody had their turn: the question is on its way, was refused, or there is nobody left to activate. */
function AfterRound({ compared, asking, error, onAsk, onAgain, onClose }: AfterRoundProps) {
  const { t, i18n } = useTranslation(['adminTokens', 'admin']);
  const view = error === null ? null : describe(error, i18n.language);
  const title = compared.length === 0 ? t('activate.nobodyLeft') : view?.happened ?? t('activate.summary', { count: compared.length, n: compared.length });
  const text = compared.length === 0 ? t('activate.nobodyLeftText') : view === null ? '' : `${view.unchanged} ${view.todo}`;
  return (
    <Dialog
      opened onClose={onClose} title={t('activate.title')} width={600}
      actions={
        <>
          <Button variant="default" size="md" onClick={onClose}>{t('admin:close')}</Button>
          {compared.length > 0 && view !== null && <Button variant="default" size="md" onClick={onAgain}>{t('admin:back')}</Button>}
          {compared.length > 0 && <Button size="md" loading={asking} onClick={onAsk}>{t('activate.ask', { count: compared.length, n: compared.length })}</Button>}
        </>
      }
    >
      <div role={view === null ? 'status' : 'alert'}><EmptyState title={title} text={text} /></div>
    </Dialog>
  );
}
