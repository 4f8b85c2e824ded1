import type { AnyContractProcedure, InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import type { ErrorCode, ErrorData } from '../../shared/contract/errors.ts';
import type { Bridge, IpcAnswer, IpcEvent, IpcEventName, ipcContract } from '../../shared/contract/ipc.ts';

/**
 * The only file that touches `window.vinculo`. A channel is the dotted path of a procedure of the IPC contract; what
 * goes in and comes out has the contract's types, which are the only thing imported from it.
 */
declare global {
  interface Window { readonly vinculo?: Bridge }
}

type Contract = typeof ipcContract;
type Paths<T> = { [K in keyof T & string]: T[K] extends AnyContractProcedure ? K : `${K}.${Paths<T[K]>}` }[keyof T & string];
type At<T, P extends string> = P extends `${infer Head}.${infer Rest}` ? (Head extends keyof T ? At<T[Head], Rest> : never) : P extends keyof T ? T[P] : never;

/** `app.state`, `bind.open`, `admin.tokens.list`, … */
export type Channel = Paths<Contract>;
export type InputOf<C extends Channel> = At<InferContractRouterInputs<Contract>, C>;
export type OutputOf<C extends Channel> = At<InferContractRouterOutputs<Contract>, C>;
/** Nothing to pass where the procedure takes no input. */
export type InputArguments<C extends Channel> = unknown extends InputOf<C> ? [] : [input: InputOf<C>];

/** A call that main answered with an error of the closed list. */
export class BridgeError extends Error {
  readonly code: ErrorCode;
  readonly data: ErrorData;
  constructor(code: ErrorCode, data: ErrorData) {
    super(code);
    this.name = 'BridgeError';
    this.code = code;
    this.data = data;
  }
}

function bridge(): Bridge {
  if (window.vinculo === undefined) throw new Error('this page runs inside Vínculo only');
  return window.vinculo;
}

/** Calls main. Rejects with `BridgeError`; anything else that goes wrong on the way becomes `INTERNAL`. */
export async function invoke<C extends Channel>(channel: C, ...[input]: InputArguments<C>): Promise<OutputOf<C>> {
  let answer: IpcAnswer<unknown>;
  try {
    answer = await bridge().invoke(channel, input);
  } catch {
    throw new BridgeError('INTERNAL', {});
  }
  if (!answer.ok) throw new BridgeError(answer.error.code, answer.error.data);
  // A call without an answer comes back as null; here it is undefined, so that null keeps meaning "it failed".
  return (answer.data ?? undefined) as OutputOf<C>;
}

/** @returns stops listening */
export function subscribe<N extends IpcEventName>(name: N, listener: (payload: IpcEvent<N>) => void): () => void {
  return bridge().subscribe(name, (payload) => listener(payload as IpcEvent<N>));
}
