/** What is drawn over what. */
import type { Motion } from './backdrop.ts';
import { drawLinksOf } from './draw-links.ts';
import { DIMMED, drawChanges, drawPeers } from './draw-peers.ts';
import { drawLine, drawListed, drawMarks, drawNames, drawPins } from './draw-selection.ts';
import { drawBubbles, drawBubbleTitles, drawTitles } from './draw-swarms.ts';
import { drawFlights, drawStreams, drawTracker } from './draw-traffic.ts';
import type { Frame } from './frame.ts';
import type { PeerNode } from './model.ts';
import type { Painted, Painter } from './painter.ts';

/** How steeply words come and go about the middle of the transition: a view may come to rest in it. */
const WORDS_FADE = 12;

/**
 * `restamp`: hulls, links and peers, too; else these stay as they are in the pixels, and only what lies over them is
 * drawn anew. Where the painter is lost, nothing is drawn at all.
 */
export function drawScene(frame: Frame, painter: Painter, motion: Motion, restamp: boolean): Painted {
  const { ctx, model, selection, hovered } = frame;
  const selected = selection.peer === undefined ? undefined : model.node(selection.peer);
  const meant = new Set<PeerNode>();
  let listed: readonly PeerNode[] = [];
  if (selected !== undefined) {
    listed = selection.listed.map((handle) => model.node(handle)).filter((node) => node !== undefined);
    for (const node of [selected, ...listed, ...(hovered === undefined ? [] : [hovered])]) meant.add(node);
  }
  const dimmed = selected !== undefined || frame.alone;
  const painted = painter.paint(frame, { dimmed, motion, restamp, meant });
  if (painted === 'lost') return painted;
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
  return painted;
}
