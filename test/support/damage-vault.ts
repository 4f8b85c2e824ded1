import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Cuts every item that an installation keeps in the keychain to half, as a keychain does that was restored badly. In a process
 * of its own, as another program: the app is not running.
 */
export function damageVault(installation: string): void {
  execFileSync(process.execPath, [fileURLToPath(import.meta.url), installation]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { default: keytar } = await import('keytar');
  const service = `Vínculo/${process.argv[2] ?? ''}`;
  const items = await keytar.findCredentials(service);
  if (items.length === 0) throw new Error(`The keychain has nothing of ${service}.`);
  for (const { account, password } of items) await keytar.setPassword(service, account, password.slice(0, Math.ceil(password.length / 2)));
}
