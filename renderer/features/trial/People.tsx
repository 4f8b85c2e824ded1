import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { OutputOf } from '../../api/bridge.ts';
import { useAppState } from '../../api/app-state.ts';
import { offerLink } from '../../api/opened-link.ts';
import { useCommand } from '../../api/queries.ts';
import { Avatar } from '../../ui/AccountButton.tsx';
import { Badge } from '../../ui/Badge.tsx';
import classes from './trial.module.css';

type Person = OutputOf<'trial.people'>[number];

/** Everybody of the sample company: open the app as someone who is bound, or bind with the open invitation. */
export function People({ people }: { readonly people: readonly Person[] }) {
  const { t } = useTranslation('trial');
  if (people.length === 0) return <p className={classes.none}>{t('people.empty')}</p>;
  return <ul>{people.map((person) => <PersonRow key={person.userName} person={person} />)}</ul>;
}

function PersonRow({ person }: { readonly person: Person }) {
  const { t } = useTranslation('trial');
  return (
    <li className={classes.person} data-person={person.userName}>
      <Avatar name={person.name} />
      <div className={classes.personText}>
        <p className={classes.personName} title={person.name}>{person.name}{person.role === 'admin' && <Badge tone="primary">{t('people.role.admin')}</Badge>}</p>
        <p className={classes.personNote}>
          {t('people.user')} <span className={classes.credential}>{person.userName}</span> · {t('people.password')}{' '}
          <span className={person.password === null ? '' : classes.credential}>{person.password ?? t('people.noPassword')}</span>
        </p>
        {person.note !== '' && <p className={classes.personNote}>{person.note}</p>}
      </div>
      <PersonAction person={person} />
    </li>
  );
}

function PersonAction({ person }: { readonly person: Person }) {
  const { t } = useTranslation('trial');
  const [, go] = useLocation();
  const state = useAppState();
  const select = useCommand('app.select', ['app.state']);
  const account = state?.accounts.find((candidate) => candidate.userName === person.userName && candidate.phase !== 'closed');
  if (account !== undefined) {
    if (account.id === state?.selectedAccountId) return <span className={classes.aside}>{t('people.current')}</span>;
    const open = async () => {
      await select.run({ accountId: account.id });
      go('/token');
    };
    return <Button variant="default" size="xs" loading={select.busy} aria-label={t('people.open', { name: person.name })} onClick={() => void open()}>{t('people.openShort')}</Button>;
  }
  const { invitation } = person;
  if (invitation === null) return <span className={classes.aside}>{t('people.noInvitation')}</span>;
  const bind = () => {
    offerLink(invitation);
    go('/bind');
  };
  return <Button variant="default" size="xs" aria-label={t('people.bind', { name: person.name })} onClick={bind}>{t('people.bindShort')}</Button>;
}
