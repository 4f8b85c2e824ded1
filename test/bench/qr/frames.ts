/** Frames of a camera with a QR in them, made in the page: all from numbers, so that two runs see the same pixels. */
export const width = 1280;
export const height = 720;

/** Dark modules of a QR, row by row. */
export interface Modules { readonly size: number; readonly data: ArrayLike<number> }

export interface View {
  readonly name: string;
  /** Pixels from edge to edge of the code, its quiet zone aside, before it is turned or tilted. */
  readonly side: number;
  readonly degrees?: number;
  /** How much shorter the far edge is: 0.3 is a screen looked at from the side. */
  readonly tilt?: number;
  /** Radius in pixels of a lens out of focus. */
  readonly blur?: number;
  /** Standard deviation of the brightness of each pixel. */
  readonly noise?: number;
  /** Brightness of a dark and of a light module. */
  readonly levels?: readonly [number, number];
  /** Light falls off to this part of itself from left to right. */
  readonly shade?: number;
}

const views: readonly Omit<View, 'side'>[] = [
  { name: 'straight' }, { name: 'turned 10', degrees: 10 }, { name: 'turned 45', degrees: 45 }, { name: 'upside down', degrees: 180 },
  { name: 'tilted', tilt: 0.2 }, { name: 'tilted and turned', tilt: 0.35, degrees: 20 },
  { name: 'soft', blur: 1 }, { name: 'out of focus', blur: 2 }, { name: 'far out of focus', blur: 3 },
  { name: 'noisy', noise: 20 }, { name: 'in the dark', noise: 45, levels: [20, 120] },
  { name: 'pale', levels: [120, 165] }, { name: 'very pale', levels: [135, 160], noise: 4 },
  { name: 'inverted', levels: [235, 20] }, { name: 'inverted and soft', levels: [225, 40], blur: 1, noise: 8 },
  { name: 'half in shade', shade: 0.25 }, { name: 'by hand', tilt: 0.15, degrees: -8, blur: 1.2, noise: 12, shade: 0.6, levels: [35, 205] },
];

/** Every view in every size. */
export const viewsOf = (sides: readonly number[]): View[] => sides.flatMap((side) => views.map((view) => ({ ...view, side })));

/** Mulberry32: the same numbers in every run. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Whether a module is dark, the quiet zone of four modules around it light. */
const isDark = ({ size, data }: Modules, column: number, row: number): boolean => column >= 0 && row >= 0 && column < size && row < size && data[row * size + column] === 1;

/** Brightness of each pixel. Null as modules: a desk without any code. */
export function drawFrame(modules: Modules | null, view: View, seed: number): Uint8ClampedArray {
  const [dark, light] = view.levels ?? [30, 225];
  const random = randomOf(seed);
  const luma = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) luma[y * width + x] = (dark + light) / 2 + 25 * Math.sin(x / 61) * Math.cos(y / 47);
  if (modules !== null) place(luma, modules, view, dark, light);
  const soft = view.blur === undefined ? luma : blurred(luma, view.blur);
  const out = new Uint8ClampedArray(width * height);
  for (let at = 0; at < out.length; at += 1) {
    const shade = 1 - (1 - (view.shade ?? 1)) * ((at % width) / width);
    const noise = view.noise === undefined ? 0 : view.noise * Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(2 * Math.PI * random());
    out[at] = (soft[at] ?? 0) * shade + noise;
  }
  return out;
}

/** Looks from each pixel back to the module that it shows, four times a pixel. */
function place(luma: Float32Array, modules: Modules, { side, degrees = 0, tilt = 0 }: View, dark: number, light: number): void {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const pixelsPerModule = side / modules.size;
  const reach = Math.ceil(side * 0.9);
  for (let dy = -reach; dy <= reach; dy += 1) {
    for (let dx = -reach; dx <= reach; dx += 1) {
      const [x, y] = [width / 2 + dx, height / 2 + dy];
      if (x < 0 || y < 0 || x >= width || y >= height) continue;
      let [sum, inside] = [0, 0];
      for (const [sx, sy] of [[-0.25, -0.25], [0.25, -0.25], [-0.25, 0.25], [0.25, 0.25]] as const) {
        const [u, v] = [(dx + sx) * cos + (dy + sy) * sin, (dy + sy) * cos - (dx + sx) * sin];
        const depth = 1 + (tilt * u) / side; // a plane that leans away to the right
        const [column, row] = [u / depth / pixelsPerModule + modules.size / 2, v / depth / pixelsPerModule + modules.size / 2];
        if (column < -4 || row < -4 || column >= modules.size + 4 || row >= modules.size + 4) continue;
        inside += 1;
        sum += isDark(modules, Math.floor(column), Math.floor(row)) ? dark : light;
      }
      if (inside > 0) luma[y * width + x] = (sum + (4 - inside) * (luma[y * width + x] ?? 0)) / 4;
    }
  }
}

/** Three passes of a box are close to a lens. */
function blurred(luma: Float32Array, radius: number): Float32Array {
  let from = luma;
  for (let pass = 0; pass < 3; pass += 1) for (const step of [1, width]) from = boxed(from, radius, step);
  return from;
}

function boxed(from: Float32Array, radius: number, step: number): Float32Array {
  const whole = Math.floor(radius);
  const part = radius - whole;
  const weight = 1 + 2 * radius;
  const to = new Float32Array(from.length);
  for (let at = 0; at < from.length; at += 1) {
    let sum = 0;
    for (let k = -whole; k <= whole; k += 1) sum += from[at + k * step] ?? 128;
    sum += part * ((from[at - (whole + 1) * step] ?? 128) + (from[at + (whole + 1) * step] ?? 128));
    to[at] = sum / weight;
  }
  return to;
}
