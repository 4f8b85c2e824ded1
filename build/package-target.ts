/** electron-builder's options for each system, by Node's name of it. */
const OPTIONS: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = { win32: ['--win', '--windows', '-w'], darwin: ['--mac', '--macos', '-m', '-o'], linux: ['--linux', '-l'] };
const LETTERS: Readonly<Record<string, NodeJS.Platform>> = { w: 'win32', m: 'darwin', o: 'darwin', l: 'linux' };

/**
 * The option that asks for another system's package, or null. The native modules are those that npm installed here: a package
 * built elsewhere would start and find neither its keychain nor its password hash.
 */
export function foreignTarget(arguments_: readonly string[], platform: NodeJS.Platform): string | null {
  return arguments_.find((argument) => {
    const long = Object.entries(OPTIONS).find(([, names]) => names?.includes(argument));
    if (long !== undefined) return long[0] !== platform;
    return /^-[mowl]{2,}$/.test(argument) && argument.slice(1).split('').some((letter) => LETTERS[letter] !== platform);
  }) ?? null;
}
