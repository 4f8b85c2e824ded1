import { IconArrowsExchange, IconCircleCheck, IconClock, IconDeviceMobileOff, IconLock, IconLockOpen, IconSend, IconTrash, IconUserOff, IconX } from '../../ui/icons.ts';
import type { RowActionKind } from './row-actions.ts';

/** Icon of each action; its name stands beside it always. */
export const actionIcons: Record<RowActionKind, typeof IconLock> = {
  activate: IconCircleCheck,
  unblock: IconLockOpen,
  resend: IconSend,
  block: IconLock,
  temporaryCode: IconClock,
  replaceDevice: IconArrowsExchange,
  reject: IconX,
  unassign: IconUserOff,
  hardwareTokenLost: IconDeviceMobileOff,
  revoke: IconTrash,
};
