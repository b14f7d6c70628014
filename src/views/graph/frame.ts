/** What every drawing function is given: one moment, seen from one place. */
import { PEER_RADIUS } from './arrangement.ts';
import { toScreen, type Camera, type Point, type Viewport } from './camera.ts';
import type { Painting } from './colouring.ts';
import type { Hub } from './forces.ts';
import type { GraphModel, PeerNode } from './model.ts';
import type { Palette } from './palette.ts';
import type { Pixels } from './raster/pixels.ts';
import type { Sprites } from './sprites.ts';
import type { Traffic } from './traffic.ts';

export interface Selection {
  readonly peer: number | undefined;
  readonly listed: readonly number[];
  /** When it was made, for the fade-in. */
  readonly at: number;
}

/** The stage as it is now. */
export interface Scene {
  readonly model: GraphModel;
  readonly hubs: readonly Hub[];
  /** An outline per swarm, see hull.ts. */
  readonly edges: readonly Float64Array[];
  readonly traffic: Traffic;
  readonly selection: Selection;
  readonly hovered: PeerNode | undefined;
  readonly painting: Painting;
  /** Those that stay where they were put. */
  readonly pins: ReadonlySet<PeerNode>;
  /** The one in the hand. */
  readonly held: PeerNode | undefined;
  /** Drawn around peers by hand just now, in the world. */
  readonly line: readonly Point[];
  /** Peers that are not of the picked set step back. */
  readonly alone: boolean;
}

export interface Frame extends Scene {
  readonly ctx: OffscreenCanvasRenderingContext2D;
  /** What is put on the canvas first; as large as it. */
  readonly pixels: Pixels;
  readonly sprites: Sprites;
  readonly viewport: Viewport;
  /** Device pixels per CSS pixel. */
  readonly dpr: number;
  readonly camera: Camera;
  readonly palette: Palette;
  readonly now: number;
  readonly still: boolean;
  /** Radius of a peer's disc, CSS pixels. */
  readonly disc: number;
  /** 0: peers are drawn; 1: swarms are bubbles. */
  readonly bubble: number;
  /** Multiplies text sizes. */
  readonly type: number;
}

/** Disc radii between which peers melt into bubbles. */
const [BUBBLES_BELOW, PEERS_ABOVE] = [1.35, 2];

/** What a moment adds to the scene; the rest of a frame follows from these. */
type Moment = Pick<
  Frame,
  'ctx' | 'pixels' | 'sprites' | 'viewport' | 'dpr' | 'camera' | 'palette' | 'now' | 'still'
>;

export function frameOf(scene: Scene, moment: Moment): Frame {
  const disc = PEER_RADIUS * moment.camera.k;
  const bubble = 1 - smoothstep(BUBBLES_BELOW, PEERS_ABOVE, disc);
  return { ...scene, ...moment, disc, bubble, type: typeScale(moment.viewport, moment.palette) };
}

/** Text grows a little with the canvas, as the viewers of a large one stand farther off. */
export const typeScale = (viewport: Viewport, palette: { readonly scale: number }): number =>
  palette.scale * Math.min(1.25, Math.max(0.85, Math.min(viewport.width / 700, viewport.height / 640)));

export function smoothstep(from: number, to: number, value: number): number {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}

export const onScreen = (frame: Frame, point: Point): Point => toScreen(frame.camera, frame.viewport, point);

export const isVisible = (frame: Frame, { x, y }: Point, reach: number): boolean =>
  x > -reach && y > -reach && x < frame.viewport.width + reach && y < frame.viewport.height + reach;

export function font(
  frame: Frame,
  size: number,
  weight: 400 | 600 | 700,
  family = frame.palette.font,
): string {
  return `${weight} ${Math.round(size * frame.type * 2) / 2}px ${family}`;
}

/** Text that stays legible on whatever lies behind it. */
export function haloText(frame: Frame, text: string, x: number, y: number, colour: string): void {
  const { ctx } = frame;
  ctx.strokeStyle = frame.palette.halo;
  ctx.lineWidth = 4 * frame.type;
  ctx.lineJoin = 'round';
  ctx.strokeText(text, x, y);
  ctx.fillStyle = colour;
  ctx.fillText(text, x, y);
}
