import { z } from 'zod';
import type { RawData, WebSocket } from 'ws';

/**
 * What a device may send in the library's peer protocol: a call of one of the contract's procedures, or the end of one.
 * Everything else is refused here, before the library sees it.
 */
const id = z.union([z.string().max(64), z.number().int()]);
const call = z.object({ i: id, t: z.literal(1).optional(), p: z.object({ u: z.string().max(200).regex(/^\/[A-Za-z]+$/), m: z.literal('POST').optional(), h: z.record(z.string().max(64), z.unknown()).optional(), b: z.unknown() }) });
const end = z.object({ i: id, t: z.literal(4) });
const message = z.union([call, end]);

/** The text of a message that is well formed; null: end the connection. */
export function readMessage(data: RawData): string | null {
  const text = Array.isArray(data) ? Buffer.concat(data).toString('utf8') : Buffer.from(data as Buffer).toString('utf8');
  try {
    return message.safeParse(JSON.parse(text)).success ? text : null;
  } catch {
    return null;
  }
}

/** The part of a socket that the library's handler uses. Messages reach it only through `deliver`. */
export interface CheckedSocket {
  readonly socket: Pick<WebSocket, 'addEventListener' | 'send'>;
  deliver(text: string): void;
}

export function checkedSocket(socket: WebSocket): CheckedSocket {
  let receive: ((event: { data: string }) => void) | null = null;
  const addEventListener = (type: string, listener: (event: never) => void): void => {
    if (type === 'message') receive = listener as (event: { data: string }) => void;
    else socket.addEventListener(type as 'close', listener as () => void);
  };
  return {
    socket: { addEventListener: addEventListener as WebSocket['addEventListener'], send: socket.send.bind(socket) as WebSocket['send'] },
    deliver: (text) => receive?.({ data: text }),
  };
}
