import { expect, test } from 'vitest';
import { en as portalEn } from '../../../examples/portal/texts/en.ts';
import { es as portalEs } from '../../../examples/portal/texts/es.ts';
import { errorTexts } from '../../../shared/contract/errors.ts';

/** Written alike in both languages, and rightly so. */
const alike: readonly string[] = ['Token', 'IP', 'PIN', 'SMS', 'Ctrl K', 'Español', 'English', 'portal {{name}}', 'Banco Páramo', 'No'];
/** Words that only one of the languages has. A name of the product or a term of the trade (token, portal, PIN) is in neither list. */
const onlyEnglish = /\b(the|and|your|you|with|was|were|is|are|of|for|this|that|from|not|please|fail(?:ed)?|passwords?|users?|requests?|approve|approved|cancel|close|back|loading|save|settings|login|log ?in|sign|device|hardware|software|e-?mail|offline|online|link|click|ok|browser|desktop|app|push|timeout|checked)\b/i;
const onlySpanish = /\b(el|los|las|una|unos|usted|para|con|su|sus|que|del|está|fue|por|pero|cuando|código|clave|solicitud|equipo|correo)\b/i;

const files = import.meta.glob<object>('./{es,en}/*.ts', { eager: true, import: 'default' });
const flatten = (texts: object, path: string): [string, string][] =>
  Object.entries(texts).flatMap(([key, value]): [string, string][] => (typeof value === 'string' ? [[`${path}.${key}`, value]] : flatten(value as object, `${path}.${key}`)));
const screens = (language: 'es' | 'en') => Object.entries(files).flatMap(([path, texts]) => (path.startsWith(`./${language}/`) ? flatten(texts, path.replace(/^\.\/..\/(\w+)\.ts$/, '$1')) : []));
const errors = (language: 'es' | 'en') => Object.entries(errorTexts).flatMap(([code, texts]) => flatten(texts[language], `error.${code}`));
const all = (language: 'es' | 'en') => [...screens(language), ...errors(language), ...flatten(language === 'es' ? portalEs : portalEn, 'portal')];
/** What a person reads: without the names of values, which are never translated. */
const read = (text: string) => text.replace(/\{\{?\w+\}?\}/g, '').trim();

test('no word of English is left in a Spanish text, of screens, errors and the sample portal', () => {
  const texts = all('es');
  expect(texts.length).toBeGreaterThan(1000);
  expect(texts.filter(([key, text]) => onlyEnglish.test(read(text)) && !key.startsWith('portal.otherLanguage')).map(([key, text]) => `${key}: ${text}`)).toEqual([]);
});

test('nor of Spanish in an English one', () => {
  expect(all('en').filter(([, text]) => onlySpanish.test(read(text))).map(([key, text]) => `${key}: ${text}`)).toEqual([]);
});

test('a text that is the same in both languages is one that is written alike in both', () => {
  const english = new Map(all('en'));
  const same = all('es').filter(([key, text]) => english.get(key) === text && /\p{L}{2,}/u.test(read(text)) && !alike.includes(text));
  expect(same.map(([key, text]) => `${key}: ${text}`)).toEqual([]);
});

test('the search finds what was forgotten', () => {
  for (const text of ['Request approved', 'El password no es correcto', 'Cierre la app', 'Haga click aquí']) expect(onlyEnglish.test(text), text).toBe(true);
  for (const text of ['Su token quedó activo', 'Solicitudes pendientes', 'Mostrando registros al de un total de', 'No cambió nada.']) expect(onlyEnglish.test(text), text).toBe(false);
});
