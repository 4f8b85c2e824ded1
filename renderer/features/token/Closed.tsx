import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AccountView } from '../../api/app-state.ts';
import { useCommand } from '../../api/queries.ts';
import { Card } from '../../ui/Card.tsx';
import { EmptyState } from '../../ui/States.tsx';

/** The device was discarded at the authority: the account can only be removed or bound again. */
export default function Closed({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation('token');
  const remove = useCommand('app.removeAccount', ['app.state']);
  return (
    <Card>
      <EmptyState
        whole title={t('closed.title')} text={t('closed.text', { serial: account.serial })}
        actions={
          <>
            <Button size="lg" component="a" href="#/welcome">{t('closed.connect')}</Button>
            <Button size="lg" variant="default" color="red" loading={remove.busy} onClick={() => void remove.run({ accountId: account.id })}>{t('closed.remove')}</Button>
          </>
        }
      />
    </Card>
  );
}
