import { useTranslation } from 'react-i18next';
import type { AccountView } from '../../api/app-state.ts';
import { decidedLine, usePendingLines } from '../../api/approvals.ts';
import { useCommand, useRead } from '../../api/queries.ts';
import { DecidedList } from '../../ui/approval/DecidedList.tsx';
import { PendingList } from '../../ui/approval/PendingList.tsx';
import { Badge } from '../../ui/Badge.tsx';
import { Card } from '../../ui/Card.tsx';
import { formatCount } from '../../ui/format.ts';
import { IconChevronRight, IconHourglass } from '../../ui/icons.ts';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { BlockedNotice } from './BlockedNotice.tsx';
import { CodePanel } from './CodePanel.tsx';
import { DeviceCard } from './DeviceCard.tsx';
import { ScanCard } from './ScanCard.tsx';
import classes from './token.module.css';

/** Mi token · Código: the code, what waits for a decision, what was decided, and this device. */
export default function Token({ account }: { readonly account: AccountView }) {
  const blocked = account.phase === 'blocked';
  return (
    <div className={classes.columns}>
      <h1 className="visually-hidden"><CodeTitle /></h1>
      <div className={classes.left}>
        {blocked ? <BlockedNotice account={account} /> : <CodePanel account={account} />}
        <PendingCard />
        <RecentCard account={account} />
      </div>
      <div className={classes.right}><DeviceCard account={account} />{account.phase === 'active' && <ScanCard />}</div>
    </div>
  );
}

function CodeTitle() {
  return <>{useTranslation('token').t('code')}</>;
}

function PendingCard() {
  const { t, i18n } = useTranslation('token');
  const lines = usePendingLines();
  const open = useCommand('approvals.openWindow');
  const count = lines?.length ?? 0;
  return (
    <Card
      flush aside={count > 1 ? t('pending.oneByOne') : undefined}
      title={<>{t('pending.title')}{count > 0 && <Badge tone="amber" icon={<IconHourglass aria-hidden />}>{formatCount(count, i18n.language)}</Badge>}</>}
    >
      {lines === null ? <SkeletonRows rows={1} height={60} /> : count > 0 ? <PendingList items={lines} onReview={() => void open.run()} /> : (
        <p className={classes.none}><strong>{t('pending.none')}</strong> {t('pending.noneText')}</p>
      )}
    </Card>
  );
}

const recent = 5;

function RecentCard({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation('token');
  const history = useRead('approvals.history', { accountId: account.id, size: recent });
  return (
    <Card flush title={t('history.title')} aside={<a className={classes.link} href="#/approvals">{t('history.all')}<IconChevronRight size={16} aria-hidden /></a>}>
      {history.isPending ? <SkeletonRows rows={3} /> : (history.data?.items.length ?? 0) === 0 ? <p className={classes.none}>{t('history.none')}</p> : (
        <DecidedList label={t('history.title')} items={history.data?.items.map(decidedLine) ?? []} />
      )}
    </Card>
  );
}
