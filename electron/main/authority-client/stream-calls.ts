import type { RawData, WebSocket } from 'ws';
import { readMessage, writeCall, type StreamAnswer, type StreamCall } from '../../../shared/contract/event-stream.ts';
import type { DeviceEvent } from '../../../shared/contract/events.ts';
import { isErrorCode, VinculoError } from '../../../shared/contract/errors.ts';

type Accepted = Extract<StreamAnswer, { type: 'accepted' }>;
type Waiting = { readonly accepted: (answer: Accepted) => void; readonly refused: (error: VinculoError) => void };
/** A call before it has its number. */
type Call = { [T in StreamCall['type']]: Omit<Extract<StreamCall, { type: T }>, 'call'> }[StreamCall['type']];

export interface StreamListener {
  /** `event` null: of a newer authority, and not for this version. */
  event(event: DeviceEvent | null, id: string | null): void;
  /** What came is nothing that an authority sends, or a listener failed: the connection is of no more use. */
  broken(error: unknown): void;
}

/** The device's end of the contract's event stream: calls with their answers, and events in the order in which they came. */
export class StreamCalls {
  readonly #socket: WebSocket;
  readonly #listener: StreamListener;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;

  constructor(socket: WebSocket, listener: StreamListener) {
    this.#socket = socket;
    this.#listener = listener;
    socket.on('message', (data, isBinary) => {
      try {
        this.#hear(data, isBinary);
      } catch (error) {
        listener.broken(error);
      }
    });
  }

  /** @param accepted at once, before any message that came behind the answer is looked at */
  call(what: Call, accepted: (answer: Accepted) => void = () => {}): Promise<Accepted> {
    const call = (this.#last += 1);
    return new Promise((resolve, reject) => {
      this.#waiting.set(call, { accepted: (answer) => { accepted(answer); resolve(answer); }, refused: reject });
      this.#socket.send(writeCall({ ...what, call }));
    });
  }

  #hear(data: RawData, isBinary: boolean): void {
    const message = isBinary ? null : readMessage((data as Buffer).toString('utf8'));
    if (message === null) throw new VinculoError('AUTHORITY_ANSWER_INVALID');
    if (message.type === 'event') return this.#listener.event(message.event, message.id);
    const waiting = this.#waiting.get(message.call);
    this.#waiting.delete(message.call);
    if (message.type === 'accepted') waiting?.accepted(message);
    else waiting?.refused(isErrorCode(message.code) ? new VinculoError(message.code, message.data) : new VinculoError('AUTHORITY_ANSWER_INVALID'));
  }
}
