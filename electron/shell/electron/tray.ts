import { app, Menu, Tray, type MenuItemConstructorOptions } from 'electron';
import { join } from 'node:path';
import type { TrayModel } from '../shell.ts';

/** Draws tray models. The icons differ in shape, not only in colour. */
export interface TrayView {
  draw(model: TrayModel): void;
}

/**
 * File of an icon. On macOS it is a template that the system recolours with the menu bar, and the number stands beside
 * it; elsewhere the number is drawn, up to nine. Windows wants its own format.
 */
export function trayIconFile(folder: string, { icon, badge }: Pick<TrayModel, 'icon' | 'badge'>, platform: NodeJS.Platform): string {
  if (platform === 'darwin') return join(folder, `${icon}Template.png`);
  const number = badge === null || badge > 9 ? 'more' : Math.max(1, badge);
  return join(folder, `${icon === 'pending' ? `pending-${number}` : icon}.${platform === 'win32' ? 'ico' : 'png'}`);
}

/** Items of the native menu, in the model's order. */
export function menuTemplate(model: TrayModel, onClick: (itemId: string) => void): MenuItemConstructorOptions[] {
  return model.items.map((item) =>
    item.kind === 'separator'
      ? { id: item.id, type: 'separator' as const }
      : { id: item.id, label: item.label, enabled: item.enabled, click: () => onClick(item.id) });
}

/** The icon appears with the first model. A click on it is a click on the app: the window comes to the front. */
export function createTrayView(iconFolder: string, onItem: (itemId: string) => void, onActivate: () => void): TrayView {
  let tray: Tray | null = null;
  return {
    draw(model) {
      const file = trayIconFile(iconFolder, model, process.platform);
      if (tray === null) {
        tray = new Tray(file);
        tray.on('click', onActivate);
      } else {
        tray.setImage(file);
      }
      tray.setToolTip(model.tooltip);
      tray.setContextMenu(Menu.buildFromTemplate(menuTemplate(model, onItem)));
      if (process.platform === 'darwin') tray.setTitle(model.badge === null ? '' : String(model.badge));
      app.setBadgeCount(model.badge ?? 0);
    },
  };
}
