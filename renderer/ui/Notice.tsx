import type { ReactNode } from 'react';
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from './icons.ts';
import classes from './Notice.module.css';

export type NoticeTone = 'neutral' | 'amber' | 'red' | 'ok';

export interface NoticeProps {
  readonly tone: NoticeTone;
  readonly icon?: ReactNode;
  /** First, in bold. */
  readonly title?: string;
  readonly children: ReactNode;
  /** `alert` for what just went wrong because of what the person did; it is then read at once. */
  readonly role?: 'alert' | 'status' | 'note';
  readonly action?: ReactNode;
}

const icons = { neutral: IconInfoCircle, amber: IconAlertTriangle, red: IconAlertTriangle, ok: IconCircleCheck };

/** A boxed line beside what it is about. */
export function Notice({ tone, icon, title, children, role = 'note', action }: NoticeProps) {
  const Icon = icons[tone];
  return (
    <div className={classes.notice} data-tone={tone} role={role}>
      {icon ?? <Icon size={18} aria-hidden />}
      <div className={classes.text}>{title !== undefined && <strong className={classes.title}>{title} </strong>}{children}</div>
      {action}
    </div>
  );
}
