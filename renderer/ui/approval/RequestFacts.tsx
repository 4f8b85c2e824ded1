import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionRows } from '../action/ActionRows.tsx';
import { type Fact, Facts } from '../Facts.tsx';
import { formatCount, formatDateTime } from '../format.ts';
import { IconBrowser, IconBuilding, IconClock, IconFileText, IconMapPin, IconMessageDots, IconWorld } from '../icons.ts';
import { AmountCard } from './AmountCard.tsx';
import type { ShownAsked, ShownContext } from './request.ts';
import classes from './request.module.css';

interface RequestFactsProps {
  readonly asked: ShownAsked;
  readonly context: ShownContext;
}

/** Everything that is signed: what is shown here is what the decision binds. */
export function RequestFacts({ asked, context }: RequestFactsProps) {
  switch (asked.kind) {
    case 'admin-action': return <ActionFacts details={asked.details} context={context} />;
    case 'login': return <LoginFacts asked={asked} context={context} />;
    case 'transaction': return <PaymentFacts asked={asked} context={context} />;
    default: return asked satisfies never;
  }
}

function LoginFacts({ asked, context }: { readonly asked: Extract<ShownAsked, { kind: 'login' }>; readonly context: ShownContext }) {
  const facts = useContextFacts(context);
  const { t } = useTranslation('approvals');
  const message: Fact[] = asked.message === null ? [] : [{ id: 'message', label: t('fact.message'), value: asked.message, icon: <IconMessageDots size={16} aria-hidden /> }];
  return <Signed><FactBox items={[...message, ...facts, useCompanyFact(asked.company)]} /></Signed>;
}

function PaymentFacts({ asked, context }: { readonly asked: Extract<ShownAsked, { kind: 'transaction' }>; readonly context: ShownContext }) {
  const facts = useContextFacts(context);
  const { t } = useTranslation('approvals');
  const { reference } = asked.payment;
  const subject: Fact[] = reference === null ? [] : [{ id: 'reference', label: t('fact.reference'), value: reference, icon: <IconFileText size={16} aria-hidden /> }];
  return (
    <Signed>
      <AmountCard payment={asked.payment} />
      <FactBox items={[...subject, ...facts, useCompanyFact(asked.company)]} />
    </Signed>
  );
}

function ActionFacts({ details, context }: { readonly details: Extract<ShownAsked, { kind: 'admin-action' }>['details']; readonly context: ShownContext }) {
  const { t, i18n } = useTranslation('approvals');
  const placeOf = usePlaceText();
  const n = (count: number) => formatCount(count, i18n.language);
  return (
    <section className={classes.facts} aria-label={t('window.scroll')} tabIndex={0}>
      <ActionRows rows={details.rows} />
      <dl className={classes.band}>
        {details.pool !== null && <div><dt>{t('window.pool')}</dt><dd>{n(details.pool.before)} → {n(details.pool.after)}</dd></div>}
        {details.reason !== null && <div><dt>{t('window.reason')}</dt><dd>{details.reason}</dd></div>}
        <div><dt>{t('window.from')}</dt><dd>{context.agent}{context.place !== null && `, ${placeOf(context.place)}`}</dd></div>
      </dl>
    </section>
  );
}

/** What is signed scrolls between who asks and what is answered; nothing of it is cut. */
function Signed({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation('approvals');
  return <section className={classes.signed} aria-label={t('fact.all')} tabIndex={0}>{children}</section>;
}

function FactBox({ items }: { readonly items: readonly Fact[] }) {
  return <div className={classes.list}><Facts items={items} ruled /></div>;
}

function useCompanyFact(company: string): Fact {
  const { t } = useTranslation('approvals');
  return { id: 'company', label: t('fact.company'), value: company, icon: <IconBuilding size={16} aria-hidden /> };
}

/** "Medellín (según GeoLite2)": a place is only as good as its source. */
export function usePlaceText(): (place: { readonly text: string; readonly source: string }) => string {
  const { t } = useTranslation('ui');
  return ({ text, source }) => t('approval.placeOf', { place: text, source });
}

/** Place (if there is one), address, browser and time. */
function useContextFacts({ place, ip, agent, requestedAt }: ShownContext): Fact[] {
  const { t } = useTranslation('approvals');
  const placeOf = usePlaceText();
  return [
    ...(place === null ? [] : [{ id: 'place', label: t('fact.place'), value: placeOf(place), icon: <IconMapPin size={16} aria-hidden /> }]),
    { id: 'ip', label: t('fact.ip'), value: ip, serial: true, icon: <IconWorld size={16} aria-hidden /> },
    { id: 'browser', label: t('fact.browser'), value: agent, icon: <IconBrowser size={16} aria-hidden /> },
    { id: 'time', label: t('fact.time'), value: formatDateTime(requestedAt, { seconds: true }), icon: <IconClock size={16} aria-hidden /> },
  ];
}
