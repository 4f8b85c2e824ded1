import { randomBytes } from 'node:crypto';
import { ConfigError, readConfig } from '../config.ts';
import { MasterKeyWrong } from '../crypto/key-ring.ts';
import { createLog } from '../log.ts';
import { createMasterKeyFile, makeDataFolder } from '../master-key.ts';
import { createTrial } from '../services/trial.ts';
import { openAuthority, type World } from '../wiring.ts';
import { exitCodes, refusal, type Answer } from './answer.ts';
import { callControl, controlSocketPath, type CommandRequest } from './control.ts';
import { createCommandDoor } from './door.ts';
import { keep, readFiles, readOwnFile } from './files.ts';
import { runCommand } from './program.ts';
import { languageOf, UsageError } from './usage.ts';

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
  makeDataFolder(config); // the key may lie in it
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

async function answerOf(argv: readonly string[]): Promise<Answer> {
  const asksHelp = argv.includes('--help') || argv.includes('-h') || argv[0] === 'help';
  if (argv[0] === 'init' && !asksHelp) return init();
  if (argv.length < 2 || asksHelp) return withoutStore({ argv: argv.length === 0 ? ['--help'] : [...argv] });
  // With nothing but the file: who checks evidence may have no authority at all.
  if (argv[0] === 'evidence' && argv[1] === 'verify') return withoutStore({ argv: [...argv], input: readOwnFile(argv) });
  const request = { argv: [...argv], ...readFiles(argv) };
  return (await inRunningAuthority(request)) ?? overStore(request);
}

function print(argv: readonly string[], { exitCode, output, text }: Answer): void {
  if (argv.includes('--json')) process.stdout.write(`${JSON.stringify(output, null, 2)}\n`);
  else (exitCode === exitCodes.done ? process.stdout : process.stderr).write(text);
  process.exitCode = exitCode;
}

function failed(error: unknown): Answer {
  if (error instanceof ConfigError || error instanceof MasterKeyWrong) return { exitCode: exitCodes.config, output: { error: { code: 'CONFIG', message: error.message } }, text: `${error.message}\n` };
  if (error instanceof UsageError) return { exitCode: exitCodes.usage, output: { error: { code: 'USAGE', message: error.message } }, text: `${error.message}\n` };
  return refusal(error, languageOf(argv), (cause) => log.warn({ error: cause }, 'command failed'));
}

const argv = process.argv.slice(2);
if (argv[0] === 'serve' && !argv.includes('--help') && !argv.includes('-h')) await import('../main.ts');
else print(argv, await answerOf(argv).then((answer) => keep(argv, answer)).catch(failed));
