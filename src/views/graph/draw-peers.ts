/**
 * Peers. Never by colour alone: a SEED is a full disc with a rim, a LEECH an open one whose arc is its share
 * of chunks, a silent peer is dashed, one that joins is small and hollow, a crashed one fades, one that
 * leaves shrinks. One path per style, however many peers: that is what makes a thousand of them cheap.
 */
import { PHASES } from '../../dashboard/feed.ts';
import { isVisible, onScreen, smoothstep, type Frame } from './frame.ts';
import { FAREWELL, type PeerNode } from './model.ts';

const JOINING = PHASES.indexOf('joining');
const SILENT = PHASES.indexOf('silent');
const LEAVING = PHASES.indexOf('leaving');
const FULL = 2 * Math.PI;
const TOP = -Math.PI / 2;
const ENTRANCE = 450;
const GLOW = 520;
const BLOOM = 900;
const DASHES = 5;

/** A peer as it stands on the screen. */
interface Spot {
  readonly node: PeerNode;
  readonly x: number;
  readonly y: number;
  readonly r: number;
}

interface Styles {
  readonly seeds: Spot[];
  readonly leeches: Spot[];
  readonly silent: Spot[];
  readonly joining: Spot[];
  readonly crashed: Spot[];
  readonly glowing: Spot[];
  readonly blooming: Spot[];
}

/** Size of a peer's disc now, for those that come and go. */
function presence(node: PeerNode, frame: Frame): number {
  let size = 1;
  const age = frame.now - node.bornAt;
  if (age < ENTRANCE && !frame.still) size = 1 - (1 - age / ENTRANCE) ** 3;
  if (node.phase === LEAVING && node.end === undefined) size *= 0.75;
  if (node.end?.how === 'left') size *= 0.75 * Math.max(0, 1 - (frame.now - node.end.at) / FAREWELL.left);
  return size;
}

function sort(frame: Frame, nodes: readonly PeerNode[]): Styles {
  const styles: Styles = {
    seeds: [],
    leeches: [],
    silent: [],
    joining: [],
    crashed: [],
    glowing: [],
    blooming: [],
  };
  for (const node of nodes) {
    const { x, y } = onScreen(frame, node);
    if (!isVisible(frame, { x, y }, frame.disc * 3)) continue;
    const spot = { node, x, y, r: frame.disc * presence(node, frame) };
    if (node.end?.how === 'crashed') styles.crashed.push(spot);
    else if (node.phase === SILENT) styles.silent.push(spot);
    else if (node.phase === JOINING) styles.joining.push(spot);
    else if (node.seed) styles.seeds.push(spot);
    else styles.leeches.push(spot);
    if (frame.now - node.litAt < GLOW) styles.glowing.push(spot);
    if (frame.now - node.bloomedAt < BLOOM && !frame.still) styles.blooming.push(spot);
  }
  return styles;
}

function circles(ctx: OffscreenCanvasRenderingContext2D, spots: readonly Spot[], part: number): void {
  ctx.beginPath();
  for (const { x, y, r } of spots) {
    ctx.moveTo(x + r * part, y);
    ctx.arc(x, y, r * part, 0, FULL);
  }
}

function drawLeeches(frame: Frame, spots: readonly Spot[]): void {
  const { ctx, palette, disc } = frame;
  const width = Math.max(1, disc * 0.4);
  ctx.lineWidth = width;
  circles(ctx, spots, 1 - 0.2);
  ctx.fillStyle = palette.hollow;
  ctx.fill();
  ctx.strokeStyle = palette.leechTrack;
  ctx.stroke();
  ctx.strokeStyle = palette.leech;
  ctx.beginPath();
  for (const { node, x, y, r } of spots) {
    if (node.share <= 0) continue;
    ctx.moveTo(x, y - r * 0.8);
    ctx.arc(x, y, r * 0.8, TOP, TOP + FULL * Math.min(1, node.share));
  }
  ctx.stroke();
}

function drawSeeds(frame: Frame, spots: readonly Spot[]): void {
  const { ctx, palette, disc } = frame;
  const rim = Math.max(0.8, disc * 0.17);
  circles(ctx, spots, 0.92);
  ctx.fillStyle = palette.seed;
  ctx.fill();
  ctx.strokeStyle = palette.seedRim;
  ctx.lineWidth = rim;
  if (disc > 3) ctx.stroke();
}

