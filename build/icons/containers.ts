/** Icon containers of Windows and macOS. Both hold PNG files as they are. */
export interface Picture {
  /** Side in pixels. */
  readonly size: number;
  readonly png: Buffer;
}

/** An `.ico` file: header, one directory entry per picture, the pictures. A side of 256 is written as 0. */
export function encodeIco(pictures: readonly Picture[]): Buffer {
  const header = Buffer.alloc(6);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(pictures.length, 4);
  let offset = 6 + 16 * pictures.length;
  const entries = pictures.map(({ size, png }) => {
    const entry = Buffer.alloc(16);
    entry.writeUInt8(size % 256, 0);
    entry.writeUInt8(size % 256, 1);
    entry.writeUInt16LE(1, 4); // planes
    entry.writeUInt16LE(32, 6); // bits per pixel
    entry.writeUInt32LE(png.length, 8);
    entry.writeUInt32LE(offset, 12);
    offset += png.length;
    return entry;
  });
  return Buffer.concat([header, ...entries, ...pictures.map(({ png }) => png)]);
}

/** Types of the PNG elements of an `.icns` file, by side in pixels. */
const ICNS_TYPES: Readonly<Record<number, string>> = { 32: 'ic11', 64: 'ic12', 128: 'ic07', 256: 'ic08', 512: 'ic09', 1024: 'ic10' };

/** An `.icns` file: magic and total length, then type, length and content of each element; all big-endian. */
export function encodeIcns(pictures: readonly Picture[]): Buffer {
  const elements = pictures.flatMap(({ size, png }) => {
    const type = ICNS_TYPES[size];
    if (type === undefined) throw new RangeError(`An icns file has no element of ${size} pixels.`);
    return [elementHeader(type, png.length + 8), png];
  });
  const length = elements.reduce((sum, part) => sum + part.length, 8);
  return Buffer.concat([elementHeader('icns', length), ...elements]);
}

function elementHeader(type: string, length: number): Buffer {
  const header = Buffer.alloc(8);
  header.write(type, 0, 'latin1');
  header.writeUInt32BE(length, 4);
  return header;
}
