/** Streaming links: a texture when many, lines when few or near. */
import type { Frame } from './frame.ts';
import type { NodeLink, PeerNode } from './model.ts';

/** Those of which something may be seen. */
export function visibleLinks(frame: Frame): readonly NodeLink[] {
  const { viewport, camera, model } = frame;
  const [left, top] = [camera.x - viewport.width / 2 / camera.k, camera.y - viewport.height / 2 / camera.k];
  const [right, bottom] = [left + viewport.width / camera.k, top + viewport.height / camera.k];
  return model.links.filter(
    ({ source, target }) =>
      !(
        (source.x < left && target.x < left) ||
        (source.x > right && target.x > right) ||
        (source.y < top && target.y < top) ||
        (source.y > bottom && target.y > bottom)
      ),
  );
}

function trace(frame: Frame, links: readonly NodeLink[]): void {
  const { ctx, viewport, camera } = frame;
  const { k } = camera;
  const [dx, dy] = [viewport.width / 2 - camera.x * k, viewport.height / 2 - camera.y * k];
  ctx.beginPath();
  for (const { source, target } of links) {
    ctx.moveTo(source.x * k + dx, source.y * k + dy);
    ctx.lineTo(target.x * k + dx, target.y * k + dy);
  }
  ctx.stroke();
}

/** How dark the texture may be, so that many links do not become a wall. */
function strength(frame: Frame): number {
  const crowding = Math.sqrt(600 / Math.max(600, frame.model.links.length));
  const nearness = Math.min(3, Math.max(0.5, frame.disc / 6));
  return Math.min(0.3, 0.13 * crowding * nearness) * (1 - frame.bubble);
}

/** `louder`: how much stronger each is to be drawn, when some stand for all. */
export function drawLinks(frame: Frame, links: readonly NodeLink[], dimmed: boolean, louder: number): void {
  const { ctx, palette } = frame;
  const alpha = strength(frame) * louder * (dimmed ? 0.5 : 1);
  if (alpha < 0.012) return;
  ctx.globalAlpha = alpha;
  ctx.strokeStyle = palette.ink;
  // Up to one device pixel a line is drawn as a hairline, at a fraction of the cost.
  ctx.lineWidth = 1 / frame.dpr;
  trace(frame, links);
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
