import { contextBridge, ipcRenderer } from 'electron';
import { INVOKE_WIRE, PUBLISH_WIRE } from './channels.ts';

type Listener = (payload: unknown) => void;

const listeners = new Map<string, Set<Listener>>();
/** The last payload of a channel that nobody listens to yet: a new window is told where to go before it has drawn anything. */
const waiting = new Map<string, unknown>();

ipcRenderer.on(PUBLISH_WIRE, (_event, channel: string, payload: unknown) => {
  const now = listeners.get(channel);
  if (now === undefined || now.size === 0) waiting.set(channel, payload);
  else for (const listener of now) listener(payload);
});

/** The fixed bridge. No Electron object passes it, not even the event (checklist, item 20). */
contextBridge.exposeInMainWorld('vinculo', {
  invoke: (channel: unknown, input: unknown): Promise<unknown> => ipcRenderer.invoke(INVOKE_WIRE, channel, input),
  subscribe(channel: string, listener: Listener): () => void {
    const existing = listeners.get(channel) ?? new Set<Listener>();
    listeners.set(channel, existing.add(listener));
    if (waiting.has(channel)) {
      const payload = waiting.get(channel);
      waiting.delete(channel);
      queueMicrotask(() => listener(payload));
    }
    return () => void existing.delete(listener);
  },
});
