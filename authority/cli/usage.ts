import type { Command, CommanderError, HelpConfiguration } from 'commander';
import type { Language } from './answer.ts';
import { text, type Text } from './command.ts';

/** What the reader of a command line cannot go on with: one sentence in the person's language; exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The language of the answer, wherever a command line is looked at: as commander takes `--language`, the last one counts. */
export function languageOf(argv: readonly string[]): Language {
  const given = argv.flatMap((word, at) => (word === '--language' ? [argv[at + 1]] : word.startsWith('--language=') ? [word.slice('--language='.length)] : []));
  return given.at(-1) === 'en' ? 'en' : 'es';
}

/** The first word that names neither a group nor a command nor one of `others`, where one is due; null: all are known. */
export function unknownWord(program: Command, argv: readonly string[], others: readonly string[]): string | null {
  let command = program;
  for (const word of argv) {
    if (word.startsWith('-') || command.commands.length === 0) return null;
    if (word === 'help') continue;
    const next = command.commands.find((each) => each.name() === word);
    if (next === undefined) return command === program && others.includes(word) ? null : word;
    command = next;
  }
  return null;
}

export const unknownCommand = (name: string): Text => text(`No existe el comando “${name}”.`, `There is no command “${name}”.`);

type Sentence = (quoted: readonly string[], message: string) => Text;
const name = (quoted: readonly string[]): string => quoted[0] ?? '…';

/** By commander's own codes; it quotes the names it is about. */
const sentences: Readonly<Record<string, Sentence>> = {
  'commander.unknownCommand': (quoted) => unknownCommand(name(quoted)),
  'commander.unknownOption': (quoted) => text(`No existe la opción “${name(quoted)}”.`, `There is no option “${name(quoted)}”.`),
  'commander.missingArgument': (quoted) => text(`Falta el dato <${name(quoted)}>.`, `The argument <${name(quoted)}> is missing.`),
  'commander.optionMissingArgument': (quoted) => text(`A la opción “${name(quoted)}” le falta su valor.`, `The option “${name(quoted)}” lacks its value.`),
  'commander.missingMandatoryOptionValue': (quoted) => text(`Falta la opción “${name(quoted)}”.`, `The option “${name(quoted)}” is missing.`),
  'commander.excessArguments': () => text('Sobran datos. Escriba entre comillas los que lleven espacios.', 'There are too many arguments. Quote those that hold spaces.'),
  'commander.invalidArgument': ([flags = '…', value = ''], message) => {
    const allowed = /Allowed choices are (.*)\.$/s.exec(message)?.[1] ?? '…';
    return text(`“${value}” no sirve para la opción “${flags}”. Puede ser: ${allowed}.`, `“${value}” does not suit the option “${flags}”. It may be: ${allowed}.`);
  },
};

const notUnderstood: Sentence = () => text('No se entiende la línea de comandos.', 'The command line is not understood.');

/** What was wrong with the command line, in one sentence. */
export function usageSentence(error: CommanderError, language: Language): string {
  const quoted = [...error.message.matchAll(/'([^']*)'/g)].map(([, words = '']) => words);
  const suggested = /\(Did you mean (?:one of )?(.+)\?\)$/.exec(error.message)?.[1];
  const { [language]: sentence } = (sentences[error.code] ?? notUnderstood)(quoted, error.message);
  return suggested === undefined ? sentence : `${sentence} ${text(`¿Quiso escribir ${suggested}?`, `Did you mean ${suggested}?`)[language]}`;
}

const headings: Readonly<Record<string, string>> = { 'Usage:': 'Uso:', 'Arguments:': 'Datos:', 'Options:': 'Opciones:', 'Commands:': 'Comandos:' };
const placeholders = (usage: string): string => usage.replace('[options]', '[opciones]').replace('[command]', '[comando]');

/** Commander's own words in the help, in the person's language. */
export function helpIn(language: Language): HelpConfiguration {
  const [choices, preset] = language === 'es' ? ['puede ser', 'si no se da'] : ['one of', 'default'];
  return {
    optionDescription: ({ description, argChoices, defaultValue }) => {
      const more = [...(argChoices === undefined ? [] : [`${choices}: ${argChoices.join(', ')}`]), ...(typeof defaultValue === 'string' ? [`${preset}: ${defaultValue}`] : [])];
      return more.length === 0 ? description : `${description} (${more.join('; ')})`;
    },
    ...(language === 'es' && { styleTitle: (title) => headings[title] ?? title, styleUsage: placeholders, styleSubcommandTerm: placeholders }),
  };
}
