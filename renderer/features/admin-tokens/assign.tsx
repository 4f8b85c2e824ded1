import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { UserRow } from '../../../shared/contract/admin.ts';
import { useActionFlow } from '../../api/admin-action.ts';
import { useConnection } from '../../api/admin-tables.ts';
import { describe } from '../../api/errors.ts';
import { ActionProgress } from '../../ui/action/ActionProgress.tsx';
import { PageHeader, Steps } from '../../ui/PageHeader.tsx';
import { ChooseUsers } from './assign/ChooseUsers.tsx';
import { EvidenceDialog } from './EvidenceDialog.tsx';

/** Administración / Administración de Token / Token Virtual / Asignar: choose, confirm on the own token, result. */
export default function AssignTokens() {
  const { t, i18n } = useTranslation(['adminTokens', 'admin']);
  const [, navigate] = useLocation();
  const flow = useActionFlow();
  const { clockOffset } = useConnection();
  const [chosen, setChosen] = useState<UserRow[]>([]);
  const [evidence, setEvidence] = useState<string | null>(null);
  const { state } = flow;
  const done = state.step === 'ended' && state.action.state === 'done';
  const current = done ? 3 : state.step === 'ended' ? 2 : state.step === 'waiting' ? 1 : 0;
  const ask = () => void flow.ask({ kind: 'assign', userIds: chosen.map((user) => user.id) });
  const others = () => { setChosen([]); flow.reset(); };
  return (
    <>
      <PageHeader title={t('assign')}><Steps labels={[t('steps.choose'), t('steps.confirm'), t('steps.result')]} current={current} /></PageHeader>
      {state.step === 'waiting' || state.step === 'ended'
        ? (
          <ActionProgress
            frame="page" action={state.action} clockOffset={clockOffset} unknown={state.step === 'waiting' && state.unknown} cancelling={flow.cancelling}
            onOpen={flow.open} onCancel={() => void flow.cancel()} onEvidence={() => setEvidence(state.action.approvalId)}
            ways={done
              ? (
                <>
                  <Button size="lg" onClick={() => navigate('/admin/tokens')}>{t('result.back')}</Button>
                  <Button size="lg" variant="subtle" onClick={others}>{t('result.more')}</Button>
                </>
              )
              : (
                <>
                  <Button size="lg" onClick={ask}>{t('admin:outcome.again')}</Button>
                  <Button size="lg" variant="subtle" onClick={flow.reset}>{t('result.changeChoice')}</Button>
                  <Button size="lg" variant="subtle" onClick={() => navigate('/admin/tokens')}>{t('result.back')}</Button>
                </>
              )}
          />
        )
        : (
          <ChooseUsers
            chosen={chosen} onChoose={setChosen} asking={state.step === 'asking'} error={state.step === 'refused' ? describe(state.error, i18n.language) : null}
            onContinue={ask} onCancel={() => navigate('/admin/tokens')}
          />
        )}
      {evidence !== null && <EvidenceDialog approvalId={evidence} onClose={() => setEvidence(null)} />}
    </>
  );
}
