/** Streaming links: a texture when many, lines when few or near. */
import type { Frame } from './frame.ts';
import type { GraphModel, PeerNode } from './model.ts';
import type { Density } from './raster/density.ts';

/** Slots at both ends of some links, two a link; the first `count` links count. */
export interface LinkEnds {
  readonly ends: Int32Array;
  readonly count: number;
}

let kept = new Int32Array(0);

/** Those of which something may be seen, every `stride`th of them. What it returns is void at the next call. */
export function visibleLinks(frame: Frame, stride = 1): LinkEnds {
  const { viewport, camera, model } = frame;
  const [left, top] = [camera.x - viewport.width / 2 / camera.k, camera.y - viewport.height / 2 / camera.k];
  const [right, bottom] = [left + viewport.width / camera.k, top + viewport.height / camera.k];
  const { ends, count } = model.links;
  if (kept.length < 2 * count) kept = new Int32Array(ends.length);
  let found = 0;
  for (let i = 0; i < count; i += stride) {
    const from = ends[2 * i] as number;
    const to = ends[2 * i + 1] as number;
    const source = model.at(from);
    const target = model.at(to);
    if (source.x < left && target.x < left) continue;
    if (source.x > right && target.x > right) continue;
    if (source.y < top && target.y < top) continue;
    if (source.y > bottom && target.y > bottom) continue;
    kept[2 * found] = from;
    kept[2 * found + 1] = to;
    found++;
  }
  return { ends: kept, count: found };
}

/** From the world to the canvas: CSS pixels times `scale`. */
export function transformOf(
  { viewport, camera }: Frame,
  scale: number,
): { k: number; dx: number; dy: number } {
  const k = camera.k * scale;
  return {
    k,
    dx: (viewport.width / 2) * scale - camera.x * k,
    dy: (viewport.height / 2) * scale - camera.y * k,
  };
}

/** How dark the texture may be, so that many links do not become a wall. */
export function linkStrength(frame: Frame, dimmed: boolean): number {
  const crowding = Math.sqrt(600 / Math.max(600, frame.model.links.count));
  const nearness = Math.min(3, Math.max(0.5, frame.disc / 6));
  return Math.min(0.3, 0.13 * crowding * nearness) * (1 - frame.bubble) * (dimmed ? 0.5 : 1);
}

/** As dense as links may become, however many lie over each other. */
export const MOST_INK = 0.62;

/** Below, nothing would be seen. */
export const FAINTEST = 0.012;

/** Adds links `from` to `to` (exclusive) up. */
export function addLinks(frame: Frame, { ends }: LinkEnds, from: number, to: number, density: Density): void {
  const { k, dx, dy } = transformOf(frame, frame.dpr);
  for (let i = from; i < to; i++) {
    const source = frame.model.find(ends[2 * i] as number);
    const target = frame.model.find(ends[2 * i + 1] as number);
    // Gone since the links were gathered.
    if (source === undefined || target === undefined) continue;
    density.line(source.x * k + dx, source.y * k + dy, target.x * k + dx, target.y * k + dy);
  }
}

function linksOf(model: GraphModel, { slot }: PeerNode): readonly PeerNode[] {
  const { ends, count } = model.links;
  const others: PeerNode[] = [];
  for (let i = 0; i < 2 * count; i++)
    if (ends[i] === slot) others.push(model.at(ends[i % 2 === 0 ? i + 1 : i - 1] as number));
  return others;
}

/** The links of one peer, to be seen among the others. */
export function drawLinksOf(frame: Frame, node: PeerNode): void {
  const { ctx, palette } = frame;
  const { k, dx, dy } = transformOf(frame, 1);
  ctx.globalAlpha = 0.55 * (1 - frame.bubble);
  ctx.strokeStyle = palette.ink;
  ctx.lineWidth = 1.4 * palette.scale;
  ctx.beginPath();
  for (const other of linksOf(frame.model, node)) {
    ctx.moveTo(node.x * k + dx, node.y * k + dy);
    ctx.lineTo(other.x * k + dx, other.y * k + dy);
  }
  ctx.stroke();
  ctx.globalAlpha = 1;
}
