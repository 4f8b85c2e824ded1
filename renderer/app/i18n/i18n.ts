import i18next, { type BackendModule, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';

export type Language = 'es' | 'en';

type Texts = Record<string, unknown>;

/** Texts of the first screens, in both languages: 20 KB that come with the page, for a first screen that waits for nothing. */
const first = import.meta.glob<Texts>(['./{es,en}/{ui,app,welcome,token}.ts'], { eager: true, import: 'default' });
/** Every other namespace is a chunk of its own, loaded when its feature opens. */
const later = import.meta.glob<Texts>(['./{es,en}/*.ts', '!./*/{ui,app,welcome,token}.ts'], { import: 'default' });

/** i18next's `resources` from the files by their path: language, then namespace. */
function resourcesOf(files: Readonly<Record<string, Texts>>): Record<string, Record<string, Texts>> {
  const resources: Record<string, Record<string, Texts>> = {};
  for (const [path, texts] of Object.entries(files)) {
    const [, language = '', file = ''] = path.split('/');
    (resources[language] ??= {})[file.replace('.ts', '')] = texts;
  }
  return resources;
}

const backend: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language, namespace, done) => {
    const load = later[`./${language}/${namespace}.ts`];
    if (load === undefined) return done(new Error(`no texts: ${language}/${namespace}`), null);
    load().then((texts) => done(null, texts), (cause: unknown) => done(cause instanceof Error ? cause : new Error('texts'), null));
  },
};

/** Starts the texts in `language`, without a request: those of the first screens are here. Other features load theirs when they open. */
export async function startTexts(language: Language): Promise<i18n> {
  await i18next.use(backend).use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: resourcesOf(first),
    partialBundledLanguages: true,
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
