import { Button } from '@mantine/core';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { readScanned } from '../../../shared/domain/scanned.ts';
import { offerLink, useOpenedLink } from '../../api/opened-link.ts';
import { useCommand } from '../../api/queries.ts';
import { useErrorView } from '../../api/use-error.ts';
import { useToast } from '../../ui/Announcer.tsx';
import { Card } from '../../ui/Card.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { groupCode } from '../../ui/format.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ScanPanel } from './ScanPanel.tsx';
import screens from '../../ui/screens.module.css';
import classes from './scan.module.css';

/** Mi token · Escanear QR. `/scan/camera` and `/scan/screen` begin with that way. */
export default function ScanScreen() {
  const { t } = useTranslation('scan');
  const [path, go] = useLocation();
  const [link, clearLink] = useOpenedLink();
  const toast = useToast();
  const onApproval = useCallback(() => toast({ tone: 'ok', text: t('opened') }), [toast, t]);
  const onInvitation = useCallback((text: string) => {
    offerLink(text);
    go('/bind');
    return true;
  }, [go]);
  const way = /^\/scan\/(camera|screen)$/.exec(path)?.[1] as 'camera' | 'screen' | undefined;
  return (
    <div className={screens.column} data-width="wide">
      <PageHeader title={t('title')} />
      {link !== null && <ArrivedLink key={link} text={link} onOpened={() => { clearLink(); onApproval(); }} onDiscard={clearLink} />}
      <Card><ScanPanel way={way ?? null} onApproval={onApproval} onInvitation={onInvitation} /></Card>
    </div>
  );
}

interface ArrivedLinkProps { readonly text: string; readonly onOpened: () => void; readonly onDiscard: () => void }

/** A link of a page brought a request's number. Nothing is asked of anybody before the person says so (S24). */
function ArrivedLink({ text, onOpened, onDiscard }: ArrivedLinkProps) {
  const { t } = useTranslation('scan');
  const open = useCommand('scan.open', ['approvals']);
  const error = useErrorView(open.error);
  const read = readScanned(text);
  if (read.kind !== 'approve') return null;
  const follow = async () => {
    if ((await open.run({ text })) !== null) onOpened();
  };
  return (
    <Card title={t('link.title')}>
      <p>{t('link.text')}</p>
      <div className={classes.linkFacts}>
        <Facts items={[{ id: 'authority', label: t('link.authority'), value: read.authority, serial: true }, { id: 'number', label: t('link.number'), value: groupCode(read.number) }]} ruled />
      </div>
      <ErrorNotice error={error} />
      <div className={classes.foot}>
        <Button size="md" loading={open.busy} onClick={() => void follow()} autoFocus>{t('link.open')}</Button>
        <Button size="md" variant="subtle" onClick={onDiscard}>{t('link.discard')}</Button>
      </div>
    </Card>
  );
}
