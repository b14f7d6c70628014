/**
 * Whether a GPU is worth it is measured, on a scene of one size for all: whole pictures, by both painters by turns,
 * each until it is really there, so that a GPU that is only played by the processor pays its price.
 */
import type { RendererWish } from '../../../dashboard/renderer.ts';
import { UNPAINTED } from '../colouring.ts';
import { frameOf, type Frame } from '../frame.ts';
import { OUTLINE_STEPS } from '../hull.ts';
import type { GraphSnapshot } from '../messages.ts';
import { GraphModel } from '../model.ts';
import type { Painter } from '../painter.ts';
import { Pixels } from '../raster/pixels.ts';
import { RasterPainter } from '../raster-painter.ts';
import { GlPainter } from './gl-painter.ts';

/** Of the scene. */
const [WIDTH, HEIGHT] = [960, 600];
const PEERS = 2000;
const LINKS_EACH = 5;
const REACH = 290;
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));
/** Pictures by each painter that count; one more each, before, makes what is made once. */
const ROUNDS = 5;
/** Another painter takes over below this part of the rasteriser's time. */
const CLEARLY = 0.7;
/** Milliseconds between two pictures, in which the page draws its own. */
const PAUSE = 60;

/** Makes the painter that uses a GPU, if it is wished for or clearly faster. */
export async function glPainterFor(
  frame: Frame,
  wish: RendererWish,
  onLost: () => void,
): Promise<Painter | undefined> {
  if (wish === 'measured') await pause();
  const painter = GlPainter.make(onLost);
  if (painter === undefined || wish === 'webgl2') return painter;
  if (await isFaster(painter, frame)) return painter;
  painter.dispose();
  return undefined;
}

/** `like`: a frame of the page's. */
async function isFaster(painter: Painter, like: Frame): Promise<boolean> {
  const scene = trialFrame(like);
  const times: { readonly own: number[]; readonly other: number[] } = { own: [], other: [] };
  for (let round = 0; round <= ROUNDS; round++) {
    const [own, other] = [await timeOf(new RasterPainter(), scene), await timeOf(painter, scene)];
    if (own === undefined || other === undefined) return false;
    if (round === 0) continue;
    times.own.push(own);
    times.other.push(other);
    // One that is played by the processor shows at once: no more of the viewer's time for it.
    if (median(times.other) >= median(times.own)) return false;
  }
  return isClearlyFaster(times.other, times.own);
}

/** By the medians: a picture that was held up counts as one. Both in milliseconds, and not empty. */
export const isClearlyFaster = (times: readonly number[], than: readonly number[]): boolean =>
  median(times) < CLEARLY * median(than);

function median(times: readonly number[]): number {
  const sorted = Float64Array.from(times).sort();
  return ((sorted[(sorted.length - 1) >> 1] as number) + (sorted[sorted.length >> 1] as number)) / 2;
}

/** Milliseconds; undefined when nothing was painted. */
async function timeOf(painter: Painter, frame: Frame): Promise<number | undefined> {
  await pause();
  const before = performance.now();
  const painted = painter.paint(frame, { dimmed: false, motion: 'drift', restamp: true, meant: new Set() });
  painter.finish();
  return painted === 'lost' ? undefined : performance.now() - before;
}

const pause = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, PAUSE));

/** One swarm as wide as the picture, with links in all directions. */
export function trialModel(): GraphModel {
  const model = new GraphModel([{ id: '', kind: 'vod' }]);
  const handles = Uint32Array.from({ length: PEERS }, (_, i) => i);
  const snapshot: GraphSnapshot = {
    at: 0,
    peers: {
      handle: handles,
      swarm: new Uint16Array(PEERS),
      edition: new Uint8Array(PEERS),
      mode: Uint8Array.from(handles, (i) => (i % 4 === 0 ? 1 : 0)),
      phase: new Uint8Array(PEERS).fill(1),
      share: Float32Array.from(handles, (i) => (i % 97) / 97),
      upload: new Float32Array(PEERS),
      download: new Float32Array(PEERS),
    },
    links: Uint32Array.from({ length: 2 * LINKS_EACH * PEERS }, (_, end) => {
      const link = end >> 1;
      const from = Math.floor(link / LINKS_EACH);
      return end % 2 === 0 ? from : (from + 1 + (link % LINKS_EACH) * 389) % PEERS;
    }),
    births: [],
    handedOut: new Uint32Array(),
    ends: [],
    pulses: [],
    omitted: 0,
    tracker: 'ok',
  };
  model.apply(0, snapshot, 0);
  for (const [i, node] of model.nodes.entries()) {
    const distance = REACH * Math.sqrt((i + 0.5) / PEERS);
    node.x = distance * Math.cos(i * GOLDEN_ANGLE);
    node.y = distance * Math.sin(i * GOLDEN_ANGLE);
  }
  return model;
}

function trialFrame(like: Frame): Frame {
  const canvas = new OffscreenCanvas(WIDTH, HEIGHT);
  const ctx = canvas.getContext('2d', { alpha: false });
  if (ctx === null) throw new Error('no second canvas could be had');
  const pixels = new Pixels();
  pixels.resize(WIDTH, HEIGHT);
  const scene = {
    ...like,
    model: trialModel(),
    hubs: [{ x: 0, y: 0, radius: REACH, goal: { x: 0, y: 0, radius: REACH } }],
    edges: [new Float64Array(OUTLINE_STEPS).fill(REACH)],
    painting: UNPAINTED,
    alone: false,
  };
  const camera = { x: 0, y: 0, k: 1 };
  return frameOf(scene, { ...like, ctx, pixels, viewport: { width: WIDTH, height: HEIGHT }, dpr: 1, camera });
}
