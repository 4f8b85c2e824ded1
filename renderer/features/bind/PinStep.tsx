import { Button } from '@mantine/core';
import { type Dispatch, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pinWeakness } from '../../../shared/domain/pin.ts';
import { hasCode } from '../../api/errors.ts';
import type { Command } from '../../api/queries.ts';
import { useErrorView } from '../../api/use-error.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Decision, Form, FormActions } from '../../ui/FormLayout.tsx';
import { PinField } from '../../ui/PinField.tsx';
import { type BindEvent, type BindFlow, proofErrors } from './flow.ts';

export interface PinStepProps {
  readonly flow: Extract<BindFlow, { step: 'pin' }>;
  readonly complete: Command<'bind.complete'>;
  readonly pin: string;
  readonly onPin: (pin: string) => void;
  readonly submit: (secondProof: string, pin: string) => Promise<void>;
  readonly send: Dispatch<BindEvent>;
}

/** Step 4: a PIN that is not the first one a thief would try, twice; then keys are made and the binding completes. */
export function PinStep({ flow, complete, pin, onPin, submit: finish, send }: PinStepProps) {
  const { t } = useTranslation('bind');
  const [repeated, setRepeated] = useState('');
  const [judged, setJudged] = useState(false);
  const refused = hasCode(complete.error, ...proofErrors);
  const error = useErrorView(refused ? null : complete.error);
  const weakness = pinWeakness(pin);
  const different = pin !== repeated;
  useEffect(() => {
    if (refused) send({ type: 'codeRefused' });
  }, [refused, send]);

  const submit = async () => {
    setJudged(true);
    if (weakness !== null || different) return;
    await finish(flow.code, pin);
  };
  const showWeakness = weakness !== null && (judged || (pin.length >= 6));
  return (
    <Decision title={t('pin.title')} lead={t('pin.lead')}>
      <Form onSubmit={() => void submit()}>
        <PinField label={t('pin.pin')} value={pin} onChange={onPin} autoFocus disabled={complete.busy} error={showWeakness ? t(`pin.weak.${weakness}`) : undefined} description={t('pin.hint')} />
        <PinField name="pin-repeat" label={t('pin.repeat')} value={repeated} onChange={setRepeated} disabled={complete.busy} error={judged && weakness === null && different ? t('pin.different') : undefined} />
        <ErrorNotice error={error} />
        <FormActions>
          <Button type="submit" size="lg" loading={complete.busy} disabled={pin === '' || repeated === ''}>{t('pin.action')}</Button>
          <Button size="lg" variant="subtle" disabled={complete.busy} onClick={() => send({ type: 'back' })}>{t('back')}</Button>
        </FormActions>
        <p className="visually-hidden" role="status">{complete.busy ? t('pin.busy') : ''}</p>
      </Form>
    </Decision>
  );
}
