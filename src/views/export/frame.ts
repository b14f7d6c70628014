/** What stands around a picture in its file: title, notes, legend, stamp. Lengths are CSS pixels. */
import { stampWords, type Stamp } from './stamp.ts';
import type { LegendEntry } from './exportable.ts';

export interface FrameWords {
  readonly title: string;
  readonly notes: readonly string[];
  readonly legend: readonly LegendEntry[];
  readonly stamp: Stamp;
}

export interface FrameText {
  readonly x: number;
  /** Of the base line. */
  readonly y: number;
  readonly size: number;
  readonly weight: 400 | 600;
  readonly soft: boolean;
  readonly text: string;
}

export interface FrameMark {
  readonly entry: LegendEntry;
  /** Middle of the mark. */
  readonly x: number;
  readonly y: number;
}

export interface Frame {
  readonly width: number;
  readonly height: number;
  /** Top left corner of the picture. */
  readonly left: number;
  readonly top: number;
  readonly texts: readonly FrameText[];
  readonly marks: readonly FrameMark[];
}

const MARGIN = 16;
const GAP = 10;
const TITLE = 17;
const SMALL = 12;
/** Of a line of small text; of the title's. */
const LINE = 17;
const HEADLINE = 22;
/** A mark with the room before its words, and after them. */
const MARK = 24;
const BETWEEN = 18;
/** Narrower than that no words have room. */
const NARROWEST = 320;

/** What a text takes at most, in a usual sans-serif face. */
export const textWidth = (text: string, size: number, weight = 400): number =>
  Array.from(text).length * size * (weight === 600 ? 0.64 : 0.6);

export function frameAround(
  picture: { readonly width: number; readonly height: number },
  words: FrameWords,
): Frame {
  const width = Math.max(picture.width, NARROWEST) + 2 * MARGIN;
  const room = width - 2 * MARGIN;
  const texts: FrameText[] = [];
  const marks: FrameMark[] = [];
  let y = MARGIN;
  const write = (
    parts: readonly string[],
    style: Omit<FrameText, 'x' | 'y' | 'text'>,
    line: number,
    joint: string,
  ): void => {
    for (const text of wrapped(parts, room, style, joint)) {
      y += line;
      texts.push({ x: MARGIN, y: y - line * 0.28, text, ...style });
    }
  };
  write(words.title.split(' '), { size: TITLE, weight: 600, soft: false }, HEADLINE, ' ');
  for (const note of words.notes) write(note.split(' '), { size: SMALL, weight: 400, soft: true }, LINE, ' ');
  let x = MARGIN;
  if (words.legend.length > 0) y += LINE;
  for (const entry of words.legend) {
    const wide = MARK + textWidth(entry.label, SMALL);
    if (x > MARGIN && x + wide > width - MARGIN) {
      x = MARGIN;
      y += LINE;
    }
    marks.push({ entry, x: x + MARK / 2 - 4, y: y - LINE * 0.5 });
    texts.push({ x: x + MARK, y: y - LINE * 0.28, size: SMALL, weight: 400, soft: false, text: entry.label });
    x += wide + BETWEEN;
  }
  const top = y + GAP;
  y = top + picture.height + GAP;
  write(stampWords(words.stamp), { size: SMALL, weight: 400, soft: true }, LINE, ' · ');
  return { width, height: Math.ceil(y + MARGIN), left: MARGIN, top, texts, marks };
}

/** Parts joined to lines that have room; a part that alone is too long is cut. */
function wrapped(
  parts: readonly string[],
  room: number,
  { size, weight }: { readonly size: number; readonly weight: number },
  joint: string,
): readonly string[] {
  const most = Math.floor(room / textWidth('n', size, weight));
  const lines: string[] = [];
  for (const part of parts) {
    const cut =
      Array.from(part).length > most
        ? `${Array.from(part)
            .slice(0, most - 1)
            .join('')}…`
        : part;
    const last = lines.at(-1);
    const longer = last === undefined ? undefined : last + joint + cut;
    if (longer !== undefined && Array.from(longer).length <= most) lines[lines.length - 1] = longer;
    else lines.push(cut);
  }
  return lines;
}
