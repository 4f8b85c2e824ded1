/**
 * A command that ends when we end, however we end: the kernel sends it SIGKILL (`PR_SET_PDEATHSIG`, by util-linux's
 * setpriv). So a test run that is killed leaves no server behind.
 */
export function withUs(program: string, arguments_: readonly string[], setprivOptions: readonly string[] = []): [string, string[]] {
  return ['setpriv', ['--pdeathsig', 'KILL', ...setprivOptions, program, ...arguments_]];
}
