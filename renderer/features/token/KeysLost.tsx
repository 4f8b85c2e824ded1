import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { AccountView } from '../../api/app-state.ts';
import { useCommand } from '../../api/queries.ts';
import { useErrorView } from '../../api/use-error.ts';
import { Card } from '../../ui/Card.tsx';
import { IconRefresh } from '../../ui/icons.ts';
import { ErrorState } from '../../ui/States.tsx';
import classes from './token.module.css';

/** The keys of this computer cannot be read or are not there. No PIN helps: the way back is a new invitation. */
export default function KeysLost({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation(['token', 'ui']);
  const [, go] = useLocation();
  const error = useErrorView(account.problem);
  const retry = useCommand('app.retry', ['app.state']);
  if (error === null) return null;
  // A keychain that is only elsewhere (another session, a backup) may come back; one that is damaged does not.
  const mayReturn = error.code === 'VAULT_MISSING';
  return (
    <Card>
      <ErrorState
        whole title={t(mayReturn ? 'keysLost.missing' : 'keysLost.damaged')} error={error} onSupport={() => go('/help')}
        actions={
          <>
            <Button size="md" component="a" href="#/welcome">{t('closed.connect')}</Button>
            {mayReturn && <Button size="md" variant="default" leftSection={<IconRefresh size={18} aria-hidden />} loading={retry.busy} onClick={() => void retry.run({ accountId: account.id })}>{t('ui:error.retry')}</Button>}
          </>
        }
      >
        <ul className={classes.keysLost}>
          <li>{t('keysLost.pin')}</li>
          <li>{t(account.role === 'admin' ? 'keysLost.invitationIssuer' : 'keysLost.invitation', { serial: account.serial })}</li>
          {account.role === 'member' && <li>{t('keysLost.meanwhile')}</li>}
        </ul>
      </ErrorState>
    </Card>
  );
}
