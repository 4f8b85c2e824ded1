import './qr-reader.ts'; // sets the detector before html5-qrcode is constructed
import { Html5Qrcode, Html5QrcodeSupportedFormats } from 'html5-qrcode';
import { CameraFailure, problemOf } from './camera-problem.ts';

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
    await reader.start(deviceId ?? { facingMode: 'environment' }, { fps: framesPerSecond, disableFlip: true }, (text) => onText(text), undefined);
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
    },
  };
}
