import { useTranslation } from 'react-i18next';
import { describe, type ErrorView } from './errors.ts';

/** The sentences of an error in the language of the screen; null for none. */
export function useErrorView(error: unknown): ErrorView | null {
  const { i18n } = useTranslation();
  return error === null || error === undefined ? null : describe(error, i18n.language);
}
