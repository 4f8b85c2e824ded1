import { useTranslation } from 'react-i18next';
import classes from './FingerprintWords.module.css';

export interface FingerprintWordsProps {
  /** Three words, in the language stored with the binding. */
  readonly words: readonly string[];
  /** `large` where they are compared, `list` where they only stand. */
  readonly size: 'large' | 'list';
}

/** The fingerprint of a device: a numbered list, so that the order is read out too. */
export function FingerprintWords({ words, size }: FingerprintWordsProps) {
  const { t } = useTranslation('ui');
  return (
    <ol className={classes.words} data-size={size} aria-label={t('fingerprint.label')}>
      {words.map((word, index) => (
        <li key={`${index}-${word}`} className={classes.word}>
          <span className={classes.ordinal}>{size === 'large' ? t(`fingerprint.ordinal.${ordinals[index] ?? 'third'}`) : index + 1}</span>
          <span className={classes.text}>{word}</span>
        </li>
      ))}
    </ol>
  );
}

const ordinals = ['first', 'second', 'third'] as const;
