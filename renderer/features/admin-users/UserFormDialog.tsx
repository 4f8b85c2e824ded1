import '@mantine/core/styles/FloatingIndicator.layer.css';
import '@mantine/core/styles/SegmentedControl.layer.css';
import { SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UserRow } from '../../../shared/contract/admin.ts';
import { useActionFlow } from '../../api/admin-action.ts';
import { useConnection } from '../../api/admin-tables.ts';
import { describe, hasCode } from '../../api/errors.ts';
import { ActionDialog } from '../../ui/action/ActionDialog.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { addRequest, changesContact, editRequest, emptyFields, type FieldName, fieldsOf, type UserFields, wrongFields } from './user-form.ts';
import classes from './Users.module.css';

/** Adds a person, or changes one; both are approved on the own token. */
export function UserFormDialog({ user, onClose }: { readonly user: UserRow | null; readonly onClose: () => void }) {
  const { t, i18n } = useTranslation('adminUsers');
  const flow = useActionFlow();
  const { offline, clockOffset } = useConnection();
  const [fields, setFields] = useState<UserFields>(() => (user === null ? emptyFields(i18n.language === 'en' ? 'en' : 'es') : fieldsOf(user)));
  const [touched, setTouched] = useState<ReadonlySet<FieldName>>(new Set());
  const wrong = wrongFields(fields);
  const request = user === null ? addRequest(fields) : editRequest(user, fields);
  const refusal = flow.state.step === 'refused' ? flow.state.error : null;
  const taken = hasCode(refusal, 'USER_NAME_TAKEN');
  const change = (field: FieldName, value: string) => {
    if (refusal !== null) flow.reset();
    setFields((old) => ({ ...old, [field]: value }));
  };
  const text = (field: Exclude<FieldName, 'language'>) => ({
    value: fields[field], autoComplete: 'off', maxLength: 254, label: t(`form.${field}`),
    error: field === 'userName' && taken ? t('form.invalid.userNameTaken') : touched.has(field) && wrong.includes(field) ? t(`form.invalid.${field}`) : undefined,
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => change(field, event.currentTarget.value),
    onBlur: () => setTouched((old) => new Set(old).add(field)),
  });
  return (
    <ActionDialog
      kind={user === null ? 'addUser' : 'editUser'} title={user === null ? t('form.addTitle') : t('form.editTitle', { name: user.name })} rows={[]}
      flow={flow.state} error={refusal === null || taken ? null : describe(refusal, i18n.language)} offline={offline} clockOffset={clockOffset} cancelling={flow.cancelling} withReason={false}
      notReady={wrong.length > 0 || request === null} onAsk={() => request !== null && void flow.ask(request)} onOpen={flow.open} onCancel={() => void flow.cancel()} onAgain={flow.reset} onClose={onClose}
    >
      <div className={classes.form}>
        <TextInput data-autofocus required withAsterisk={false} {...text('name')} />
        <TextInput required withAsterisk={false} spellCheck={false} disabled={user !== null} description={t('form.userNameHint')} {...text('userName')} />
        <TextInput type="email" description={fields.email === '' ? t('form.optional') : undefined} {...text('email')} />
        <TextInput type="tel" description={fields.mobile === '' ? t('form.optional') : t('form.mobileHint')} {...text('mobile')} />
        <div>
          <p className={classes.label} id="user-language">{t('form.language')}</p>
          <SegmentedControl
            aria-labelledby="user-language" value={fields.language} onChange={(value) => change('language', value)}
            data={[{ value: 'es', label: t('form.languages.es') }, { value: 'en', label: t('form.languages.en') }]}
          />
        </div>
        {user !== null && changesContact(user, fields) && <Notice tone="amber" role="status">{t('form.contactWarning')}</Notice>}
      </div>
    </ActionDialog>
  );
}
