import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import {
  IconArrowsExchange, IconBuilding, IconCash, IconCircle, IconCircleCheck, IconClipboardText, IconClockX, IconDeviceLaptop, IconDeviceMobileOff, IconFingerprint, IconFlag, IconHourglass, IconKey,
  IconLock, IconLockOpen, IconLogin2, IconMailForward, IconNumbers, IconPencil, IconSend, IconShieldCheck, IconTrash, IconUserCheck, IconUserOff, IconUserPlus, IconX,
} from '../icons.ts';

export type EventTone = 'ok' | 'info' | 'amber' | 'red' | 'neutral';
interface EventLook { readonly tone: EventTone; readonly Icon: typeof IconLock }

const look = (tone: EventTone, Icon: typeof IconLock): EventLook => ({ tone, Icon });

/** Looks by the event's code; a group's own look where the single event has none. */
const looks: Readonly<Record<string, EventLook>> = {
  'token': look('neutral', IconCircle),
  'token.assign': look('info', IconMailForward),
  'token.resendInvitation': look('info', IconSend),
  'token.bind': look('amber', IconHourglass),
  'token.bindReplacement': look('amber', IconHourglass),
  'token.activate': look('ok', IconCircleCheck),
  'token.activateReplacement': look('ok', IconCircleCheck),
  'token.block': look('red', IconLock),
  'token.blockOnDeactivation': look('red', IconLock),
  'token.unblock': look('ok', IconLockOpen),
  'token.report': look('red', IconFlag),
  'token.reject': look('neutral', IconX),
  'token.rejectReplacement': look('neutral', IconX),
  'token.replaceDevicePlanned': look('info', IconArrowsExchange),
  'token.replaceDeviceLost': look('red', IconArrowsExchange),
  'token.revoke': look('red', IconTrash),
  'user': look('neutral', IconPencil),
  'user.add': look('info', IconUserPlus),
  'user.deactivate': look('red', IconUserOff),
  'user.reactivate': look('ok', IconUserCheck),
  'user.temporaryCode': look('info', IconKey),
  'user.temporaryCodeShown': look('info', IconKey),
  'code': look('neutral', IconKey),
  'code.accepted': look('ok', IconKey),
  'code.refused': look('red', IconKey),
  'code.unlocked': look('ok', IconLockOpen),
  'user.passwordLink': look('info', IconKey),
  'user.passwordSet': look('neutral', IconKey),
  'user.passwordChanged': look('neutral', IconKey),
  'user.passwordWrong': look('red', IconKey),
  'hardware': look('neutral', IconDeviceMobileOff),
  'action': look('neutral', IconClipboardText),
  'action.request': look('neutral', IconClipboardText),
  'action.expired': look('neutral', IconClockX),
  'approval': look('neutral', IconShieldCheck),
  'approval.approved': look('ok', IconShieldCheck),
  'approval.denied': look('neutral', IconX),
  'approval.reported': look('red', IconFlag),
  'approval.expired': look('neutral', IconClockX),
  'approval.numberWrong': look('amber', IconNumbers),
  'approval.numberExhausted': look('red', IconNumbers),
  'approval.answerWrong': look('amber', IconNumbers),
  'login': look('neutral', IconLogin2),
  'login.requested': look('info', IconLogin2),
  'login.slowedDown': look('red', IconLogin2),
  'login.expired': look('neutral', IconClockX),
  'login.answerExhausted': look('red', IconNumbers),
  'transaction': look('neutral', IconCash),
  'transaction.requested': look('info', IconCash),
  'transaction.slowedDown': look('red', IconCash),
  'transaction.expired': look('neutral', IconClockX),
  'transaction.answerExhausted': look('red', IconNumbers),
  'password': look('neutral', IconKey),
  'password.refused': look('red', IconKey),
  'portal': look('neutral', IconBuilding),
  'invitation': look('neutral', IconClockX),
  'binding': look('neutral', IconDeviceLaptop),
  'device': look('neutral', IconDeviceLaptop),
  'activation': look('neutral', IconFingerprint),
  'activation.wordsWrong': look('red', IconFingerprint),
  'issuer': look('amber', IconMailForward),
  'pin': look('neutral', IconKey),
  'pin.destroyed': look('red', IconKey),
};
const unknown = look('neutral', IconCircle);

export const eventLook = (event: string): EventLook => looks[event] ?? looks[event.split('.')[0] ?? ''] ?? unknown;

/** Name of an event in the person's language; a code without a name is shown as it is. */
export function useEventText(): (event: string) => string {
  const { t, i18n } = useTranslation('admin');
  return useCallback((event) => {
    const key = `event.${event}`;
    return i18n.exists(key, { ns: 'admin' }) ? String(t(key as 'event.token.assign')) : event;
  }, [t, i18n]);
}

export interface ShownActor { readonly kind: 'admin' | 'user' | 'issuer' | 'authority'; readonly name: string }

/** Who did it, as the screens name him. */
export function useActorText(): (actor: ShownActor) => string {
  const { t } = useTranslation('admin');
  return useCallback((actor) => {
    if (actor.kind === 'authority') return t('actor.authority');
    if (actor.kind === 'issuer') return actor.name === '' ? t('actor.issuer') : t('actor.issuerNamed', { name: actor.name });
    return actor.name === '' ? t('actor.unknown') : actor.name;
  }, [t]);
}
