/**
 * Every sign a peer can be, drawn once per size and theme and then only copied: without a GPU a thousand
 * arcs cost more than a frame has, a thousand small copies do not.
 */
import { faint, type Palette } from './palette.ts';
import { Stamps } from './raster/stamps.ts';

const FULL = 2 * Math.PI;
const TOP = -Math.PI / 2;
const DASHES = 5;
/** Steps of a LEECH's arc. */
const ARC_STEPS = 40;
/** Discs whose radii differ by less than this part share a sheet; the smallest radius, device pixels. */
const SIZE_STEP = 1.06;
const SMALLEST = 0.25;
/** Sheets kept for the way back. */
const MOST_SHEETS = 16;
/** Device pixels: beyond, half a pixel is not noticed, and sheets become expensive. */
const LARGE = 12;

/** Indices into the sheet; the LEECH arcs follow. */
const SEED = 0;
const JOINING = 1;
const SILENT_SEED = 2;
const SILENT_LEECH = 3;
const CRASHED_SEED = 4;
const CRASHED_LEECH = 5;
/** Peers of others: what they hold is not known, so there are no arcs. */
const FOREIGN_SEED = 6;
const FOREIGN_LEECH = 7;
const FOREIGN_JOINING = 8;
const FOREIGN_SILENT = 9;
const GLOW = 10;
/** Steps in which the light of an answer goes out. */
export const GLOW_STEPS = 4;
/** Without motion: the light stays as wide as it is. */
const STILL_GLOW = GLOW + GLOW_STEPS;
/** The rim of one of the set that stands out. */
export const PICKED = STILL_GLOW + GLOW_STEPS;
const LEECH = PICKED + 1;
const SIGNS = LEECH + ARC_STEPS + 1;

export type SignName =
  | 'seed'
  | 'leech'
  | 'joining'
  | 'silent-seed'
  | 'silent-leech'
  | 'crashed-seed'
  | 'crashed-leech'
  | 'foreign-seed'
  | 'foreign-leech'
  | 'foreign-joining'
  | 'foreign-silent';

/** The rim of light about a peer that was answered, `step` of `GLOW_STEPS`. */
export const glowOf = (step: number, still: boolean): number => (still ? STILL_GLOW : GLOW) + step;

export function signOf(name: SignName, share: number): number {
  switch (name) {
    case 'seed':
      return SEED;
    case 'joining':
      return JOINING;
    case 'silent-seed':
      return SILENT_SEED;
    case 'silent-leech':
      return SILENT_LEECH;
    case 'crashed-seed':
      return CRASHED_SEED;
    case 'crashed-leech':
      return CRASHED_LEECH;
    case 'foreign-seed':
      return FOREIGN_SEED;
    case 'foreign-leech':
      return FOREIGN_LEECH;
    case 'foreign-joining':
      return FOREIGN_JOINING;
    case 'foreign-silent':
      return FOREIGN_SILENT;
    case 'leech':
      // Any share is seen, and only all of it closes the circle.
      if (share <= 0) return LEECH;
      if (share >= 1) return LEECH + ARC_STEPS;
      return LEECH + Math.min(ARC_STEPS - 1, Math.max(1, Math.round(share * ARC_STEPS)));
    default:
      return name satisfies never;
  }
}

export interface Sheet {
  readonly image: OffscreenCanvas;
  /** The same in memory. */
  readonly pixels: ImageData;
  /** The same as stamps: sign after sign of the first row, then of the next. */
  readonly stamps: Stamps;
  readonly signs: number;
  /** Side of a sign's square, device pixels. */
  readonly cell: number;
  /** The disc's radius in it, device pixels. */
  readonly radius: number;
  /**
   * Signs are copied to whole pixels, which is sharp and cheap; so that slow discs do not move in jerks,
   * each row has them shifted by another part of a pixel: this many parts across, and down.
   */
  readonly phases: number;
}

type Ctx = OffscreenCanvasRenderingContext2D;

function ring(ctx: Ctx, radius: number, width: number, colour: string, from = 0, turn = FULL): void {
  ctx.beginPath();
  ctx.arc(0, 0, radius, from, from + turn);
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.stroke();
}

function dot(ctx: Ctx, radius: number, colour: string): void {
  ctx.beginPath();
  ctx.arc(0, 0, radius, 0, FULL);
  ctx.fillStyle = colour;
  ctx.fill();
}

/** A square on its corner. */
function diamond(ctx: Ctx, reach: number): void {
  ctx.beginPath();
  ctx.moveTo(0, -reach);
  ctx.lineTo(reach, 0);
  ctx.lineTo(0, reach);
  ctx.lineTo(-reach, 0);
  ctx.closePath();
}

