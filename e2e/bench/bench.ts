/** One picture on one page, measured without anybody looking in: the figures are posted to whoever served it. */
import { network } from './network.ts';
import { MOTIONS, type Contender } from './picture.ts';

/** Each alone on its page. */
const CONTENDERS: Readonly<Record<string, () => Promise<Contender>>> = {
  ours: async () => (await import('./ours.ts')).ours,
  'ours+webgl2': async () => (await import('./ours.ts')).oursWithGl,
  'd3-svg': async () => (await import('./d3-svg.ts')).d3Svg,
  'd3-canvas': async () => (await import('./d3-canvas.ts')).d3Canvas,
  sigma: async () => (await import('./sigma.ts')).sigma,
  'p2p-graph': async () => (await import('./p2p-graph.ts')).p2pGraph,
  nothing: async () => (await import('./nothing.ts')).nothing,
};
/** Milliseconds between two questions to the main thread whether it is there. */
const BEAT = 10;

const query = new URLSearchParams(location.search);
const number = (name: string): number => Number(query.get(name));
const post = (path: string, body: unknown): Promise<unknown> =>
  fetch(path, { method: 'POST', body: JSON.stringify(body) });

const sorted = (values: readonly number[]): Float64Array => Float64Array.from(values).sort();
const part = (values: Float64Array, of: number): number | undefined =>
  values[Math.min(values.length - 1, Math.floor(values.length * of))];

async function run(): Promise<void> {
  const motion = MOTIONS.find((one) => one === query.get('motion')) ?? 'drift';
  const contender = await CONTENDERS[query.get('contender') ?? '']?.();
  const host = document.getElementById('host');
  if (contender === undefined || host === null) throw new Error('no such contender');
  const loads: number[] = [];
  if (number('load') > 0) {
    const worker = new Worker(new URL('./load.worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<number>) => loads.push(data);
    worker.postMessage(number('load'));
  }
  const picture = contender(host, network(number('peers'), number('each')), motion);
  await pause(number('warm'));
  picture.frames?.();
  picture.answers?.();
  loads.length = 0;
  await post('/begin', {});

  const late: number[] = [];
  const long: number[] = [];
  const began = performance.now();
  let due = began + BEAT;
  const beat = setInterval(() => {
    const now = performance.now();
    late.push(Math.max(0, now - due));
    // The next is due a beat later, or a beat from now where this one came too late for it.
    due = Math.max(due + BEAT, now + BEAT / 2);
  }, BEAT);
  const watcher = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) long.push(entry.duration);
  });
  watcher.observe({ type: 'longtask' });
  await pause(number('span'));
  clearInterval(beat);
  // Each entry comes after its task: what is under way is told by the next turn.
  await pause(0);
  const span = performance.now() - began;
  const frames = sorted(picture.frames?.() ?? []);
  const answers = sorted(picture.answers?.() ?? []);
  await post('/end', {
    span,
    frames: frames.length,
    p50: part(frames, 0.5),
    p95: part(frames, 0.95),
    late95: part(sorted(late), 0.95),
    longTasks: long.length,
    longShare: long.reduce((sum, ms) => sum + ms, 0) / span,
    answer95: part(answers, 0.95),
    load: loads.length === 0 ? undefined : loads.reduce((sum, rate) => sum + rate, 0) / loads.length,
  });
}

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

addEventListener('error', ({ message }) => void post('/end', { failed: message }));
run().catch((error: unknown) => post('/end', { failed: String(error) }));
