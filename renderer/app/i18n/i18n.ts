import i18next, { type BackendModule, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';

export type Language = 'es' | 'en';

/** Every namespace is a chunk of its own: the first screen loads its language and its own texts only. */
const files = import.meta.glob<{ default: Record<string, unknown> }>(['./es/*.ts', './en/*.ts']);

const backend: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language, namespace, done) => {
    const load = files[`./${language}/${namespace}.ts`];
    if (load === undefined) return done(new Error(`no texts: ${language}/${namespace}`), null);
    load().then((file) => done(null, file.default), (cause: unknown) => done(cause instanceof Error ? cause : new Error('texts'), null));
  },
};

/** Starts the texts in `language`; resolves when those of the frame are there. Features load theirs when they open. */
export async function startTexts(language: Language): Promise<i18n> {
  await i18next.use(backend).use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    ns: ['ui', 'app'],
    defaultNS: 'ui',
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = language;
  return i18next;
}

/** The language follows the system or the settings; main decides which and tells it in the app's state. */
export async function changeLanguage(language: Language): Promise<void> {
  if (i18next.language === language) return;
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
