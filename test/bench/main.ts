/**
 * `npm run bench`: every part; `npm run bench -- otp table`: those. Prints one table, writes bench-results.json.
 * A bench is not a test: it reports, and never fails a build.
 */
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import type { Row } from './harness.ts';

const parts: Record<string, () => Promise<{ run: () => Promise<Row[]> }>> = {
  otp: () => import('./otp.ts'),
  approve: () => import('./approve.ts'),
  'approve-http': () => import('./approve-http.ts'),
  'portal-otp': () => import('./portal-otp.ts'),
  table: () => import('./table.ts'),
  push: () => import('./push.ts'),
  scroll: () => import('./scroll.ts'),
  qr: () => import('./qr.ts'),
  'app-ready': () => import('./app-ready.ts'),
};

const asked = process.argv.slice(2).filter((word) => !word.startsWith('-'));
const unknown = asked.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`No such part: ${unknown.join(', ')}. There are: ${Object.keys(parts).join(', ')}.`);
  process.exit(2);
}

const rows: Row[] = [];
for (const [name, load] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  process.stderr.write(`${name} …\n`);
  rows.push(...(await (await load()).run()));
}

const cells = rows.map((row) => [row.part, row.what, row.limit, row.ratio.toFixed(3), `${row.low.toFixed(3)}–${row.high.toFixed(3)}`, row.target, row.met === null ? '' : row.met ? 'met' : 'missed', row.seen]);
const header = ['part', 'measured', 'limit beside it', 'ratio', '10–90 %', 'target', '', 'seen'];
const widths = header.map((title, column) => Math.max(title.length, ...cells.map((line) => line[column]?.length ?? 0)));
const print = (line: readonly string[]) => console.log(`| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`);
print(header);
print(widths.map((width) => '-'.repeat(width)));
for (const line of cells) print(line);
writeFileSync('bench-results.json', `${JSON.stringify({ at: new Date().toISOString(), load: loadavg(), node: process.version, cores: cpus().length, rows }, null, 2)}\n`);
