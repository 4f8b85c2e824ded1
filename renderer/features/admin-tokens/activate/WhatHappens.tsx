import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TokenState } from '../../../../shared/domain/token-states.ts';
import { HardwareBadge } from '../../../ui/action/ActionRows.tsx';
import { Badge } from '../../../ui/Badge.tsx';
import { BeforeAfter } from '../../../ui/BeforeAfter.tsx';
import { IconCircleCheck, IconCircleOff, IconDeviceLaptop, IconDeviceMobile, IconHourglass } from '../../../ui/icons.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import classes from './Activate.module.css';
import type { Gate } from './PersonStep.tsx';

export interface WhatHappensProps {
  readonly gate: Gate;
  readonly state: TokenState;
  readonly name: string;
}

/** Both tokens before → after. They change in one moment, never one without the other. */
export function WhatHappens({ gate, state, name }: WhatHappensProps) {
  const { t } = useTranslation(['adminTokens', 'admin']);
  const hardware = gate.hardwareToken;
  const switchesOff = hardware !== null && hardware.on;
  return (
    <section className={classes.half}>
      <h3 className={classes.halfTitle}>{t('activate.whatHappens')}</h3>
      {gate.replacement
        ? (
          <>
            <Change icon={<IconDeviceLaptop size={16} aria-hidden />} title={t('activate.newDevice')} serial={gate.serial}>
              <BeforeAfter before={<Badge tone="amber" icon={<IconHourglass aria-hidden />}>{t('activate.newDeviceBefore')}</Badge>} after={<StatusBadge state="active" />} />
            </Change>
            <Change icon={<IconDeviceLaptop size={16} aria-hidden />} title={t('activate.oldDevice')} serial={null}>
              <BeforeAfter before={<Badge tone="ok" icon={<IconCircleCheck aria-hidden />}>{t('activate.oldDeviceBefore')}</Badge>} after={<Badge tone="neutral" icon={<IconCircleOff aria-hidden />}>{t('activate.oldDeviceAfter')}</Badge>} />
            </Change>
          </>
        )
        : (
          <Change icon={<IconDeviceLaptop size={16} aria-hidden />} title={t('admin:virtual.title')} serial={gate.serial}>
            <BeforeAfter before={<StatusBadge state={state} />} after={<StatusBadge state="active" />} />
          </Change>
        )}
      {switchesOff && (
        <Change icon={<IconDeviceMobile size={16} aria-hidden />} title={t('admin:hardware.title')} serial={hardware.serial}>
          <BeforeAfter before={<HardwareBadge state="on" />} after={<HardwareBadge state="off" />} />
        </Change>
      )}
      <p className={classes.note}>{gate.replacement ? t('activate.replacement') : switchesOff ? t('activate.both', { name }) : t('activate.virtualOnly', { name })}</p>
      {gate.needsSecondAdmin && <Notice tone="amber" title={`${t('activate.needsSecond')}.`}>{t('activate.needsSecondText')}</Notice>}
    </section>
  );
}

function Change({ icon, title, serial, children }: { readonly icon: ReactNode; readonly title: string; readonly serial: string | null; readonly children: ReactNode }) {
  return (
    <div className={classes.change}>
      <p className={classes.changeHead}>{icon}<strong>{title}</strong>{serial !== null && <span className={`${classes.changeSerial} serial`}>{serial}</span>}</p>
      {children}
    </div>
  );
}
