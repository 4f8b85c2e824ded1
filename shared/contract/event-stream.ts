import { z } from 'zod';
import { errorData } from './errors.ts';
import { deviceEvent, type DeviceEvent } from './events.ts';
import { compact, instant } from './primitives.ts';

/**
 * What goes over the one WebSocket between a device and the authority: a JSON object in each text frame. Ten thousand devices
 * keep one open each, so nothing lies between these messages and the socket (docs/decisions/0018).
 */
export const eventsPath = '/device/v1/events';

/** Bytes. The longest call is a token and its proof, the longest message an event that lists 200 rows (8 KiB). */
export const longestCall = 16_384;
export const longestMessage = 65_536;

/** Chosen by the device; the answer to a call carries it. */
const call = z.number().int().min(1).max(0x7fff_ffff);
/** Opaque to a device: it resumes after the last one it was told. */
const eventId = z.string().max(40);

/** What a device sends. */
export const streamCall = z.discriminatedUnion('type', [
  /** At the start and at each renewal; the socket is closed when the token expires. `proof`: DPoP, htm GET, htu the socket's https address. */
  z.object({ type: z.literal('authenticate'), call, accessToken: compact, proof: compact }),
  /** Events from now on, or what was missed since `lastEventId` first. A second subscription ends the one before. */
  z.object({ type: z.literal('subscribe'), call, lastEventId: eventId.optional() }),
]);
export type StreamCall = z.infer<typeof streamCall>;

/** What the authority sends. The errors are those of a device's call over HTTP. */
const streamMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('accepted'), call, /** Of the session. */ expiresAt: instant.optional() }),
  z.object({ type: z.literal('refused'), call, code: z.string().max(64), data: errorData.optional() }),
  z.object({ type: z.literal('event'), id: eventId.nullable(), event: z.looseObject({ type: z.string() }) }),
]);
export type StreamAnswer = Exclude<z.infer<typeof streamMessage>, { type: 'event' }>;
/** `event` null: of a newer authority, and not for this version. */
export type StreamMessage = StreamAnswer | { readonly type: 'event'; readonly id: string | null; readonly event: DeviceEvent | null };

/** Null: no call of ours, the connection ends. */
export function readCall(text: string): StreamCall | null {
  return streamCall.safeParse(parsed(text)).data ?? null;
}

/** Null: nothing that an authority sends. */
export function readMessage(text: string): StreamMessage | null {
  const message = streamMessage.safeParse(parsed(text)).data;
  if (message?.type !== 'event') return message ?? null;
  return { ...message, event: deviceEvent.safeParse(message.event).data ?? null };
}

export const writeCall = (what: StreamCall): string => JSON.stringify(what);
export const writeAnswer = (answer: StreamAnswer): string => JSON.stringify(answer);
/** @param id null for what is not numbered */
export const writeEvent = (id: string | null, event: DeviceEvent): string => JSON.stringify({ type: 'event', id, event } satisfies StreamMessage);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
