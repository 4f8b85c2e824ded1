import type { BrowserContext } from 'playwright';
import type { ChromiumShell } from './chromium-shell.ts';

/**
 * What a test may ask of a running desktop, over the channel that Node gives a forked child. Pages are driven by
 * Playwright itself, which attaches to the same browser over a named pipe: no port, and no second way into the app.
 */
export type DriverRequest =
  | { readonly command: 'recorded' }
  | { readonly command: 'clickTray'; readonly itemId: string }
  | { readonly command: 'clickNotification'; readonly notificationId: string; readonly actionLabel: string | null }
  | { readonly command: 'openLink'; readonly url: string }
  | { readonly command: 'activate' }
  | { readonly command: 'setIdle'; readonly seconds: number }
  | { readonly command: 'setScreens'; readonly screens: readonly { readonly name: string; readonly png: string }[] | null }
  | { readonly command: 'readClipboard' }
  | { readonly command: 'quit' };

type Envelope = { readonly id: number } & DriverRequest;

/** Attaches the driver if a parent with a channel asked for it; answers whether it did. */
export async function attachTestDriver(shell: ChromiumShell, context: BrowserContext): Promise<void> {
  const send = process.send?.bind(process);
  if (send === undefined) return;
  const browser = context.browser();
  if (browser === null) throw new Error('This Playwright gives no browser for a persistent context.');
  const { endpoint } = await browser.bind('vinculo');
  process.on('message', (message: Envelope) => {
    run(shell, message).then(
      (value) => send({ id: message.id, value }),
      (error: unknown) => send({ id: message.id, error: String(error) }),
    );
  });
  process.once('disconnect', () => shell.emit({ type: 'quit' }));
  send({ endpoint });
}

async function run(shell: ChromiumShell, request: DriverRequest): Promise<unknown> {
  switch (request.command) {
    case 'recorded': return shell.recorder;
    case 'clickTray': return clickTray(shell, request.itemId);
    case 'clickNotification': return clickNotification(shell, request.notificationId, request.actionLabel);
    case 'openLink': return shell.emit({ type: 'link', url: request.url });
    case 'activate': return shell.emit({ type: 'activate' });
    case 'setIdle': shell.recorder.idleSeconds = request.seconds; return undefined;
    case 'setScreens':
      shell.recorder.screens = request.screens?.map(({ name, png }) => ({ name, png: Buffer.from(png, 'base64') })) ?? null;
      return undefined;
    case 'readClipboard': return shell.readClipboard();
    case 'quit': return shell.emit({ type: 'quit' });
  }
}

/** Like a person, a test can click only what is there and enabled. */
function clickTray(shell: ChromiumShell, itemId: string): void {
  const item = shell.recorder.tray?.items.find(({ id }) => id === itemId);
  if (item === undefined || !item.enabled) throw new Error(`The tray has no enabled item "${itemId}".`);
  shell.emit({ type: 'tray', itemId });
}

function clickNotification(shell: ChromiumShell, id: string, label: string | null): void {
  const shown = shell.recorder.notifications.find((model) => model.id === id);
  if (shown === undefined) throw new Error(`There is no notification "${id}" on screen.`);
  const action = shown.actions.find((candidate) => candidate.label === label);
  if (label !== null && action === undefined) throw new Error(`Notification "${id}" has no action "${label}".`);
  shell.withdrawNotification(id);
  shell.emit({ type: 'notification', id, actionId: action?.id ?? null });
}
