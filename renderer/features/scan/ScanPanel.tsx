import { type ClipboardEvent, type DragEvent, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnnounce } from '../../ui/Announcer.tsx';
import { Spinner } from '../../ui/Spinner.tsx';
import { CameraView } from './CameraView.tsx';
import { OfflineAnswer } from './OfflineAnswer.tsx';
import { OfflineRequest } from './OfflineRequest.tsx';
import { ScreenPictures } from './ScreenPictures.tsx';
import { SeveralCodes } from './SeveralCodes.tsx';
import { type Scan, type ScanTargets, useScan } from './use-scan.ts';
import { Ways } from './Ways.tsx';
import classes from './scan.module.css';

export type ScanWay = 'camera' | 'screen';

export interface ScanPanelProps extends ScanTargets {
  /** Begins with it at once: the person has already chosen. */
  readonly way?: ScanWay | null;
  /** Leaves the scanner; there is nothing to leave where it is a screen of its own. */
  readonly onClose?: () => void;
}

/** All ways to a QR, what they found, and what a request without network needs. A code opens a screen and never decides (S24). */
export function ScanPanel({ way = null, onClose, ...targets }: ScanPanelProps) {
  const scan = useScan(targets);
  const { readScreens, useCamera } = scan;
  const [over, setOver] = useState(false);
  usePaste(scan);
  useEffect(() => {
    if (way === 'screen') void readScreens();
    if (way === 'camera') useCamera();
    // Once, for the way that the address names.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [way]);
  const drag = (event: DragEvent) => {
    event.preventDefault();
    setOver(event.type === 'dragover');
    if (event.type === 'drop') scan.readData(event.dataTransfer);
  };
  return (
    <div className={classes.panel} data-over={over || undefined} data-step={scan.state.step} onDragOver={drag} onDragLeave={drag} onDrop={drag}>
      <Step scan={scan} {...(onClose === undefined ? {} : { onClose })} />
    </div>
  );
}

function Step({ scan, onClose }: { readonly scan: Scan; readonly onClose?: () => void }) {
  const { t } = useTranslation('scan');
  const { state } = scan;
  switch (state.step) {
    case 'choose': return <Ways scan={scan} problem={state.problem} {...(onClose === undefined ? {} : { onClose })} />;
    case 'looking': return <Busy text={t(`looking.${state.way}`)} />;
    case 'opening': return <Busy text={t('opening')} />;
    case 'camera': return <CameraView onText={(text) => void scan.open(text)} onProblem={scan.cameraFailed} onClose={scan.again} />;
    case 'pictures': return <ScreenPictures pictures={state.pictures} again={state.again} onMark={(picture, box) => void scan.readMarked(picture, box)} onRetry={() => void scan.readScreens()} onClose={scan.again} />;
    case 'several': return <SeveralCodes codes={state.codes} onChoose={(text) => void scan.open(text)} onClose={scan.again} />;
    case 'offline': return <OfflineRequest approval={state.approval} onAnswer={(answer) => scan.answered(state.approval, answer)} onClose={scan.again} />;
    case 'answer': return <OfflineAnswer approval={state.approval} answer={state.answer} expiresAt={state.expiresAt} onClose={onClose ?? scan.again} />;
    default: return state satisfies never;
  }
}

function Busy({ text }: { readonly text: string }) {
  const announce = useAnnounce();
  useEffect(() => announce(text), [announce, text]);
  return <p className={classes.busy}><Spinner />{text}</p>;
}

/** Ctrl+V anywhere on the screen, but not what is pasted into a field. */
function usePaste(scan: Scan): void {
  const { readData, state: { step } } = scan;
  const paste = useCallback((event: Event) => {
    const { target, clipboardData } = event as unknown as ClipboardEvent;
    if (target instanceof HTMLInputElement || step === 'offline' || step === 'answer') return;
    event.preventDefault();
    readData(clipboardData);
  }, [readData, step]);
  useEffect(() => {
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, [paste]);
}
