import { BarcodeDetector, prepareZXingModule } from 'barcode-detector/ponyfill';
import wasmAddress from 'zxing-wasm/reader/zxing_reader.wasm?url';

/**
 * The QR decoder: zxing-wasm behind the interface of BarcodeDetector. Its wasm is a file of the app; nothing is fetched from
 * elsewhere. Loaded when the first picture is read, never with the first screen.
 */
prepareZXingModule({ overrides: { locateFile: (path: string, prefix: string) => (path.endsWith('.wasm') ? wasmAddress : prefix + path) } });
// html5-qrcode takes the detector it finds here when it is constructed; its own reads fewer codes.
Object.assign(globalThis, { BarcodeDetector });

/** A QR in a picture; the box in pixels of the picture. */
export interface FoundCode {
  readonly text: string;
  readonly box: Box;
}
export interface Box { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

type Picture = Blob | ImageBitmap | HTMLCanvasElement;

let detector: BarcodeDetector | null = null;

/** Every QR of a picture, each text once. @throws TypeError or DOMException when it is not a picture */
export async function readCodes(picture: Picture): Promise<FoundCode[]> {
  detector ??= new BarcodeDetector({ formats: ['qr_code'] });
  const found = await detector.detect(picture);
  const codes = found.map(({ rawValue, boundingBox: { x, y, width, height } }) => ({ text: rawValue, box: { x, y, width, height } }));
  return codes.filter(({ text }, index) => text !== '' && codes.findIndex((other) => other.text === text) === index);
}

/** Side of the parts in which a picture is looked at again, in pixels; each overlaps its neighbour by half. */
const partSide = 900;

/** A code that is small on a large screen is found in its part, drawn twice as large. */
export async function readCodesClosely(bitmap: ImageBitmap): Promise<FoundCode[]> {
  const whole = await readCodes(bitmap);
  if (whole.length > 0) return whole;
  for (const box of partsOf(bitmap)) {
    const codes = await readRegion(bitmap, box);
    if (codes.length > 0) return codes;
  }
  return [];
}

/** The part of a picture that the person marked. */
export async function readRegion(bitmap: ImageBitmap, box: Box): Promise<FoundCode[]> {
  const scale = Math.min(3, Math.max(1, 1600 / Math.max(box.width, box.height)));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(box.width * scale);
  canvas.height = Math.round(box.height * scale);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null || canvas.width === 0 || canvas.height === 0) return [];
  context.drawImage(bitmap, box.x, box.y, box.width, box.height, 0, 0, canvas.width, canvas.height);
  const codes = await readCodes(canvas);
  return codes.map((code) => ({ ...code, box: { x: box.x + code.box.x / scale, y: box.y + code.box.y / scale, width: code.box.width / scale, height: code.box.height / scale } }));
}

function partsOf({ width, height }: ImageBitmap): Box[] {
  if (Math.max(width, height) <= partSide) return [];
  const starts = (length: number) => (length <= partSide ? [0] : Array.from({ length: Math.ceil(length / (partSide / 2)) - 1 }, (_, index) => Math.min(index * (partSide / 2), length - partSide)));
  return starts(height).flatMap((y) => starts(width).map((x) => ({ x, y, width: Math.min(partSide, width), height: Math.min(partSide, height) })));
}
