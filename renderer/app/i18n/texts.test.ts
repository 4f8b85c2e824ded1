import { expect, test } from 'vitest';

const files = import.meta.glob<{ default: object }>('./{es,en}/*.ts', { eager: true });
type Flat = ReadonlyMap<string, string>;

function flatten(texts: object, prefix = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${prefix}${key}`, value]] : flatten(value as object, `${prefix}${key}.`));
}
function language(name: 'es' | 'en'): ReadonlyMap<string, Flat> {
  return new Map(Object.entries(files).flatMap(([path, file]) => {
    const namespace = new RegExp(`^\\./${name}/(\\w+)\\.ts$`).exec(path)?.[1];
    return namespace === undefined ? [] : [[namespace, new Map(flatten(file.default))]];
  }));
}
const es = language('es');
const en = language('en');
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

test('both languages have the same namespaces', () => {
  expect([...en.keys()].sort()).toEqual([...es.keys()].sort());
  expect(es.size).toBeGreaterThan(8);
});

test.each([...es.keys()])('%s: no key is missing in either language', (namespace) => {
  expect([...(en.get(namespace)?.keys() ?? [])].sort()).toEqual([...(es.get(namespace)?.keys() ?? [])].sort());
});

test.each([...es.keys()])('%s: the same values stand in both sentences', (namespace) => {
  for (const [key, text] of es.get(namespace) ?? []) expect([key, ...placeholders(en.get(namespace)?.get(key) ?? '')]).toEqual([key, ...placeholders(text)]);
});

test('a plural has both of its forms, and no text is empty', () => {
  for (const texts of [...es.values(), ...en.values()]) {
    for (const [key, text] of texts) {
      expect(text.trim(), key).not.toBe('');
      if (key.endsWith('_one')) expect(texts.has(key.replace(/_one$/, '_other')), key).toBe(true);
      if (key.endsWith('_other')) expect(texts.has(key.replace(/_other$/, '_one')), key).toBe(true);
    }
  }
});

test('Spanish says usted, without exclamation marks, please or capitals for style', () => {
  const wrong = /[¡!]|\bpor favor\b|\b(tu|tus|tienes|puedes|debes|quieres|estás|pídele)\b/i;
  const shouting = /\b(?!SMS|PIN|CSV|QR|URL|IP|UTC|JWS|NIT|TOTP)[A-ZÁÉÍÓÚÑ]{4,}\b/;
  for (const [namespace, texts] of es) {
    for (const [key, text] of texts) {
      expect(wrong.test(text), `${namespace}.${key}: ${text}`).toBe(false);
      expect(shouting.test(text), `${namespace}.${key}: ${text}`).toBe(false);
    }
  }
});

/** In bold or italics and with a capital: the name of something on the screen. */
const named = (text: string) => [...text.matchAll(/(?<!\*)\*{1,2}(\p{Lu}[^*\n]+)\*{1,2}/gu)].map(([, label]) => label ?? '');

test('every label that the user guide names stands on a screen, in these words', () => {
  const [guide = ''] = Object.values(import.meta.glob<string>('../../../docs/user-guide.md', { query: '?raw', import: 'default', eager: true }));
  const [spanish = '', english = ''] = guide.split('# In short, in English');
  for (const [part, texts, fewest] of [[spanish, es, 25], [english, en, 5]] as const) {
    const labels = named(part);
    expect(labels.length).toBeGreaterThanOrEqual(fewest);
    const shown = new Set([...texts.values()].flatMap((namespace) => [...namespace.values()]));
    expect(labels.filter((label) => !shown.has(label))).toEqual([]);
  }
});
