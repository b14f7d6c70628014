/** Our picture, fed as a living swarm feeds it, and moved as a hand moves it. */
import { Drawing } from '../../src/views/graph/drawing.ts';
import type { GraphTheme } from '../../src/views/graph/messages.ts';
import { SWARMS } from '../../src/views/graph/testing.ts';
import type { Feed, FeedMessage, Snapshot } from '../../src/dashboard/feed.ts';
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

export const ours: Contender = (host, { rows, each }, motion) => {
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
  const drawing = new Drawing(host, feed, THEME, false, {
    onReport(report) {
      if (report.kind === 'stats') frames.push(...report.stats.intervals);
      if (report.kind !== 'hover') return;
      const handle = report.hover?.target.kind === 'peer' ? report.hover.target.handle : undefined;
      if (asked !== undefined && handle !== undefined && handle !== hovered) {
        answers.push(performance.now() - asked);
        asked = undefined;
      }
      hovered = handle;
    },
    onSwarms: () => undefined,
    onDeath(why) {
      throw new Error(why);
    },
  });
  if (motion === 'pan' || motion === 'zoom')
    setInterval(() => {
      const t = performance.now() / 1000 - FROM;
      if (t < 0) return;
      if (motion === 'pan') drawing.send({ kind: 'pan', dx: 4 * Math.sin(2 * t), dy: 2 * Math.cos(1.4 * t) });
      else drawing.send({ kind: 'zoom', factor: 1 + 0.02 * Math.sin(t), about: undefined, smooth: false });
    }, HAND);
  if (motion === 'hover') {
    let turn = 0;
    setInterval(() => {
      turn++;
      const [across, down] = [(turn * 0.618034) % 1, (turn * 0.7548777) % 1];
      asked = performance.now();
      drawing.send({ kind: 'pointer', at: { x: across * host.clientWidth, y: down * host.clientHeight } });
    }, LOOK);
  }
  return { frames: () => frames.splice(0), answers: () => answers.splice(0) };
};
