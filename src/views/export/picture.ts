/** From a picture to what is in its files. Loaded when the first is asked for. */
import type { Exportable } from './exportable.ts';
import { frameAround, type Frame } from './frame.ts';
import { framedSvg } from './markup.ts';
import { resolved } from './resolve.ts';
import type { Stamp } from './stamp.ts';

/** Pixels of a PNG for one of the page. */
const SCALE = 2;
/** Browsers draw nothing wider or higher; larger pictures are drawn smaller. */
const MOST_PIXELS = 16_384;

/** Undefined: there is nothing to show yet, or it is drawn by pixels. */
export function svgText(of: Exportable, stamp: Stamp): string | undefined {
  const svg = of.svg?.();
  const drawing = svg === undefined ? undefined : resolved(svg);
  if (drawing === undefined) return undefined;
  return framed(frameAround(drawing, wordsOf(of, stamp)), drawing.markup);
}

/** Undefined: there is nothing to show yet. */
export async function pngBlob(of: Exportable, stamp: Stamp): Promise<Blob | undefined> {
  const drawing = await of.pixels?.(SCALE);
  if (drawing !== undefined) return framedPixels(drawing, of, stamp);
  const text = svgText(of, stamp);
  if (text === undefined) return undefined;
  const image = await imageOf(text);
  const { canvas, scale } = canvasOf(image.width, image.height);
  canvas.drawImage(image, 0, 0, image.width * scale, image.height * scale);
  return canvas.canvas.convertToBlob({ type: 'image/png' });
}

async function framedPixels(drawing: ImageBitmap, of: Exportable, stamp: Stamp): Promise<Blob> {
  const size = { width: drawing.width / SCALE, height: drawing.height / SCALE };
  const frame = frameAround(size, wordsOf(of, stamp));
  const image = await imageOf(framed(frame, undefined));
  const { canvas, scale } = canvasOf(frame.width, frame.height);
  canvas.drawImage(image, 0, 0, frame.width * scale, frame.height * scale);
  canvas.drawImage(drawing, frame.left * scale, frame.top * scale, size.width * scale, size.height * scale);
  drawing.close();
  return canvas.canvas.convertToBlob({ type: 'image/png' });
}

const wordsOf = ({ title, notes = [], legend }: Exportable, stamp: Stamp) => ({
  title,
  notes,
  legend,
  stamp,
});

function canvasOf(
  width: number,
  height: number,
): { readonly canvas: OffscreenCanvasRenderingContext2D; readonly scale: number } {
  const scale = Math.min(SCALE, MOST_PIXELS / Math.max(width, height));
  const canvas = new OffscreenCanvas(Math.ceil(width * scale), Math.ceil(height * scale)).getContext('2d');
  if (canvas === null) throw new Error('This browser draws no pictures.');
  return { canvas, scale };
}

async function imageOf(svg: string): Promise<HTMLImageElement> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    return image;
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** The frame's colours are the theme's, whatever these are now. */
function framed(frame: Frame, inner: string | undefined): string {
  const probe = document.createElement('span');
  probe.hidden = true;
  document.body.append(probe);
  const resolve = (colour: string): string => {
    probe.style.color = colour;
    return getComputedStyle(probe).color;
  };
  try {
    const [ground, ink, inkSoft] = [
      resolve('var(--panel)'),
      resolve('var(--ink)'),
      resolve('var(--ink-soft)'),
    ];
    return framedSvg(frame, { ground, ink, inkSoft, resolve }, inner);
  } finally {
    probe.remove();
  }
}
