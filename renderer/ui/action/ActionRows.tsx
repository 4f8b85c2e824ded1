import { useTranslation } from 'react-i18next';
import { Badge } from '../Badge.tsx';
import { BeforeAfter } from '../BeforeAfter.tsx';
import { formatMobile } from '../format.ts';
import { IconCircleCheck, IconCircleOff, IconFlag } from '../icons.ts';
import { StatusBadge } from '../StatusBadge.tsx';
import classes from './ActionRows.module.css';
import type { HardwareState, ShownRow } from './types.ts';

/** State of a person's hardware token. */
export function HardwareBadge({ state }: { readonly state: HardwareState }) {
  const { t } = useTranslation('admin');
  if (state === 'on') return <Badge tone="ok" icon={<IconCircleCheck aria-hidden />}>{t('hardware.on')}</Badge>;
  if (state === 'lost') return <Badge tone="red" icon={<IconFlag aria-hidden />}>{t('hardware.lost')}</Badge>;
  return <Badge tone="neutral" icon={<IconCircleOff aria-hidden />}>{t('hardware.off')}</Badge>;
}

/** Each person with what changes, before and after; names and addresses in full, because that is what is signed. */
export function ActionRows({ rows }: { readonly rows: readonly ShownRow[] }) {
  const { t } = useTranslation('admin');
  return (
    <ul className={classes.rows} aria-label={t('document.people')}>
      {rows.map((row) => <ActionRow key={row.userId} row={row} />)}
    </ul>
  );
}

function ActionRow({ row }: { readonly row: ShownRow }) {
  const { t } = useTranslation('admin');
  const contact = [row.email, row.mobile === null ? null : formatMobile(row.mobile)].filter((part) => part !== null).join(' · ');
  return (
    <li className={classes.row}>
      <p className={classes.name}>{row.name}</p>
      {row.token !== null && (
        <div className={classes.change}>
          <BeforeAfter before={<StatusBadge state={row.token.before ?? 'none'} />} after={<StatusBadge state={row.token.after ?? 'none'} />} />
          {row.serial !== null && <span className={`${classes.serial} serial`}>{row.serial}</span>}
        </div>
      )}
      {row.hardware !== null && (
        <div className={classes.change}>
          <span className={classes.what}>{t('hardware.title')}</span>
          <BeforeAfter before={<HardwareBadge state={row.hardware.before} />} after={<HardwareBadge state={row.hardware.after} />} />
          <span className={`${classes.serial} serial`}>{row.hardware.serial}</span>
        </div>
      )}
      {row.fields.length > 0 && (
        <dl className={classes.fields}>
          {row.fields.map(({ field, before, after }) => (
            <div key={field} className={classes.field}>
              <dt className={classes.what}>{t(`document.field.${field}`)}</dt>
              <dd><BeforeAfter before={<span className={classes.value}>{fieldText(field, before)}</span>} after={<strong className={classes.value}>{fieldText(field, after)}</strong>} /></dd>
            </div>
          ))}
        </dl>
      )}
      {row.device !== null && (
        <p className={classes.contact}>{row.device.name} · {row.device.system}{row.device.words !== null && <><br />{t('document.words', { words: row.device.words.join(' · ') })}</>}</p>
      )}
      <p className={classes.contact}>{contact === '' ? t('document.noContact') : contact}</p>
    </li>
  );

  function fieldText(field: ShownRow['fields'][number]['field'], value: string | null): string {
    if (value === null || value === '') return t('document.none');
    if (field === 'mobile') return formatMobile(value);
    if (field === 'language' && (value === 'es' || value === 'en')) return t(`document.language.${value}`);
    if (field === 'active' && (value === 'true' || value === 'false')) return t(`document.activeValue.${value}`);
    return value;
  }
}
