/** The hulls' titles; from far away, bubbles in their place. */
import { font, haloText, onScreen, type Frame } from './frame.ts';
import { OUTLINE_STEPS } from './hull.ts';
import { titleBelow } from './arrangement.ts';
import type { Hub } from './forces.ts';
import { Labels } from './labels.ts';
import { formatCount, plural } from '../format.ts';

/** Height of a title with its figures, for text of scale 1. */
export const TITLE_BLOCK = 58;
/** The page's legend, of up to two lines, and buttons lie over the canvas's lower edge. */
export const LEGEND = 58;
/** Of the hull, so that the bubble stays within it. */
const BUBBLE_PART = 0.96;

const BAR = { width: 108, height: 5.5 } as const;

/** `seeds`: their share; undefined where there is nobody. */
function ratioBar(frame: Frame, x: number, y: number, seeds: number | undefined): void {
  const { ctx, palette, type } = frame;
  const [width, height] = [BAR.width * type, BAR.height * type];
  const left = x - width / 2;
  const split = Math.round(width * (seeds ?? 0));
  ctx.fillStyle = seeds === undefined ? palette.line : palette.leech;
  ctx.beginPath();
  ctx.roundRect(left, y, width, height, height / 2);
  ctx.fill();
  if (split <= 0) return;
  ctx.save();
  ctx.clip();
  ctx.fillStyle = palette.seed;
  ctx.fillRect(left, y, split, height);
  ctx.fillStyle = palette.ground;
  if (split < width) ctx.fillRect(left + split - 1, y, 2, height);
  ctx.restore();
}

/** Middle and upper edge of a title: outside its hull, or at the edge of the view that the hull reaches over. */
function titleSpot(frame: Frame, i: number): { x: number; y: number } | undefined {
  const hub = frame.hubs[i] as Hub;
  const edge = frame.edges[i] as Float64Array;
  const { camera, viewport, type } = frame;
  const centre = onScreen(frame, hub);
  const reach = hub.radius * camera.k;
  const block = TITLE_BLOCK * type;
  const { x: wide, y: high } = { x: reach, y: reach + block };
  if (centre.x + wide < 0 || centre.x - wide > viewport.width) return undefined;
  if (centre.y + high < 0 || centre.y - high > viewport.height) return undefined;
  const below = titleBelow(hub.goal);
  const side = edge[Math.round(OUTLINE_STEPS * (below ? 0.25 : 0.75))] as number;
  const y = below
    ? Math.min(centre.y + side * camera.k + 8 * type, viewport.height - block - LEGEND)
    : Math.max(centre.y - side * camera.k - block - 4 * type, 6 * type);
  const margin = Math.min(90 * type, viewport.width / 2);
  const x = Math.min(viewport.width - margin, Math.max(margin, centre.x));
  return { x: Math.abs(x - centre.x) > reach ? centre.x : x, y };
}

const LIVE = { text: 'LIVE', size: 11, padding: 5, gap: 8 } as const;

function liveSign(frame: Frame, x: number, y: number, width: number): void {
  const { ctx, palette, type } = frame;
  ctx.font = font(frame, LIVE.size, 600);
  ctx.strokeStyle = palette.inkSoft;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.roundRect(x, y - 13 * type, width, 15.5 * type, 4);
  ctx.stroke();
  ctx.fillStyle = palette.inkSoft;
  ctx.fillText(LIVE.text, x + width / 2, y - 1 * type);
}

/** The name in the middle, together with the sign of a live swarm; false where other words are. */
function nameLine(frame: Frame, labels: Labels, name: string, live: boolean, x: number, y: number): boolean {
  const { ctx, palette, type } = frame;
  let [aside, sign] = [0, 0];
  if (live) {
    ctx.font = font(frame, LIVE.size, 600);
    sign = ctx.measureText(LIVE.text).width + 2 * LIVE.padding * type;
    aside = sign + LIVE.gap * type;
  }
  ctx.font = font(frame, 18, 700);
  const { width } = ctx.measureText(name);
  if (!labels.take(x, y - 16 * type, width + aside, 20 * type)) return false;
  haloText(frame, name, x - aside / 2, y, palette.ink);
  if (live) liveSign(frame, x - aside / 2 + width / 2 + LIVE.gap * type, y, sign);
  return true;
}

