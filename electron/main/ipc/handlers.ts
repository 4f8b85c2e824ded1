import type { ContractProcedure, InferSchemaInput, InferSchemaOutput } from '@orpc/contract';
import type { ipcContract } from '../../../shared/contract/ipc.ts';
import type { WindowName } from '../../shell/shell.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { App } from '../services/app.ts';
import type { Approvals } from '../services/approvals.ts';
import type { Bind } from '../services/bind.ts';
import type { Codes } from '../services/code.ts';
import type { Lock } from '../services/lock.ts';
import type { Scan } from '../services/scan.ts';
import type { Tokens } from '../services/token.ts';
import type { Trial } from '../services/trial.ts';
import type { Windows } from '../services/windows.ts';
import type { Channel } from './channels.ts';

export interface Services {
  readonly app: App; readonly windows: Windows; readonly bind: Bind; readonly lock: Lock; readonly codes: Codes;
  readonly approvals: Approvals; readonly scan: Scan; readonly tokens: Tokens; readonly trial: Trial; readonly accounts: Accounts;
}

type Own = Omit<typeof ipcContract, 'admin'>;
/** What the door hands over (parsed) and what it takes back (before parsing) for one procedure of the contract. */
type InputOf<P> = P extends ContractProcedure<infer I, infer _O, infer _E, infer _M> ? InferSchemaOutput<I> : never;
type AnswerOf<P> = P extends ContractProcedure<infer _I, infer O, infer _E, infer _M> ? InferSchemaInput<O> : never;
/** One function per channel, typed from the contract: a channel without a handler does not compile. */
type Handlers = { [G in keyof Own]: { [C in keyof Own[G]]: (input: InputOf<Own[G][C]>, window: WindowName) => AnswerOf<Own[G][C]> | Promise<AnswerOf<Own[G][C]>> } };

export function createHandlers({ app, windows, bind, lock, codes, approvals, scan, tokens, trial }: Services): Handlers {
  return {
    app: {
      state: () => app.state(),
      select: ({ accountId }) => app.select(accountId),
      setDefault: ({ accountId }) => app.setDefault(accountId),
      removeAccount: ({ accountId }) => app.removeAccount(accountId),
      changeSettings: (change) => app.changeSettings(change),
      support: () => app.support(bind.openedAuthority),
      retry: ({ accountId }) => app.retry(accountId),
      openExternal: ({ url }) => app.openExternal(url, bind.openedAuthority),
      saveFile: ({ name, text }) => app.saveFile(name, text),
      copy: ({ text }) => app.copy(text),
      quit: () => app.quit(),
    },
    window: {
      minimise: (_, window) => windows.minimise(window),
      toggleMaximise: (_, window) => windows.toggleMaximise(window),
      close: (_, window) => windows.close(window),
    },
    bind: {
      open: ({ text }) => bind.open(text),
      start: ({ user, password }) => bind.start(user, password),
      resendCode: () => bind.resendCode(),
      complete: ({ secondProof, pin }) => bind.complete(secondProof, pin),
      resume: async () => ({ account: await bind.resume() }),
      cancel: () => bind.cancel(),
    },
    lock: {
      lock: () => lock.lockAll(),
      unlock: ({ accountId, pin }) => lock.unlock(accountId, pin),
    },
    code: {
      current: ({ accountId }) => codes.current(accountId),
      copy: ({ accountId }) => codes.copy(accountId),
    },
    approvals: {
      queue: () => approvals.queue(),
      history: ({ accountId, before, size }) => approvals.history(accountId, { before, size }),
      outcome: ({ accountId, approvalId }) => approvals.outcome(accountId, approvalId),
      approve: ({ pin, number, ...chosen }) => approvals.approve(chosen, pin, number),
      deny: (chosen) => approvals.deny(chosen),
      report: (chosen) => approvals.report(chosen),
      openWindow: () => windows.openApproval(),
      closeWindow: () => windows.closeApproval(),
    },
    scan: {
      open: ({ text }) => scan.open(text),
      captureScreens: () => scan.captureScreens(),
      answer: ({ pin, ...chosen }) => scan.answer(chosen, pin),
    },
    token: {
      report: ({ accountId }) => tokens.reportLoss(accountId),
      changePin: ({ accountId, pin, newPin }) => tokens.changePin(accountId, pin, newPin),
      changePassword: ({ accountId, password, newPassword }) => tokens.changePassword(accountId, password, newPassword),
      forgotPin: ({ accountId }) => tokens.forgotPin(accountId),
    },
    trial: {
      start: () => trial.start(),
      stop: () => trial.stop(),
      people: () => trial.people(),
      outbox: () => trial.outbox(),
      activateAsIssuer: ({ serial }) => trial.activateAsIssuer(serial),
      portal: () => ({ address: trial.portalAddress }),
    },
  };
}

type AnyCall = (input: unknown, window?: WindowName) => unknown;

/** Finds the handler of a channel; `admin.*` is the authority's own contract and goes to the selected account's as it is. */
export function dispatcher(services: Services): (channel: Channel, input: unknown, window: WindowName) => unknown {
  const handlers = createHandlers(services);
  const at = (root: unknown, path: readonly string[]) => path.reduce<unknown>((part, name) => (part as Record<string, unknown>)[name], root) as AnyCall;
  return ({ path }, input, window) => {
    if (path[0] !== 'admin' && !quiet.has(path.join('.'))) services.lock.touch();
    return path[0] === 'admin' ? at(services.accounts.selected().authority.admin, path.slice(1))(input) : at(handlers, path)(input, window);
  };
}

/** What the screens call by themselves, as they do most of `admin`: not a sign of the person. */
const quiet = new Set(['app.state', 'app.support', 'code.current', 'approvals.queue', 'approvals.history', 'trial.people', 'trial.outbox', 'trial.portal']);
