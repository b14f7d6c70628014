/** The selected peer and whom the tracker listed to it; the hovered peer; names when near enough. */
import { font, haloText, isVisible, onScreen, smoothstep, type Frame } from './frame.ts';
import type { PeerNode } from './model.ts';
import { faint } from './palette.ts';
import { shortId } from '../format.ts';

const NAMES_FROM = 15;
const MOST_NAMES = 220;
const MOST_STRANGERS = 12;
const FADE_IN = 260;
const BEND = 0.16;
const LEAST_RING = 6.5;

/** Directed edges asker -> listed, bent so that two of them between the same peers stay apart. */
export function drawListed(frame: Frame, from: PeerNode, listed: readonly PeerNode[]): void {
  const { ctx, palette, disc } = frame;
  ctx.globalAlpha =
    (frame.still ? 1 : smoothstep(0, FADE_IN, frame.now - frame.selection.at)) * (1 - frame.bubble);
  const a = onScreen(frame, from);
  const tip = Math.max(7, Math.min(12, disc * 1.3)) * palette.scale;
  const gap = Math.max(4, disc * 1.12);
  ctx.lineWidth = 1.7 * palette.scale;
  ctx.lineCap = 'round';
  ctx.strokeStyle = ctx.fillStyle = palette.selected;
  const heads = new Path2D();
  ctx.beginPath();
  for (const node of listed) {
    const b = onScreen(frame, node);
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const distance = Math.hypot(dx, dy);
    if (distance < gap * 2) continue;
    const control = { x: (a.x + b.x) / 2 - dy * BEND, y: (a.y + b.y) / 2 + dx * BEND };
    const direction = Math.atan2(b.y - control.y, b.x - control.x);
    const [ux, uy] = [Math.cos(direction), Math.sin(direction)];
    const end = { x: b.x - ux * gap, y: b.y - uy * gap };
    const neck = { x: end.x - ux * tip, y: end.y - uy * tip };
    const leave = Math.atan2(control.y - a.y, control.x - a.x);
    const away = Math.max(6, disc * 1.5);
    ctx.moveTo(a.x + Math.cos(leave) * away, a.y + Math.sin(leave) * away);
    ctx.quadraticCurveTo(control.x, control.y, neck.x + ux, neck.y + uy);
    heads.moveTo(end.x, end.y);
    heads.lineTo(neck.x - uy * tip * 0.46, neck.y + ux * tip * 0.46);
    heads.lineTo(neck.x + uy * tip * 0.46, neck.y - ux * tip * 0.46);
    heads.closePath();
  }
  ctx.stroke();
  ctx.fill(heads);
  ctx.lineCap = 'butt';
  ctx.globalAlpha = 1;
}

/** Radius of a ring around a disc: near to a large one, clear of a small one, and never too small to find. */
const around = (frame: Frame, gap: number): number =>
  Math.max(frame.disc + Math.min(12, Math.max(2.5, frame.disc * gap)), LEAST_RING * frame.palette.scale);

function ring(frame: Frame, node: PeerNode, colour: string, gap: number, width: number): void {
  const { ctx } = frame;
  const { x, y } = onScreen(frame, node);
  ctx.strokeStyle = colour;
  ctx.lineWidth = width * frame.palette.scale;
  ctx.beginPath();
  ctx.arc(x, y, around(frame, gap), 0, 2 * Math.PI);
  ctx.stroke();
}

export function drawMarks(frame: Frame, selected: PeerNode | undefined): void {
  const { ctx, palette, hovered, held } = frame;
  if (held !== undefined) ring(frame, held, palette.ink, 0.7, 3.2);
  if (hovered !== undefined && hovered !== selected && frame.bubble < 1)
    ring(frame, hovered, palette.ink, 0.42, 2.2);
  if (selected === undefined) return;
  ctx.globalAlpha = 0.3;
  ring(frame, selected, palette.selected, 0.95, 4.5);
  ctx.globalAlpha = 1;
  ring(frame, selected, palette.selected, 0.5, 3);
}

const PIN = { lean: 0.5, length: 9, head: 3.4 } as const;

/** A needle with a head in each peer that was pinned. */
export function drawPins(frame: Frame): void {
  const { ctx, palette, pins } = frame;
  if (pins.size === 0 || frame.bubble >= 1) return;
  ctx.globalAlpha = 1 - frame.bubble;
  ctx.lineWidth = 1.6 * palette.scale;
  for (const node of pins) {
    const { x, y } = onScreen(frame, node);
    if (!isVisible(frame, { x, y }, 40)) continue;
    const length = (PIN.length + frame.disc * 0.6) * palette.scale;
    const [headX, headY] = [x + length * PIN.lean, y - length];
    ctx.strokeStyle = palette.ink;
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(headX, headY);
    ctx.stroke();
    ctx.beginPath();
    ctx.arc(headX, headY, PIN.head * palette.scale, 0, 2 * Math.PI);
    ctx.fillStyle = palette.ink;
    ctx.fill();
    ctx.strokeStyle = palette.ground;
    ctx.stroke();
  }
  ctx.globalAlpha = 1;
}

/** The line that is being drawn around peers, closed. */
export function drawLine(frame: Frame): void {
  const { ctx, palette, line } = frame;
  if (line.length < 2) return;
  ctx.beginPath();
  for (const point of line) {
    const { x, y } = onScreen(frame, point);
    ctx.lineTo(x, y);
  }
  ctx.closePath();
  ctx.fillStyle = faint(palette.selected, 0.12);
  ctx.fill();
  ctx.setLineDash([6, 4]);
  ctx.strokeStyle = palette.selected;
  ctx.lineWidth = 2 * palette.scale;
  ctx.stroke();
  ctx.setLineDash([]);
}

function name(frame: Frame, node: PeerNode, colour: string): void {
  const { x, y } = onScreen(frame, node);
  if (node.peerId === '' || !isVisible(frame, { x, y }, 60)) return;
  const below = around(frame, 0.5) + 11 * frame.type;
  haloText(frame, shortId(node.peerId), x, y + below, colour);
}

/** Peers of others are named from afar, as long as they are few: they are what one is looking for. */
function strangersOf(frame: Frame, marked: readonly PeerNode[]): ReadonlySet<PeerNode> {
  if (frame.bubble > 0.5) return new Set();
  const found = frame.model.nodes.filter((node) => node.foreign && node.end === undefined);
  return new Set(found.length > MOST_STRANGERS ? [] : found.filter((node) => !marked.includes(node)));
}

export function drawNames(frame: Frame, marked: readonly PeerNode[]): void {
  const { ctx, palette, disc, model } = frame;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'alphabetic';
  const strangers = strangersOf(frame, marked);
  ctx.font = font(frame, 11.5, 600, palette.mono);
  for (const node of strangers) name(frame, node, palette.ink);
  if (disc >= NAMES_FROM) {
    ctx.font = font(frame, Math.min(13, 9 + (disc - NAMES_FROM) / 8), 400, palette.mono);
    ctx.globalAlpha = smoothstep(NAMES_FROM, NAMES_FROM + 4, disc);
    let names = 0;
    for (const node of model.nodes) {
      if (node.end !== undefined || marked.includes(node) || strangers.has(node)) continue;
      if (!isVisible(frame, onScreen(frame, node), 0)) continue;
      if (names++ >= MOST_NAMES) break;
      name(frame, node, palette.inkSoft);
    }
    ctx.globalAlpha = 1;
  }
  ctx.font = font(frame, 13, 700, palette.mono);
  for (const node of marked) name(frame, node, palette.ink);
}
