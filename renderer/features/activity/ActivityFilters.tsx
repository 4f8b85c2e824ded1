import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useEventText } from '../../ui/audit/event-looks.ts';
import { IconX } from '../../ui/icons.ts';
import { NativeSelect } from '../../ui/NativeSelect.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import classes from './Activity.module.css';
import { type DateRange, noDates } from './dates.ts';

export interface ActivityFiltersProps {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly event: string | null;
  /** Events that the trail has at all. */
  readonly events: readonly string[];
  readonly onEvent: (event: string | null) => void;
  readonly dates: DateRange;
  readonly onDates: (dates: DateRange) => void;
  readonly ordered: boolean;
}

/** Search, days and kind of event. */
export function ActivityFilters(props: ActivityFiltersProps) {
  const { t } = useTranslation('activity');
  const eventText = useEventText();
  const { dates } = props;
  const events = props.event !== null && !props.events.includes(props.event) ? [props.event, ...props.events] : props.events;
  const named = events.map((code) => ({ value: code, label: eventText(code) })).sort((a, b) => a.label.localeCompare(b.label));
  return (
    <div className={classes.filters} role="search">
      <SearchField shortcut width={276} label={t('search')} value={props.text} onChange={props.onText} />
      <fieldset className={classes.dates} data-invalid={!props.ordered || undefined}>
        <legend className="visually-hidden">{t('dates')}</legend>
        <label className={classes.date}><span>{t('from')}</span><input type="date" value={dates.from} max="9999-12-31" aria-invalid={!props.ordered} onChange={(event) => props.onDates({ ...dates, from: event.currentTarget.value })} /></label>
        <label className={classes.date}><span>{t('until')}</span><input type="date" value={dates.until} max="9999-12-31" aria-invalid={!props.ordered} aria-describedby="dates-wrong" onChange={(event) => props.onDates({ ...dates, until: event.currentTarget.value })} /></label>
      </fieldset>
      {(dates.from !== '' || dates.until !== '') && <Button variant="subtle" leftSection={<IconX size={14} aria-hidden />} onClick={() => props.onDates(noDates)}>{t('clearDates')}</Button>}
      <NativeSelect label={t('event')} value={props.event ?? ''} options={[{ value: '', label: t('eventAll') }, ...named]} onChange={(value) => props.onEvent(value === '' ? null : value)} />
      <p id="dates-wrong" className={classes.wrong} role="status">{props.ordered ? '' : t('datesInvalid')}</p>
    </div>
  );
}
