/** What is drawn over what. */
import type { Backdrop, Motion } from './backdrop.ts';
import { drawLinksOf } from './draw-links.ts';
import { drawPeers } from './draw-peers.ts';
import { drawListed, drawMarks, drawNames } from './draw-selection.ts';
import { drawBubbles, drawBubbleTitles, drawTitles } from './draw-swarms.ts';
import { drawFlights, drawStreams, drawTracker } from './draw-traffic.ts';
import type { Frame } from './frame.ts';
import type { PeerNode } from './model.ts';

/** Of those that are not meant while a peer is selected. */
const DIMMED = 0.42;
/** How steeply words come and go about the middle of the transition: a view may come to rest in it. */
const WORDS_FADE = 12;

/** True while the backdrop has a better picture under way. */
export function drawScene(frame: Frame, backdrop: Backdrop, motion: Motion): boolean {
  const { ctx, model, selection, hovered } = frame;
  const selected = selection.peer === undefined ? undefined : model.node(selection.peer);
  const unfinished = backdrop.draw(frame, selected !== undefined, motion);
  drawStreams(frame);
  if (hovered !== undefined && hovered !== selected) drawLinksOf(frame, hovered);

  if (selected === undefined) drawPeers(frame, model.nodes, 1);
  else {
    const listed = selection.listed.map((handle) => model.node(handle)).filter((node) => node !== undefined);
    const meant = new Set<PeerNode>([selected, ...listed]);
    if (hovered !== undefined) meant.add(hovered);
    drawPeers(
      frame,
      model.nodes.filter((node) => !meant.has(node)),
      DIMMED,
    );
    drawLinksOf(frame, selected);
    drawListed(frame, selected, listed);
    drawPeers(frame, [...meant], 1);
  }
  if (frame.bubble > 0) drawBubbles(frame);
  drawMarks(frame, selected);

  // Shapes melt into each other; words would only blur, so one goes before the other comes.
  ctx.globalAlpha = Math.min(1, WORDS_FADE * Math.abs(frame.bubble - 0.5));
  if (frame.bubble < 0.5) drawTitles(frame);
  else drawBubbleTitles(frame);
  ctx.globalAlpha = 1;
  drawNames(frame, selected === undefined ? [] : [selected]);
  drawTracker(frame);
  drawFlights(frame);
  return unfinished;
}
