import { contextBridge, ipcRenderer } from 'electron';
import { INVOKE_WIRE, PUBLISH_WIRE } from './channels.ts';

type Listener = (payload: unknown) => void;

const listeners = new Map<string, Set<Listener>>();

ipcRenderer.on(PUBLISH_WIRE, (_event, channel: string, payload: unknown) => {
  for (const listener of listeners.get(channel) ?? []) listener(payload);
});

/** The fixed bridge. No Electron object passes it, not even the event (checklist, item 20). */
contextBridge.exposeInMainWorld('vinculo', {
  invoke: (channel: unknown, input: unknown): Promise<unknown> => ipcRenderer.invoke(INVOKE_WIRE, channel, input),
  subscribe(channel: string, listener: Listener): () => void {
    const existing = listeners.get(channel) ?? new Set<Listener>();
    listeners.set(channel, existing.add(listener));
    return () => void existing.delete(listener);
  },
});
