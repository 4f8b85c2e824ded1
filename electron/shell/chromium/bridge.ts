import type { BrowserContext, Frame, Page } from 'playwright';
import type { BridgeCall, WindowName } from '../shell.ts';

/** The two functions that the preload exposes in Electron, and nothing else. */
interface Bridge {
  invoke(channel: string, input: unknown): Promise<unknown>;
  subscribe(channel: string, listener: (payload: unknown) => void): () => void;
}

type BridgeWindow = Window & {
  vinculo?: Bridge;
  vinculoCall: (channel: unknown, input: unknown) => Promise<unknown>;
  vinculoDeliver?: (channel: string, payload: unknown) => void;
};

/** Runs in the page before its own scripts; so it may refer to nothing outside itself. */
function installBridge(): void {
  const page = window as unknown as BridgeWindow;
  if (page.top !== page) return; // as in Electron, where the preload runs in main frames only
  const call = page.vinculoCall;
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  /** The last payload of a channel that nobody listens to yet: a new window is told where to go before it has drawn anything. */
  const waiting = new Map<string, unknown>();
  const bridge: Bridge = {
    invoke: (channel, input) => call(channel, input),
    subscribe(channel, listener) {
      const existing = listeners.get(channel) ?? new Set();
      listeners.set(channel, existing.add(listener));
      if (waiting.has(channel)) {
        const payload = waiting.get(channel);
        waiting.delete(channel);
        queueMicrotask(() => listener(payload));
      }
      return () => void existing.delete(listener);
    },
  };
  const deliver = (channel: string, payload: unknown): void => {
    const now = listeners.get(channel);
    if (now === undefined || now.size === 0) waiting.set(channel, payload);
    else for (const listener of now) listener(payload);
  };
  Object.defineProperty(page, 'vinculo', { value: Object.freeze(bridge) });
  Object.defineProperty(page, 'vinculoDeliver', { value: deliver });
}

export interface BridgeSource {
  /** Name of the window that a page belongs to; null for any other page. */
  windowOf(page: Page): WindowName | null;
  handle(call: BridgeCall): Promise<unknown>;
}

/** Installs the bridge in every page of the browser. Who called is taken from the browser, never from the page. */
export async function exposeBridge(context: BrowserContext, source: BridgeSource): Promise<void> {
  await context.exposeBinding('vinculoCall', async ({ page, frame }: { page: Page; frame: Frame }, channel: unknown, input: unknown) =>
    source.handle({
      channel,
      input,
      sender: { origin: originOf(frame.url()), isMainFrame: frame === page.mainFrame(), window: source.windowOf(page) },
    }));
  await context.addInitScript(installBridge);
}

/** Delivers to the page's subscribers. A page that is going away hears nothing, which is no error. */
export async function deliver(page: Page, channel: string, payload: unknown): Promise<void> {
  try {
    await page.evaluate(([name, value]) => (window as unknown as BridgeWindow).vinculoDeliver?.(name, value), [channel, payload] as const);
  } catch (error) {
    if (!page.isClosed() && !/navigation|context was destroyed/i.test(String(error))) throw error;
  }
}

function originOf(address: string): string {
  return URL.parse(address)?.origin ?? 'null';
}