export function drawTitles(frame: Frame): void {
  const { ctx, palette, model, type } = frame;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'alphabetic';
  const labels = new Labels();
  // All names before the first figures: a name is worth more.
  const named = model.swarms.flatMap((swarm, i) => {
    const spot = titleSpot(frame, i);
    const size = model.counts[i];
    if (spot === undefined || size === undefined) return [];
    return nameLine(frame, labels, swarm.id, swarm.kind === 'live', spot.x, spot.y + 18 * type)
      ? [{ ...spot, ...size }]
      : [];
  });
  ctx.font = font(frame, 13.5, 400);
  for (const { x, y, peers, seeds, foreign } of named) {
    const figures = `${plural(peers, 'peer')} · ${plural(seeds, 'seed')}${foreign > 0 ? ` · ${foreign} foreign` : ''}`;
    const width = Math.max(BAR.width * type, ctx.measureText(figures).width);
    if (!labels.take(x, y + 24 * type, width, 28 * type)) continue;
    haloText(frame, figures, x, y + 37 * type, palette.inkSoft);
    ratioBar(frame, x, y + 46 * type, peers === 0 ? undefined : seeds / peers);
  }
}

const TOP = -Math.PI / 2;

/** A swarm as one disc: the ring tells SEED from LEECH. */
export function drawBubbles(frame: Frame): void {
  const { ctx, palette, model, camera } = frame;
  ctx.globalAlpha = frame.bubble;
  for (const [i, hub] of frame.hubs.entries()) {
    const size = model.counts[i];
    if (size === undefined) continue;
    const { x, y } = onScreen(frame, hub);
    const radius = hub.radius * camera.k * BUBBLE_PART;
    const ring = Math.max(4, radius * 0.11);
    const share = size.peers === 0 ? 0 : size.seeds / size.peers;
    ctx.fillStyle = palette.hullInner;
    ctx.beginPath();
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
    ctx.fill();
    ctx.lineWidth = ring;
    ctx.strokeStyle = size.peers === 0 ? palette.line : palette.leech;
    ctx.beginPath();
    ctx.arc(x, y, radius - ring / 2, TOP + share * 2 * Math.PI, TOP + 2 * Math.PI);
    ctx.stroke();
    ctx.strokeStyle = palette.seed;
    ctx.beginPath();
    ctx.arc(x, y, radius - ring / 2, TOP, TOP + share * 2 * Math.PI);
    ctx.stroke();
  }
  ctx.globalAlpha = 1;
}

/** The bubble's words: in it if it has room, else on the side away from the tracker. */
export function drawBubbleTitles(frame: Frame): void {
  const { ctx, palette, model, camera, type } = frame;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  const labels = new Labels();
  const named = model.swarms.flatMap((swarm, i) => {
    const hub = frame.hubs[i] as Hub;
    const size = model.counts[i];
    if (size === undefined) return [];
    const { x, y } = onScreen(frame, hub);
    const radius = hub.radius * camera.k * BUBBLE_PART;
    ctx.font = font(frame, 17, 700);
    const { width } = ctx.measureText(swarm.id);
    const roomy = radius > Math.max(44 * type, width / 2);
    const outside = titleBelow(hub.goal) ? y + radius + 14 * type : y - radius - 31 * type;
    const first = roomy ? y - 13 * type : outside;
    if (!labels.take(x, first - 9 * type, width, 18 * type)) return [];
    haloText(frame, swarm.id, x, first, palette.ink);
    return [{ x, first, roomy, ...size }];
  });
  ctx.font = font(frame, 13, 400);
  for (const { x, first, roomy, peers, seeds } of named) {
    const percent = `${peers === 0 ? 0 : Math.round((seeds / peers) * 100)}% seeds`;
    const figures = roomy ? plural(peers, 'peer') : `${formatCount(peers)} · ${percent}`;
    const { width } = ctx.measureText(figures);
    if (!labels.take(x, first + 12 * type, width, (roomy ? 32 : 15) * type)) continue;
    haloText(frame, figures, x, first + 19 * type, palette.inkSoft);
    if (roomy) haloText(frame, percent, x, first + 36 * type, palette.inkSoft);
  }
}
