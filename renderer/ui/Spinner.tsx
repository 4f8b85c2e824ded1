import classes from './Spinner.module.css';

/** A turning arc beside a text that says what is going on. Decorative; it stands still with reduced motion. */
export function Spinner({ tone = 'primary' }: { readonly tone?: 'primary' | 'wait' | 'code' }) {
  return <span className={classes.spinner} data-tone={tone} aria-hidden="true" />;
}
