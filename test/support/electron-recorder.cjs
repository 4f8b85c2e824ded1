// Loaded by `electron -r` before the app: replaces what would act on the real desktop by a record of it, and keeps it in
// `globalThis.vinculoRecorder`, where launch-desktop-electron.ts reads it. The app itself has no test code.
const { app, desktopCapturer, dialog, nativeImage, Notification, powerMonitor, shell, Tray } = require('electron');
const { basename, join } = require('node:path');

/** @type {import('./launch-desktop-electron.ts').ElectronRecorder} */
const recorder = { tray: null, menu: null, notifications: [], notified: [], openedAddresses: [], savedFiles: [], idleSeconds: 0, screens: null };
globalThis.vinculoRecorder = recorder;

/** @returns {NonNullable<typeof recorder.tray>} */
const trayOf = () => (recorder.tray ??= { icon: 'idle', badge: null, tooltip: '', items: [] });
/** @param {unknown} file */
const iconOf = (file) => /** @type {import('../../electron/shell/shell.ts').TrayIcon} */ ( basename(String(file)).replace(/(-\w+)?(Template)?\.(png|ico)$/, ''));

const { setImage, setToolTip, setContextMenu } = Tray.prototype;
Tray.prototype.setImage = function (image) {
  trayOf().icon = iconOf(image);
  return setImage.call(this, image);
};
Tray.prototype.setToolTip = function (text) {
  trayOf().tooltip = text;
  return setToolTip.call(this, text);
};
Tray.prototype.setContextMenu = function (menu) {
  recorder.menu = /** @type {typeof recorder.menu} */ (/** @type {unknown} */ (menu));
  trayOf().items = (menu?.items ?? []).map((item) => ({ id: item.id, label: item.label, enabled: item.enabled, kind: item.type === 'separator' ? 'separator' : 'item' }));
  return setContextMenu.call(this, menu);
};
const { setBadgeCount } = app;
app.setBadgeCount = (count = 0) => {
  trayOf().badge = count === 0 ? null : count;
  return setBadgeCount.call(app, count);
};

Notification.isSupported = () => true;
Notification.prototype.show = function () {
  const model = { id: this.id, title: this.title, body: this.body, urgent: this.urgency === 'critical', actions: this.actions.map(({ text = '' }) => ({ id: text, label: text })) };
  recorder.notifications.push({ model, native: this });
  recorder.notified.push(model);
};
Notification.prototype.close = function () {
  recorder.notifications = recorder.notifications.filter(({ native }) => native !== this);
};

shell.openExternal = async (url) => void recorder.openedAddresses.push(url);
powerMonitor.getSystemIdleTime = () => recorder.idleSeconds;
dialog.showSaveDialog = async (/** @type {unknown[]} */ ...arguments_) => {
  const options = /** @type {import('electron').SaveDialogOptions} */ (arguments_.at(-1));
  const filePath = join(app.getPath('userData'), basename(options.defaultPath ?? 'archivo'));
  recorder.savedFiles.push(filePath);
  return { canceled: false, filePath };
};
const { getSources } = desktopCapturer;
/** @type {(options: import('electron').SourcesOptions) => Promise<any>} */
const recordedSources = async (options) =>
  recorder.screens === null
    ? getSources.call(desktopCapturer, options)
    : recorder.screens.map(({ name, png }) => ({ name, thumbnail: nativeImage.createFromBuffer(Buffer.from(png, 'base64')) }));
desktopCapturer.getSources = recordedSources;
