import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import wasmAddress from 'zxing-wasm/reader/zxing_reader.wasm?url';
import { readerOptions as options } from './reader-options.ts';

/**
 * The QR decoder: zxing-wasm. Its wasm is a file of the app; nothing is fetched from elsewhere. Loaded when the first
 * picture is read, never with the first screen.
 */
prepareZXingModule({ overrides: { locateFile: (path: string, prefix: string) => (path.endsWith('.wasm') ? wasmAddress : prefix + path) } });


/** A QR in a picture; the box in pixels of the picture. */
export interface FoundCode {
  readonly text: string;
  readonly box: Box;
}
export interface Box { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

type Picture = ImageBitmap | HTMLCanvasElement | HTMLVideoElement;

/** Every QR of a picture, each text once. @throws DOMException when there is none to look at */
export async function readCodes(picture: Picture): Promise<FoundCode[]> {
  return codesIn(await pixelsOf(picture, null));
}

/** Of the last frame. A camera's are all of one size, and four megabytes of fresh memory for each cost more than what is done with them. */
let spare: ImageData | null = null;
let run = 0;

/** The same for one frame of many; call `forgetFrames` behind the last one. */
export async function readFrame(picture: Picture): Promise<FoundCode[]> {
  const [mine, own] = [run, spare];
  spare = null;
  const pixels = await pixelsOf(picture, own);
  const codes = await codesIn(pixels);
  if (mine === run) spare = pixels;
  return codes;
}

/** What stood before the camera is not kept. */
export function forgetFrames(): void {
  run += 1;
  spare = null;
}

async function codesIn(pixels: ImageData): Promise<FoundCode[]> {
  const found = await readBarcodes(pixels, options);
  const codes = found.map(({ text, position: { topLeft, topRight, bottomLeft, bottomRight } }) => ({ text, box: boxAround([topLeft, topRight, bottomLeft, bottomRight]) }));
  return codes.filter(({ text }, index) => text !== '' && codes.findIndex((other) => other.text === text) === index);
}

/**
 * The colours of a picture, taken as a frame of a video: a canvas takes ten times as long to hand them over. Blue stands where
 * red is expected, the order in which they lie there: a code is as dark with the weights of the two exchanged.
 * @param own written into if it has the size
 */
async function pixelsOf(picture: Picture, own: ImageData | null): Promise<ImageData> {
  const frame = new VideoFrame(picture, { timestamp: 0, alpha: 'discard' });
  try {
    const { width, height } = frame.visibleRect ?? { width: frame.codedWidth, height: frame.codedHeight };
    const pixels = own?.width === width && own.height === height ? own : new ImageData(width, height);
    await frame.copyTo(pixels.data, { format: 'BGRA' });
    return pixels;
  } finally {
    frame.close();
  }
}

function boxAround(corners: readonly { readonly x: number; readonly y: number }[]): Box {
  const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return { x: left, y: top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
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
