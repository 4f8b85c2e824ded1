import { en } from './en.ts';
import { es, type Texts } from './es.ts';

export type Language = 'es' | 'en';
export type { Texts };
export const textsIn = (language: Language): Texts => (language === 'en' ? en : es);

/** `fill('Quedan {n} segundos', { n: 20 })` */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => (values[name] === undefined ? whole : String(values[name])));

/** What the person chose; else the language of the browser, Spanish where it says nothing. */
export function languageOf(chosen: string | undefined, acceptLanguage: string | undefined): Language {
  if (chosen === 'es' || chosen === 'en') return chosen;
  return /^\s*en\b/i.test(acceptLanguage ?? '') ? 'en' : 'es';
}
