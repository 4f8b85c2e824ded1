import type { ReaderOptions } from 'zxing-wasm/reader';

/** The ordinary QR and none of its relatives. A QR is found however it is turned: `tryRotate` is for bars. */
export const readerOptions: ReaderOptions = { formats: ['QRCodeModel2'], tryRotate: false, textMode: 'Plain' };
