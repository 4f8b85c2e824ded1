import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { AccountView } from '../../api/app-state.ts';
import { invoke } from '../../api/bridge.ts';
import { hasCode } from '../../api/errors.ts';
import { useRead } from '../../api/queries.ts';
import { useErrorView } from '../../api/use-error.ts';
import { Card } from '../../ui/Card.tsx';
import { useNow } from '../../ui/clock.ts';
import { CodeCard, CodeSurface } from '../../ui/CodeCard.tsx';
import { Spinner } from '../../ui/Spinner.tsx';
import { ErrorState } from '../../ui/States.tsx';
import { UnlockForm } from './UnlockForm.tsx';
import classes from './token.module.css';

/** The petrol surface: the code; the PIN while locked; or why there is no code. */
export function CodePanel({ account }: { readonly account: AccountView }) {
  return account.locked ? (
    <CodeSurface serialNumber={account.serial}><UnlockForm account={account} onPetrol /></CodeSurface>
  ) : (
    <CurrentCode account={account} />
  );
}

function CurrentCode({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation('token');
  const [, go] = useLocation();
  const [hidden, setHidden] = useState(false);
  const code = useRead('code.current', { accountId: account.id });
  const error = useErrorView(code.error);
  const now = useNow();
  const { refetch, data } = code;
  const over = data !== undefined && now >= data.validUntil;
  useEffect(() => {
    if (over) void refetch();
  }, [over, refetch, now]);

  if (error !== null && !hasCode(code.error, 'LOCKED')) return <Card><ErrorState title={t('failed')} error={error} onRetry={() => void refetch()} onSupport={() => go('/help')} /></Card>;
  if (data === undefined) {
    return <CodeSurface serialNumber={account.serial}><p className={classes.codeLoading} role="status"><Spinner tone="code" />{t('loading')}</p></CodeSurface>;
  }
  return (
    <CodeCard
      serialNumber={account.serial} code={over ? data.next : data.code} nextCode={over ? null : data.next} clockVerified={!data.unverified}
      secondsLeft={over ? Math.round((data.validUntil - data.validFrom) / 1000) : Math.ceil((data.validUntil - now) / 1000)}
      stepSeconds={Math.round((data.validUntil - data.validFrom) / 1000)} hidden={hidden} onHide={setHidden}
      onCopy={async () => { await invoke('code.copy', { accountId: account.id }); }}
    />
  );
}
