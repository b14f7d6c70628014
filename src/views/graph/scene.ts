/** What is drawn over what. */
import type { Backdrop, Motion } from './backdrop.ts';
import { drawLinksOf } from './draw-links.ts';
import { DIMMED, drawChanges, drawPeers, stampPeers } from './draw-peers.ts';
import { drawLine, drawListed, drawMarks, drawNames, drawPins } from './draw-selection.ts';
import { drawBubbles, drawBubbleTitles, drawTitles } from './draw-swarms.ts';
import { drawFlights, drawStreams, drawTracker } from './draw-traffic.ts';
import type { Frame } from './frame.ts';
import type { PeerNode } from './model.ts';

/** How steeply words come and go about the middle of the transition: a view may come to rest in it. */
const WORDS_FADE = 12;

/**
 * `restamp`: hulls, links and peers, too; else these stay as they are in the pixels, and only what lies over them is
 * drawn anew. True while the backdrop has a better picture under way.
 */
export function drawScene(frame: Frame, backdrop: Backdrop, motion: Motion, restamp: boolean): boolean {
  const { ctx, model, selection, hovered } = frame;
  const selected = selection.peer === undefined ? undefined : model.node(selection.peer);
  const unfinished = backdrop.advance(frame, selected !== undefined || frame.alone, motion);
  const meant = new Set<PeerNode>();
  let listed: readonly PeerNode[] = [];
  if (selected !== undefined) {
    listed = selection.listed.map((handle) => model.node(handle)).filter((node) => node !== undefined);
    for (const node of [selected, ...listed, ...(hovered === undefined ? [] : [hovered])]) meant.add(node);
  }
  if (restamp) {
    backdrop.show(frame, frame.pixels);
    stampPeers(frame, model.nodes, meant);
  }
  frame.pixels.putOn(ctx);
  drawStreams(frame);
  drawChanges(frame, model.nodes, selected === undefined ? 1 : DIMMED);
  if (hovered !== undefined && hovered !== selected) drawLinksOf(frame, hovered);
  if (selected !== undefined) {
    drawLinksOf(frame, selected);
    drawListed(frame, selected, listed);
    drawPeers(frame, [...meant]);
  }
  if (frame.bubble > 0) drawBubbles(frame);
  drawMarks(frame, selected);
  drawPins(frame);

  // Shapes melt into each other; words would only blur, so one goes before the other comes.
  ctx.globalAlpha = Math.min(1, WORDS_FADE * Math.abs(frame.bubble - 0.5));
  if (frame.bubble < 0.5) drawTitles(frame);
  else drawBubbleTitles(frame);
  ctx.globalAlpha = 1;
  drawNames(frame, selected === undefined ? [] : [selected]);
  drawTracker(frame);
  drawFlights(frame);
  drawLine(frame);
  return unfinished;
}
