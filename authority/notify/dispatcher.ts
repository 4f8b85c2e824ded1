import { Held, NotSent, type Notifier, type OutgoingMessage } from './notifier.ts';

/** The rows of the outbox as the dispatcher needs them; `main.ts` wires the store. */
export interface OutboxQueue {
  /** Messages whose next try is due, oldest first. */
  due(now: number, limit: number): Promise<readonly (OutgoingMessage & { readonly tries: number; readonly createdAt: number })[]>;
  tried(id: string, result: { sentAt?: number; nextTryAt?: number | null; failedAt?: number; eraseText?: boolean }): Promise<void>;
}

export interface DispatcherDeps {
  readonly queue: OutboxQueue;
  readonly notifier: Notifier;
  readonly now: () => Promise<number>;
  /** Told of messages that were not sent; never with their text. */
  readonly onTrouble: (trouble: { readonly id: string; readonly channel: string; readonly tries: number; readonly final: boolean; readonly cause: unknown }) => void;
}

/** Seconds until the next try, by the number of tries made: quick at first, since somebody waits for the code. */
const backoff = [5, 15, 60, 300, 900, 3600] as const;
/** After a day nobody waits any more. */
const giveUpAfter = 24 * 3600 * 1000;
const batch = 50;

export interface Dispatcher {
  /** Tries everything that is due, once. A second call during the first joins it. */
  run(): Promise<void>;
}

/** Takes queued messages out of the store and sends them, again and again with growing pauses; a sent text is erased. */
export function createDispatcher({ queue, notifier, now, onTrouble }: DispatcherDeps): Dispatcher {
  let running: Promise<void> | null = null;

  async function sendOne(message: Awaited<ReturnType<OutboxQueue['due']>>[number]): Promise<void> {
    try {
      await notifier.send(message);
      await queue.tried(message.id, { sentAt: await now(), nextTryAt: null, eraseText: true });
    } catch (cause) {
      if (cause instanceof Held) return queue.tried(message.id, { nextTryAt: null });
      if (!(cause instanceof NotSent)) throw cause;
      const at = await now();
      const final = !cause.temporary || at - message.createdAt >= giveUpAfter;
      const pause = backoff[Math.min(message.tries, backoff.length - 1)] ?? 3600;
      onTrouble({ id: message.id, channel: message.channel, tries: message.tries + 1, final, cause });
      await queue.tried(message.id, final ? { failedAt: at, nextTryAt: null, eraseText: true } : { nextTryAt: at + pause * 1000 });
    }
  }

  async function runAll(): Promise<void> {
    for (;;) {
      const due = await queue.due(await now(), batch);
      // A slow mail server must not hold up the SMS that somebody waits for.
      const results = await Promise.allSettled(due.map(sendOne));
      const broken = results.find((result) => result.status === 'rejected');
      if (broken !== undefined) throw broken.reason;
      if (due.length < batch) return;
    }
  }

  return {
    run() {
      running ??= runAll().finally(() => { running = null; });
      return running;
    },
  };
}
