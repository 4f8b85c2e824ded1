import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import { VinculoError, type ErrorCode } from '../../../shared/contract/errors.ts';
import type { AppState, ipcContract, IpcAnswer } from '../../../shared/contract/ipc.ts';
import { startDesktop, type Desktop, type DesktopOptions } from '../main.ts';
import type { Log } from '../runtime.ts';
import type { PinCost } from '../vault/pin.ts';
import { FakeAuthority, fakeSecondProof } from './fake-authority.ts';
import { MemoryKeychain } from './memory-keychain.ts';
import { RecordedShell } from './recorded-shell.ts';

type Inputs = InferContractRouterInputs<typeof ipcContract>;
type Outputs = InferContractRouterOutputs<typeof ipcContract>;
type Group = keyof typeof ipcContract;

/** The cheapest stretching that the vault accepts: tests are about everything else. */
export const testPinCost: PinCost = { memoryKiB: 19_456, passes: 2, parallelism: 1 };
export const testPin = '583914';

export class MemoryLog implements Log {
  readonly lines: string[] = [];
  info(fields: object, message: string): void { this.lines.push(JSON.stringify([fields, message])); }
  warn(fields: object, message: string): void { this.info(fields, message); }
  error(fields: object, message: string): void { this.info(fields, message); }
}

/** One person's computer: its data folder and its keychain outlive the app, which can be started, killed and started again. */
export class Computer {
  readonly folder = mkdtempSync(join(tmpdir(), 'vinculo-desktop-'));
  readonly log = new MemoryLog();
  keychain = new MemoryKeychain();
  shell = new RecordedShell(this.folder);
  #desktop: Desktop | null = null;

  async start(options: DesktopOptions = {}): Promise<void> {
    this.shell = new RecordedShell(this.folder);
    this.#desktop = await startDesktop(this.shell, { keychain: this.keychain, pinCost: testPinCost, random: randomBytes, log: this.log, environment: {}, ...options });
  }

  /** Nothing of the running app has any effect after this: what it still tries ends in an error. */
  async kill(): Promise<void> {
    const { items } = this.keychain;
    this.keychain.fails = 'KEYCHAIN_SILENT';
    await this.#desktop?.stop();
    this.keychain = new MemoryKeychain();
    for (const [name, secret] of items) this.keychain.items.set(name, secret);
  }

  async dispose(): Promise<void> {
    await this.#desktop?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** From the main window; while that is closed, from the small one. */
  async answer(channel: string, input?: unknown): Promise<IpcAnswer<unknown>> {
    const window = this.shell.isWindowOpen('main') ? 'main' : 'approval';
    const sender = { origin: this.shell.origin, isMainFrame: true, window } as const;
    return await this.shell.bridge({ channel, input, sender }) as IpcAnswer<unknown>;
  }

  /** As the renderer calls: the data, or the error as the contract has it. */
  async call<G extends Group, C extends keyof Outputs[G] & keyof Inputs[G]>(group: G, name: C, input?: Inputs[G][C]): Promise<Outputs[G][C]> {
    const answer = await this.answer(`${group}.${String(name)}`, input);
    if (!answer.ok) throw new VinculoError(answer.error.code, answer.error.data);
    return answer.data as Outputs[G][C];
  }

  async code(channel: string, input?: unknown): Promise<ErrorCode | 'ok'> {
    const answer = await this.answer(channel, input);
    return answer.ok ? 'ok' : answer.error.code;
  }

  state(): Promise<AppState> {
    return this.call('app', 'state');
  }

  async account(): Promise<AppState['accounts'][number]> {
    const [account] = (await this.state()).accounts;
    if (account === undefined) throw new Error('no account');
    return account;
  }

  /** Waits, event by event, until the app is in the state that `is` asks for. */
  async until(is: (state: AppState) => boolean): Promise<AppState> {
    for (;;) {
      const next = this.shell.nextEvent();
      const state = await this.state();
      if (is(state)) return state;
      await next;
    }
  }

  async bind(authority: FakeAuthority, pin = testPin): Promise<AppState['accounts'][number]> {
    await this.call('bind', 'open', { text: authority.invitation });
    await this.call('bind', 'start', { user: 'mrestrepo', password: authority.password });
    return this.call('bind', 'complete', { secondProof: fakeSecondProof, pin });
  }

  /** Bound, activated, connected. */
  async activate(authority: FakeAuthority): Promise<AppState['accounts'][number]> {
    const { id } = await this.bind(authority);
    const account = ({ accounts }: AppState) => accounts.find((each) => each.id === id);
    await this.until((state) => account(state)?.connection === 'online');
    authority.activate();
    return account(await this.until((state) => account(state)?.phase === 'active')) as AppState['accounts'][number];
  }
}

export interface ComputerAndAuthority { readonly computer: Computer; readonly authority: FakeAuthority }

/** A computer on which the app was never started, and an authority. */
export const freshComputer = async (): Promise<ComputerAndAuthority> => ({ computer: new Computer(), authority: await FakeAuthority.start() });

/** A computer on which the app runs, without an account, and an authority that it can be bound to. */
export async function startedComputer(): Promise<ComputerAndAuthority> {
  const both = await freshComputer();
  await both.computer.start();
  return both;
}

/** The same, with an active account. */
export async function activeComputer(): Promise<ComputerAndAuthority> {
  const both = await startedComputer();
  await both.computer.activate(both.authority);
  return both;
}

export async function dispose(computer: Computer, authority: FakeAuthority): Promise<void> {
  await computer.dispose();
  await authority.stop();
}
