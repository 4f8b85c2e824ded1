import { isErrorCode, VinculoError } from '../../../shared/contract/errors.ts';
import type { IpcAnswer } from '../../../shared/contract/ipc.ts';
import type { BridgeCall, WindowName } from '../../shell/shell.ts';
import type { Log, RandomBytes } from '../runtime.ts';
import { channels, type Channel } from './channels.ts';

export interface DoorParts {
  /** The only origin that may call. */
  readonly origin: string;
  readonly isWindowOpen: (window: WindowName) => boolean;
  readonly handle: (channel: Channel, input: unknown, window: WindowName) => unknown;
  readonly log: Log;
  readonly random: RandomBytes;
}

/**
 * The one door between a window and the main process: sender, channel, input, handler, answer. It never throws, it answers
 * with a code of the closed list, and what it answers has passed the contract's schema, so nothing rides along (S23).
 */
export function createDoor(parts: DoorParts): (call: BridgeCall) => Promise<IpcAnswer<unknown>> {
  return async (call) => {
    try {
      const window = knownSender(parts, call);
      const channel = knownChannel(call.channel);
      const input = parsed(channel.input, call.input);
      const answer: unknown = await parts.handle(channel, input, window);
      return { ok: true, data: channel.output === null ? null : channel.output.parse(answer) };
    } catch (error) {
      return { ok: false, error: refusal(parts, call, error) };
    }
  };
}

/** Main frame of our own origin, in a window that this process opened. */
function knownSender({ origin, isWindowOpen }: DoorParts, { sender }: BridgeCall): WindowName {
  if (sender.origin !== origin || !sender.isMainFrame || sender.window === null || !isWindowOpen(sender.window)) throw new VinculoError('SENDER_REFUSED');
  return sender.window;
}

function knownChannel(name: unknown): Channel {
  const channel = typeof name === 'string' ? channels.get(name) : undefined;
  if (channel === undefined) throw new VinculoError('CHANNEL_UNKNOWN');
  return channel;
}

function parsed(schema: Channel['input'], input: unknown): unknown {
  if (schema === null) return undefined;
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const code = issue?.message === 'DISPLAY_TEXT_REFUSED' ? 'DISPLAY_TEXT_REFUSED' : 'INPUT_INVALID';
  throw new VinculoError(code, issue === undefined || issue.path.length === 0 ? {} : { field: issue.path.join('.') });
}

/** The public half of an error; the diagnostic half goes to the log under a reference. */
function refusal({ log, random }: DoorParts, call: BridgeCall, error: unknown): { code: VinculoError['code']; data: VinculoError['data'] } {
  const channel = typeof call.channel === 'string' ? call.channel.slice(0, 60) : '(not a text)';
  if (error instanceof VinculoError && isErrorCode(error.code)) {
    log.info({ channel, code: error.code }, 'call refused');
    return { code: error.code, data: error.data };
  }
  const reference = random(5).toString('hex').toUpperCase();
  log.error({ channel, reference, cause: error instanceof Error ? error.stack : String(error) }, 'call failed');
  return { code: 'INTERNAL', data: { reference } };
}
