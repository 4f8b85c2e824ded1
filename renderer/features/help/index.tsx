import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { invoke, type OutputOf } from '../../api/bridge.ts';
import { useAppState } from '../../api/app-state.ts';
import { useCommand, useRead } from '../../api/queries.ts';
import { useErrorView } from '../../api/use-error.ts';
import { Card } from '../../ui/Card.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { IconArrowLeft, IconExternalLink, IconMail, IconPhone } from '../../ui/icons.ts';
import { Notice } from '../../ui/Notice.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { EmptyState, ErrorState } from '../../ui/States.tsx';
import screens from '../../ui/screens.module.css';
import classes from './help.module.css';

type SupportLine = OutputOf<'app.support'>['lines'][number];
const tips = ['lost', 'pin', 'code'] as const;
/** What a published link does, by its scheme; one of another kind is only copied. */
const linkKinds = { 'mailto:': { verb: 'write', Icon: IconMail }, 'tel:': { verb: 'call', Icon: IconPhone }, 'https:': { verb: 'open', Icon: IconExternalLink } } as const;
const kindOf = (href: string | null) => linkKinds[(href?.slice(0, href.indexOf(':') + 1) ?? '') as keyof typeof linkKinds] ?? null;

/** Ayuda: the issuer's support lines and hours, there before any session, and what people ask most. */
export default function Help() {
  const { t } = useTranslation('help');
  const state = useAppState();
  const noAuthority = state?.accounts.length === 0 && state.trial !== 'running';
  const support = useRead('app.support', undefined, { enabled: state !== null });
  const error = useErrorView(support.error);
  const issuer = support.data?.issuer;
  return (
    <div className={screens.column}>
      <PageHeader title={t('title')}>{state?.accounts.length === 0 && <Button component="a" href="#/welcome" variant="default" leftSection={<IconArrowLeft size={18} aria-hidden />}>{t('back')}</Button>}</PageHeader>
      <Card flush title={issuer === undefined ? t('leadNone') : t('lead', { issuer })}>
        {support.isPending ? <SkeletonRows rows={3} height={60} /> : support.data !== undefined && support.data.lines.length > 0 ? (
          <ul>{support.data.lines.map((line) => <Line key={`${line.label}-${line.value}`} line={line} />)}</ul>
        ) : noAuthority ? <EmptyState title={t('noAuthority.title')} text={t('noAuthority.text')} /> : error !== null ? (
          <ErrorState title={t('failed')} error={error} onRetry={() => void support.refetch()} />
        ) : <EmptyState title={t('none.title')} text={t('none.text')} />}
      </Card>
      <Notice tone="amber">{t('never')}</Notice>
      <Card title={t('tips')}>
        <dl className={classes.tips}>{tips.map((tip) => <div key={tip}><dt>{t(`tip.${tip}.q`)}</dt><dd>{t(`tip.${tip}.a`)}</dd></div>)}</dl>
      </Card>
    </div>
  );
}

function Line({ line }: { readonly line: SupportLine }) {
  const { t } = useTranslation('help');
  const open = useCommand('app.openExternal');
  const error = useErrorView(open.error);
  const { href } = line;
  const kind = kindOf(href);
  const Tile = kind?.Icon ?? IconPhone;
  return (
    <li className={classes.line}>
      <span className={classes.tile}><Tile size={18} aria-hidden /></span>
      <div className={classes.lineText}>
        <p className={classes.label}>{line.label}</p>
        <p className={classes.value}>{line.value}</p>
        {line.hours !== null && <p className={classes.hours}>{t('hours', { hours: line.hours })}</p>}
        <ErrorNotice error={error} />
      </div>
      <div className={classes.lineActions}>
        {href !== null && kind !== null && <Button variant="default" size="xs" leftSection={<kind.Icon size={16} aria-hidden />} onClick={() => void open.run({ url: href })}>{t(kind.verb)}</Button>}
        <CopyButton variant="subtle" size="xs" label={t('copy')} done={t('copied')} onCopy={async () => { await invoke('app.copy', { text: line.value }); }} />
      </div>
    </li>
  );
}
