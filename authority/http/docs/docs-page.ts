import { createHash } from 'node:crypto';
import { errorTexts, isErrorCode } from '../../../shared/contract/errors.ts';
import type { Document, Operation } from '../openapi.ts';
import { escapeHtml } from '../pages/language.ts';
import { style } from '../pages/style.ts';
import { errorCodes, schemaRows, typeText } from './schema-text.ts';

const more = `
main{max-width:960px}header{max-width:960px}
.op{margin:0 0 20px;padding:20px 24px;background:var(--surface);border:1px solid var(--border);border-radius:12px}
.op h3{margin:0 0 12px;font:600 15px/22px ui-monospace,monospace;overflow-wrap:anywhere}
.op h3 a{color:inherit;text-decoration:none}.op h3 a:hover{text-decoration:underline}
.method{display:inline-block;min-width:64px;color:var(--link)}
.index{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,300px),1fr));gap:0 24px;margin:0 0 20px;padding:0;list-style:none}
.index a{display:block;padding:4px 0;overflow-wrap:anywhere;font:13px/18px ui-monospace,monospace}
h2{margin:36px 0 12px;font-size:20px;line-height:28px}
h4{margin:16px 0 6px;font-size:13px;line-height:18px;font-weight:600}
table{width:100%;table-layout:fixed;border-collapse:collapse;font-size:13px;line-height:18px}
td,th{padding:6px 12px 6px 0;border-top:1px solid var(--border);text-align:left;vertical-align:top;overflow-wrap:break-word}
th{border:0;padding-bottom:2px;color:var(--text3);font-size:12px;font-weight:500}
th.name{width:24%}th.type{width:34%}th.place{width:10%}th.required{width:12%}th.status{width:56px}th.code{width:240px}
code{font:13px/18px ui-monospace,monospace}
@media (max-width:640px){.op{padding:16px}thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}table,tbody{display:block}tr{display:flex;flex-wrap:wrap;gap:0 12px;padding:6px 0;border-top:1px solid var(--border)}td{padding:0;border:0;min-width:0}td:empty{display:none}td.note{flex-basis:100%;color:var(--text2)}}
.d1{padding-left:18px}.d2{padding-left:36px}.d3{padding-left:54px}.d4{padding-left:72px}
nav a{display:inline-block;min-height:24px;margin-right:16px}
`;
const css = `${style}${more}`;

/** A page without a script; its one style is named by its hash. */
export const docsCsp = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(css).digest('base64')}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

const sections = [
  ['portal', 'Portals', 'What a relying party asks. Access token of the client credentials grant at /oidc/token; an Idempotency-Key on every POST.'],
  ['device', 'Devices', 'What a bound desktop calls, with a DPoP proof by its session key.'],
  ['admin', 'Administration', 'What the console of an administrator calls, with the same proof.'],
] as const;

/** The OpenAPI document as a person reads it. */
export function docsPage({ info, paths }: Document): string {
  const parts = sections.map(([id, title, lead]) => `<section id="${id}"><h2>${title}</h2><p>${lead}</p>${index(paths, `/${id}/`)}${operations(paths, `/${id}/`)}</section>`).join('');
  const nav = sections.map(([id, title]) => `<a href="#${id}">${title}</a>`).join('');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${escapeHtml(info.title)} · API</title>
<link rel="icon" href="data:,">
<style>${css}</style>
</head>
<body>
<header><span class="brand">${escapeHtml(info.title)}</span><span class="issuer">${escapeHtml(info.version)}</span></header>
<main>
<h1>API</h1>
<p class="lead">The same schemas that the authority enforces, as a page. For programs: <a href="/openapi.json">/openapi.json</a> (OpenAPI 3.1).</p>
${(info.description ?? '').split('\n').map((line) => `<p>${escapeHtml(line).replace(/`([^`]+)`/g, '<code>$1</code>')}</p>`).join('')}
<nav>${nav}</nav>
${parts}
</main>
</body>
</html>
`;
}

const operationsOf = (paths: Document['paths'], prefix: string): { method: string; path: string; operation: Operation }[] =>
  Object.entries(paths).filter(([path]) => path.startsWith(prefix)).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ method, path, operation })));
const operations = (paths: Document['paths'], prefix: string): string => operationsOf(paths, prefix).map(({ method, path, operation }) => operationHtml(method, path, operation)).join('');

/** Where on the page an operation stands: `post-portal-logins`. */
const anchor = (method: string, path: string): string => `${method}${path}`.replace(/[^a-z]+/gi, '-').replace(/-$/, '').toLowerCase();

function index(paths: Document['paths'], prefix: string): string {
  return `<ul class="index">${operationsOf(paths, prefix).map(({ method, path }) => `<li><a href="#${anchor(method, path)}">${method.toUpperCase()} ${escapeHtml(path)}</a></li>`).join('')}</ul>`;
}

function operationHtml(method: string, path: string, operation: Operation): string {
  const body = operation.requestBody?.content?.['application/json']?.schema;
  const [done, answer] = Object.entries(operation.responses ?? {}).find(([status]) => status.startsWith('2')) ?? [];
  const result = answer?.content?.['application/json']?.schema;
  const parameters = (operation.parameters ?? []).map(({ name, in: place, required, description, schema }) =>
    `<tr><td>${code(name)}</td><td>${escapeHtml(place)}</td><td>${escapeHtml(schema === undefined ? '' : typeText(schema))}</td><td>${required === true ? 'required' : ''}</td><td class="note">${escapeHtml(description ?? '')}</td></tr>`);
  const id = anchor(method, path);
  return `<article class="op" id="${id}"><h3><a href="#${id}"><span class="method">${method.toUpperCase()}</span> ${escapeHtml(path)}</a></h3>
${table('Parameters', ['name', 'place', 'type', 'required', 'note'], parameters)}${table('Body', memberColumns, members(body))}${table(`Answer ${done ?? ''}`, memberColumns, members(result))}${table('Errors', ['status', 'code', 'note'], errors(operation))}</article>`;
}

/** Heading of each column, by its class. */
const columns = { name: 'Name', place: 'In', type: 'Type', required: 'Required', note: 'Note', status: 'Status', code: 'Code' } as const;
const memberColumns = ['name', 'type', 'required', 'note'] as const;

const members = (schema: Parameters<typeof schemaRows>[0]): string[] => schemaRows(schema).map(({ name, depth, type, required, note }) =>
  `<tr><td class="d${Math.min(depth, 4)}">${code(name)}</td><td>${escapeHtml(type)}</td><td>${required ? 'required' : ''}</td><td class="note">${escapeHtml(note)}</td></tr>`);

function errors({ responses = {} }: Operation): string[] {
  return Object.entries(responses).filter(([status]) => !status.startsWith('2'))
    .flatMap(([status, { content }]) => errorCodes(content?.['application/json']?.schema).map((name) => {
      const { happened, todo } = isErrorCode(name) ? errorTexts[name].en : { happened: '', todo: '' };
      return `<tr><td>${escapeHtml(status)}</td><td>${code(name)}</td><td class="note">${escapeHtml(`${happened} ${todo}`)}</td></tr>`;
    }));
}

const code = (text: string): string => `<code>${escapeHtml(text)}</code>`;
const table = (title: string, of: readonly (keyof typeof columns)[], rows: readonly string[]): string => (rows.length === 0 ? '' : `<h4>${escapeHtml(title)}</h4><table aria-label="${escapeHtml(title)}"><thead><tr>${of.map((column) => `<th scope="col" class="${column}">${columns[column]}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`);
