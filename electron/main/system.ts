import { readFileSync } from 'node:fs';
import { arch, hostname, release, type as systemType } from 'node:os';
import type { z } from 'zod';
import type { deviceDescription } from '../../shared/contract/device.ts';

const keyProtection: Partial<Record<NodeJS.Platform, string>> = {
  win32: 'Windows Credential Manager', darwin: 'macOS Keychain', linux: 'Secret Service',
};

/** How this computer introduces itself to the admin who activates it. */
export function describeDevice(version: string): z.infer<typeof deviceDescription> {
  const name = hostname().trim().slice(0, 80);
  return {
    name: name === '' ? '—' : name,
    system: `${systemName()} (${arch()})`.slice(0, 80),
    app: `Vínculo ${version}`.slice(0, 40),
    keyProtection: keyProtection[process.platform] ?? process.platform,
  };
}

function systemName(): string {
  if (process.platform === 'win32') return `Windows ${release()}`;
  if (process.platform === 'darwin') return `macOS ${release()}`;
  return prettyName() ?? `${systemType()} ${release()}`;
}

/** Linux distributions introduce themselves here (os-release(5)). */
function prettyName(): string | null {
  try {
    return /^PRETTY_NAME="?([^"\n]+)"?$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? null;
  } catch {
    return null;
  }
}
