/** A body as a hex dump: offsets, bytes in groups of eight, and the ASCII beside them. */
import type { Rows, Segment } from './fields.ts';

/** Columns of a row of so many bytes: eight of offset, two between, three per byte, one between groups, ASCII. */
export const columnsOf = (perRow: number): number => 8 + 2 + perRow * 3 - 1 + (perRow / 8 - 1) + 2 + perRow;

/** 16 bytes in a row where there is room, else 8. */
export const bytesPerRow = (columns: number): 8 | 16 => (columns >= columnsOf(16) ? 16 : 8);

export const hexRows = (length: number, perRow: number): Rows => ({
  count: Math.ceil(length / perRow),
  rowOf: (offset) => Math.floor(offset / perRow),
  startOf: (row) => row * perRow,
  endOf: (row) => Math.min(length, (row + 1) * perRow),
});

export const offsetText = (offset: number): string => offset.toString(16).padStart(8, '0');

export interface HexPiece {
  readonly start: number;
  readonly end: number;
  readonly hex: string;
  readonly ascii: string;
  readonly role: Segment['role'];
  /** What stands before it: nothing at the start of a row, two blanks between groups. */
  readonly gap: string;
}

const SECRET_HEX = '··';
const SECRET_ASCII = '·';

/** The pieces of a row; `segments` cover it without gaps. */
export function hexPieces(body: Uint8Array, rowStart: number, segments: readonly Segment[]): HexPiece[] {
  return segments.map(({ start, end, role }) => {
    let hex = '';
    let ascii = '';
    for (let at = start; at < end; at++) {
      const byte = body[at] ?? 0;
      if (at > start) hex += gapBefore(at - rowStart);
      hex += role === 'secret' ? SECRET_HEX : byte.toString(16).padStart(2, '0');
      ascii +=
        role === 'secret' ? SECRET_ASCII : byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.';
    }
    return { start, end, hex, ascii, role, gap: gapBefore(start - rowStart) };
  });
}

function gapBefore(column: number): string {
  if (column === 0) return '';
  return column % 8 === 0 ? '  ' : ' ';
}

/** Blanks that bring the ASCII of a short last row under that of the others. */
export const padding = (held: number, perRow: number): string => {
  let missing = '';
  for (let column = held; column < perRow; column++) missing += `${gapBefore(column)}  `;
  return missing;
};
