/** One message on its way out. The text is erased from the store once it was handed over. */
export interface OutgoingMessage {
  /** The store's id; a gateway that gets it twice can tell. */
  readonly id: string;
  readonly channel: 'sms' | 'email';
  readonly to: string;
  readonly subject: string | null;
  readonly text: string;
}

/** `temporary`: trying again may help. */
export class NotSent extends Error {
  override readonly name = 'NotSent';
  readonly temporary: boolean;
  constructor(message: string, temporary: boolean, options?: { cause?: unknown }) {
    super(message, options);
    this.temporary = temporary;
  }
}

/** The message stays in the outbox, to be read there: `authority outbox`, or the outbox of a trial. */
export class Held extends Error {
  override readonly name = 'Held';
}

/** Hands a message to whoever carries it. */
export interface Notifier {
  /** @throws NotSent, Held */
  send(message: OutgoingMessage): Promise<void>;
  close(): Promise<void>;
}

/** One notifier a channel. */
export function byChannel(notifiers: Readonly<Record<OutgoingMessage['channel'], Notifier>>): Notifier {
  return {
    send: (message) => notifiers[message.channel].send(message),
    close: async () => {
      await Promise.all(Object.values(notifiers).map((notifier) => notifier.close()));
    },
  };
}

/** For a channel that has no gateway, and for trials. */
export const outboxNotifier: Notifier = {
  send: () => Promise.reject(new Held('there is no gateway for this channel')),
  close: () => Promise.resolve(),
};
