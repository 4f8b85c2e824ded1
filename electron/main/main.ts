import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { access, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import packageJson from '../../package.json' with { type: 'json' };
import { language as languageSchema, type Language } from '../../shared/contract/primitives.ts';
import type { AccountId } from '../../shared/domain/ids.ts';
import type { Shell } from '../shell/shell.ts';
import { Accounts } from './accounts/accounts.ts';
import { Settings } from './accounts/settings.ts';
import { contactAuthority, DeviceConnection } from './authority-client/connection.ts';
import { controlSocketPath, runCommand } from './authority-client/control-socket.ts';
import { authorityTrust } from './authority-client/trust.ts';
import { createDoor } from './ipc/door.ts';
import { dispatcher } from './ipc/handlers.ts';
import { openLog } from './log.ts';
import type { Clock, Log, RandomBytes } from './runtime.ts';
import { App } from './services/app.ts';
import { Approvals } from './services/approvals.ts';
import { Bind } from './services/bind.ts';
import { Codes } from './services/code.ts';
import { Desk } from './services/desk.ts';
import { Lock } from './services/lock.ts';
import { Scan } from './services/scan.ts';
import { Tokens } from './services/token.ts';
import { Trial } from './services/trial.ts';
import { TrialPortal } from './services/trial-portal.ts';
import { Windows } from './services/windows.ts';
import { openSettingsFile, type StoreClass } from './settings/settings-file.ts';
import { describeDevice } from './system.ts';
import type { Keychain } from './vault/keychain.ts';
import { KeychainBindings } from './vault/keychain-bindings.ts';
import { KeytarKeychain, type Keytar } from './vault/keytar-keychain.ts';
import { defaultPinCost, type PinCost } from './vault/pin.ts';
import { ocraAnswer } from './vault/ocra.ts';
import { totp } from './vault/totp.ts';

/** What a test may put in place of the real thing. */
export interface DesktopOptions {
  readonly version?: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly clock?: Clock;
  readonly random?: RandomBytes;
  readonly keychain?: Keychain;
  readonly pinCost?: PinCost;
  readonly log?: Log;
}

export interface Desktop {
  /** Locks, closes connections and the trial. The shell stays. */
  stop(): Promise<void>;
}

const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, run) {
    const timer = setTimeout(run, Math.min(milliseconds, 2_147_483_647));
    return () => clearTimeout(timer);
  },
};

/** Wires the whole desktop app over a shell. The entries in `electron/shell/*` call it once. */
export async function startDesktop(shell: Shell, options: DesktopOptions = {}): Promise<Desktop> {
  trustSystemCertificates();
  const environment = options.environment ?? process.env;
  const clock = options.clock ?? systemClock;
  const random = options.random ?? randomBytes;
  const version = options.version ?? packageJson.version;
  const log = options.log ?? openLog(shell.dataFolder);
  const keychain = options.keychain ?? systemKeychain(shell, environment, clock, random);
  const settings = new Settings(await settingsFile(shell, clock));
  const bindings = new KeychainBindings({ keychain, random, pinCost: options.pinCost ?? defaultPinCost });
  const contact = (address: string) => contactAuthority({ clock, random }, address);
  const windows = new Windows(shell);

  const quit = async () => { await stop(); await shell.quit(); };
  const desk = new Desk({ shell, clock, log, windows, services: () => services, quit });
  const accounts = new Accounts({
    openVault: (id) => bindings.open(id), removeVault: (id) => bindings.remove(id), trust: authorityTrust, clock, log,
    connect: (vault, listener) => new DeviceConnection({ clock, random }, { address: vault.authority.address, deviceId: vault.facts.device.id, sessionKey: vault.sessionKey, clockOffset: vault.clockOffset, listener }),
  }, settings, desk);
  const tokens = new Tokens(accounts, random);
  const trial = openTrial({ shell, settings, clock, log, keychain, random, changed: () => desk.redraw() });
  const app = new App({
    shell, accounts, settings, contact, version, platform: process.platform,
    forcedLanguage: forcedLanguage(environment), trial: () => trial.state, trialPages: () => [trial.address, trial.portalAddress].flatMap((address) => address ?? []), changed: () => desk.redraw(), quit,
  });
  const approvals = new Approvals(accounts, () => desk.queueMoved());
  const services = {
    app, windows, accounts, tokens, trial, approvals,
    scan: new Scan({
      accounts, approvals, ocra: ocraAnswer, captureScreens: () => shell.captureScreens(), openApproval: () => windows.openApproval(),
      warn: (cause) => log.warn({ cause: String(cause) }, 'no picture of the screen'),
    }),
    codes: new Codes({ accounts, clock, totp, clipboard: { read: () => shell.readClipboard(), write: (text) => shell.writeClipboard(text) } }),
    lock: new Lock({ accounts, clock, idleSeconds: () => shell.idleSeconds(), autoLockMinutes: () => settings.stored.settings.autoLockMinutes }),
    bind: new Bind({
      accounts, settings, bindings, contact, trust: authorityTrust, newAccountId: () => randomUUID() as AccountId,
      describeDevice: () => describeDevice(version), language: () => app.language(),
      bound: () => desk.bound(),
      changePin: (id, pin, newPin) => tokens.changePin(id, pin, newPin),
    }),
  };
  const stop = async () => {
    services.lock.stop();
    await services.codes.stop();
    accounts.stop();
    desk.stop();
    await trial.end();
  };

  shell.onBridgeCall(createDoor({ origin: shell.origin, isWindowOpen: (window) => shell.isWindowOpen(window), handle: dispatcher(services), log, random }));
  desk.start();
  services.lock.start();
  // Neither a keychain that waits for its password nor a trial that starts may keep the window from opening.
  void accounts.start(() => keychain.names()).then(() => desk.redraw());
  if (settings.stored.trial) void trial.start().then(() => accounts.retry(), () => undefined); // its failure is a state of the screen
  await windows.openMain();
  return { stop };
}

