import type { Shell, WindowName, WindowRequest } from '../../shell/shell.ts';

const main: WindowRequest = { name: 'main', route: '/', title: 'Vínculo', width: 1280, height: 800, minWidth: 720, minHeight: 560, resizable: true, alwaysOnTop: false };
/** Small, above the others: a person decides from the tray or a notification without opening the main window. */
const approval: WindowRequest = { name: 'approval', route: '/#/approval', title: 'Vínculo', width: 420, height: 640, minWidth: 420, minHeight: 560, resizable: false, alwaysOnTop: true };

export class Windows {
  readonly #shell: Shell;

  constructor(shell: Shell) {
    this.#shell = shell;
  }

  /** Opens it, or brings it to the front. */
  openMain(): Promise<void> {
    return this.#shell.openWindow(main);
  }

  openApproval(): Promise<void> {
    return this.#shell.openWindow(approval);
  }

  /** Shows a screen of the main window, already open or not. `text`: what a link brought, to be looked at and not acted on. */
  async show(route: string, text?: string): Promise<void> {
    await this.openMain();
    this.#shell.publish('navigate', text === undefined ? { route } : { route, text });
  }

  async closeApproval(): Promise<void> {
    if (this.#shell.isWindowOpen('approval')) await this.#shell.closeWindow('approval');
  }

  close(name: WindowName): Promise<void> {
    return this.#shell.closeWindow(name);
  }

  minimise(name: WindowName): void {
    this.#shell.minimiseWindow(name);
  }

  toggleMaximise(name: WindowName): void {
    this.#shell.toggleMaximiseWindow(name);
  }
}
