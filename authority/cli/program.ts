import { Command, CommanderError, Option } from 'commander';
import { displayText } from '../../shared/contract/primitives.ts';
import { exitCodes, refusal, type Answer, type Language } from './answer.ts';
import { text, type CommandSpec, type OptionSpec, type Result, type Text, type Tools } from './command.ts';
import { commands } from './commands/all.ts';
import { helpIn, languageOf, unknownCommand, unknownWord, usageSentence, UsageError } from './usage.ts';

export interface RunOptions {
  /** Opened when a command needs them, not for `--help`. */
  readonly tools: () => Promise<Tools>;
  /** In trial mode operator and reason have a preset. */
  readonly trial: boolean;
  readonly input: string | null;
  readonly secret?: string | null;
  readonly log: (cause: unknown) => void;
}

const groups: Record<string, Text> = {
  company: text('Empresas y su política', 'Companies and their policy'),
  tokens: text('Los tokens virtuales de una empresa', "A company's virtual tokens"),
  admin: text('Usuarios administradores', 'Administrators'),
  user: text('Personas de una empresa', "A company's people"),
  token: text('Un token: lo que un administrador hace por los demás', 'One token: what an admin does for others'),
  hardware: text('Tokens físicos', 'Hardware tokens'),
  portal: text('Portales que piden aprobaciones', 'Portals that ask for approvals'),
  evidence: text('Evidencia de una respuesta, que se comprueba sin la autoridad', 'Evidence of an answer, checked without the authority'),
  outbox: text('Mensajes que salen', 'Outgoing messages'),
  audit: text('Registro de auditoría', 'Audit trail'),
  keys: text('Llaves con las que la autoridad firma y sella', 'The keys with which the authority signs and seals'),
  retention: text('Cuánto tiempo se guarda qué', 'How long what is kept'),
  trial: text('La prueba en este equipo', 'The trial on this machine'),
};

/** Runs one command line and answers; never throws, never writes. */
export async function runCommand(argv: readonly string[], options: RunOptions): Promise<Answer> {
  const language = languageOf(argv);
  let printed = '';
  let chosen: (() => Promise<Result>) | null = null;
  const program = buildProgram(language, options, (run) => { chosen = run; });
  program.configureOutput({ writeOut: (part) => { printed += part; }, writeErr: (part) => { printed += part; }, outputError: () => undefined });
  try {
    for (const command of program.commands) inheritOutput(program, command);
    await program.parseAsync([...argv], { from: 'user' });
    const run = chosen as (() => Promise<Result>) | null;
    if (run === null) return { exitCode: exitCodes.usage, output: { error: { code: 'USAGE' } }, text: program.helpInformation() };
    const { output, text: said, exitCode } = await run();
    return { exitCode: exitCode ?? exitCodes.done, output, text: said };
  } catch (error) {
    if (error instanceof UsageError) return misused(error.message);
    if (!(error instanceof CommanderError)) return refusal(error, language, options.log);
    const unknown = unknownWord(program, argv, ofTheProcess);
    if (error.exitCode === 0 && unknown === null) return { exitCode: exitCodes.done, output: { help: printed }, text: printed };
    if (error.code === 'commander.help' && unknown === null) return misused(language === 'es' ? 'Falta el comando.' : 'The command is missing.', printed);
    return misused(unknown === null || error.code === 'commander.unknownCommand' ? usageSentence(error, language) : unknownCommand(unknown)[language], printed);
  }
}

const misused = (message: string, help = ''): Answer => ({ exitCode: exitCodes.usage, output: { error: { code: 'USAGE', message } }, text: `${message}\n\n${help.trimStart()}` });

/** Not commands of the store: `main.ts` runs them. */
const ofTheProcess = ['serve', 'init'];

/** Commander copies settings when a subcommand is made; these are made before the settings. */
function inheritOutput(parent: Command, command: Command): void {
  command.copyInheritedSettings(parent);
  for (const child of command.commands) inheritOutput(command, child);
}

/** The whole command line, e.g. for `--help`. `choose` gets the work of the command that was named. */
export function buildProgram(language: Language, options: RunOptions, choose: (run: () => Promise<Result>) => void): Command {
  const say = (words: Text) => words[language];
  const program = new Command('authority').description(say(text('La autoridad de Vínculo desde la línea de comandos', "Vínculo's authority from the command line")))
    .exitOverride().showHelpAfterError().configureHelp(helpIn(language))
    .helpOption('-h, --help', say(text('muestra esta ayuda', 'shows this help')))
    .helpCommand(say(text('help [comando]', 'help [command]')), say(text('muestra la ayuda de un comando', 'shows the help of a command')));
  program.addHelpText('after', say(text('\n  serve   arranca la autoridad\n  init    prepara la carpeta de datos, la llave maestra y la base\n', '\n  serve   starts the authority\n  init    prepares the data folder, the master key and the database\n')));
  const groupCommands = new Map<string, Command>();
  for (const spec of commands) {
    const group = groupCommands.get(spec.group) ?? program.command(spec.group).description(say(groups[spec.group] ?? text('', '')));
    groupCommands.set(spec.group, group);
    addCommand(group, spec, language, options, choose);
  }
  return program;
}

function addCommand(group: Command, spec: CommandSpec, language: Language, { tools, trial, input, secret = null }: RunOptions, choose: (run: () => Promise<Result>) => void): void {
  const command = group.command(`${spec.name}${spec.args === undefined ? '' : ` ${spec.args}`}`).description(spec.summary[language]);
  for (const option of [...(spec.options ?? []), ...commonOptions(spec, trial)]) {
    const made = new Option(option.flags, option.summary[language]);
    if (option.required) made.makeOptionMandatory();
    if (option.choices) made.choices([...option.choices]);
    if (option.preset !== undefined) made.default(option.preset);
    command.addOption(made);
  }
  command.action((...values: unknown[]) => {
    const given = command.opts<Record<string, string>>();
    const by = { operator: spec.alone === true ? '' : words(given['operator'] ?? '', 60, 'operator', language), reason: spec.changes ? words(given['reason'] ?? '', 200, 'reason', language) : '' };
    const args = values.slice(0, -2).filter((value): value is string => typeof value === 'string');
    choose(async () => (spec.alone === true ? spec.run({ language, input }, args, given) : spec.run({ ...(await tools()), by, language, input, secret }, args, given)));
  });
}

/** Names and reasons are shown in Actividad, so they may hold nothing that a screen would show wrongly (S11). */
function words(value: string, longest: number, name: string, language: Language): string {
  const parsed = displayText(longest).safeParse(value);
  if (!parsed.success) throw new UsageError(text(`--${name}: de 1 a ${longest} caracteres, ninguno invisible.`, `--${name}: 1 to ${longest} characters, none of them invisible.`)[language]);
  return parsed.data;
}

const commonOptions = (spec: CommandSpec, trial: boolean): readonly OptionSpec[] => [
  ...(spec.alone === true ? [] : [{ flags: '--operator <name>', summary: text('quién lo hace; queda en el registro de auditoría', 'who does it; goes into the audit trail'), ...(trial || spec.group === 'trial' ? { preset: 'prueba' } : { required: true }) }]),
  ...(spec.changes ? [{ flags: '--reason <text>', summary: text('por qué; queda en el registro de auditoría', 'why; goes into the audit trail'), ...(trial ? { preset: 'prueba en este equipo' } : { required: true }) }] : []),
  { flags: '--json', summary: text('responde en JSON', 'answers in JSON') },
  { flags: '--language <language>', summary: text('idioma de la respuesta', 'language of the answer'), choices: ['es', 'en'], preset: 'es' },
];
