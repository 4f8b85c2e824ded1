import { Radio } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActionRequest, TokenRow } from '../../../shared/contract/admin.ts';
import { useActionFlow } from '../../api/admin-action.ts';
import { useConnection } from '../../api/admin-tables.ts';
import { describe } from '../../api/errors.ts';
import { ActionDialog } from '../../ui/action/ActionDialog.tsx';
import { EvidenceDialog } from './EvidenceDialog.tsx';
import { planHardwareLost, planTokens } from './plan.ts';
import { replacementChoices, type RowActionKind } from './row-actions.ts';
import classes from './TokenActionDialog.module.css';

/** Row actions that end in an approval and need nothing but a yes. */
export type AskedKind = Exclude<RowActionKind, 'resend' | 'activate' | 'temporaryCode'>;
type TokenKind = Exclude<AskedKind, 'replaceDevice' | 'hardwareTokenLost'> | 'replaceDevicePlanned' | 'replaceDeviceLost';

export interface TokenActionDialogProps {
  readonly kind: AskedKind;
  readonly rows: readonly TokenRow[];
  readonly onClose: () => void;
}

/** One change of one or several tokens, from what will happen to its end. */
export function TokenActionDialog({ kind, rows, onClose }: TokenActionDialogProps) {
  const { i18n } = useTranslation('adminTokens');
  const flow = useActionFlow();
  const { offline, clockOffset } = useConnection();
  const choices = replacementChoices(rows);
  const [replacement, setReplacement] = useState(choices[0] ?? 'replaceDeviceLost');
  const [evidence, setEvidence] = useState<string | null>(null);
  const asked = kind === 'replaceDevice' ? replacement : kind;
  const planned = asked === 'hardwareTokenLost' ? planHardwareLost(rows) : planTokens(asked, rows);
  return (
    <>
      <ActionDialog
        kind={asked} rows={planned} flow={flow.state} error={flow.state.step === 'refused' ? describe(flow.state.error, i18n.language) : null}
        offline={offline} clockOffset={clockOffset} cancelling={flow.cancelling} withReason
        onAsk={(reason) => void flow.ask(requestOf(asked, rows, reason))} onOpen={flow.open} onCancel={() => void flow.cancel()} onAgain={flow.reset} onClose={onClose}
        onEvidence={setEvidence}
      >
        {kind === 'replaceDevice' && <ReplacementChoice choices={choices} value={replacement} onChange={setReplacement} />}
      </ActionDialog>
      {evidence !== null && <EvidenceDialog approvalId={evidence} onClose={() => setEvidence(null)} />}
    </>
  );
}

function requestOf(kind: TokenKind | 'hardwareTokenLost', rows: readonly TokenRow[], reason: string | null): ActionRequest {
  if (kind === 'hardwareTokenLost') return { kind, userIds: rows.flatMap((row) => (row.user === null ? [] : [row.user.id])), reason };
  return { kind, tokenIds: rows.map((row) => row.tokenId), reason };
}

type Replacement = 'replaceDevicePlanned' | 'replaceDeviceLost';

function ReplacementChoice({ choices, value, onChange }: { readonly choices: readonly Replacement[]; readonly value: Replacement; readonly onChange: (value: Replacement) => void }) {
  const { t } = useTranslation('admin');
  if (choices.length < 2) return <p className={classes.only}>{t('replace.lostOnly')}</p>;
  return (
    <Radio.Group value={value} onChange={(next) => onChange(next === 'replaceDeviceLost' ? 'replaceDeviceLost' : 'replaceDevicePlanned')} label={t('replace.question')}>
      <div className={classes.choices}>
        <Choice value="replaceDevicePlanned" label={t('replace.planned')} text={t('replace.plannedText')} chosen={value === 'replaceDevicePlanned'} />
        <Choice value="replaceDeviceLost" label={t('replace.lost')} text={t('replace.lostText')} chosen={value === 'replaceDeviceLost'} />
      </div>
    </Radio.Group>
  );
}

function Choice({ value, label, text, chosen }: { readonly value: string; readonly label: string; readonly text: string; readonly chosen: boolean }) {
  const id = useId();
  return (
    <label className={classes.choice} data-chosen={chosen || undefined} htmlFor={id}>
      <Radio id={id} value={value} aria-labelledby={`${id}-label`} aria-describedby={`${id}-text`} />
      <span><strong id={`${id}-label`} className={classes.label}>{label}</strong><span id={`${id}-text`} className={classes.text}>{text}</span></span>
    </label>
  );
}