function drawForeign(ctx: Ctx, sign: number, r: number, palette: Palette): void {
  const colour = sign === FOREIGN_SEED ? palette.seed : palette.leech;
  const joining = sign === FOREIGN_JOINING;
  diamond(ctx, r * (joining ? 0.7 : 1.12));
  ctx.fillStyle = sign === FOREIGN_SEED ? palette.seed : palette.hollow;
  ctx.fill();
  ctx.lineJoin = 'miter';
  ctx.lineWidth = Math.max(1.2, r * 0.26);
  ctx.strokeStyle = joining || sign === FOREIGN_SILENT ? palette.inkSoft : palette.ink;
  if (sign === FOREIGN_SILENT) ctx.setLineDash([r * 0.42, r * 0.3]);
  ctx.stroke();
  ctx.setLineDash([]);
  if (sign !== FOREIGN_LEECH) return;
  diamond(ctx, r * 0.46);
  ctx.fillStyle = colour;
  ctx.fill();
}

function drawSign(ctx: Ctx, sign: number, r: number, palette: Palette): void {
  if (sign === SEED) {
    dot(ctx, r, palette.seed);
    if (r > 3) ring(ctx, r * 0.93, Math.max(0.9, r * 0.16), palette.seedRim);
  } else if (sign === JOINING) {
    dot(ctx, r * 0.55, palette.hollow);
    ring(ctx, r * 0.5, Math.max(1, r * 0.2), palette.inkSoft);
  } else if (sign === SILENT_SEED || sign === SILENT_LEECH) {
    // What it was before it fell silent stays readable.
    dot(ctx, r * 0.85, palette.hollow);
    dot(ctx, r * 0.36, sign === SILENT_SEED ? palette.seed : palette.leech);
    const dash = FULL / DASHES;
    for (let i = 0; i < DASHES; i++)
      ring(ctx, r * 0.85, Math.max(1, r * 0.26), palette.silent, TOP + i * dash, dash * 0.6);
  } else if (sign === CRASHED_SEED || sign === CRASHED_LEECH) {
    dot(ctx, r * 0.85, sign === CRASHED_SEED ? palette.seed : palette.leechTrack);
    ring(ctx, r * 0.85, Math.max(1, r * 0.26), palette.error);
  } else if (sign < GLOW) {
    drawForeign(ctx, sign, r, palette);
  } else if (sign === PICKED) {
    ring(ctx, r * 1.26, Math.max(1.3, r * 0.22), palette.selected);
  } else if (sign < LEECH) {
    const step = (sign - GLOW) % GLOW_STEPS;
    const reach = sign >= STILL_GLOW ? 1.2 : 1.1 + step * 0.07;
    ring(ctx, r * reach, Math.max(1, r * 0.24), faint(palette.tracker, 0.9 - step * 0.22));
  } else {
    const width = Math.max(1, r * 0.4);
    dot(ctx, r * 0.8, palette.hollow);
    ring(ctx, r * 0.8, width, palette.leechTrack);
    const share = (sign - LEECH) / ARC_STEPS;
    if (share > 0) ring(ctx, r * 0.8, width, palette.leech, TOP, FULL * share);
  }
}

export class Sprites {
  /** By palette and size, the one used longest ago first. */
  readonly #sheets = new Map<string, Sheet>();
  readonly #numbers = new WeakMap<Palette, number>();
  #palettes = 0;

  /** The signs for discs of about this radius, device pixels. */
  sheet(wanted: number, palette: Palette): Sheet {
    const number = this.#numbers.get(palette) ?? ++this.#palettes;
    this.#numbers.set(palette, number);
    const size = Math.max(0, Math.round(Math.log(wanted / SMALLEST) / Math.log(SIZE_STEP)));
    const name = `${number} ${size}`;
    const sheet = this.#sheets.get(name) ?? drawSheet(SMALLEST * SIZE_STEP ** size, palette);
    this.#sheets.delete(name);
    this.#sheets.set(name, sheet);
    for (const oldest of this.#sheets.keys()) {
      if (this.#sheets.size <= MOST_SHEETS) break;
      this.#sheets.delete(oldest);
    }
    return sheet;
  }
}

function drawSheet(radius: number, palette: Palette): Sheet {
  // Rims of light and the corners of diamonds reach beyond the disc.
  const cell = 2 * Math.ceil(radius * 1.45 + 2);
  const phases = radius <= LARGE ? 2 : 1;
  const canvas = new OffscreenCanvas(cell * SIGNS, cell * phases ** 2);
  const ctx = canvas.getContext('2d', { willReadFrequently: true });
  if (ctx === null) throw new Error('no second canvas could be had');
  for (let row = 0; row < phases ** 2; row++) {
    const [across, down] = [(row % phases) / phases, Math.floor(row / phases) / phases];
    for (let sign = 0; sign < SIGNS; sign++) {
      ctx.setTransform(1, 0, 0, 1, cell * (sign + 0.5) + across, cell * (row + 0.5) + down);
      drawSign(ctx, sign, radius, palette);
    }
  }
  const pixels = ctx.getImageData(0, 0, canvas.width, canvas.height);
  return { image: canvas, pixels, stamps: new Stamps(pixels, cell), signs: SIGNS, cell, radius, phases };
}
