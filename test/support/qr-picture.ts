/** Brightness of each pixel of a square picture, row by row. */
export interface GreyPicture { readonly size: number; readonly pixels: Buffer }

/** What a camera sees that is held before it: raw video (YUV4MPEG2, 4:2:0) for Chromium's `--use-file-for-fake-video-capture`. */
export function cameraVideo({ size, pixels }: GreyPicture, { width = 640, height = 480, frames = 10 } = {}): Buffer {
  const [left, top] = [Math.floor((width - size) / 2), Math.floor((height - size) / 2)];
  const luma = Buffer.alloc(width * height, 200);
  for (let row = 0; row < size; row += 1) pixels.copy(luma, (top + row) * width + left, row * size, (row + 1) * size);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, Buffer.alloc((width * height) / 2, 128)]);
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420mpeg2\n`), ...Array.from({ length: frames }, () => frame)]);
}
