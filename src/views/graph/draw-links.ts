/** Streaming links: a texture when many, lines when few or near. */
import { onScreen, type Frame } from './frame.ts';
import type { NodeLink, PeerNode } from './model.ts';

function trace(frame: Frame, links: readonly NodeLink[]): void {
  const { ctx, viewport, camera } = frame;
  const [dx, dy] = [viewport.width / 2 - camera.x * camera.k, viewport.height / 2 - camera.y * camera.k];
  ctx.beginPath();
  for (const { source, target } of links) {
    const [ax, ay] = [source.x * camera.k + dx, source.y * camera.k + dy];
    const [bx, by] = [target.x * camera.k + dx, target.y * camera.k + dy];
    if ((ax < 0 && bx < 0) || (ay < 0 && by < 0)) continue;
    if ((ax > viewport.width && bx > viewport.width) || (ay > viewport.height && by > viewport.height))
      continue;
    ctx.moveTo(ax, ay);
    ctx.lineTo(bx, by);
  }
  ctx.stroke();
}

/** How dark the texture may be, so that many links do not become a wall. */
function strength(frame: Frame): number {
  const crowding = Math.sqrt(600 / Math.max(600, frame.model.links.length));
  const nearness = Math.min(2.2, Math.max(0.5, frame.disc / 6));
  return Math.min(0.3, 0.13 * crowding * nearness) * (1 - frame.bubble);
}

export function drawLinks(frame: Frame, dimmed: boolean): void {
  const { ctx, palette } = frame;
  const alpha = strength(frame) * (dimmed ? 0.5 : 1);
  if (alpha < 0.015) return;
  ctx.globalAlpha = alpha;
  ctx.strokeStyle = palette.ink;
  // Up to one device pixel a line is drawn as a hairline, at a fraction of the cost.
  ctx.lineWidth = 1 / frame.dpr;
  trace(frame, frame.model.links);
  ctx.globalAlpha = 1;
}

/** The links of one peer, to be seen among the others. */
export function drawLinksOf(frame: Frame, node: PeerNode): void {
  const { ctx, palette } = frame;
  ctx.globalAlpha = 0.55 * (1 - frame.bubble);
  ctx.strokeStyle = palette.ink;
  ctx.lineWidth = 1.4 * palette.scale;
  trace(
    frame,
    frame.model.links.filter((link) => link.source === node || link.target === node),
  );
  ctx.globalAlpha = 1;
}

export function ring(frame: Frame, node: PeerNode, colour: string, factor: number, width: number): void {
  const { ctx } = frame;
  const { x, y } = onScreen(frame, node);
  ctx.strokeStyle = colour;
  ctx.lineWidth = width * frame.palette.scale;
  ctx.beginPath();
  ctx.arc(x, y, Math.max(5, frame.disc * factor), 0, 2 * Math.PI);
  ctx.stroke();
}
