import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withUs } from './with-us.ts';

/**
 * - `unlocked`: as on a desktop after login.
 * - `locked`: there, but its collection is locked and nobody can type the password.
 * - `silent`: takes calls and never answers (the daemon is stopped).
 * - `absent`: a session bus without a Secret Service.
 */
export type SecretServiceState = 'unlocked' | 'locked' | 'silent' | 'absent';

export interface SecretService {
  /** What a program needs in its environment to reach this service and no other. */
  readonly environment: Readonly<Record<string, string>>;
  /** Changes the state while programs use it. `absent` ends the daemon; the stored items stay. */
  become(state: SecretServiceState): Promise<void>;
  stop(): Promise<void>;
}

const PASSWORD = 'solo-para-pruebas\n';
const ANSWER_MILLISECONDS = 15_000;
const CONTROL_UNLOCK = 1;

/**
 * A private session bus with a real gnome-keyring-daemon on it, whose files lie in a folder of its own. The bus has no
 * service folders, so nothing starts a Secret Service by itself: `absent` is really absent.
 */
export async function startSecretService(state: SecretServiceState = 'unlocked'): Promise<SecretService> {
  const folder = mkdtempSync(join(tmpdir(), 'vinculo-keyring-'));
  const bus = await startBus(folder);
  const environment = {
    DBUS_SESSION_BUS_ADDRESS: bus.address,
    XDG_DATA_HOME: join(folder, 'data'),
    XDG_RUNTIME_DIR: join(folder, 'runtime'),
    GNOME_KEYRING_CONTROL: '',
  };
  for (const path of [environment.XDG_DATA_HOME, environment.XDG_RUNTIME_DIR]) mkdirSync(path, { mode: 0o700 });
  let daemon: ChildProcess | null = null;

  const end = async (): Promise<void> => {
    if (daemon === null) return;
    await endProcess(daemon);
    daemon = null;
  };
  const become = async (next: SecretServiceState): Promise<void> => {
    daemon?.kill('SIGCONT'); // one that was silent answers again, also what it was asked meanwhile
    if (next === 'absent') return end();
    daemon ??= await startDaemon(environment);
    if (next === 'locked') lock(environment);
    else if (!isUnlocked(environment)) await unlock(environment);
    if (next === 'silent') daemon.kill('SIGSTOP');
  };
  await become(state);
  return {
    environment,
    become,
    async stop() {
      daemon?.kill('SIGCONT');
      await end();
      await endProcess(bus.process);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Runs `use` with a Secret Service of its own. */
export async function withSecretService<T>(state: SecretServiceState, use: (service: SecretService) => Promise<T>): Promise<T> {
  const service = await startSecretService(state);
  try {
    return await use(service);
  } finally {
    await service.stop();
  }
}

async function startBus(folder: string): Promise<{ readonly address: string; readonly process: ChildProcess }> {
  const configuration = join(folder, 'bus.conf');
  writeFileSync(configuration, `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${join(folder, 'bus')}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>
`);
  const child = spawn(...withUs('dbus-daemon', [`--config-file=${configuration}`, '--nofork', '--print-address=1']), { stdio: ['ignore', 'pipe', 'ignore'] });
  const address = await firstLine(child, 'dbus-daemon');
  return { address: address.trim(), process: child };
}

/** Resolves when the daemon owns its name on the bus and has its collection unlocked. */
async function startDaemon(environment: Readonly<Record<string, string>>): Promise<ChildProcess> {
  const child = spawn(...withUs('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets']), {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { ...process.env, ...environment },
  });
  child.stdin?.end(PASSWORD);
  const failure = new Promise<never>((_, reject) => {
    child.once('error', (error) => reject(new Error(`gnome-keyring-daemon: ${error.message} (Debian package gnome-keyring)`)));
    child.once('exit', (code) => reject(new Error(`gnome-keyring-daemon ended at once (${code}).`)));
  });
  await Promise.race([waitUntilUnlocked(environment), failure]);
  return child;
}

async function waitUntilUnlocked(environment: Readonly<Record<string, string>>): Promise<void> {
  const deadline = performance.now() + ANSWER_MILLISECONDS;
  for (;;) {
    try {
      if (isUnlocked(environment)) return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
    if (performance.now() > deadline) throw new Error('The Secret Service stayed locked.');
    await new Promise((resolve) => setTimeout(resolve, 50)); // polling for another process; the loop has the deadline
  }
}

function isUnlocked(environment: Readonly<Record<string, string>>): boolean {
  const answer = dbusSend(environment, ['/org/freedesktop/secrets/collection/login', 'org.freedesktop.DBus.Properties.Get', 'string:org.freedesktop.Secret.Collection', 'string:Locked']);
  return answer.includes('boolean false');
}

function lock(environment: Readonly<Record<string, string>>): void {
  dbusSend(environment, ['/org/freedesktop/secrets', 'org.freedesktop.Secret.Service.Lock', 'array:objpath:/org/freedesktop/secrets/collection/login']);
}

/**
 * As the login does it (pam_gnome_keyring): over the daemon's control socket, without a restart, so programs that are connected stay
 * so. A byte that carries the caller's credentials, then lengths and words as 32-bit big-endian numbers (gkd-control-codes.h).
 */
function unlock({ XDG_RUNTIME_DIR }: Readonly<Record<string, string>>): Promise<void> {
  const word = (value: number): Buffer => { const bytes = Buffer.alloc(4); bytes.writeUInt32BE(value); return bytes; };
  const password = Buffer.from(PASSWORD);
  const call = Buffer.concat([word(CONTROL_UNLOCK), word(password.length), password]);
  return new Promise((resolve, reject) => {
    const socket = connect(join(XDG_RUNTIME_DIR ?? '', 'keyring', 'control'));
    const end = (failure: Error | null): void => {
      socket.destroy();
      if (failure === null) resolve();
      else reject(failure);
    };
    socket.setTimeout(ANSWER_MILLISECONDS, () => end(new Error('gnome-keyring-daemon did not answer on its control socket.')));
    socket.once('error', end);
    socket.once('data', (answer: Buffer) => end(answer.at(-1) === 0 ? null : new Error('gnome-keyring-daemon did not take its own password.')));
    socket.write(Buffer.concat([Buffer.of(0), word(call.length + 4), call]));
  });
}

function dbusSend(environment: Readonly<Record<string, string>>, arguments_: readonly string[]): string {
  return execFileSync('dbus-send', ['--session', '--print-reply', '--reply-timeout=5000', '--dest=org.freedesktop.secrets', ...arguments_], {
    encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...environment },
  });
}

function firstLine(child: ChildProcess, program: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.once('error', (error) => reject(new Error(`${program}: ${error.message}`)));
    child.once('exit', (code) => reject(new Error(`${program} ended at once (${code}).`)));
    child.stdout?.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    });
  });
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGKILL');
  await exited;
}
