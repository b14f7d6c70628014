/** The tracker and what passes between it and the peers: dots while few, streams when many. */
import { TRACKER_REACH } from './arrangement.ts';
import type { Point } from './camera.ts';
import { font, haloText, onScreen, type Frame } from './frame.ts';
import type { Hub } from './forces.ts';
import { edgeTowards } from './hull.ts';
import { formatPerSecond } from '../format.ts';
import { faint } from './palette.ts';
import { position, QUIET, type Rate } from './traffic.ts';

const ORIGIN: Point = { x: 0, y: 0 };
const FULL = 2 * Math.PI;
/** Half the angle of the hull's side from which a stream comes. */
const MOUTH = 0.34;

/** A point of the way from a peer to the tracker; requests and answers bow to different sides. */
function along(from: Point, to: Point, t: number, bow: number): Point {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const lift = 4 * t * (1 - t) * bow;
  return { x: from.x + dx * t - dy * lift, y: from.y + dy * t + dx * lift };
}

export function drawFlights(frame: Frame): void {
  const { ctx, palette, traffic, now, type } = frame;
  if (frame.still || traffic.flights.length === 0) return;
  const tracker = onScreen(frame, ORIGIN);
  for (const flight of traffic.flights) {
    const node = frame.model.node(flight.peer);
    const way = position(flight, now);
    if (node === undefined || way === undefined) continue;
    // Nothing comes back of a request that got no answer.
    if (way.back && flight.outcome === 'failed') continue;
    const peer = onScreen(frame, node);
    const bow = way.back ? -0.05 : 0.05;
    const good = flight.outcome === 'ok' || (!way.back && flight.outcome === 'error');
    const colour = good ? palette.tracker : palette.error;
    const behind = Math.min(1, Math.max(0, way.at + (way.back ? 0.16 : -0.16)));
    const [head, middle, tail] = [way.at, (way.at + behind) / 2, behind].map((t) =>
      along(peer, tracker, t, bow),
    ) as [Point, Point, Point];
    ctx.strokeStyle = colour;
    ctx.globalAlpha = 0.5;
    ctx.lineWidth = 1.8 * type;
    ctx.lineCap = 'round';
    ctx.beginPath();
    ctx.moveTo(tail.x, tail.y);
    ctx.quadraticCurveTo(middle.x, middle.y, head.x, head.y);
    ctx.stroke();
    ctx.globalAlpha = 1;
    ctx.fillStyle = way.back && good ? palette.ink : colour;
    ctx.beginPath();
    ctx.arc(head.x, head.y, (way.back ? 3 : 3.4) * type, 0, FULL);
    ctx.fill();
  }
  ctx.globalAlpha = 1;
  ctx.lineCap = 'butt';
}

/** From nothing at a few messages a second to all at a few hundred. */
const density = (rate: number): number => Math.min(1, Math.log1p(rate / 6) / Math.log1p(60));

