import { Html5Qrcode, Html5QrcodeSupportedFormats } from 'html5-qrcode';
import { CameraFailure, problemOf } from './camera-problem.ts';
import { type Box, forgetFrames, readFrame } from './qr-reader.ts';

/**
 * What html5-qrcode asks of the browser's `BarcodeDetector`: our reader, which reads more codes than its own. It takes the one
 * it finds under this name when it is constructed. What it hands over has the size of the picture on the screen; read are the
 * camera's own pixels, or the small modules of an offline request are gone.
 */
class CameraDetector {
  async detect(shown: HTMLCanvasElement): Promise<{ readonly rawValue: string; readonly format: 'qr_code'; readonly boundingBox: Box }[]> {
    const codes = await readFrame(shown.parentElement?.querySelector('video') ?? shown);
    return codes.map(({ text, box }) => ({ rawValue: text, format: 'qr_code', boundingBox: box }));
  }
}
Object.assign(globalThis, { BarcodeDetector: CameraDetector });

/** A camera that can shall give this much: without a word it gives 640x480, too little for a dense code. */
const frame = { width: { ideal: 1280 }, height: { ideal: 720 } };

export interface Cameras {
  readonly list: readonly { readonly id: string; readonly label: string }[];
  /** Of the one that runs. */
  readonly current: string | null;
  readonly stop: () => Promise<void>;
}

export interface CameraListener {
  readonly onText: (text: string) => void;
  readonly onLost: () => void;
}

/** Frames looked at in a second: a QR held still is read at once, and the fan stays off. */
const framesPerSecond = 8;

/**
 * Runs a camera in an element of the page until `stop`. The permission is asked here, when the person chose the camera.
 * @param deviceId null: the one that the system would take
 * @throws CameraFailure
 */
export async function runCamera(elementId: string, deviceId: string | null, { onText, onLost }: CameraListener): Promise<Cameras> {
  const reader = new Html5Qrcode(elementId, {
    formatsToSupport: [Html5QrcodeSupportedFormats.QR_CODE], experimentalFeatures: { useBarCodeDetectorIfSupported: true }, verbose: false,
  });
  try {
    const camera = deviceId === null ? { facingMode: 'environment' } : { deviceId: { exact: deviceId } };
    await reader.start(camera, { fps: framesPerSecond, disableFlip: true, videoConstraints: { ...camera, ...frame } }, (text) => onText(text), undefined);
  } catch (error) {
    reader.clear();
    throw new CameraFailure(problemOf(error));
  }
  const stream = document.querySelector<HTMLVideoElement>(`#${elementId} video`)?.srcObject;
  const track = stream instanceof MediaStream ? stream.getVideoTracks()[0] : undefined;
  track?.addEventListener('ended', onLost);
  const devices = await navigator.mediaDevices.enumerateDevices().catch(() => []);
  return {
    list: devices.filter(({ kind, deviceId: id }) => kind === 'videoinput' && id !== '').map(({ deviceId: id, label }) => ({ id, label })),
    current: track?.getSettings().deviceId ?? null,
    stop: async () => {
      track?.removeEventListener('ended', onLost);
      await reader.stop().catch(() => undefined); // it had stopped by itself
      reader.clear();
      forgetFrames();
    },
  };
}
