// A keychain in a process of its own, for keychain.real.test.ts: takes {method, args}, answers the value or the code.
import { randomBytes } from 'node:crypto';
import { VinculoError } from '../../../shared/contract/errors.ts';
import { KeytarKeychain } from '../vault/keytar-keychain.ts';

const clock = {
  now: () => Date.now(),
  after(milliseconds: number, run: () => void) {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};
const keychain = new KeytarKeychain({ service: 'Vínculo/prueba', load: async () => (await import('keytar')).default, clock, random: randomBytes, timeLimit: Number(process.argv[2]) });

process.on('message', ({ method, args }: { method: 'read' | 'write' | 'remove' | 'names' | 'assertUsable'; args: [string, string] }) => {
  const calls = {
    read: () => keychain.read(args[0]), write: () => keychain.write(...args), remove: () => keychain.remove(args[0]),
    names: () => keychain.names(), assertUsable: () => keychain.assertUsable(),
  };
  calls[method]().then(
    (value) => process.send?.(value ?? (method === 'read' ? null : 'ok')),
    (error: unknown) => process.send?.(error instanceof VinculoError ? error.code : String(error)),
  );
});