/** Dashes as arcs of one path: setLineDash costs far more when a whole swarm falls silent. */
function drawSilent(frame: Frame, spots: readonly Spot[]): void {
  const { ctx, palette, disc } = frame;
  const dash = FULL / DASHES;
  ctx.beginPath();
  for (const { x, y, r } of spots) {
    for (let i = 0; i < DASHES; i++) {
      const from = TOP + i * dash;
      ctx.moveTo(x + r * 0.85 * Math.cos(from), y + r * 0.85 * Math.sin(from));
      ctx.arc(x, y, r * 0.85, from, from + dash * 0.58);
    }
  }
  ctx.strokeStyle = palette.silent;
  ctx.lineWidth = Math.max(1, disc * 0.26);
  ctx.stroke();
  // What it was before it fell silent stays readable.
  for (const seed of [true, false]) {
    circles(
      ctx,
      spots.filter((spot) => spot.node.seed === seed),
      0.36,
    );
    ctx.fillStyle = seed ? palette.seed : palette.leech;
    ctx.fill();
  }
}

function drawJoining(frame: Frame, spots: readonly Spot[]): void {
  const { ctx, palette, disc } = frame;
  circles(ctx, spots, 0.5);
  ctx.fillStyle = palette.hollow;
  ctx.fill();
  ctx.strokeStyle = palette.inkSoft;
  ctx.lineWidth = Math.max(0.9, disc * 0.2);
  ctx.stroke();
}

function drawCrashed(frame: Frame, spots: readonly Spot[], alpha: number): void {
  const { ctx, palette, disc } = frame;
  for (const { node, x, y, r } of spots) {
    const gone = (frame.now - (node.end?.at ?? 0)) / FAREWELL.crashed;
    ctx.globalAlpha = alpha * Math.max(0, 1 - gone);
    ctx.fillStyle = node.seed ? palette.seed : palette.leechTrack;
    ctx.strokeStyle = palette.error;
    ctx.lineWidth = Math.max(1, disc * 0.26);
    ctx.beginPath();
    ctx.arc(x, y, r * 0.85, 0, FULL);
    ctx.fill();
    ctx.stroke();
  }
  ctx.globalAlpha = alpha;
}

/** An answer came: a rim of light, by age in a few steps so that each step is one path. */
function drawGlow(frame: Frame, spots: readonly Spot[], alpha: number): void {
  const { ctx, palette, now, disc } = frame;
  ctx.strokeStyle = palette.tracker;
  ctx.lineWidth = Math.max(1, disc * 0.24);
  for (let step = 0; step < 4; step++) {
    const some = spots.filter(({ node }) => Math.floor(((now - node.litAt) / GLOW) * 4) === step);
    if (some.length === 0) continue;
    ctx.globalAlpha = alpha * (0.9 - step * 0.22);
    circles(ctx, some, frame.still ? 1.2 : 1.12 + step * 0.1);
    ctx.stroke();
  }
  ctx.globalAlpha = alpha;
}

/** A LEECH became SEED: a ring opens once. */
function drawBloom(frame: Frame, spots: readonly Spot[], alpha: number): void {
  const { ctx, palette, now } = frame;
  for (const { node, x, y, r } of spots) {
    const t = (now - node.bloomedAt) / BLOOM;
    ctx.globalAlpha = alpha * (1 - t);
    ctx.strokeStyle = palette.seed;
    ctx.lineWidth = Math.max(1, r * 0.5 * (1 - t));
    ctx.beginPath();
    ctx.arc(x, y, r * (1 + 1.9 * smoothstep(0, 1, t)), 0, FULL);
    ctx.stroke();
  }
  ctx.globalAlpha = alpha;
}

export function drawPeers(frame: Frame, nodes: readonly PeerNode[], strength: number): void {
  const { ctx } = frame;
  const alpha = strength * (1 - frame.bubble);
  if (alpha <= 0) return;
  const styles = sort(frame, nodes);
  ctx.globalAlpha = alpha;
  ctx.lineCap = 'butt';
  drawGlow(frame, styles.glowing, alpha);
  drawBloom(frame, styles.blooming, alpha);
  drawJoining(frame, styles.joining);
  drawLeeches(frame, styles.leeches);
  drawSeeds(frame, styles.seeds);
  drawSilent(frame, styles.silent);
  drawCrashed(frame, styles.crashed, alpha);
  ctx.globalAlpha = 1;
}

/** Milliseconds that changes of a peer need to play out. */
export const PEER_MOTION = Math.max(ENTRANCE, GLOW, BLOOM, FAREWELL.crashed);
