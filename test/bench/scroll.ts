import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { createAdminWorld } from '../../renderer/api/testing/admin-world.ts';
import { sampleState } from '../../renderer/api/testing/samples.ts';
import { chromiumOptions, origin, serveFolder } from './chromium.ts';
import { median, quantile, type Row } from './harness.ts';

const folder = join(import.meta.dirname, '..', '..', 'out', 'renderer');
const frames = 90;
const rounds = 5;
/** Pixels a frame. */
const step = 60;

interface Frames { readonly times: readonly number[]; readonly longTasks: number }

/** Scrolling 200 rows of the table, beside the same page at rest: what a frame costs more, in milliseconds. */
export async function run(): Promise<Row[]> {
  const browser = await chromium.launch(chromiumOptions());
  try {
    const page = await openTable(await browser.newPage({ viewport: { width: 1280, height: 800 } }));
    const [idle, moving] = [[] as number[], [] as number[]];
    let [longTasks, idleLong] = [0, 0];
    for (let n = 0; n < rounds; n += 1) {
      const resting = await measure(page, 0);
      idle.push(...resting.times);
      idleLong += resting.longTasks;
      const scrolled = await measure(page, n % 2 === 0 ? step : -step);
      moving.push(...scrolled.times);
      longTasks += scrolled.longTasks;
    }
    const [work, rest] = [moving.toSorted((a, b) => a - b), idle.toSorted((a, b) => a - b)];
    const over = (q: number) => quantile(work, q) - quantile(rest, q);
    return [{
      part: 'scroll', what: `frame while scrolling 200 rows by ${step} px, milliseconds over an idle one`, limit: 'idle frame, same page', ratio: over(0.5), low: over(0.1), high: over(0.9),
      target: '≤ 12 ms, no long task', met: over(0.5) <= 12 && longTasks <= idleLong, seen: `${median(moving).toFixed(1)} ms, idle ${median(idle).toFixed(1)} ms; long tasks ${longTasks}, idle ${idleLong}`,
    }];
  } finally {
    await browser.close();
  }
}

/** The built renderer over a company in memory, 200 rows a page. */
async function openTable(page: Page): Promise<Page> {
  const world = createAdminWorld({ now: Date.now(), tokens: 1000, allocated: 1200 });
  const handlers: Record<string, ((input: never) => unknown) | undefined> = { ...world.handlers, 'app.state': () => sampleState() };
  await page.exposeFunction('answer', async (channel: string, input: unknown) => ({ ok: true, data: (await handlers[channel]?.(input as never)) ?? [] }));
  await page.addInitScript(() => {
    const { answer } = globalThis as unknown as { answer: (channel: string, input: unknown) => Promise<unknown> };
    Object.assign(globalThis, { vinculo: { invoke: (channel: string, input: unknown) => answer(channel, input), subscribe: () => () => undefined } });
  });
  await serveFolder(page, folder);
  await page.goto(`${origin}/#/admin/tokens`);
  await page.locator('[data-serial]').first().waitFor();
  await page.locator('select').last().selectOption('200');
  await page.locator('[data-serial]').nth(199).waitFor({ state: 'attached' });
  return page;
}

/** Milliseconds of main thread per frame: from the frame's start to the message that comes after its style, layout and paint. */
const measure = (page: Page, by: number): Promise<Frames> => page.evaluate(async ([pixels, count]) => {
  const row = document.querySelector('[data-serial]');
  let scroller: Element = document.scrollingElement ?? document.documentElement;
  for (let at = row?.parentElement ?? null; at !== null; at = at.parentElement) if (at.scrollHeight > at.clientHeight + 200 && getComputedStyle(at).overflowY !== 'visible') { scroller = at; break; }
  const began = scroller.scrollTop;
  const times: number[] = [];
  let longTasks = 0;
  const observer = new PerformanceObserver((list) => { longTasks += list.getEntries().length; });
  observer.observe({ type: 'longtask' });
  const { port1, port2 } = new MessageChannel();
  port1.start();
  for (let n = 0; n < count; n += 1) {
    times.push(await new Promise<number>((resolve) => requestAnimationFrame((start) => {
      scroller.scrollTop += pixels;
      port1.addEventListener('message', () => resolve(performance.now() - start), { once: true });
      port2.postMessage(null);
    })));
  }
  observer.disconnect();
  if (pixels !== 0 && scroller.scrollTop === began) throw new Error('the table did not scroll');
  return { times, longTasks };
}, [by, frames] as const);
