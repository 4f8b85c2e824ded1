import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';
import { expect, test } from 'vitest';

const renderer = join(import.meta.dirname, '..', '..');

/** What is drawn without being translated: the product's name and the names of the languages. */
const allowed: readonly string[] = ['Vínculo', 'Español', 'English', 'COP'];
/** Attributes that a person sees or hears. */
const spoken = new Set(['label', 'title', 'alt', 'placeholder', 'description', 'aria-label', 'aria-description', 'aria-roledescription', 'subtitle', 'text', 'lead', 'confirm', 'hint']);
const hasWord = (text: string) => /\p{L}{2,}/u.test(text) && !allowed.includes(text.trim());

/** Words that stand in the code of a screen instead of in the texts. */
export function hardCodedIn(file: string, source: string): string[] {
  const found: string[] = [];
  const note = (text: string) => {
    if (hasWord(text)) found.push(text.trim());
  };
  const visitor = new Visitor({
    JSXText: (node) => note(node.value),
    JSXAttribute: (node) => {
      const name = node.name.type === 'JSXIdentifier' ? node.name.name : '';
      if (spoken.has(name) && node.value?.type === 'Literal' && typeof node.value.value === 'string') note(node.value.value);
    },
    JSXExpressionContainer: (node) => {
      if (node.expression.type === 'Literal' && typeof node.expression.value === 'string' && node.expression.value.includes(' ')) note(node.expression.value);
    },
  });
  visitor.visit(parseSync(file, source).program);
  return found;
}

test('no sentence is hard-coded in a screen', () => {
  const files = globSync('**/*.tsx', { cwd: renderer }).filter((file) => !file.includes('.test.') && !file.startsWith('testing'));
  expect(files.length).toBeGreaterThan(40);
  const found = files.flatMap((file) => hardCodedIn(file, readFileSync(join(renderer, file), 'utf8')).map((text) => `${relative('.', file)}: ${text}`));
  expect(found).toEqual([]);
});

test('the search finds text, spoken attributes and literals', () => {
  expect(hardCodedIn('x.tsx', 'const a = <p title="Cerrar todo">Hola mundo{" y más "}</p>;')).toEqual(['Cerrar todo', 'Hola mundo', 'y más']);
  expect(hardCodedIn('x.tsx', 'const a = <p className="cerrar">{t("x")} · <b>Vínculo</b></p>;')).toEqual([]);
});
