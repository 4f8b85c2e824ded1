import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '../../../shared/contract/admin.ts';
import { type TokenState, tokenStates } from '../../../shared/domain/token-states.ts';
import { useActorText, useEventText } from '../../ui/audit/event-looks.ts';
import { EntryResult } from '../../ui/audit/EntryResult.tsx';
import { Drawer } from '../../ui/Dialogs.tsx';
import { groupHash } from '../../ui/evidence/EvidenceCard.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { formatCount, formatDateTime } from '../../ui/format.ts';
import classes from './Activity.module.css';
import { Evidence } from './Evidence.tsx';

/** One entry with all that it says, and the evidence of its approval. */
export function EntryDrawer({ entry, onClose }: { readonly entry: AuditEntry; readonly onClose: () => void }) {
  const { t, i18n } = useTranslation(['activity', 'ui']);
  const eventText = useEventText();
  const actorText = useActorText();
  const [opened, setOpened] = useState(false);
  useEffect(() => setOpened(true), []);
  const details = Object.entries(entry.detail).filter(([, value]) => value !== null && value !== '');
  return (
    <Drawer opened={opened} onClose={onClose} title={eventText(entry.event)} subtitle={t('entry.title', { n: formatCount(entry.sequence, i18n.language) })}>
      <div className={classes.entry}>
        <Facts
          items={[
            { id: 'at', label: t('entry.at'), value: formatDateTime(entry.at, { seconds: true }) },
            { id: 'actor', label: t('entry.actor'), value: actorText(entry.actor) },
            { id: 'result', label: t('entry.result'), value: <EntryResult result={entry.result} /> },
            ...(entry.subject.name === null ? [] : [{ id: 'subject', label: t('entry.subject'), value: entry.subject.name }]),
            ...(entry.subject.serial === null ? [] : [{ id: 'serial', label: t('entry.serial'), value: entry.subject.serial, serial: true }]),
            ...(entry.ip === null ? [] : [{ id: 'ip', label: t('entry.ip'), value: entry.ip, serial: true }]),
            { id: 'hash', label: t('entry.hash'), value: <span title={entry.hash}>{groupHash(entry.hash)}</span>, serial: true },
          ]}
        />
        {details.length > 0 && (
          <section>
            <h3 className={classes.heading}>{t('entry.detail')}</h3>
            <Facts items={details.map(([key, value]) => ({ id: key, label: labelOf(key), value: valueOf(key, String(value)), serial: true }))} />
          </section>
        )}
        {entry.approvalId !== null && <Evidence approvalId={entry.approvalId} />}
      </div>
    </Drawer>
  );

  /** Members that people look for have a name; any other shows its own. */
  function labelOf(key: string): string {
    return i18n.exists(`entry.detailKey.${key}`, { ns: 'activity' }) ? String(t(`entry.detailKey.${key}` as 'entry.detailKey.from')) : key;
  }

  function valueOf(key: string, value: string): string {
    return (key === 'from' || key === 'to') && isTokenState(value) ? t(`ui:tokenState.${value}`) : value;
  }
}

const isTokenState = (text: string): text is TokenState => (tokenStates as readonly string[]).includes(text);
