import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { describeError } from '../../../shared/contract/errors.ts';
import { Card } from '../../ui/Card.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { formatDateTime } from '../../ui/format.ts';
import { Decision, FormActions } from '../../ui/FormLayout.tsx';
import { IconArrowRight } from '../../ui/icons.ts';
import { Notice } from '../../ui/Notice.tsx';
import type { InvitationPreview } from './flow.ts';

const refusals = { used: 'INVITATION_USED', expired: 'INVITATION_EXPIRED', void: 'INVITATION_VOID' } as const;

export interface InvitationStepProps {
  readonly preview: InvitationPreview;
  readonly onContinue: () => void;
  readonly onOther: () => void;
}

/** Step 1: which company invites, which authority, its address in full. */
export function InvitationStep({ preview, onContinue, onOther }: InvitationStepProps) {
  const { t, i18n } = useTranslation('bind');
  const refusal = preview.status === 'open' ? null : refusals[preview.status];
  const facts = [
    { id: 'company', label: t('invitation.company'), value: preview.company ?? t('invitation.companyLater') },
    { id: 'issuer', label: t('invitation.issuer'), value: preview.issuer },
    { id: 'authority', label: t('invitation.authority'), value: preview.authority, serial: true },
    ...(preview.expiresAt === null ? [] : [{ id: 'expires', label: t('invitation.expires'), value: formatDateTime(preview.expiresAt) }]),
  ];
  return (
    <Decision title={t('invitation.title')} lead={t('invitation.lead')}>
      <Card><Facts items={facts} ruled /></Card>
      {preview.replacement && <Notice tone="neutral">{t('company.replacement')}</Notice>}
      {refusal !== null && <ErrorNotice error={{ code: refusal, ...describeError(refusal, i18n.language === 'en' ? 'en' : 'es') }} />}
      <FormActions>
        {refusal === null && <Button size="lg" rightSection={<IconArrowRight size={18} aria-hidden />} onClick={onContinue} autoFocus>{t('continue')}</Button>}
        <Button size="lg" variant={refusal === null ? 'subtle' : 'default'} onClick={onOther}>{t('invitation.other')}</Button>
      </FormActions>
    </Decision>
  );
}
