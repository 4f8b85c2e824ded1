import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useReducer, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useOpenedLink } from '../../api/opened-link.ts';
import { useCommand } from '../../api/queries.ts';
import { useErrorView } from '../../api/use-error.ts';
import { Spinner } from '../../ui/Spinner.tsx';
import { EmptyState, ErrorState } from '../../ui/States.tsx';
import { BindPanel } from './BindPanel.tsx';
import { type InvitationPreview, nextStep } from './flow.ts';
import { InvitationStep } from './InvitationStep.tsx';
import { LoginStep } from './LoginStep.tsx';
import { PinStep } from './PinStep.tsx';
import { ProofStep } from './ProofStep.tsx';
import classes from './bind.module.css';

/** "Iniciar vinculación": opens the invitation that waits, then asks one thing after the other. */
export default function Bind({ tools }: { readonly tools?: ReactNode }) {
  const { t } = useTranslation('bind');
  const [link] = useOpenedLink();
  const [, go] = useLocation();
  const { run, error, busy, reset } = useCommand('bind.open');
  const [preview, setPreview] = useState<InvitationPreview | null>(null);
  const view = useErrorView(error);
  const read = async (text: string) => setPreview(await run({ text }));
  useEffect(() => {
    reset();
    setPreview(null);
    if (link !== null) void read(link);
    // Another link starts over; `run` and `reset` never change.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [link]);

  if (preview !== null) return <BindSteps preview={preview} tools={tools} />;
  return (
    <BindPanel step="invitation" tools={tools}>
      {view !== null && link !== null ? (
        <ErrorState title={t('invitation.failed')} error={view} onRetry={() => void read(link)} onSupport={() => go('/help')} />
      ) : link === null && !busy ? (
        <EmptyState whole title={t('invitation.none.title')} text={t('invitation.none.text')} actions={<Button component="a" href="#/welcome" size="lg">{t('invitation.none.action')}</Button>} />
      ) : (
        <p className={classes.opening} role="status"><Spinner />{t('opening')}</p>
      )}
    </BindPanel>
  );
}

function BindSteps({ preview, tools }: { readonly preview: InvitationPreview; readonly tools: ReactNode }) {
  const { t } = useTranslation('bind');
  const [, go] = useLocation();
  const [flow, send] = useReducer(nextStep, { step: 'invitation', preview });
  const cancel = useCommand('bind.cancel', ['app.state']);
  const [, clearLink] = useOpenedLink();
  /** Kept for the case that only the code was wrong: the person does not choose a PIN twice. */
  const [pin, setPin] = useState('');
  const complete = useCommand('bind.complete', ['app.state']);
  const select = useCommand('app.select', ['app.state']);
  const submit = async (secondProof: string, chosen: string) => {
    const account = await complete.run({ secondProof, pin: chosen });
    if (account === null) return;
    await select.run({ accountId: account.id });
    clearLink();
    go('/token');
  };
  const leave = async () => {
    await cancel.run();
    clearLink();
    go('/welcome');
  };
  const company = 'company' in flow ? flow.company : preview.company;
  return (
    <BindPanel step={flow.step} company={company} tools={<>{tools}<Button variant="subtle" onClick={() => void leave()}>{t('cancel')}</Button></>}>
      {(() => {
        switch (flow.step) {
          case 'invitation': return <InvitationStep preview={preview} onContinue={() => send({ type: 'accepted' })} onOther={() => void leave()} />;
          case 'login': return <LoginStep preview={preview} send={send} />;
          case 'proof': return <ProofStep flow={flow} complete={complete} pin={pin} submit={submit} send={send} />;
          case 'pin': return <PinStep flow={flow} complete={complete} pin={pin} onPin={setPin} submit={submit} send={send} />;
          default: return flow satisfies never;
        }
      })()}
    </BindPanel>
  );
}
