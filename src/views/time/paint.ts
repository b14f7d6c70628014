/** Puts marks on a canvas. */
import { heatColours } from './heat.ts';
import type { Fill, Hatch, Heat, Ink, Mark } from './marks.ts';

/** Colours as CSS has them, and the type. */
export interface Look {
  readonly colour: Readonly<Record<Ink, string>>;
  readonly family: string;
  /** Of small type, in pixels. */
  readonly type: number;
}

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

export function paint(context: Context, marks: readonly Mark[], look: Look): void {
  for (const mark of marks) {
    context.globalAlpha = 1;
    switch (mark.kind) {
      case 'areas':
        context.beginPath();
        for (const outline of mark.outlines) {
          trace(context, outline);
          context.closePath();
        }
        fillPath(context, mark.fill, look);
        break;
      case 'boxes':
        context.beginPath();
        for (let i = 0; i < mark.boxes.length; i += 4)
          context.rect(
            mark.boxes[i] ?? 0,
            mark.boxes[i + 1] ?? 0,
            mark.boxes[i + 2] ?? 0,
            mark.boxes[i + 3] ?? 0,
          );
        fillPath(context, mark.fill, look);
        break;
      case 'lines':
        context.beginPath();
        for (const path of mark.paths) trace(context, path);
        context.strokeStyle = look.colour[mark.stroke.ink];
        context.lineWidth = mark.stroke.width;
        context.setLineDash([...(mark.stroke.dash ?? [])]);
        context.stroke();
        context.setLineDash([]);
        break;
      case 'text':
        context.font = `${look.type}px ${look.family}`;
        context.textAlign = mark.anchor === 'middle' ? 'center' : mark.anchor;
        context.lineJoin = 'round';
        context.lineWidth = 4;
        context.strokeStyle = look.colour.panel;
        context.strokeText(mark.text, mark.x, mark.y);
        context.fillStyle = look.colour[mark.ink];
        context.fillText(mark.text, mark.x, mark.y);
        break;
      case 'heat': {
        const { x, y, width, height } = mark.heat;
        context.imageSmoothingEnabled = false;
        context.drawImage(heatPicture(mark.heat, look), x, y, width, height);
        break;
      }
      default:
        mark satisfies never;
    }
  }
  context.globalAlpha = 1;
}

function trace(context: Context, path: readonly number[]): void {
  for (let i = 0; i + 1 < path.length; i += 2) {
    const [x, y] = [path[i] ?? 0, path[i + 1] ?? 0];
    if (i === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
}

function fillPath(context: Context, { ink, opacity, hatch }: Fill, look: Look): void {
  const colour = look.colour[ink];
  context.globalAlpha = hatch === undefined ? opacity : opacity * BEHIND_HATCH;
  context.fillStyle = colour;
  context.fill();
  if (hatch === undefined) return;
  const pattern = context.createPattern(hatchTile(hatch, colour), 'repeat');
  if (pattern === null) return;
  context.globalAlpha = opacity;
  context.fillStyle = pattern;
  context.fill();
}

/** What is between the lines of a hatch, as a part of the fill's opacity. */
export const BEHIND_HATCH = 0.22;
/** Pixels after which a hatch repeats. */
export const HATCH_SIZE = 6;

/** Strokes of one tile, which fit those of its neighbours. */
export const HATCH_PATHS: Readonly<Record<Hatch, readonly (readonly number[])[]>> = {
  rising: [
    [-1, 1, 1, -1],
    [0, 6, 6, 0],
    [5, 7, 7, 5],
  ],
  falling: [
    [-1, 5, 1, 7],
    [0, 0, 6, 6],
    [5, -1, 7, 1],
  ],
  crossed: [
    [0, 6, 6, 0],
    [0, 0, 6, 6],
  ],
  upright: [[3, 0, 3, 6]],
};

/** Tiles by hatch and colour: a few of each theme. */
const tiles = new Map<string, OffscreenCanvas>();

function hatchTile(hatch: Hatch, colour: string): OffscreenCanvas {
  const key = `${hatch} ${colour}`;
  const made = tiles.get(key);
  if (made !== undefined) return made;
  const tile = new OffscreenCanvas(HATCH_SIZE, HATCH_SIZE);
  const context = tile.getContext('2d');
  if (context === null) return tile;
  context.beginPath();
  for (const path of HATCH_PATHS[hatch]) trace(context, path);
  context.strokeStyle = colour;
  context.lineWidth = 1.5;
  context.stroke();
  tiles.set(key, tile);
  return tile;
}

/** A pixel per cell. */
export function heatImage({ columns, rows, share }: Heat, look: Look): ImageData {
  const image = new ImageData(Math.max(1, columns), Math.max(1, rows));
  const colours = heatColours(look);
  const pixels = new Uint32Array(image.data.buffer);
  for (let column = 0; column < columns; column++)
    for (let row = 0; row < rows; row++)
      // The first chunks are at the foot.
      pixels[(rows - 1 - row) * image.width + column] = colours(share[column * rows + row] ?? Number.NaN);
  return image;
}

function heatPicture(heat: Heat, look: Look): OffscreenCanvas {
  const image = heatImage(heat, look);
  const picture = new OffscreenCanvas(image.width, image.height);
  picture.getContext('2d')?.putImageData(image, 0, 0);
  return picture;
}
