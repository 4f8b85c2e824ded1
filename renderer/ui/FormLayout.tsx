import type { FormEvent, ReactNode } from 'react';
import classes from './FormLayout.module.css';

export interface DecisionProps {
  /** Badge above the title. */
  readonly above?: ReactNode;
  readonly title: string;
  readonly lead?: ReactNode;
  readonly width?: number;
  readonly children: ReactNode;
}

/** One question in the middle of the right side: title, lead, and what is asked. */
export function Decision({ above, title, lead, width = 480, children }: DecisionProps) {
  return (
    <div className={classes.decision} style={{ maxWidth: width }}>
      {above}
      <h1 className={classes.title}>{title}</h1>
      {lead !== undefined && <p className={classes.lead}>{lead}</p>}
      <div className={classes.body}>{children}</div>
    </div>
  );
}

export interface FormProps {
  readonly onSubmit: () => void;
  readonly label?: string;
  /** In place of its own: what stands around lays it out. */
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** A form whose Enter does what its primary button does. Nothing is ever sent by the browser. */
export function Form({ onSubmit, label, className, children }: FormProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return <form className={className ?? classes.form} onSubmit={submit} aria-label={label} noValidate>{children}</form>;
}

/** Fields under one another, where the form itself stands around more than them. */
export function FormFields({ children }: { readonly children: ReactNode }) {
  return <div className={classes.form}>{children}</div>;
}

/** The primary button and, beside it, the way back. */
export function FormActions({ children }: { readonly children: ReactNode }) {
  return <div className={classes.actions}>{children}</div>;
}

/** A small line under a field or a form. No paragraph: it also stands inside one, the description of a field. */
export function Hint({ icon, children }: { readonly icon?: ReactNode; readonly children: ReactNode }) {
  return <span className={classes.hint}>{icon}<span>{children}</span></span>;
}
