import { Button } from '@mantine/core';
import { type Dispatch, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BridgeError } from '../../api/bridge.ts';
import { type Command, useCommand } from '../../api/queries.ts';
import { hasCode } from '../../api/errors.ts';
import { useErrorView } from '../../api/use-error.ts';
import { useToast } from '../../ui/Announcer.tsx';
import { DigitsField } from '../../ui/DigitsField.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Decision, Form, FormActions } from '../../ui/FormLayout.tsx';
import { IconArrowRight, IconRefresh } from '../../ui/icons.ts';
import { TextField } from '../../ui/TextField.tsx';
import { type BindEvent, type BindFlow, proofErrors } from './flow.ts';

const smsLength = 8;

export interface ProofStepProps {
  readonly flow: Extract<BindFlow, { step: 'proof' }>;
  readonly complete: Command<'bind.complete'>;
  /** Already chosen when the person is back because the code was refused. */
  readonly pin: string;
  readonly submit: (secondProof: string, pin: string) => Promise<void>;
  readonly send: Dispatch<BindEvent>;
}

/** Step 3: the hardware token's password, or the code that came by SMS. The authority checks it at the end. */
export function ProofStep({ flow, complete, pin, submit: finish, send }: ProofStepProps) {
  const { t } = useTranslation('bind');
  const [code, setCode] = useState('');
  const toast = useToast();
  const resend = useCommand('bind.resendCode');
  const refused: BridgeError | null = hasCode(complete.error, ...proofErrors) ? complete.error : null;
  const error = useErrorView(resend.error ?? refused ?? complete.error);
  const sms = flow.proof.kind === 'sms';
  const ready = sms ? code.length === smsLength : /^\d{6,8}$/.test(code);

  const submit = async () => {
    if (!ready) return;
    if (pin === '') return send({ type: 'codeTyped', code });
    await finish(code, pin);
    setCode('');
  };
  const again = async () => {
    const proof = await resend.run();
    if (proof === null) return;
    complete.reset();
    setCode('');
    send({ type: 'codeResent', proof });
    toast({ tone: 'ok', text: t('proof.resent') });
  };
  const title = sms ? t('proof.smsTitle') : t('proof.hardwareTitle');
  const lead = flow.proof.kind === 'sms' ? t('proof.smsLead', { mobile: flow.proof.mobile }) : t('proof.hardwareLead', { serial: flow.proof.hardwareSerial });
  return (
    <Decision title={title} lead={lead}>
      <Form onSubmit={() => void submit()}>
        {sms ? (
          <DigitsField label={t('proof.smsLabel')} value={code} onChange={setCode} length={smsLength} kind="letters-and-digits" autoFocus disabled={complete.busy} />
        ) : (
          <TextField name="otp" label={t('proof.hardwareLabel')} value={code} onChange={(text) => setCode(text.replace(/\D/g, '').slice(0, 8))} inputMode="numeric" autoComplete="one-time-code" autoFocus disabled={complete.busy} />
        )}
        <ErrorNotice error={error} />
        <FormActions>
          <Button type="submit" size="lg" disabled={!ready} loading={complete.busy} rightSection={<IconArrowRight size={18} aria-hidden />}>{t('continue')}</Button>
          {sms && <Button size="lg" variant="subtle" loading={resend.busy} leftSection={<IconRefresh size={18} aria-hidden />} onClick={() => void again()}>{t('proof.resend')}</Button>}
          <Button size="lg" variant="subtle" onClick={() => send({ type: 'back' })}>{t('back')}</Button>
        </FormActions>
      </Form>
    </Decision>
  );
}
