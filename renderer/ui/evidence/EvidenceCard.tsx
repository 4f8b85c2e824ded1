import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApprovalState } from '../../../shared/domain/admin-actions.ts';
import { CopyButton } from '../CopyButton.tsx';
import { type Fact, Facts } from '../Facts.tsx';
import { formatCount, formatTime } from '../format.ts';
import { IconAlertTriangle, IconCircleCheck, IconDownload, IconFileCertificate, IconMinus } from '../icons.ts';
import { shortId } from '../action/types.ts';
import { type ShownAsk, type ShownPayment, useAskTitle } from '../approval/asked.ts';
import classes from './EvidenceCard.module.css';

export interface EvidenceCardProps {
  readonly approvalId: string;
  readonly state: ApprovalState;
  readonly decidedAt: number | null;
  readonly signer: { readonly serial: string; readonly device: string; readonly name: string };
  readonly checks: { readonly authoritySignature: boolean; readonly deviceSignature: boolean; readonly chain: boolean; readonly entry: number | null };
  /** A signature of the device, or the digits of one without network, which are none. Null: nobody answered. */
  readonly answeredBy: 'signature' | 'mac' | null;
  /** What was shown, from the signed text. Null: it could not be read. */
  readonly shown: { readonly ask: ShownAsk; readonly names: readonly string[]; readonly serials: readonly string[]; readonly requestedAt: number; readonly ip: string } | null;
  /** Hex SHA-256 of the request. */
  readonly hash: string | null;
  readonly onSave: () => void;
  readonly onCopyHash: () => Promise<void>;
}

/** Evidence of an approval: what was shown, who signed it, and each check in words. */
export function EvidenceCard(props: EvidenceCardProps) {
  const { t, i18n } = useTranslation('admin');
  const titleOf = useAskTitle();
  const { shown, checks } = props;
  const n = (count: number) => formatCount(count, i18n.language);
  const time = (at: number | null) => (at === null ? '—' : formatTime(at, { seconds: true }));
  const facts: Fact[] = [
    ...(shown === null ? [] : [{ id: 'shown', label: t('evidence.shown'), serial: true, value: `${titleOf(shown.ask)} · ${shown.ask.kind === 'admin-action' ? subject(shown) : shown.ask.portal}` }]),
    ...(shown?.ask.kind === 'transaction' ? paymentFacts(shown.ask.payment) : []),
    { id: 'decision', label: t('evidence.decision'), value: t(`evidence.decided.${props.state}`) },
    { id: 'signer', label: t(props.answeredBy === 'mac' ? 'evidence.answerer' : 'evidence.signer'), serial: true, value: `${props.signer.serial} · ${props.signer.device}` },
    ...(shown === null ? [] : [
      { id: 'times', label: t('evidence.times'), value: `${time(shown.requestedAt)} / ${time(props.decidedAt)}` },
      { id: 'from', label: t('evidence.from'), serial: true, value: shown.ip },
    ]),
    ...(props.hash === null ? [] : [{ id: 'hash', label: t('evidence.fingerprint'), serial: true, value: <span title={props.hash}>{groupHash(props.hash)}</span> }]),
  ];
  return (
    <section className={classes.card} aria-label={`${t('evidence.title')} ${shortId(props.approvalId)}`}>
      <header className={classes.head}>
        <IconFileCertificate size={16} aria-hidden />
        <h3 className={classes.title}>{t('evidence.title')}</h3>
        <span className={`${classes.id} serial`} title={props.approvalId}>{shortId(props.approvalId)}</span>
      </header>
      <div className={classes.part}><Facts items={facts} /></div>
      <dl className={classes.part}>
        <Check label={t('evidence.authoritySignature')} ok={checks.authoritySignature} text={checks.authoritySignature ? t('evidence.valid') : t('evidence.invalid')} />
        {props.answeredBy === 'signature'
          ? <Check label={t('evidence.deviceSignature')} ok={checks.deviceSignature} text={checks.deviceSignature ? t('evidence.valid') : t('evidence.invalid')} />
          : <Check label={t('evidence.deviceSignature')} ok={null} text={props.answeredBy === 'mac' ? t('evidence.mac') : t('evidence.absent')} />}
        <Check label={t('evidence.chain')} ok={checks.chain} text={chainText()} />
      </dl>
      <footer className={classes.foot}>
        <Button size="xs" variant="subtle" className={classes.tool ?? ''} leftSection={<IconDownload size={16} aria-hidden />} onClick={props.onSave}>{t('evidence.save')}</Button>
        {props.hash !== null && <CopyButton size="xs" variant="subtle" label={t('evidence.copyHash')} done={t('evidence.copied')} onCopy={props.onCopyHash} />}
      </footer>
    </section>
  );

  function subject({ names, serials }: { readonly names: readonly string[]; readonly serials: readonly string[] }): string {
    if (names.length === 1) return [serials[0], names[0]].filter((part) => part !== undefined).join(' · ');
    return names.length <= 3 ? names.join(', ') : `${names.slice(0, 2).join(', ')} ${t('andMore', { count: names.length - 2, n: n(names.length - 2) })}`;
  }

  function paymentFacts({ account, reference }: ShownPayment): Fact[] {
    return [
      { id: 'account', label: t('evidence.account'), serial: true, value: account },
      ...(reference === null ? [] : [{ id: 'reference', label: t('evidence.reference'), value: reference }]),
    ];
  }

  function chainText(): string {
    if (!checks.chain) return t('evidence.broken');
    return checks.entry === null ? t('evidence.intact') : t('evidence.intactEntry', { n: n(checks.entry) });
  }
}

/** `9f3c 71e0 b2d4 … 5a88 0c1e`: enough to compare by eye; the whole is copied. */
export function groupHash(hex: string): string {
  const groups = hex.match(/.{1,4}/g) ?? [];
  return groups.length <= 6 ? groups.join(' ') : `${groups.slice(0, 3).join(' ')} … ${groups.slice(-2).join(' ')}`;
}

/** One check in words; null: there is nothing to check. */
function Check({ label, ok, text }: { readonly label: string; readonly ok: boolean | null; readonly text: ReactNode }) {
  return (
    <div className={classes.check} data-ok={ok ?? 'none'}>
      <dt className={classes.label}>{label}</dt>
      <dd className={classes.answer}>
        {ok === true && <IconCircleCheck size={16} aria-hidden />}
        {ok === false && <IconAlertTriangle size={16} aria-hidden />}
        {ok === null && <IconMinus size={16} aria-hidden />}
        {text}
      </dd>
    </div>
  );
}
