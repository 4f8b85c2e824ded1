// The import rule: `node build/import-boundaries.ts` reads every source file and names each import that the table of
// build/import-table.ts does not allow.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';
import { IMPORT_TABLE, type ImportRule } from './import-table.ts';

export interface Violation {
  readonly file: string;
  readonly line: number;
  readonly imported: string;
  readonly reason: string;
}

interface Import {
  /** As written; null: not a literal, so nobody can tell. */
  readonly specifier: string | null;
  readonly typeOnly: boolean;
  readonly start: number;
}

/**
 * Checks one file.
 * @param file path from the repository's root, with `/`
 */
export function checkFile(file: string, text: string, table: readonly ImportRule[] = IMPORT_TABLE): Violation[] {
  if (isTest(file)) return [];
  const rule = ruleOf(file, table);
  return importsOf(file, text).flatMap(({ specifier, typeOnly, start }) => {
    const reason = rule === null ? 'no rule covers this folder' : refusal(rule, file, specifier, typeOnly);
    return reason === null ? [] : [{ file, line: text.slice(0, start).split('\n').length, imported: specifier ?? 'import(…)', reason }];
  });
}

/** All violations under the given folders of a repository. */
export function checkRepository(root: string, folders: readonly string[]): Violation[] {
  return folders.flatMap((folder) => sourceFiles(root, folder).flatMap((file) => checkFile(file, readFileSync(join(root, file), 'utf8'))));
}

const isTest = (file: string): boolean => file.startsWith('test/') || /\.test\.tsx?$/.test(file) || file.includes('/testing/');

/** The longest path wins, so that a file's own rule goes before its folder's. */
function ruleOf(file: string, table: readonly ImportRule[]): ImportRule | null {
  const matching = table.filter((rule) => folderOf(rule, file) !== null);
  return matching.reduce<ImportRule | null>((best, rule) => (best === null || rule.path.split('/').length > best.path.split('/').length ? rule : best), null);
}

/** The folder (or file) that a rule's path stands for, seen from `file`; null when the file is not in it. */
function folderOf(rule: ImportRule, file: string): string | null {
  const wanted = rule.path.split('/');
  const parts = file.split('/');
  if (parts.length < wanted.length || !wanted.every((part, index) => part === '*' || part === parts[index])) return null;
  return parts.slice(0, wanted.length).join('/');
}

function refusal(rule: ImportRule, file: string, specifier: string | null, typeOnly: boolean): string | null {
  if (specifier === null) return rule.packages.includes('*') ? null : 'the module to load is not written as a literal';
  if (specifier.startsWith('.')) return refusalOfSource(rule, file, specifier, typeOnly);
  if (specifier.startsWith('node:')) {
    const name = specifier.slice('node:'.length);
    return rule.node === true || (Array.isArray(rule.node) && rule.node.includes(name)) ? null : `${rule.path} may not import Node's ${name}`;
  }
  const name = specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
  return rule.packages.some((allowed) => matchesPackage(allowed, name)) ? null : `${rule.path} may not import the package ${name}`;
}

function refusalOfSource(rule: ImportRule, file: string, specifier: string, typeOnly: boolean): string | null {
  const target = posix.normalize(posix.join(posix.dirname(file), specifier.split('?')[0] ?? ''));
  const own = folderOf(rule, file);
  const ownFolder = own === file ? posix.dirname(file) : own;
  // `electron/main` has rules for its folders: what lies under those is not its own.
  const isOwn = ownFolder !== null && isUnder(target, ownFolder) && !IMPORT_TABLE.some((other) => other !== rule && isUnder(other.path, ownFolder) && folderOf(other, target) !== null);
  const allowed = [...rule.sources, ...(typeOnly ? (rule.types ?? []) : [])];
  if (isOwn || allowed.some((path) => path === '*' || isUnder(target, path))) return null;
  const asType = !typeOnly && (rule.types ?? []).some((path) => isUnder(target, path));
  return asType ? `${rule.path} may import types only from ${target}` : `${rule.path} may not import ${target}`;
}

const isUnder = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);
const matchesPackage = (allowed: string, name: string): boolean =>
  allowed === '*' || allowed === name || (allowed.endsWith('/*') && name.startsWith(allowed.slice(0, -1)));

/** Every way to name a module: import, export from, import(), and `import('…')` in a type. */
function importsOf(file: string, text: string): Import[] {
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const found: Import[] = [];
  const add = (source: { value: string } | null, typeOnly: boolean, start: number): void => {
    if (source !== null) found.push({ specifier: source.value, typeOnly, start });
  };
  new Visitor({
    ImportDeclaration: (node) => add(node.source, node.importKind === 'type', node.start),
    ExportNamedDeclaration: (node) => add(node.source, node.exportKind === 'type', node.start),
    ExportAllDeclaration: (node) => add(node.source, node.exportKind === 'type', node.start),
    TSImportType: (node) => add(node.source, true, node.start),
    ImportExpression: (node) => {
      const specifier = node.source.type === 'Literal' && typeof node.source.value === 'string' ? node.source.value : null;
      found.push({ specifier, typeOnly: false, start: node.start });
    },
  }).visit(program);
  return found;
}

function sourceFiles(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : sourceFiles(root, path);
    return /(?<!\.d)\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

/** Where sources live. */
export const SOURCE_FOLDERS = ['authority', 'build', 'electron', 'examples', 'renderer', 'shared'];

if (import.meta.main) {
  const root = dirname(import.meta.dirname);
  const present = new Set(readdirSync(root));
  const violations = checkRepository(root, SOURCE_FOLDERS.filter((folder) => present.has(folder)));
  for (const { file, line, imported, reason } of violations) process.stdout.write(`${file}:${line}: "${imported}": ${reason}\n`);
  process.stdout.write(`Import rule: ${violations.length} violations.\n`);
  process.exitCode = violations.length === 0 ? 0 : 1;
}