/** A company's own certificate authority is in the system's store, not in Node's list. */
function trustSystemCertificates(): void {
  if (typeof setDefaultCACertificates !== 'function') return;
  setDefaultCACertificates([...getCACertificates('default'), ...getCACertificates('system')]);
}

/** One name per data folder, so that settings which are lost do not lose the keychain's items with them. */
function systemKeychain(shell: Shell, environment: NonNullable<DesktopOptions['environment']>, clock: Clock, random: RandomBytes): Keychain {
  const installation = environment['VINCULO_INSTALLATION'] ?? createHash('sha256').update(shell.dataFolder).digest('hex').slice(0, 16);
  const load = async (): Promise<Keytar> => (await import('keytar')).default;
  return new KeytarKeychain({ service: `Vínculo/${installation}`, load, clock, random, ...(process.platform === 'win32' ? { itemLimit: 2_560 } : {}) });
}

/** electron-store under Electron; elsewhere conf, which it is made of, because importing it would look for Electron's binary. */
async function settingsFile(shell: Shell, clock: Clock) {
  const Store: StoreClass = shell.kind === 'electron' ? (await import('electron-store')).default : (await import('conf')).default;
  const name = shell.kind === 'electron' ? 'name' : 'configName';
  return openSettingsFile((cwd, fileName) => new Store({ cwd, [name]: fileName, configFileMode: 0o600, clearInvalidConfig: false }), shell.dataFolder, () => clock.now());
}

function openTrial(parts: { shell: Shell; settings: Settings; clock: Clock; log: Log; keychain: Keychain; random: RandomBytes; changed: () => void }): Trial {
  const folder = join(parts.shell.dataFolder, 'trial');
  const readyFile = join(folder, 'trial.json');
  const portalConfig = join(folder, 'portal.json');
  const portalReadyFile = join(folder, 'portal-ready.json');
  const masterKeyName = 'trial-master-key';
  const portal = new TrialPortal({
    ...parts,
    config: () => access(portalConfig).then(() => portalConfig, () => null),
    start: (environment) => parts.shell.startTrialProgram('portal', environment),
    readReadyFile: () => readFile(portalReadyFile, 'utf8').catch(() => null),
    removeReadyFile: () => rm(portalReadyFile, { force: true }),
  });
  return new Trial({
    ...parts, folder, portal,
    start(environment) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      return parts.shell.startTrialProgram('authority', environment);
    },
    async masterKey() {
      const known = await parts.keychain.read(masterKeyName);
      if (known !== null) return known;
      await parts.keychain.assertUsable();
      const key = parts.random(32).toString('base64url');
      await parts.keychain.write(masterKeyName, key);
      return key;
    },
    readReadyFile: () => readFile(readyFile, 'utf8').catch(() => null),
    removeReadyFile: () => rm(readyFile, { force: true }),
    command: async (argv) => runCommand(await controlSocketPath(folder, process.platform), argv),
  });
}

function forcedLanguage(environment: NonNullable<DesktopOptions['environment']>): Language | null {
  const parsed = languageSchema.safeParse(environment['VINCULO_LANGUAGE']);
  return parsed.success ? parsed.data : null;
}

