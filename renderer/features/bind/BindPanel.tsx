import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useWindowActions } from '../../api/window-actions.ts';
import { BindFrame, BindSteps } from '../../ui/BindFrame.tsx';
import { type StepId, stepOrder } from './flow.ts';

export interface BindPanelProps {
  /** `done`: all five steps are behind. */
  readonly step: StepId | 'done';
  readonly company?: string | null;
  readonly byIssuer?: boolean;
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of every step: the petrol panel says where the person is. */
export function BindPanel({ step, company = null, byIssuer = false, tools, children }: BindPanelProps) {
  const { t } = useTranslation('bind');
  const windowActions = useWindowActions();
  const note = (id: StepId) => {
    if (id === 'invitation' && company !== null) return company;
    return id === 'activation' && byIssuer ? t('steps.activationByIssuer') : t(`steps.${id}.text`);
  };
  return (
    <BindFrame
      pattern="panel-foot" windowActions={windowActions} tools={tools}
      panel={
        <BindSteps
          title={t('title')} lead={t('lead')} current={step === 'done' ? stepOrder.length : stepOrder.indexOf(step)}
          steps={stepOrder.map((id) => ({ id, title: t(`steps.${id}.title`), text: note(id) }))}
        />
      }
    >
      {children}
    </BindFrame>
  );
}
