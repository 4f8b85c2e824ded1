import type { NotificationModel, ScreenImage, TrayModel } from '../shell.ts';

/** What the app drew outside its windows; a test reads it and "clicks" it. */
export interface Recorder {
  tray: TrayModel | null;
  /** Notifications on screen, oldest first; one id at most once. */
  readonly notifications: NotificationModel[];
  /** Every notification ever shown, for tests that come later than the notification went. */
  readonly notified: NotificationModel[];
  /** Addresses handed to the person's browser. */
  readonly openedAddresses: string[];
  /** Files saved by the person, absolute paths. */
  readonly savedFiles: string[];
  idleSeconds: number;
  /** What a screen capture returns; null: pictures of the app's own windows. */
  screens: ScreenImage[] | null;
}

export function createRecorder(): Recorder {
  return { tray: null, notifications: [], notified: [], openedAddresses: [], savedFiles: [], idleSeconds: 0, screens: null };
}

export function showNotification(recorder: Recorder, model: NotificationModel): void {
  removeNotification(recorder, model.id);
  recorder.notifications.push(model);
  recorder.notified.push(model);
}

export function removeNotification(recorder: Recorder, id: string): void {
  const index = recorder.notifications.findIndex((shown) => shown.id === id);
  if (index !== -1) recorder.notifications.splice(index, 1);
}
