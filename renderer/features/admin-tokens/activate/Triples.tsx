import { useTranslation } from 'react-i18next';
import type { BridgeError } from '../../../api/bridge.ts';
import { describe, hasCode } from '../../../api/errors.ts';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { IconFingerprint } from '../../../ui/icons.ts';
import { Notice } from '../../../ui/Notice.tsx';
import classes from './Activate.module.css';
import type { Gate } from './PersonStep.tsx';

export interface TriplesProps {
  readonly gate: Gate;
  /** As one says it: "Beatriz Elena". */
  readonly name: string;
  readonly fullName: string;
  readonly picked: readonly string[] | null;
  readonly onPick: (words: readonly string[]) => void;
  readonly error: BridgeError | null;
}

/**
 * Three triples, of which one is the device's: the admin has to hear the words to know which. A box to tick would be ticked
 * without asking.
 */
export function Triples({ gate, name, fullName, picked, onPick, error }: TriplesProps) {
  const { t, i18n } = useTranslation('adminTokens');
  if (hasCode(error, 'FINGERPRINT_REJECTED')) {
    return <div className={classes.band}><Notice tone="red" role="alert" title={`${t('activate.rejected')}.`}>{t('activate.rejectedText', { name: fullName })}</Notice></div>;
  }
  return (
    <div className={classes.band}>
      <div className={classes.bandHead}>
        <IconFingerprint size={20} aria-hidden />
        <h3 className={classes.question} id="triples">{t('activate.question', { name })}</h3>
        <span className={classes.hint}>{t('activate.voiceOnly')}</span>
      </div>
      {gate.confirmed
        ? <Notice tone="ok" role="status" title={`${t('activate.confirmed')}.`}>{t('activate.confirmedText', { name })}</Notice>
        : (
          <div className={classes.triples} role="radiogroup" aria-labelledby="triples" aria-describedby="triples-hint">
            {gate.triples.map((words, index) => {
              const chosen = picked !== null && words.every((word, at) => word === picked[at]);
              return (
                <label key={words.join(' ')} className={classes.triple} data-chosen={chosen || undefined}>
                  <input
                    type="radio" name={`triple-${gate.tokenId}`} className={classes.radio} checked={chosen} onChange={() => onPick(words)}
                    aria-label={t('activate.option', { n: index + 1, words: words.join(', ') })}
                  />
                  <span className={classes.dot} aria-hidden="true" />
                  {words.map((word, at) => <span key={word} className={classes.word} aria-hidden="true"><span className={classes.ordinal}>{at + 1}</span>{word}</span>)}
                </label>
              );
            })}
          </div>
        )}
      <p className={classes.hintLine} id="triples-hint">{gate.confirmed ? null : t('activate.pick')}</p>
      {hasCode(error, 'FINGERPRINT_WRONG')
        ? <Notice tone="red" role="alert" title={t('activate.wrong')}>{t('activate.wrongText')}</Notice>
        : <ErrorNotice error={error === null ? null : describe(error, i18n.language)} />}
    </div>
  );
}
