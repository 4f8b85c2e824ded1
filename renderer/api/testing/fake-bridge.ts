import { errorTexts, type ErrorCode, type ErrorData } from '../../../shared/contract/errors.ts';
import type { Bridge, IpcAnswer, IpcEvent, IpcEventName } from '../../../shared/contract/ipc.ts';
import type { Channel, InputOf, OutputOf } from '../bridge.ts';

/**
 * A bridge for tests of screens: answers come from `handlers`, typed by the contract. It proves nothing about main; what
 * crosses the real bridge is tested in `test/e2e`.
 */
export type Handlers = { [C in Channel]?: (input: InputOf<C>) => OutputOf<C> | Promise<OutputOf<C>> };

/** Thrown by a handler: the call answers with this error. */
export class FakeFailure extends Error {
  readonly code: ErrorCode;
  readonly data: ErrorData;
  constructor(code: ErrorCode, data: ErrorData = {}) {
    super(errorTexts[code].en.happened);
    this.code = code;
    this.data = data;
  }
}

export interface FakeBridge extends Bridge {
  /** Every call so far, oldest first. */
  readonly calls: readonly { readonly channel: string; readonly input: unknown }[];
  /** Replaces or adds answers. */
  answer(handlers: Handlers): void;
  emit<N extends IpcEventName>(name: N, payload: IpcEvent<N>): void;
}

export function createFakeBridge(initial: Handlers = {}): FakeBridge {
  let handlers: Handlers = initial;
  const calls: { channel: string; input: unknown }[] = [];
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  return {
    calls,
    answer: (more) => { handlers = { ...handlers, ...more }; },
    emit: (name, payload) => listeners.get(name)?.forEach((listener) => listener(payload)),
    invoke: async (channel, input): Promise<IpcAnswer<unknown>> => {
      calls.push({ channel, input });
      const handler = handlers[channel as Channel] as ((input: unknown) => unknown) | undefined;
      if (handler === undefined) return { ok: false, error: { code: 'CHANNEL_UNKNOWN', data: {} } };
      try {
        return { ok: true, data: await handler(input) };
      } catch (error) {
        if (error instanceof FakeFailure) return { ok: false, error: { code: error.code, data: error.data } };
        throw error;
      }
    },
    subscribe: (name, listener) => {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener));
      return () => set.delete(listener);
    },
  };
}
