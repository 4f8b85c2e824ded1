import { type ComponentProps, forwardRef } from 'react';
import { initials } from './format.ts';
import classes from './AccountButton.module.css';
import { IconSelector } from './icons.ts';

export interface AccountButtonProps extends Omit<ComponentProps<'button'>, 'name'> {
  readonly name: string;
  readonly company: string;
  /** "Cambiar de cuenta". */
  readonly label: string;
}

/** Who is using the app; a Mantine Menu target. Under 900 px only the initials show. */
export const AccountButton = forwardRef<HTMLButtonElement, AccountButtonProps>(function AccountButton({ name, company, label, className, ...rest }, ref) {
  return (
    <button ref={ref} type="button" title={`${name}\n${company}`} {...rest} className={`${classes.button} ${className ?? ''}`}>
      <Avatar name={name} />
      <span className="visually-hidden">{label}: </span>
      <span className={classes.text}>
        <span className={classes.name}>{name}</span>
        <span className={classes.company}>{company}</span>
      </span>
      <IconSelector size={16} aria-hidden />
    </button>
  );
});

/** Initials on a soft tile; decorative, the name stands beside it. */
export function Avatar({ name }: { readonly name: string }) {
  return <span className={classes.avatar} aria-hidden="true">{initials(name)}</span>;
}
