/**
 * A command that ends when we end, however we end: the kernel sends it SIGKILL (`PR_SET_PDEATHSIG`, by util-linux's
 * setpriv). So a test run that is killed leaves no server behind. Other systems have no such thing: there it is the command
 * itself, and only a run that is killed outright leaves it.
 */
export function withUs(program: string, arguments_: readonly string[], setprivOptions: readonly string[] = []): [string, string[]] {
  if (process.platform !== 'linux') return [program, [...arguments_]];
  return ['setpriv', ['--pdeathsig', 'KILL', ...setprivOptions, program, ...arguments_]];
}
