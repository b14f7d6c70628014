/** A body as text: as it was sent, in numbered lines that go on below themselves; or laid out for reading. */
import type { pretty } from '../../dashboard/pretty.ts';
import { intervalIn, type Rows, type Segment } from './fields.ts';

export interface TextRows extends Rows {
  /** Number of the row's line, from 1; a row that goes on with the one before has the same. */
  readonly lineOf: (row: number) => number;
}

const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const TAB = 0x09;
const TAB_WIDTH = 4;

/** Columns that a character takes, by its first byte. Wider scripts begin where three bytes are needed. */
const widthOf = (byte: number): number => (byte === TAB ? TAB_WIDTH : byte >= 0xe0 ? 2 : 1);
const isContinued = (byte: number): boolean => (byte & 0xc0) === 0x80;

/** A sign of UTF-8 has no more bytes in a column than that: a longer row is of bytes that are none. */
const MAX_BYTES_PER_COLUMN = 4;

/** Cuts a body into rows of at most so many columns; lines end with LF, CR LF or CR. */
export function wrapped(body: Uint8Array, columns: number): TextRows {
  const starts = [0];
  const lines = [1];
  let rowStart = 0;
  let column = 0;
  let line = 1;
  const begin = (at: number): void => {
    starts.push(at);
    lines.push(line);
    rowStart = at;
    column = 0;
  };
  for (let at = 0; at < body.length; at++) {
    const byte = body[at] ?? 0;
    if (byte === LINE_FEED || (byte === RETURN && body[at + 1] !== LINE_FEED)) {
      line++;
      begin(at + 1);
      continue;
    }
    const runaway = at - rowStart >= MAX_BYTES_PER_COLUMN * columns;
    if (isContinued(byte) && !runaway) continue;
    const width = widthOf(byte);
    if (runaway || (column > 0 && column + width > columns)) begin(at);
    column += width;
  }
  return rowsFrom(Uint32Array.from(starts), Uint32Array.from(lines), body.length);
}

function rowsFrom(starts: Uint32Array, lines: Uint32Array, length: number): TextRows {
  return {
    count: starts.length,
    rowOf: (offset) => intervalIn(starts, offset),
    startOf: (row) => starts[row] ?? length,
    endOf: (row) => starts[row + 1] ?? length,
    lineOf: (row) => lines[row] ?? 0,
  };
}

const DECODER = new TextDecoder('utf-8', { ignoreBOM: true });
/** Would change what stands around them, or cannot be seen: marks of direction, byte order marks, controls. */
// oxlint-disable-next-line no-control-regex
const UNSEEN = /[\0-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu;

const DELETE = 0x7f;
const PICTURES = 0x2400;

function seen(sign: string): string {
  const code = sign.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(PICTURES + code);
  return code === DELETE ? '␡' : `\\u${code.toString(16).padStart(4, '0')}`;
}

export const visible = (text: string): string => text.replace(UNSEEN, seen);

/** What a piece of the body shows as. The end of a line is not shown. */
export function shownText(body: Uint8Array, { start, end, role }: Segment): string {
  if (role === 'secret') return '•'.repeat(Math.min(end - start, 12));
  const text = DECODER.decode(body.subarray(start, end));
  return visible(text.replace(/\r?\n$|\r$/, ''));
}

type Pretty = ReturnType<typeof pretty>;

export interface LaidPiece {
  readonly text: string;
  readonly class: Pretty[number][number]['class'];
  readonly start: number;
}

export interface LaidOut extends TextRows {
  readonly piecesOf: (row: number) => readonly LaidPiece[];
}

/**
 * The laid out text, every piece with its place in the body: between the two only blanks differ, so that the signs
 * follow upon each other in both. Rows of at most so many columns.
 */
export function laidOut(lines: Pretty, text: string, columns: number): LaidOut {
  const rows: LaidPiece[][] = [];
  const numbers: number[] = [];
  const places = new Places(text);
  lines.forEach((pieces, index) => {
    let row: LaidPiece[] = [];
    let column = 0;
    rows.push(row);
    numbers.push(index + 1);
    for (const piece of pieces) {
      for (const [cut, part] of cutToFit(piece.text, columns, column).entries()) {
        if (cut > 0) {
          row = [];
          column = 0;
          rows.push(row);
          numbers.push(index + 1);
        }
        row.push({ text: visible(part), class: piece.class, start: places.next(part) });
        column += part.length;
      }
    }
  });
  const starts = Uint32Array.from(rows, (row) => row.find((piece) => piece.text.trim() !== '')?.start ?? 0);
  // A row of blanks alone stands where the one before does.
  for (let row = 1; row < starts.length; row++)
    starts[row] = Math.max(starts[row] ?? 0, starts[row - 1] ?? 0);
  const laid = rowsFrom(starts, Uint32Array.from(numbers), places.length);
  return { ...laid, piecesOf: (row) => rows[row] ?? [] };
}

/** In pieces that end with the row: the first has what is left of it. */
function cutToFit(text: string, columns: number, column: number): string[] {
  if (column + text.length <= columns) return [text];
  const parts: string[] = [];
  // What would begin near the end of a row begins the next one, but for a mark that belongs to what is before it.
  let from = 0;
  let room = columns - column;
  if (room < 12 && text.length > 2) {
    parts.push('');
    room = columns;
  }
  while (from < text.length) {
    let to = Math.min(text.length, from + Math.max(2, room));
    // Not within a pair of surrogates.
    if (/[\ud800-\udbff]/.test(text[to - 1] ?? '')) to++;
    parts.push(text.slice(from, to));
    from = to;
    room = columns;
  }
  return parts;
}

/** Follows the signs of the pieces through the body's text, in bytes. */
class Places {
  readonly length: number;
  private readonly text: string;
  private at = 0;
  private byte = 0;

  constructor(text: string) {
    this.text = text;
    this.length = new TextEncoder().encode(text).length;
  }

  /** Byte offset of the part's first sign that is no blank. */
  next(part: string): number {
    let first: number | undefined;
    for (const sign of part) {
      if (sign.trim() === '') continue;
      this.find(sign);
      first ??= this.byte;
      this.pass();
    }
    return first ?? this.byte;
  }

  /** The ellipsis of a text that was cut is not in it: then it stays where it is. */
  private find(sign: string): void {
    while (this.at < this.text.length && !this.text.startsWith(sign, this.at)) {
      if ((this.text[this.at] ?? '').trim() !== '') return;
      this.pass();
    }
  }

  private pass(): void {
    const code = this.text.codePointAt(this.at);
    if (code === undefined) return;
    this.at += code > 0xffff ? 2 : 1;
    this.byte += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
}
