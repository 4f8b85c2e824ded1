import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { AppState } from '../api/app-state.ts';
import { useCommand } from '../api/queries.ts';
import { DropMenu } from '../ui/DropMenu.tsx';
import { IconChevronDown, IconFlask2, IconLanguage, IconUsers } from '../ui/icons.ts';
import { useAccountItems } from './AccountMenu.tsx';

/** In the title bar of first start and binding: the trial, the other accounts, the language. */
export function FrameTools({ state }: { readonly state: AppState }) {
  const { t } = useTranslation('app');
  const [path] = useLocation();
  const accounts = useAccountItems(state);
  return (
    <>
      {state.trial === 'running' && path !== '/trial' && <Button component="a" href="#/trial" variant="subtle" size="xs" leftSection={<IconFlask2 size={16} aria-hidden />}>{t('nav.trial')}</Button>}
      {state.accounts.length > 1 && (
        <DropMenu position="bottom-end" width={300} items={accounts} target={<Button variant="subtle" size="xs" leftSection={<IconUsers size={16} aria-hidden />}>{t('account.switch')}</Button>} />
      )}
      <LanguageMenu language={state.language} />
    </>
  );
}

const languages = ['es', 'en'] as const;

function LanguageMenu({ language }: { readonly language: 'es' | 'en' }) {
  const { t } = useTranslation('app');
  const change = useCommand('app.changeSettings', ['app.state']);
  return (
    <DropMenu
      position="bottom-end" width={170}
      items={languages.map((id) => ({ id, lang: id, label: t(`language.${id}`), current: id === language, onSelect: () => void change.run({ language: id }) }))}
      target={
        <Button variant="subtle" size="xs" leftSection={<IconLanguage size={16} aria-hidden />} rightSection={<IconChevronDown size={14} aria-hidden />} aria-label={`${t('language.choose')}: ${t(`language.${language}`)}`}>
          {t(`language.${language}`)}
        </Button>
      }
    />
  );
}
