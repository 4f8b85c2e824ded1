// `npm test`: every check of the project, one after the other, and at the very end the totals on a line of their own.
// `npm test -- unit e2e` runs these steps only; what follows a single step goes to its tool: `npm test -- e2e bind.spec.ts`.
// `--full` makes the rounds of property and end-to-end tests long.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { add, countPlaywright, countVitest, NOTHING, summary, type Counts, type PlaywrightReport, type VitestReport } from './test-counts.ts';

const repository = dirname(import.meta.dirname);
const reports = join(repository, 'test-results', 'reports');
const STEP_MILLISECONDS = 30 * 60_000;
const FULL_ROUNDS = '25';

interface Step {
  readonly name: string;
  readonly run: (arguments_: readonly string[]) => Promise<Counts>;
}

const STEPS: readonly Step[] = [
  { name: 'typecheck', run: (rest) => check('typescript', ['bin', 'tsc'], ['-p', '.', ...rest]) },
  { name: 'lint', run: (rest) => check('oxlint', ['bin', 'oxlint'], ['--type-aware', '--deny-warnings', ...rest]) },
  { name: 'imports', run: () => succeeds([join(repository, 'build', 'import-boundaries.ts')]) },
  // On all cores (vitest leaves one idle by itself); the store's files one after the other, as they share a PostgreSQL server.
  { name: 'unit', run: (rest) => vitest('unit', ['--project', 'unit', '--project', 'renderer', '--maxWorkers=100%', ...rest]) },
  { name: 'store', run: (rest) => vitest('store', ['--project', 'store', ...rest]) },
  { name: 'package', run: (rest) => vitest('package', ['--project', 'package', ...rest]) },
  { name: 'e2e', run: playwright },
];

const given = process.argv.slice(2);
if (given.includes('--full')) process.env['VINCULO_TEST_ROUNDS'] ??= FULL_ROUNDS;
const words = given.filter((word) => word !== '--full');
const chosen = STEPS.filter(({ name }) => words.includes(name));
const rest = words.filter((word) => !chosen.some(({ name }) => name === word));
if (rest.length > 0 && chosen.length !== 1) {
  process.stderr.write(`Unknown: ${rest.join(' ')}. Steps: ${STEPS.map(({ name }) => name).join(', ')}\n`);
  process.exit(2);
}

rmSync(reports, { recursive: true, force: true });
let total = NOTHING;
const lines: string[] = [];
for (const steps of sideBySide(chosen.length === 0 ? STEPS : chosen)) {
  process.stdout.write(`\n== ${steps.map(({ name }) => name).join(', ')}\n`);
  mkdirSync(reports, { recursive: true });
  for (const [index, { counts, seconds }] of (await Promise.all(steps.map(timed))).entries()) {
    total = add(total, counts);
    lines.push(`  ${(steps[index]?.name ?? '').padEnd(10)} ${summary(counts)} (${seconds} s)`);
  }
}
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
process.stdout.write(`\n${lines.join('\n')}\n\n${summary(total)}\n`);

/** One after the other, but for the store's tests, which mostly wait for disks: they run beside the units. */
function sideBySide(steps: readonly Step[]): readonly (readonly Step[])[] {
  const store = steps.find(({ name }) => name === 'store');
  const hasUnit = steps.some(({ name }) => name === 'unit');
  if (store === undefined || !hasUnit) return steps.map((step) => [step]);
  return steps.filter((step) => step !== store).map((step) => (step.name === 'unit' ? [step, store] : [step]));
}

async function timed({ run }: Step): Promise<{ counts: Counts; seconds: number }> {
  const start = performance.now();
  const counts = await run(rest);
  return { counts, seconds: Math.round((performance.now() - start) / 1000) };
}

/** Runs a script under this Node; answers its exit code, or 1 when it took too long. */
function node(arguments_: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<number> {
  const child = spawn(process.execPath, arguments_, {
    cwd: repository, stdio: ['ignore', 'inherit', 'inherit'], timeout: STEP_MILLISECONDS, env: { ...process.env, ...environment },
  });
  return new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

async function succeeds(arguments_: readonly string[]): Promise<Counts> {
  return (await node(arguments_)) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

function check(name: string, script: readonly string[], arguments_: readonly string[]): Promise<Counts> {
  return succeeds([join(repository, 'node_modules', name, ...script), ...arguments_]);
}

async function vitest(name: string, arguments_: readonly string[]): Promise<Counts> {
  const file = join(reports, `${name}.json`);
  const code = await node([join(repository, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...arguments_]);
  return settle(code, file, (report) => countVitest(report as VitestReport));
}

async function playwright(arguments_: readonly string[]): Promise<Counts> {
  const file = join(reports, 'e2e.json');
  const code = await node([join(repository, 'node_modules', '@playwright', 'test', 'cli.js'), 'test', '--reporter=list,json', ...arguments_], { PLAYWRIGHT_JSON_OUTPUT_NAME: file });
  return settle(code, file, (report) => countPlaywright(report as PlaywrightReport));
}

/** The report's counts; a run that failed without one, or whose report knows of no failure, is a failure itself. */
function settle(code: number, file: string, count: (report: unknown) => Counts): Counts {
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const counts = count(JSON.parse(readFileSync(file, 'utf8')));
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
