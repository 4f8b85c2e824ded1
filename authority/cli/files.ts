import { readFileSync, writeFileSync } from 'node:fs';
import { exitCodes, type Answer } from './answer.ts';
import { text } from './command.ts';
import type { CommandRequest } from './control.ts';
import { languageOf, UsageError } from './usage.ts';

/** Files that a command names are read here, where the person's own rights and folder count; `-` is standard input. @throws UsageError */
export function readFiles(argv: readonly string[]): Pick<CommandRequest, 'input' | 'secret'> {
  const read = (file: string | null) => (file === null ? null : readNamed(file, argv));
  const named = (...options: readonly string[]): string | null => {
    const at = argv.findIndex((word) => options.some((option) => word === option || word.startsWith(`${option}=`)));
    const word = argv[at];
    return word === undefined ? null : word.includes('=') ? word.slice(word.indexOf('=') + 1) : (argv[at + 1] ?? '');
  };
  const imported = argv[0] === 'hardware' && argv[1] === 'import' ? argumentsOf(argv.slice(2))[1] ?? null : null;
  return { input: read(imported ?? named('--seed-file', '--jwks-file')), secret: read(named('--key-file', '--password-file')) };
}

/** The file that is the command's own argument, e.g. of `evidence verify <file>`. @throws UsageError */
export const readOwnFile = (argv: readonly string[]): string => readNamed(argumentsOf(argv.slice(2))[0] ?? '', argv);

/** What stands without an option: of these commands every option but `--json` takes a value. */
function argumentsOf(words: readonly string[]): string[] {
  return words.filter((word, at) => !word.startsWith('--') && !(words[at - 1]?.startsWith('--') === true && words[at - 1] !== '--json' && words[at - 1]?.includes('=') !== true));
}

function readNamed(file: string, argv: readonly string[]): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (cause) {
    throw new UsageError(text(`No se puede leer el archivo “${file}”. No cambió nada. Revise la ruta y sus permisos.`, `The file “${file}” cannot be read. Nothing was changed. Check its path and permissions.`)[languageOf(argv)], { cause });
  }
}

/** `--out`: written here, like files are read here. Never over one that is there. @throws UsageError */
export function keep(argv: readonly string[], answer: Answer): Answer {
  const file = argv[argv.indexOf('--out') + 1];
  if (!argv.includes('--out') || file === undefined || answer.exitCode !== exitCodes.done) return answer;
  try {
    writeFileSync(file, answer.text, { flag: 'wx', mode: 0o600 });
  } catch (cause) {
    throw new UsageError(text(`No se puede escribir el archivo “${file}”: ya existe, o su carpeta no lo permite. Elija otro.`, `The file “${file}” cannot be written: it is there already, or its folder does not allow it. Choose another.`)[languageOf(argv)], { cause });
  }
  return { ...answer, text: `${file}\n` };
}
