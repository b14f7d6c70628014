/**
 * Peers. Never by colour alone: a SEED is a full disc with a rim, a LEECH an open one whose arc is its share
 * of chunks, a silent peer is dashed, one that joins is small and hollow, a crashed one fades, one that
 * leaves shrinks; a peer of others is a square on its corner.
 */
import { PHASES } from '../../dashboard/feed.ts';
import { classOf, isHint } from './colouring.ts';
import { isVisible, onScreen, smoothstep, type Frame } from './frame.ts';
import { FAREWELL, type PeerNode } from './model.ts';
import { GLOW_STEPS, glowOf, PICKED, signOf, type Sheet, type SignName } from './sprites.ts';

const JOINING = PHASES.indexOf('joining');
const SILENT = PHASES.indexOf('silent');
const LEAVING = PHASES.indexOf('leaving');
const FULL = 2 * Math.PI;
const ENTRANCE = 450;
const GLOW = 520;
const BLOOM = 900;
/** Of those that are not meant while a peer is selected. */
export const DIMMED = 0.42;
/** Of those whose class was not chosen. */
const HINT = 0.13;
/** Beyond so many at a time nobody can follow who comes and who goes: the others are drawn at their full size. */
const MOST_CHANGES = 300;
const MOST_BLOOMS = 100;

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
  if (node.end?.how === 'crashed') return node.seed ? 'crashed-seed' : 'crashed-leech';
  if (node.foreign) {
    if (node.phase === SILENT) return 'foreign-silent';
    if (node.phase === JOINING) return 'foreign-joining';
    return node.seed ? 'foreign-seed' : 'foreign-leech';
  }
  if (node.phase === SILENT) return node.seed ? 'silent-seed' : 'silent-leech';
  if (node.phase === JOINING) return 'joining';
  return node.seed ? 'seed' : 'leech';
}

/** Of the sheet, a sign's number, its upper left corner in whole device pixels, and its strength from 0 to 1. */
type PutSign = (sheet: Sheet, sign: number, left: number, top: number, strength: number) => void;

/**
 * The crowd, sign by sign; those that are `meant` stand above it, drawn by `drawPeers` later. While some are meant,
 * the others are dimmed.
 */
export function stampPeers(
  frame: Frame,
  nodes: readonly PeerNode[],
  meant: ReadonlySet<PeerNode>,
  put: PutSign,
): void {
  const strength = (meant.size > 0 ? DIMMED : 1) * (1 - frame.bubble);
  if (strength <= 0) return;
  const { now, still } = frame;
  const { painting, model, alone } = frame;
  const sheets = sheetsOf(frame);
  const { signs, cell, phases } = sheets[0] as Sheet;
  const reach = frame.disc * 3;
  const { width, height } = frame.viewport;
  const { k, x: cx, y: cy } = frame.camera;
  let small = 0;
  for (const node of nodes) {
    const x = (node.x - cx) * k + width / 2;
    const y = (node.y - cy) * k + height / 2;
    if (x < -reach || y < -reach || x > width + reach || y > height + reach || meant.has(node)) continue;
    if (changes(node, now, still) && ++small <= MOST_CHANGES) continue;
    // The sheet's row that has signs shifted by the part of a pixel that is left over here.
    const column = Math.round((x * frame.dpr - cell / 2) * phases);
    const line = Math.round((y * frame.dpr - cell / 2) * phases);
    const left = Math.floor(column / phases);
    const top = Math.floor(line / phases);
    const row = column - left * phases + (line - top * phases) * phases;
    const peerClass = classOf(painting, node, model);
    const sheet = (sheets[peerClass] ?? sheets[0]) as Sheet;
    const seen = isHint(painting, peerClass) || (alone && !node.picked) ? strength * HINT : strength;
    const glow = Math.floor(((now - node.litAt) / GLOW) * GLOW_STEPS);
    if (glow >= 0 && glow < GLOW_STEPS) put(sheet, row * signs + glowOf(glow, still), left, top, seen);
    const gone = node.end?.how === 'crashed' ? (now - node.end.at) / FAREWELL.crashed : 0;
    if (gone < 1) put(sheet, row * signs + signOf(signName(node), node.share), left, top, seen * (1 - gone));
    if (node.picked) put(sheet, row * signs + PICKED, left, top, strength * (1 - gone));
  }
}

/** Of each class; one where all have the signs' own colours. All have their signs at the same places. */
function sheetsOf({ sprites, disc, dpr, palette, painting }: Frame): readonly Sheet[] {
  const { palettes } = painting;
  return (palettes.length === 0 ? [palette] : palettes).map((one) => sprites.sheet(disc * dpr, one));
}

/** Its size is another from frame to frame. */
const changes = (node: PeerNode, now: number, still: boolean): boolean =>
  (!still && now - node.bornAt < ENTRANCE) ||
  node.end?.how === 'left' ||
  (node.phase === LEAVING && node.end === undefined);

/** Those that come and go, at their size of now, and those that became SEED just now: over the crowd. */
export function drawChanges(frame: Frame, nodes: readonly PeerNode[], strength: number): void {
  const alpha = strength * (1 - frame.bubble);
  if (alpha <= 0) return;
  const { now, still } = frame;
  const changing: Spot[] = [];
  const blooming: Spot[] = [];
  for (const node of nodes) {
    const grows = changing.length < MOST_CHANGES && changes(node, now, still);
    const blooms = !still && blooming.length < MOST_BLOOMS && now - node.bloomedAt < BLOOM;
    if (!grows && !blooms) continue;
    const { x, y } = onScreen(frame, node);
    if (!isVisible(frame, { x, y }, frame.disc * 3)) continue;
    const spot = { node, x, y, size: presence(node, frame) };
    if (grows) changing.push(spot);
    if (blooms) blooming.push(spot);
  }
  frame.ctx.globalAlpha = alpha;
  drawBloom(frame, blooming, alpha);
  drawSpots(frame, changing);
  frame.ctx.globalAlpha = 1;
}

/** A few peers, over everything else. */
export function drawPeers(frame: Frame, nodes: readonly PeerNode[]): void {
  const alpha = 1 - frame.bubble;
  if (alpha <= 0) return;
  const spots = nodes.map((node) => ({ node, ...onScreen(frame, node), size: presence(node, frame) }));
  frame.ctx.globalAlpha = alpha;
  drawSpots(frame, spots);
  frame.ctx.globalAlpha = 1;
}

function drawSpots(frame: Frame, spots: readonly Spot[]): void {
  const { ctx, dpr, painting, model, alone } = frame;
  const sheets = sheetsOf(frame);
  const strength = ctx.globalAlpha;
  for (const { node, x, y, size } of spots) {
    const peerClass = classOf(painting, node, model);
    const { image, cell } = (sheets[peerClass] ?? sheets[0]) as Sheet;
    const hinted = isHint(painting, peerClass) || (alone && !node.picked);
    ctx.globalAlpha = hinted ? strength * HINT : strength;
    const side = (cell / dpr) * size;
    const put = (sign: number): void =>
      ctx.drawImage(image, sign * cell, 0, cell, cell, x - side / 2, y - side / 2, side, side);
    put(signOf(signName(node), node.share));
    if (node.picked) put(PICKED);
  }
  ctx.globalAlpha = strength;
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

/** Milliseconds that changes of a peer need to play out. */
export const PEER_MOTION = Math.max(ENTRANCE, GLOW, BLOOM, FAREWELL.crashed);