function drawStream(frame: Frame, hub: Hub, edge: Float64Array, rate: Rate): void {
  const { ctx, palette, camera, now, type } = frame;
  const strength = density(rate.all);
  if (strength < 0.03) return;
  const tracker = onScreen(frame, ORIGIN);
  const centre = onScreen(frame, hub);
  const towards = Math.atan2(tracker.y - centre.y, tracker.x - centre.x);
  /** The hull's edge at `side` of the mouth, -1 to 1. */
  const bank = (side: number): Point => {
    const angle = towards + side * MOUTH;
    const reach = edgeTowards(edge, Math.cos(angle), Math.sin(angle)) * camera.k;
    return { x: centre.x + Math.cos(angle) * reach, y: centre.y + Math.sin(angle) * reach };
  };
  const middle = bank(0);
  const bed = ctx.createLinearGradient(middle.x, middle.y, tracker.x, tracker.y);
  bed.addColorStop(0, faint(palette.tracker, 0));
  bed.addColorStop(1, faint(palette.tracker, 0.12 + 0.4 * strength));
  const [left, right] = [bank(-1), bank(1)];
  const narrow: Point = { x: tracker.x * 0.66 + middle.x * 0.34, y: tracker.y * 0.66 + middle.y * 0.34 };
  ctx.fillStyle = bed;
  ctx.beginPath();
  ctx.moveTo(left.x, left.y);
  ctx.quadraticCurveTo(narrow.x, narrow.y, tracker.x, tracker.y);
  ctx.quadraticCurveTo(narrow.x, narrow.y, right.x, right.y);
  ctx.closePath();
  ctx.fill();
  if (frame.still) return;

  // As many dots as tell the rate and no more: their number, not their names, is the message.
  const dots = Math.round(4 + 26 * strength);
  const bad = rate.all > 0 ? rate.bad / rate.all : 0;
  for (let i = 0; i < dots; i++) {
    const lane = ((i * 0.618034) % 1) * 2 - 1;
    const back = i % 2 === 1;
    const t = (now / 1500 + i * 0.7548777) % 1;
    const at = back ? 1 - t : t;
    const from = bank(lane);
    const head = along(from, tracker, at, 0);
    const squeeze = at * at;
    const wrong = back && ((i >> 1) + 0.5) / Math.ceil(dots / 2) <= bad;
    ctx.globalAlpha = Math.min(1, 5 * t, 5 * (1 - t));
    ctx.fillStyle = wrong ? palette.error : back ? palette.ink : palette.tracker;
    ctx.beginPath();
    const x = head.x + (narrow.x - head.x) * 0.3 * (at - squeeze);
    const y = head.y + (narrow.y - head.y) * 0.3 * (at - squeeze);
    ctx.arc(x, y, (back ? 1.9 : 2.4) * type, 0, FULL);
    ctx.fill();
  }
  ctx.globalAlpha = 1;
}

export function drawStreams(frame: Frame): void {
  if (!frame.traffic.streaming && !frame.still) return;
  for (const [i, hub] of frame.hubs.entries())
    drawStream(frame, hub, frame.edges[i] as Float64Array, frame.traffic.rates[i] as Rate);
}

/** From far away bubbles may stand so near that words under the tracker would lie on them. */
function hasRoom(frame: Frame, halfWidth: number, height: number): boolean {
  if (frame.bubble <= 0.5) return true;
  const { x, y } = onScreen(frame, ORIGIN);
  const wide = halfWidth * frame.type;
  return frame.hubs.every((hub) => {
    const centre = onScreen(frame, hub);
    const dx = Math.max(0, Math.abs(centre.x - x) - wide);
    const dy = Math.max(0, y - centre.y, centre.y - y - height);
    return Math.hypot(dx, dy) >= hub.radius * frame.camera.k;
  });
}

export function drawTracker(frame: Frame): void {
  const { ctx, palette, traffic, model, type } = frame;
  const { x, y } = onScreen(frame, ORIGIN);
  const half = Math.min(34 * type, Math.max(13 * type, TRACKER_REACH * frame.camera.k));
  const trouble = model.health === 'trouble';
  const colour = trouble ? palette.error : palette.tracker;
  ctx.lineWidth = Math.max(2, half * 0.12);
  ctx.fillStyle = palette.panel;
  ctx.strokeStyle = colour;
  ctx.setLineDash(trouble ? [half * 0.34, half * 0.22] : []);
  ctx.beginPath();
  ctx.roundRect(x - half, y - half, half * 2, half * 2, half * 0.42);
  ctx.fill();
  ctx.stroke();
  ctx.setLineDash([]);
  // The core grows with the work there is.
  const core = half * (0.26 + 0.2 * density(traffic.total));
  ctx.fillStyle = colour;
  ctx.beginPath();
  ctx.arc(x, y, core, 0, FULL);
  ctx.fill();
  ctx.globalAlpha = 0.4;
  ctx.lineWidth = Math.max(1.2, half * 0.07);
  ctx.beginPath();
  ctx.arc(x, y, core + half * 0.2, 0, FULL);
  ctx.stroke();
  ctx.globalAlpha = 1;

  if (!hasRoom(frame, 28, half + 24 * type)) return;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'alphabetic';
  ctx.font = font(frame, 15, 700);
  haloText(frame, 'tracker', x, y + half + 19 * type, palette.ink);
  ctx.font = font(frame, 13, 400);
  if (!hasRoom(frame, 48, half + 41 * type)) return;
  const rate = traffic.perSecond;
  const words = trouble ? 'no good answer' : rate > QUIET ? `${formatPerSecond(rate)} requests/s` : '';
  haloText(frame, words, x, y + half + 36 * type, trouble ? palette.error : palette.inkSoft);
}
