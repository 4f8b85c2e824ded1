import { Button } from '@mantine/core';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnnounce } from '../../ui/Announcer.tsx';
import { IconArrowLeft } from '../../ui/icons.ts';
import { NativeSelect } from '../../ui/NativeSelect.tsx';
import { Spinner } from '../../ui/Spinner.tsx';
import type { Cameras } from './reader/camera.ts';
import type { CameraFailure, CameraProblem } from './reader/camera-problem.ts';
import classes from './scan.module.css';

export interface CameraViewProps {
  /** The first QR in front of the camera; the camera is off then. */
  readonly onText: (text: string) => void;
  readonly onProblem: (problem: CameraProblem) => void;
  readonly onClose: () => void;
}

/** The camera's picture until a QR is read. It is off when this leaves the screen. */
export function CameraView({ onText, onProblem, onClose }: CameraViewProps) {
  const { t } = useTranslation('scan');
  const announce = useAnnounce();
  const id = `camera-${useId().replace(/\W/g, '')}`;
  const [device, setDevice] = useState<string | null>(null);
  const [cameras, setCameras] = useState<Cameras | null>(null);
  const listener = useRef({ onText, onProblem });
  listener.current = { onText, onProblem };

  useEffect(() => {
    let over = false;
    let running: Cameras | null = null;
    const stop = () => {
      void running?.stop();
      running = null;
    };
    const begin = async () => {
      const { runCamera } = await import('./reader/camera.ts');
      if (over) return;
      running = await runCamera(id, device, {
        onText: (text) => {
          if (over) return;
          over = true;
          listener.current.onText(text);
        },
        onLost: () => listener.current.onProblem('lost'),
      });
      if (over) stop();
      else setCameras(running);
    };
    begin().catch((error: CameraFailure | Error) => {
      if (!over) listener.current.onProblem('problem' in error ? error.problem : 'failed');
    });
    return () => {
      over = true;
      setCameras(null);
      stop();
    };
  }, [id, device]);
  useEffect(() => {
    if (cameras !== null) announce(t('camera.running'));
  }, [cameras, announce, t]);

  return (
    <section className={classes.camera} aria-label={t('way.camera')}>
      <div className={classes.video} data-running={cameras !== null || undefined}>
        <div id={id} aria-hidden="true" />
        {cameras === null ? <p className={classes.starting} role="status"><Spinner />{t('camera.starting')}</p> : <span className={classes.frame} aria-hidden="true" />}
      </div>
      <p className={classes.hint}>{t('camera.hint')}</p>
      <div className={classes.foot}>
        <Button variant="subtle" leftSection={<IconArrowLeft size={16} aria-hidden />} onClick={onClose} autoFocus>{t('otherWay')}</Button>
        {cameras !== null && cameras.list.length > 1 && (
          <NativeSelect
            label={t('camera.choose')} value={cameras.current ?? ''} onChange={setDevice}
            options={cameras.list.map(({ id: value, label }, index) => ({ value, label: label === '' ? t('camera.numbered', { n: index + 1 }) : label }))}
          />
        )}
      </div>
    </section>
  );
}
