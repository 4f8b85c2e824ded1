import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './BindFrame.module.css';
import { IconCheck } from './icons.ts';
import { LinesPattern } from './LinesPattern.tsx';
import { Mark } from './Mark.tsx';
import { TitleBar, type WindowActions } from './TitleBar.tsx';

export interface BindStep {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

export interface BindFrameProps {
  /** What stands on the petrol panel. */
  readonly panel: ReactNode;
  readonly pattern: 'panel-head' | 'panel-foot';
  /** In the title bar: language, cancel. */
  readonly tools?: ReactNode;
  readonly windowActions: WindowActions | null;
  readonly children: ReactNode;
}

/** First start and binding: the petrol panel at the left, one question at a time at the right. */
export function BindFrame({ panel, pattern, tools, windowActions, children }: BindFrameProps) {
  return (
    <div className={classes.frame}>
      <aside className={classes.panel}>
        <LinesPattern placement={pattern} />
        <div className={classes.brand}><Mark size={32} onPetrol /><span>Vínculo</span></div>
        <div className={classes.panelBody}>{panel}</div>
      </aside>
      <div className={classes.main}>
        <TitleBar windowActions={windowActions}>{tools}</TitleBar>
        <main className={classes.content}>{children}</main>
      </div>
    </div>
  );
}

export interface BindStepsProps {
  readonly title: string;
  readonly lead: string;
  readonly steps: readonly BindStep[];
  /** Index of the step that is open; `steps.length` when all are done. */
  readonly current: number;
}

/** Title, lead and the numbered steps for the panel of `BindFrame`. */
export function BindSteps({ title, lead, steps, current }: BindStepsProps) {
  const { t } = useTranslation('ui');
  return (
    <div className={classes.stepsPanel}>
      <p className={classes.panelTitle}>{title}</p>
      <p className={classes.panelLead}>{lead}</p>
      <ol className={classes.steps}>
        {steps.map((step, index) => {
          const state = index < current ? 'done' : index === current ? 'current' : 'coming';
          return (
            <li key={step.id} className={classes.step} data-state={state} aria-current={state === 'current' ? 'step' : undefined}>
              <span className={classes.number} aria-hidden="true">{state === 'done' ? <IconCheck size={16} aria-hidden /> : index + 1}</span>
              <span className={classes.stepText}>
                <span className={classes.stepTitle}>{step.title}{state === 'done' && <span className="visually-hidden"> {t('steps.done')}</span>}</span>
                <span className={classes.stepNote}>{step.text}</span>
              </span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
