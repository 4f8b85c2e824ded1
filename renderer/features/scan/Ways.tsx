import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorView } from '../../api/use-error.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { IconArrowLeft, IconCamera, IconClipboard, IconPhoto, IconQrcode, IconScan } from '../../ui/icons.ts';
import { Notice } from '../../ui/Notice.tsx';
import type { ScanProblem } from './flow.ts';
import classes from './scan.module.css';
import type { Scan } from './use-scan.ts';

export interface WaysProps {
  readonly scan: Scan;
  readonly problem: ScanProblem | null;
  readonly onClose?: () => void;
}

/** The ways to a QR. What went wrong on one stands above them: the others are the way out. */
export function Ways({ scan, problem, onClose }: WaysProps) {
  const { t } = useTranslation('scan');
  const file = useRef<HTMLInputElement>(null);
  return (
    <>
      {onClose !== undefined && <h1 className={classes.windowTitle}>{t('title')}</h1>}
      {problem !== null && <Problem problem={problem} />}
      <div className={classes.drop}>
        <span className={classes.tile}><IconQrcode size={30} aria-hidden /></span>
        <p className={classes.dropTitle}>{t('drop.title')}</p>
        <p className={classes.dropText}>{t('drop.text')}</p>
        <div className={classes.buttons}>
          <Button size="md" leftSection={<IconScan size={18} aria-hidden />} onClick={() => void scan.readScreens()}>{t('way.screen')}</Button>
          <Button size="md" variant="default" leftSection={<IconCamera size={18} aria-hidden />} onClick={scan.useCamera}>{t('way.camera')}</Button>
          <Button size="md" variant="default" leftSection={<IconPhoto size={18} aria-hidden />} onClick={() => file.current?.click()}>{t('way.image')}</Button>
          <Button size="md" variant="default" leftSection={<IconClipboard size={18} aria-hidden />} onClick={() => void scan.readClipboard()}>{t('way.paste')}</Button>
        </div>
        <input
          ref={file} type="file" accept="image/*" hidden aria-hidden="true" tabIndex={-1} data-testid="qr-file"
          onChange={({ currentTarget }) => {
            const [picture] = currentTarget.files ?? [];
            if (picture !== undefined) void scan.readImage(picture);
            currentTarget.value = '';
          }}
        />
      </div>
      <p className={classes.hint}>{t('drop.hint')}</p>
      {onClose !== undefined && <div><Button variant="subtle" leftSection={<IconArrowLeft size={16} aria-hidden />} onClick={onClose}>{t('back')}</Button></div>}
    </>
  );
}

function Problem({ problem }: { readonly problem: ScanProblem }) {
  const { t } = useTranslation('scan');
  const error = useErrorView(problem.kind === 'error' ? problem.error : null);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => { place.current?.scrollIntoView({ block: 'nearest' }); }, [problem]); // a promise in new browsers
  const said = () => {
    switch (problem.kind) {
      case 'error': return <ErrorNotice error={error} />;
      case 'camera': return <Notice tone="amber" role="alert" title={t(`camera.${problem.problem}.title`)}>{t(`camera.${problem.problem}.text`)}</Notice>;
      case 'nothing': return <Notice tone="amber" role="alert" title={t(`nothing.${problem.way}.title`)}>{t(`nothing.${problem.way}.text`)}</Notice>;
      case 'not-a-picture': case 'clipboard-empty': case 'clipboard-refused': case 'invitation-elsewhere':
        return <Notice tone="amber" role="alert" title={t(`problem.${problem.kind}.title`)}>{t(`problem.${problem.kind}.text`)}</Notice>;
      default: return problem satisfies never;
    }
  };
  return <div ref={place}>{said()}</div>;
}
