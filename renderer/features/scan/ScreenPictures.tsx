import { Button } from '@mantine/core';
import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconArrowLeft, IconRefresh } from '../../ui/icons.ts';
import { Notice } from '../../ui/Notice.tsx';
import type { ScreenPicture } from './flow.ts';
import type { Box } from './reader/qr-reader.ts';
import classes from './scan.module.css';

export interface ScreenPicturesProps {
  readonly pictures: readonly ScreenPicture[];
  /** A marked region held nothing either. */
  readonly again: boolean;
  readonly onMark: (picture: ScreenPicture, box: Box) => void;
  readonly onRetry: () => void;
  readonly onClose: () => void;
}

/** What was captured, when no QR was found on it: the person draws a box around the code, or captures again. */
export function ScreenPictures({ pictures, again, onMark, onRetry, onClose }: ScreenPicturesProps) {
  const { t } = useTranslation('scan');
  const head = useRef<HTMLDivElement>(null);
  useEffect(() => { head.current?.scrollIntoView({ block: 'nearest' }); }, [again]);
  return (
    <section className={classes.pictures} aria-label={t('pictures.label')}>
      <div ref={head}><Notice key={String(again)} tone="amber" role="alert" title={t(again ? 'pictures.againTitle' : 'pictures.title')}>{t(again ? 'pictures.againText' : 'pictures.text')}</Notice></div>
      <div className={classes.foot}>
        <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} onClick={onRetry} autoFocus>{t('pictures.retry')}</Button>
        <Button variant="subtle" leftSection={<IconArrowLeft size={16} aria-hidden />} onClick={onClose}>{t('otherWay')}</Button>
      </div>
      {pictures.map((picture) => <Marked key={picture.address} picture={picture} onMark={(box) => onMark(picture, box)} />)}
    </section>
  );
}

interface Drag { readonly fromX: number; readonly fromY: number; readonly toX: number; readonly toY: number }

/** Smaller than this on the screen is a click, not a box. */
const smallest = 12;

function Marked({ picture, onMark }: { readonly picture: ScreenPicture; readonly onMark: (box: Box) => void }) {
  const { t } = useTranslation('scan');
  const [drag, setDrag] = useState<Drag | null>(null);
  const at = (event: PointerEvent<HTMLElement>) => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    return { x: Math.min(Math.max(event.clientX - left, 0), width), y: Math.min(Math.max(event.clientY - top, 0), height) };
  };
  const end = (event: PointerEvent<HTMLElement>) => {
    if (drag === null) return;
    setDrag(null);
    const box = boxOf(drag);
    if (box.width < smallest || box.height < smallest) return;
    const scale = picture.bitmap.width / event.currentTarget.getBoundingClientRect().width;
    onMark({ x: Math.round(box.x * scale), y: Math.round(box.y * scale), width: Math.round(box.width * scale), height: Math.round(box.height * scale) });
  };
  return (
    <figure className={classes.picture}>
      <div
        className={classes.area}
        onPointerDown={(event) => { const { x, y } = at(event); event.currentTarget.setPointerCapture(event.pointerId); setDrag({ fromX: x, fromY: y, toX: x, toY: y }); }}
        onPointerMove={(event) => { if (drag !== null) { const { x, y } = at(event); setDrag({ ...drag, toX: x, toY: y }); } }}
        onPointerUp={end} onPointerCancel={() => setDrag(null)}
      >
        <img src={picture.address} alt={t('pictures.of', { name: picture.name })} draggable={false} />
        {drag !== null && <Selection box={boxOf(drag)} />}
      </div>
      <figcaption className={classes.hint}>{picture.name}</figcaption>
    </figure>
  );
}

function Selection({ box }: { readonly box: Box }) {
  return <span className={classes.selection} style={{ left: box.x, top: box.y, width: box.width, height: box.height }} aria-hidden="true" />;
}

const boxOf = ({ fromX, fromY, toX, toY }: Drag): Box => ({ x: Math.min(fromX, toX), y: Math.min(fromY, toY), width: Math.abs(toX - fromX), height: Math.abs(toY - fromY) });
