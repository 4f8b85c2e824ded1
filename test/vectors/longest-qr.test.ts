import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import QRCode from 'qrcode';
import { beforeAll, describe, expect, test } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { readerOptions } from '../../renderer/features/scan/reader/reader-options.ts';
import { longestOfflineRequest, readScanned } from '../../shared/domain/scanned.ts';

/** A compact JWS of the longest length that gets a QR; every character as likely as another, which is the worst for a QR. */
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const part = (length: number, seed: number) => Array.from({ length }, (_, n) => letters[(n * 37 + n * n * 11 + seed) % 64]).join('');
const longest = `${part(70, 5)}.${part(longestOfflineRequest - 70 - 86 - 2, 17)}.${part(86, 29)}`;

beforeAll(() => {
  const wasmBinary = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasmBinary).buffer } });
});

interface Look { readonly degrees?: number; readonly contrast?: number; readonly noise?: number; readonly width?: number; readonly height?: number }

/** The QR as it stands on a screen or before a camera: so many pixels a square, turned, grey, with noise; each pixel the mean of nine points. */
function pictureOf(text: string, square: number, { degrees = 0, contrast = 255, noise = 0, width = 1280, height = 720 }: Look): ImageData {
  const { size, data: dark } = QRCode.create(text, { errorCorrectionLevel: 'L' }).modules;
  const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
  const isDark = (x: number, y: number) => {
    const [column, row] = [Math.floor((cos * x + sin * y) / square + size / 2), Math.floor((cos * y - sin * x) / square + size / 2)];
    return column >= 0 && row >= 0 && column < size && row < size && dark[row * size + column] === 1;
  };
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  let random = 1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let hits = 0;
      for (const dx of [1 / 6, 1 / 2, 5 / 6]) for (const dy of [1 / 6, 1 / 2, 5 / 6]) if (isDark(x + dx - width / 2, y + dy - height / 2)) hits += 1;
      random = (random * 1_103_515_245 + 12_345) % 2 ** 31;
      const grey = 255 - (255 - contrast) / 2 - (contrast * hits) / 9 + noise * ((random / 2 ** 31) - 0.5);
      data.fill(Math.max(0, Math.min(255, grey)), (y * width + x) * 4, (y * width + x) * 4 + 3);
    }
  }
  return { data, width, height, colorSpace: 'srgb' } as ImageData;
}

describe(`a QR of ${longestOfflineRequest} characters, as a portal shows it`, () => {
  test('is what an offline request looks like', () => {
    expect(longest).toHaveLength(longestOfflineRequest);
    expect(readScanned(longest)).toEqual({ kind: 'offline', request: longest });
  });

  test.each<[string, number, Look]>([
    ['on a screen, three pixels a square', 3, {}],
    ['on a screen, two and a half', 2.5, {}],
    ['before a camera, turned a little', 5, { degrees: 7 }],
    ['turned upside down', 4, { degrees: 180 }],
    ['turned, pale and noisy', 5, { degrees: -12, contrast: 140, noise: 60 }],
  ])('is read %s', async (_how, square, look) => {
    const found = await readBarcodes(pictureOf(longest, square, look), readerOptions);
    expect(found.map(({ text }) => text)).toEqual([longest]);
  });
});
