import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { ConfigError, readConfig } from '../config.ts';
import { MasterKeyWrong } from '../crypto/key-ring.ts';
import { createLog } from '../log.ts';
import { createMasterKeyFile } from '../master-key.ts';
import { createTrial } from '../services/trial.ts';
import { openAuthority, type World } from '../wiring.ts';
import { exitCodes, refusal, type Answer } from './answer.ts';
import { callControl, controlSocketPath, type CommandRequest } from './control.ts';
import { createCommandDoor } from './door.ts';
import { runCommand } from './program.ts';

const trial = process.env['VINCULO_TRIAL'] === '1';
const log = createLog('warn');
const world: World = { now: Date.now, random: (size) => new Uint8Array(randomBytes(size)), log };

/** Nothing to open: help, what needs only a file, and whatever is not a command. */
const withoutStore = (request: CommandRequest): Promise<Answer> =>
  runCommand(request.argv, { trial, input: request.input ?? null, secret: null, log: () => undefined, tools: () => Promise.reject(new Error('not a command')) });

/** In the running authority, whose screens then turn at once; null when none is running on this data folder. */
function inRunningAuthority(request: CommandRequest): Promise<Answer | null> {
  const folder = process.env['VINCULO_DATA_FOLDER'];
  return folder === undefined || folder === '' ? Promise.resolve(null) : callControl(controlSocketPath(folder), request);
}

/** Over the store itself. What was changed is anchored before the process ends. */
async function overStore(request: CommandRequest): Promise<Answer> {
  const config = readConfig(process.env);
  const authority = await openAuthority(config, world);
  try {
    const people = config.trial ? createTrial({ context: authority.context, issuer: authority.services.issuer }) : null;
    const answer = await createCommandDoor({ services: authority.services, store: authority.store, trial: people, log: (error) => log.warn({ error }, 'command refused') })(request);
    await authority.context.audit.checkpoint();
    return answer;
  } finally {
    await authority.close();
  }
}

/** Data folder, master key, database and the first signing key. What is there already stays. */
async function init(): Promise<Answer> {
  const config = readConfig(process.env);
  const created = 'file' in config.masterKey && createMasterKeyFile(config.masterKey.file, world.random);
  const authority = await openAuthority(config, world);
  try {
    const thumbprint = await authority.context.keys.thumbprint();
    const output = { dataFolder: config.dataFolder, masterKeyCreated: created, thumbprint };
    const kept = created ? 'Guarde una copia de la llave maestra en otro lugar: sin ella no se abre la base.\n' : '';
    return { exitCode: exitCodes.done, output, text: `Listo: ${config.dataFolder}\nHuella de la autoridad: ${thumbprint}\n${kept}` };
  } finally {
    await authority.close();
  }
}

/** Files that a command names are read here, where the person's own rights and folder count; `-` is standard input. */
function readFiles(argv: readonly string[]): Pick<CommandRequest, 'input' | 'secret'> {
  const read = (file: string | null) => (file === null ? null : readNamed(file));
  const named = (...options: readonly string[]): string | null => {
    const at = argv.findIndex((word) => options.some((option) => word === option || word.startsWith(`${option}=`)));
    return at < 0 ? null : argv[at]?.split('=')[1] ?? argv[at + 1] ?? '';
  };
  const imported = argv[0] === 'hardware' && argv[1] === 'import' ? argumentsOf(argv.slice(2))[1] ?? null : null;
  return { input: read(imported ?? named('--seed-file', '--jwks-file')), secret: read(named('--key-file', '--password-file')) };
}

/** What stands without an option: of these commands every option but `--json` takes a value. */
function argumentsOf(words: readonly string[]): string[] {
  return words.filter((word, at) => !word.startsWith('--') && !(words[at - 1]?.startsWith('--') === true && words[at - 1] !== '--json' && words[at - 1]?.includes('=') !== true));
}
const readNamed = (file: string): string => readFileSync(file === '-' ? 0 : file, 'utf8');

async function answerOf(argv: readonly string[]): Promise<Answer> {
  if (argv[0] === 'init') return init();
  if (argv.length < 2 || argv.includes('--help') || argv.includes('-h') || argv[0] === 'help') return withoutStore({ argv: argv.length === 0 ? ['--help'] : [...argv] });
  // With nothing but the file: who checks evidence may have no authority at all.
  if (argv[0] === 'evidence' && argv[1] === 'verify') return withoutStore({ argv: [...argv], input: readNamed(argumentsOf(argv.slice(2))[0] ?? '') });
  const request = { argv: [...argv], ...readFiles(argv) };
  return (await inRunningAuthority(request)) ?? overStore(request);
}

/** `--out`: written here, like files are read here. Never over one that is there. */
function keep(argv: readonly string[], answer: Answer): Answer {
  const file = argv[argv.indexOf('--out') + 1];
  if (!argv.includes('--out') || file === undefined || answer.exitCode !== exitCodes.done) return answer;
  writeFileSync(file, answer.text, { flag: 'wx', mode: 0o600 });
  return { ...answer, text: `${file}\n` };
}

function print(argv: readonly string[], { exitCode, output, text }: Answer): void {
  if (argv.includes('--json')) process.stdout.write(`${JSON.stringify(output, null, 2)}\n`);
  else (exitCode === exitCodes.done ? process.stdout : process.stderr).write(text);
  process.exitCode = exitCode;
}

function failed(error: unknown): Answer {
  if (error instanceof ConfigError || error instanceof MasterKeyWrong) return { exitCode: exitCodes.config, output: { error: { code: 'CONFIG', message: error.message } }, text: `${error.message}\n` };
  if (error instanceof Error && 'syscall' in error && /^E(?:NOENT|EXIST|ACCES|ISDIR)/.test(error.message)) return { exitCode: exitCodes.usage, output: { error: { code: 'USAGE', message: error.message } }, text: `${error.message}\n` };
  return refusal(error, process.argv.includes('en') ? 'en' : 'es', (cause) => log.warn({ error: cause }, 'command failed'));
}

const argv = process.argv.slice(2);
if (argv[0] === 'serve' && !argv.includes('--help')) await import('../main.ts');
else print(argv, await answerOf(argv).then((answer) => keep(argv, answer)).catch(failed));
