/** The frame as SVG text: what a file has around its picture. */
import type { LegendMark } from './exportable.ts';
import type { Frame, FrameMark, FrameText } from './frame.ts';

export interface FrameColours {
  readonly ground: string;
  readonly ink: string;
  readonly inkSoft: string;
  /** What CSS says of a legend's colour. */
  readonly resolve: (colour: string) => string;
}

/** `inner`: the picture's elements, its top left corner at 0, 0; undefined leaves its place empty. */
export function framedSvg(frame: Frame, colours: FrameColours, inner: string | undefined): string {
  const { width, height, left, top, texts, marks } = frame;
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="sans-serif">`,
    `<title>${escaped(texts[0]?.text ?? '')}</title>`,
    `<rect width="${width}" height="${height}" fill="${escaped(colours.ground)}"/>`,
    ...texts.map((text) => textMarkup(text, colours)),
    ...marks.map((mark) => markMarkup(mark, colours)),
    ...(inner === undefined ? [] : [`<g transform="translate(${left} ${top})">${inner}</g>`]),
    '</svg>',
  ].join('\n');
}

function textMarkup({ x, y, size, weight, soft, text }: FrameText, { ink, inkSoft }: FrameColours): string {
  const fill = escaped(soft ? inkSoft : ink);
  return `<text x="${x}" y="${round(y)}" font-size="${size}" font-weight="${weight}" fill="${fill}">${escaped(text)}</text>`;
}

const HALF = 6;

function markMarkup({ entry, x, y }: FrameMark, { resolve }: FrameColours): string {
  const colour = escaped(resolve(entry.colour));
  const [left, top, level] = [round(x - HALF), round(y - HALF), round(y)];
  const stroke = `fill="none" stroke="${colour}" stroke-width="2"`;
  const shape: LegendMark = entry.mark ?? 'square';
  switch (shape) {
    case 'disc':
      return `<circle cx="${round(x)}" cy="${level}" r="${HALF - 1}" fill="${colour}"/>`;
    case 'ring':
      return `<circle cx="${round(x)}" cy="${level}" r="${HALF - 1}" ${stroke}/>`;
    case 'line':
      return `<path d="M${left - 1} ${level}h14" ${stroke}/>`;
    case 'dashed':
      return `<path d="M${left - 1} ${level}h14" ${stroke} stroke-dasharray="4 2.5"/>`;
    case 'square':
      return `<rect x="${left}" y="${top}" width="${2 * HALF}" height="${2 * HALF}" fill="${colour}"/>`;
    case 'hatched':
      return `<path d="M${left} ${top + 4}l4 -4M${left} ${top + 8}l8 -8M${left} ${top + 12}l12 -12M${left + 4} ${top + 12}l8 -8M${left + 8} ${top + 12}l4 -4" fill="none" stroke="${colour}" stroke-width="1.2"/>`;
    default:
      return shape satisfies never;
  }
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** For element content and attributes; characters that XML has no place for go. */
export const escaped = (text: string): string =>
  text
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\u{fffd}')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
