import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { groupCode } from '../../ui/format.ts';
import { IconArrowLeft, IconChevronRight, IconCloudOff, IconMailForward, IconShieldCheck } from '../../ui/icons.ts';
import type { OwnCode } from './choose-code.ts';
import classes from './scan.module.css';

export interface SeveralCodesProps {
  readonly codes: readonly OwnCode[];
  readonly onChoose: (text: string) => void;
  readonly onClose: () => void;
}

const looks = { approve: IconShieldCheck, offline: IconCloudOff, invitation: IconMailForward } as const;

/** More than one code that is ours was in the picture: the person says which. */
export function SeveralCodes({ codes, onChoose, onClose }: SeveralCodesProps) {
  const { t } = useTranslation('scan');
  return (
    <section className={classes.several} aria-label={t('several.title')}>
      <h2 className={classes.title}>{t('several.title')}</h2>
      <p>{t('several.text')}</p>
      <ul className={classes.codes}>
        {codes.map(({ text, read }, index) => {
          const Icon = looks[read.kind];
          return (
            <li key={text}>
              <button type="button" className={classes.code} autoFocus={index === 0} onClick={() => onChoose(text)}>
                <Icon size={20} aria-hidden />
                <span className={classes.codeText}>
                  {read.kind === 'approve' ? <><strong>{t('several.approve', { number: groupCode(read.number) })}</strong><span>{URL.parse(read.authority)?.host}</span></>
                    : read.kind === 'offline' ? <><strong>{t('several.offline')}</strong><span>{t('several.offlineText')}</span></>
                      : <><strong>{t('several.invitation')}</strong><span>{t('several.invitationText')}</span></>}
                </span>
                <IconChevronRight size={18} aria-hidden />
              </button>
            </li>
          );
        })}
      </ul>
      <div><Button variant="subtle" leftSection={<IconArrowLeft size={16} aria-hidden />} onClick={onClose}>{t('otherWay')}</Button></div>
    </section>
  );
}
