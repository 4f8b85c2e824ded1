import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCommand, useRead } from '../../api/queries.ts';
import { useErrorView } from '../../api/use-error.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { IconBuildingBank, IconExternalLink } from '../../ui/icons.ts';
import { Spinner } from '../../ui/Spinner.tsx';
import classes from './trial.module.css';

const pace = 2500;

/** The sample portal, which opens in the browser: there a person logs in and pays, here the token answers. */
export function PortalCard() {
  const { t } = useTranslation('trial');
  const portal = useRead('trial.portal', undefined, { everyMilliseconds: pace });
  const open = useCommand('app.openExternal');
  const error = useErrorView(portal.error ?? open.error);
  const address = portal.data?.address ?? null;
  return (
    <section className={classes.portal} aria-labelledby="portal-title">
      <span className={classes.portalTile}><IconBuildingBank size={24} aria-hidden /></span>
      <div className={classes.portalText}>
        <h2 id="portal-title" className={classes.portalTitle}>{t('portal.title')}</h2>
        <p>{t('portal.text')}</p>
        {address !== null && <p className={classes.personNote}>{address}</p>}
        <ErrorNotice error={error} />
      </div>
      {address === null
        ? error === null && <p className={classes.starting} role="status"><Spinner />{t('portal.starting')}</p>
        : <Button size="md" loading={open.busy} rightSection={<IconExternalLink size={16} aria-hidden />} onClick={() => void open.run({ url: address })}>{t('portal.open')}</Button>}
    </section>
  );
}
