/**
 * What many parts make together, each made when one of its methods is first called: a transaction uses a few of two dozen, and
 * making them all costs as much as several statements.
 * @param parts each gives methods that do not use `this`
 * @param sample a scope that parts can be made with, to learn the names of their methods
 */
export function joined<S, T extends object>(parts: readonly ((scope: S) => object)[], sample: S): (scope: S) => T {
  class Joined {
    readonly scope: S;
    readonly made: Record<string, (...values: unknown[]) => unknown>[] = [];
    constructor(scope: S) { this.scope = scope; }
  }
  for (const [n, part] of parts.entries()) {
    for (const name of Object.keys(part(sample))) {
      const method = function (this: Joined, ...values: unknown[]): unknown {
        const made = (this.made[n] ??= part(this.scope) as Joined['made'][number]);
        return made[name]?.(...values);
      };
      Object.defineProperty(Joined.prototype, name, { value: method, writable: true });
    }
  }
  return (scope) => new Joined(scope) as unknown as T;
}
