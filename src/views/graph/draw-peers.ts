/**
 * Peers. Never by colour alone: a SEED is a full disc with a rim, a LEECH an open one whose arc is its share
 * of chunks, a silent peer is dashed, one that joins is small and hollow, a crashed one fades, one that
 * leaves shrinks; a peer of others is a square on its corner.
 */
import { PHASES } from '../../dashboard/feed.ts';
import { isVisible, onScreen, smoothstep, type Frame } from './frame.ts';
import { FAREWELL, type PeerNode } from './model.ts';
import { signOf, type SignName } from './sprites.ts';

const JOINING = PHASES.indexOf('joining');
const SILENT = PHASES.indexOf('silent');
const LEAVING = PHASES.indexOf('leaving');
const FULL = 2 * Math.PI;
const ENTRANCE = 450;
const GLOW = 520;
const GLOW_STEPS = 4;
const BLOOM = 900;

/** A peer as it stands on the screen. */
interface Spot {
  readonly node: PeerNode;
  readonly x: number;
  readonly y: number;
  /** Of the full disc's size. */
  readonly size: number;
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

function signName(node: PeerNode): SignName {
  if (node.foreign) {
    if (node.phase === SILENT) return 'foreign-silent';
    if (node.phase === JOINING) return 'foreign-joining';
    return node.seed ? 'foreign-seed' : 'foreign-leech';
  }
  if (node.phase === SILENT) return node.seed ? 'silent-seed' : 'silent-leech';
  if (node.phase === JOINING) return 'joining';
  return node.seed ? 'seed' : 'leech';
}

function drawSpots(frame: Frame, spots: readonly Spot[]): void {
  const { ctx, dpr } = frame;
  const { image, cell, phases } = frame.sprites.sheet(frame.disc * dpr, frame.palette);
  const whole = cell / dpr;
  ctx.imageSmoothingEnabled = false;
  for (const { node, x, y, size } of spots) {
    if (size !== 1) continue;
    const column = Math.round((x * dpr - cell / 2) * phases);
    const line = Math.round((y * dpr - cell / 2) * phases);
    const [left, top] = [Math.floor(column / phases), Math.floor(line / phases)];
    const row = column - left * phases + (line - top * phases) * phases;
    const sign = signOf(signName(node), node.share);
    ctx.drawImage(image, sign * cell, row * cell, cell, cell, left / dpr, top / dpr, whole, whole);
  }
  ctx.imageSmoothingEnabled = true;
  for (const { node, x, y, size } of spots) {
    if (size === 1) continue;
    const side = whole * size;
    const sign = signOf(signName(node), node.share);
    ctx.drawImage(image, sign * cell, 0, cell, cell, x - side / 2, y - side / 2, side, side);
  }
}

function drawCrashed(frame: Frame, spots: readonly Spot[], alpha: number): void {
  const { ctx, palette, disc } = frame;
  for (const { node, x, y } of spots) {
    const gone = (frame.now - (node.end?.at ?? 0)) / FAREWELL.crashed;
    ctx.globalAlpha = alpha * Math.max(0, 1 - gone);
    ctx.fillStyle = node.seed ? palette.seed : palette.leechTrack;
    ctx.strokeStyle = palette.error;
    ctx.lineWidth = Math.max(1, disc * 0.26);
    ctx.beginPath();
    ctx.arc(x, y, disc * 0.85, 0, FULL);
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
  for (let step = 0; step < GLOW_STEPS; step++) {
    const radius = disc * (frame.still ? 1.2 : 1.1 + step * 0.07);
    ctx.beginPath();
    for (const { node, x, y } of spots) {
      if (Math.floor(((now - node.litAt) / GLOW) * GLOW_STEPS) !== step) continue;
      ctx.moveTo(x + radius, y);
      ctx.arc(x, y, radius, 0, FULL);
    }
    ctx.globalAlpha = alpha * (0.9 - step * 0.22);
    ctx.stroke();
  }
  ctx.globalAlpha = alpha;
}

/** A LEECH became SEED: a ring opens once. */
function drawBloom(frame: Frame, spots: readonly Spot[], alpha: number): void {
  const { ctx, palette, now, disc } = frame;
  for (const { node, x, y } of spots) {
    const t = (now - node.bloomedAt) / BLOOM;
    ctx.globalAlpha = alpha * (1 - t);
    ctx.strokeStyle = palette.seed;
    ctx.lineWidth = Math.max(1, disc * 0.5 * (1 - t));
    ctx.beginPath();
    ctx.arc(x, y, disc * (1 + 1.9 * smoothstep(0, 1, t)), 0, FULL);
    ctx.stroke();
  }
  ctx.globalAlpha = alpha;
}

export function drawPeers(frame: Frame, nodes: readonly PeerNode[], strength: number): void {
  const { ctx, now, still } = frame;
  const alpha = strength * (1 - frame.bubble);
  if (alpha <= 0) return;
  const present: Spot[] = [];
  const crashed: Spot[] = [];
  for (const node of nodes) {
    const { x, y } = onScreen(frame, node);
    if (!isVisible(frame, { x, y }, frame.disc * 3)) continue;
    const spot = { node, x, y, size: presence(node, frame) };
    (node.end?.how === 'crashed' ? crashed : present).push(spot);
  }
  ctx.globalAlpha = alpha;
  const glowing = present.filter(({ node }) => now - node.litAt < GLOW);
  if (glowing.length > 0) drawGlow(frame, glowing, alpha);
  if (!still) {
    const blooming = present.filter(({ node }) => now - node.bloomedAt < BLOOM);
    drawBloom(frame, blooming, alpha);
  }
  drawSpots(frame, present);
  drawCrashed(frame, crashed, alpha);
  ctx.globalAlpha = 1;
}

/** Milliseconds that changes of a peer need to play out. */
export const PEER_MOTION = Math.max(ENTRANCE, GLOW, BLOOM, FAREWELL.crashed);
