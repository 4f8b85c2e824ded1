import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActionRequest, UserRow } from '../../../../shared/contract/admin.ts';
import { type AssignmentObstacle, isEmail, isMobile, normaliseMobile } from '../../../../shared/domain/users.ts';
import { useActionFlow } from '../../../api/admin-action.ts';
import { useConnection } from '../../../api/admin-tables.ts';
import { describe } from '../../../api/errors.ts';
import { ActionDialog } from '../../../ui/action/ActionDialog.tsx';

export interface MendDialogProps {
  readonly user: UserRow;
  readonly obstacle: AssignmentObstacle;
  readonly onClose: () => void;
}

/** Adds the missing contact or reactivates the person, without leaving the choice; approved on the own token like every change. */
export function MendDialog({ user, obstacle, onClose }: MendDialogProps) {
  const { t, i18n } = useTranslation('adminTokens');
  const flow = useActionFlow();
  const { offline, clockOffset } = useConnection();
  const field = obstacle === 'no_mobile' || obstacle === 'mobile_bounced' ? 'mobile' : 'email';
  const [value, setValue] = useState(field === 'mobile' ? user.mobile ?? '' : user.email ?? '');
  const [touched, setTouched] = useState(false);
  const inactive = obstacle === 'inactive';
  const entered = field === 'mobile' ? normaliseMobile(value.trim()) : value.trim();
  const valid = field === 'mobile' ? isMobile(entered) : isEmail(entered);
  const changed = entered !== (field === 'mobile' ? user.mobile : user.email);
  const action: ActionRequest = inactive
    ? { kind: 'reactivateUser', userIds: [user.id] }
    : { kind: 'editUser', userId: user.id, changes: field === 'mobile' ? { mobile: entered } : { email: entered } };
  const wrong = touched && value !== '' && !valid ? (field === 'mobile' ? t('mend.mobileInvalid') : t('mend.emailInvalid')) : touched && valid && !changed ? t('mend.unchanged') : undefined;
  return (
    <ActionDialog
      kind={inactive ? 'reactivateUser' : 'editUser'} {...(inactive ? {} : { title: t('mend.contactTitle', { name: user.name }) })}
      rows={[{ id: user.id, name: user.name, serial: null, token: null, hardware: null, user: inactive ? { before: 'inactive', after: 'active' } : null }]}
      flow={flow.state} error={flow.state.step === 'refused' ? describe(flow.state.error, i18n.language) : null} offline={offline} clockOffset={clockOffset} cancelling={flow.cancelling}
      withReason={false} notReady={!inactive && (!valid || !changed)}
      onAsk={() => void flow.ask(action)} onOpen={flow.open} onCancel={() => void flow.cancel()} onAgain={flow.reset} onClose={onClose}
    >
      {!inactive && (
        <TextInput
          data-autofocus label={t(`mend.${field}`)} value={value} type={field === 'mobile' ? 'tel' : 'email'} autoComplete="off" maxLength={254} error={wrong}
          {...(field === 'mobile' ? { description: t('mend.mobileHint') } : {})} onChange={(event) => setValue(event.currentTarget.value)} onBlur={() => setTouched(true)}
        />
      )}
    </ActionDialog>
  );
}
