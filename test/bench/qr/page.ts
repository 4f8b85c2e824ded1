/** Runs in Chromium: the product's reader and zxing-wasm as it comes, over the same frames. */
import QRCode from 'qrcode';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import wasmAddress from 'zxing-wasm/reader/zxing_reader.wasm?url';
import { readCodes, readFrame } from '../../../renderer/features/scan/reader/qr-reader.ts';
import { drawFrame, height, viewsOf, width } from './frames.ts';

prepareZXingModule({ overrides: { locateFile: () => wasmAddress } }); // an instance of its own, beside the one of the product's reader

/** An online request, and an offline one, which is a signed statement and dense. */
const texts = [
  { text: `vinculo:approve?a=${encodeURIComponent('https://autoridad.empresa.example')}&id=2b1f4c6e-8a90-4d3b-9f21-6c7d8e9fa0b1&n=483920`, sides: [110, 170, 260, 420] },
  { text: Array.from({ length: 640 }, (_, n) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.'[(n * 29 + 7 * (n % 11)) % 65]).join(''), sides: [260, 340, 460, 600] },
];

export interface Read { readonly frames: number; readonly ours: number; readonly defaults: number; readonly lost: readonly string[]; readonly won: readonly string[] }

const canvas = document.createElement('canvas');
canvas.width = width;
canvas.height = height;
const context = canvas.getContext('2d', { willReadFrequently: true });

function show(luma: Uint8ClampedArray): ImageData {
  const picture = new ImageData(width, height);
  for (let at = 0; at < luma.length; at += 1) picture.data.fill(luma[at] ?? 0, at * 4, at * 4 + 3);
  for (let at = 3; at < picture.data.length; at += 4) picture.data[at] = 255;
  context?.putImageData(picture, 0, 0);
  return picture;
}

const frames = texts.flatMap(({ text, sides }) => {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: text.length > 300 ? 'L' : 'M' });
  return viewsOf(sides).map((view) => ({ text, view, modules }));
});

/** How many frames each of them reads, and which only one does. */
async function count(): Promise<Read> {
  const [lost, won]: [string[], string[]] = [[], []];
  let [ours, defaults] = [0, 0];
  for (const [n, { text, view, modules }] of frames.entries()) {
    const picture = show(drawFrame(modules, view, n + 1));
    const mine = (await readCodes(canvas)).some((code) => code.text === text);
    const theirs = (await readBarcodes(picture, { formats: ['QRCode'] })).some((code) => code.text === text);
    if (mine) ours += 1;
    if (theirs) defaults += 1;
    if (mine !== theirs) (mine ? won : lost).push(`${view.name}, ${view.side} px, ${text.length} characters`);
  }
  return { frames: frames.length, ours, defaults, lost, won };
}

export interface Times { readonly ours: number[]; readonly luma: number[]; readonly defaults: number[] }

/** Milliseconds a frame in turns: our reader as it reads a camera, one pass that makes brightness of the colours, zxing-wasm as it comes. Every seventh frame, and as many without a code. */
async function time(): Promise<Times> {
  const times: Times = { ours: [], luma: [], defaults: [] };
  const some = frames.filter((_, n) => n % 7 === 0);
  for (const [n, { view, modules }] of [...some, ...some.map((frame) => ({ ...frame, modules: null }))].entries()) {
    const picture = show(drawFrame(modules, view, n + 1));
    for (let round = 0; round < 4; round += 1) {
      const taken = [await timed(() => luma(picture.data), 4), await timed(() => readFrame(canvas), 2), await timed(() => readBarcodes(picture, { formats: ['QRCode'] }), 2)] as const;
      if (round === 0) continue; // the first of a frame warms up
      times.luma.push(taken[0]);
      times.ours.push(taken[1]);
      times.defaults.push(taken[2]);
    }
  }
  return times;
}

async function timed(work: () => unknown, times: number): Promise<number> {
  const start = performance.now();
  for (let n = 0; n < times; n += 1) await work();
  return (performance.now() - start) / times;
}

/** What any reader does first with what a canvas gives. */
function luma(colours: Uint8ClampedArray): Uint8Array {
  const out = new Uint8Array(colours.length / 4);
  for (let at = 0; at < out.length; at += 1) out[at] = (306 * (colours[at * 4] ?? 0) + 601 * (colours[at * 4 + 1] ?? 0) + 117 * (colours[at * 4 + 2] ?? 0) + 512) >> 10;
  return out;
}

Object.assign(globalThis, { qrBench: { count, time } });
