/** Our picture, fed as a living swarm feeds it, and moved as a hand moves it. */
import { Drawing } from '../../src/views/graph/drawing.ts';
import type { GraphHover, GraphTheme } from '../../src/views/graph/messages.ts';
import { OVERVIEW } from '../../src/views/graph/overview.ts';
import { SWARMS } from '../../src/views/graph/testing.ts';
import type { Feed, FeedMessage, Snapshot } from '../../src/dashboard/feed.ts';
import type { RendererWish } from '../../src/dashboard/renderer.ts';
import type { LifeOrder } from './life.worker.ts';
import type { Contender } from './picture.ts';

const THEME: GraphTheme = {
  ground: '#0d1115',
  panel: '#13181e',
  ink: '#e9eef3',
  inkSoft: '#9eabb8',
  line: '#28313b',
  seed: '#1db588',
  leech: '#e69f00',
  tracker: '#56b4e9',
  error: '#e0671a',
  selected: '#cc79a7',
  font: 'sans-serif',
  mono: 'monospace',
  scale: 1,
};
/** Milliseconds from one move of the hand to the next. */
const HAND = 16;
const LOOK = 250;
/** Seconds until all is seen, from where it then moves. */
const FROM = 1.5;

/** CSS pixels about the middle of a peer, in which its ring lies. */
const AROUND = 12;

/** Tells whether the picture has the selection's colour there. */
function ringAt(host: HTMLElement, x: number, y: number): () => boolean {
  const canvas = host.querySelector('canvas');
  const copy = new OffscreenCanvas(2 * AROUND, 2 * AROUND);
  const ctx = copy.getContext('2d', { willReadFrequently: true });
  if (canvas === null || ctx === null) throw new Error('no picture');
  return () => {
    const side = 2 * AROUND;
    ctx.drawImage(canvas, x - AROUND, y - AROUND, side, side, 0, 0, side, side);
    const { data } = ctx.getImageData(0, 0, side, side);
    for (let at = 0; at < data.length; at += 4) {
      const [red, green, blue] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
      if (Math.abs(red - 0xcc) + Math.abs(green - 0x79) + Math.abs(blue - 0xa7) < 24) return true;
    }
    return false;
  };
}

function picture(
  renderer: RendererWish,
  ...[host, { rows, each }, motion]: Parameters<Contender>
): ReturnType<Contender> {
  const frames: number[] = [];
  const answers: number[] = [];
  let asked: number | undefined;
  const life = new Worker(new URL('./life.worker.ts', import.meta.url), { type: 'module' });
  const feed: Feed = {
    subscribe(listener: (message: FeedMessage) => void) {
      listener({ kind: 'reset', swarms: SWARMS, seed: 1 });
      life.onmessage = ({ data }: MessageEvent<Snapshot>) =>
        listener({ kind: 'snapshot', worker: 0, snapshot: data });
      life.postMessage({ peers: rows.length, each, motion } satisfies LifeOrder);
      return () => life.terminate();
    },
  };
  let hovered: number | undefined;
  const corner = document.createElement('div');
  // Where it is on the page, and as large.
  Object.assign(corner.style, {
    position: 'absolute',
    right: '12px',
    bottom: '100px',
    width: `${OVERVIEW.width}px`,
    height: `${OVERVIEW.height}px`,
  });
  host.append(corner);
  const looks = { theme: THEME, reducedMotion: false, renderer };
  const drawing = new Drawing({ stage: host, corner }, feed, looks, {
    onReport(report) {
      if (report.kind === 'stats') frames.push(...report.stats.intervals);
      if (report.kind === 'overview' && report.shown) answered();
      if (report.kind === 'clicked' && report.peer !== undefined)
        drawing.send({ kind: 'select', peer: report.peer, listed: [] });
      if (report.kind !== 'hover') return;
      const target = report.hover?.target;
      const handle = target?.kind === 'peer' ? target.handle : undefined;
      const isNew = handle !== undefined && handle !== hovered;
      hovered = handle;
      if (!isNew || report.hover === undefined) return;
      if (motion === 'hover') answered();
      if (motion === 'select') select(report.hover);
    },
    onSwarms: () => undefined,
    onDeath(why) {
      throw new Error(why);
    },
  });
  /** As a click does, until its ring is in the picture. */
  function select({ x, y }: GraphHover): void {
    if (asked !== undefined) return;
    const seen = ringAt(host, x, y);
    if (seen()) return;
    asked = performance.now();
    drawing.send({ kind: 'click', x, y });
    const look = (): void => {
      if (seen() || asked === undefined) answered();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }
  if (motion === 'pan' || motion === 'zoom')
    setInterval(() => {
      const t = performance.now() / 1000 - FROM;
      if (t < 0) return;
      if (motion === 'pan') drawing.send({ kind: 'pan', dx: 4 * Math.sin(2 * t), dy: 2 * Math.cos(1.4 * t) });
      else drawing.send({ kind: 'zoom', factor: 1 + 0.02 * Math.sin(t), about: undefined, smooth: false });
    }, HAND);
  const answered = (): void => {
    if (asked !== undefined) answers.push(performance.now() - asked);
    asked = undefined;
  };
  if (motion === 'hover' || motion === 'select') {
    let turn = 0;
    setInterval(() => {
      turn++;
      const [across, down] = [(turn * 0.618034) % 1, (turn * 0.7548777) % 1];
      asked = motion === 'hover' ? performance.now() : undefined;
      drawing.send({ kind: 'pointer', at: { x: across * host.clientWidth, y: down * host.clientHeight } });
    }, LOOK);
  }
  if (motion === 'step') {
    let near = false;
    setInterval(() => {
      near = !near;
      // What is left to see is told by the frame that no longer shows it.
      if (near) {
        asked = performance.now();
        drawing.send({ kind: 'zoom', factor: 1.6, about: undefined, smooth: false });
      } else drawing.send({ kind: 'fit' });
    }, 2 * LOOK);
  }
  return { frames: () => frames.splice(0), answers: () => answers.splice(0) };
}

/** As the page has it by itself. */
export const ours: Contender = (...given) => picture('measured', ...given);
export const oursWithGl: Contender = (...given) => picture('webgl2', ...given);
