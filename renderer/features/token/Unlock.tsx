import type { AccountView } from '../../api/app-state.ts';
import { Card } from '../../ui/Card.tsx';
import { UnlockForm } from './UnlockForm.tsx';
import classes from './token.module.css';

/** In the place of a screen that a locked app does not show. */
export default function Unlock({ account }: { readonly account: AccountView }) {
  return <div className={classes.unlockPage}><Card><UnlockForm account={account} /></Card></div>;
}
