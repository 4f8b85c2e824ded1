import { Notification, type NotificationConstructorOptions } from 'electron';
import type { NotificationModel } from '../shell.ts';

export interface NotificationView {
  show(model: NotificationModel): void;
  withdraw(id: string): void;
}

/** Native options of a notification. An urgent one stays until the person answers. */
export function notificationOptions(model: NotificationModel): NotificationConstructorOptions {
  return {
    id: model.id,
    title: model.title,
    body: model.body,
    urgency: model.urgent ? 'critical' : 'normal',
    timeoutType: model.urgent ? 'never' : 'default',
    actions: model.actions.map(({ label }) => ({ type: 'button' as const, text: label })),
  };
}

/** @param onClick with the action's id, or null for the notification itself */
export function createNotificationView(onClick: (id: string, actionId: string | null) => void): NotificationView {
  const shown = new Map<string, Notification>();
  const withdraw = (id: string): void => {
    shown.get(id)?.close();
    shown.delete(id);
  };
  return {
    withdraw,
    show(model) {
      withdraw(model.id);
      if (!Notification.isSupported()) return; // the tray shows the number of pending requests all the same
      const notification = new Notification(notificationOptions(model));
      shown.set(model.id, notification); // a notification that nobody holds is collected, and its clicks with it
      notification.on('click', () => onClick(model.id, null));
      notification.on('action', (details) => onClick(model.id, model.actions[details.actionIndex]?.id ?? null));
      notification.on('close', () => {
        if (shown.get(model.id) === notification) shown.delete(model.id);
      });
      notification.show();
    },
  };
}
