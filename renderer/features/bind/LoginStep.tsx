import { Button } from '@mantine/core';
import { type Dispatch, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/queries.ts';
import { useErrorView } from '../../api/use-error.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { formatDateTime } from '../../ui/format.ts';
import { Decision, Form, FormActions, Hint } from '../../ui/FormLayout.tsx';
import { IconArrowRight, IconLock, IconShieldLock, IconUser } from '../../ui/icons.ts';
import { PasswordField } from '../../ui/PasswordField.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { CompanyCard } from './CompanyCard.tsx';
import type { BindEvent, InvitationPreview } from './flow.ts';

/** Step 2: the portal's user and password. Wrong user, wrong password and wrong typed code look alike. */
export function LoginStep({ preview, send }: { readonly preview: InvitationPreview; readonly send: Dispatch<BindEvent> }) {
  const { t } = useTranslation('bind');
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const start = useCommand('bind.start');
  const error = useErrorView(start.error);
  const submit = async () => {
    if (user.trim() === '' || password === '') return;
    const answer = await start.run({ user: user.trim(), password });
    setPassword('');
    if (answer !== null) send({ type: 'loggedIn', company: answer.company, proof: answer.secondProof });
  };
  return (
    <div style={{ width: '100%', maxWidth: 480 }}>
      <CompanyCard preview={preview} />
      <Decision title={t('login.title')} lead={t('login.lead')}>
        <Form onSubmit={() => void submit()}>
          <TextField name="user" label={t('login.user')} value={user} onChange={setUser} icon={<IconUser size={18} aria-hidden />} autoComplete="username" autoFocus />
          <PasswordField
            name="password" label={t('login.password')} value={password} onChange={setPassword} icon={<IconLock size={18} aria-hidden />} autoComplete="current-password"
            description={<Hint icon={<IconShieldLock size={16} aria-hidden />}>{t('login.notKept')}</Hint>}
          />
          <ErrorNotice error={error} />
          <FormActions>
            <Button type="submit" size="lg" loading={start.busy} disabled={user.trim() === '' || password === ''} rightSection={<IconArrowRight size={18} aria-hidden />}>{t('continue')}</Button>
            <Button size="lg" variant="subtle" onClick={() => send({ type: 'back' })}>{t('back')}</Button>
          </FormActions>
        </Form>
        <Hint>{preview.expiresAt === null ? t('login.forgotten') : t('login.forgottenUntil', { date: formatDateTime(preview.expiresAt) })}</Hint>
      </Decision>
    </div>
  );
}
