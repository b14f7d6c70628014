/** The bytes of a message as a hex dump. */
import { useCallback } from 'react';
import { BytesPane } from './BytesPane.tsx';
import { segmentsIn, type FieldMap, type Rows } from './fields.ts';
import { bytesPerRow, hexPieces, hexRows, offsetText, padding } from './hex.ts';
import type { Marking } from './marks.ts';
import { useRows } from './useRows.ts';

interface HexPaneProps {
  readonly label: string;
  readonly detail: string;
  readonly body: Uint8Array;
  readonly map: FieldMap;
  readonly marking: Marking;
}

/** Columns that the padding of the pane takes. */
const PADDING = 2;

interface HexRows extends Rows {
  readonly perRow: number;
}

export function HexPane({ label, detail, body, map, marking }: HexPaneProps) {
  const rowsFor = useRows(
    (columns): HexRows => {
      const perRow = bytesPerRow(columns - PADDING);
      return { ...hexRows(body.length, perRow), perRow };
    },
    [body],
  );
  const drawer = useCallback(
    (rows: HexRows) => (row: number, mark: (offset: number) => string) => (
      <HexRow {...{ body, map, rows, row, mark }} />
    ),
    [body, map],
  );
  return <BytesPane name="hex" {...{ label, detail, map, marking, rowsFor, drawer }} />;
}

interface HexRowProps {
  readonly body: Uint8Array;
  readonly map: FieldMap;
  readonly rows: HexRows;
  readonly row: number;
  readonly mark: (offset: number) => string;
}

function HexRow({ body, map, rows, row, mark }: HexRowProps) {
  const start = rows.startOf(row);
  const end = rows.endOf(row);
  const pieces = hexPieces(body, start, segmentsIn(map, { start, end }));
  return (
    <div className="bytes-row">
      <span className="bytes-number">{offsetText(start)}</span>
      {'  '}
      {pieces.map((piece) => (
        <span key={piece.start}>
          <span className={gapClass(mark, piece.start, start)}>{piece.gap}</span>
          <span data-at={piece.start} className={`role-${piece.role}${mark(piece.start)}`}>
            {piece.hex}
          </span>
        </span>
      ))}
      {padding(end - start, rows.perRow)}
      {'  '}
      {pieces.map((piece) => (
        <span key={piece.start} data-at={piece.start} className={`role-${piece.role}${mark(piece.start)}`}>
          {piece.ascii}
        </span>
      ))}
    </div>
  );
}

/** Between two pieces that are both marked the mark goes on. */
function gapClass(mark: (offset: number) => string, start: number, rowStart: number): string | undefined {
  if (start === rowStart) return undefined;
  const [before, after] = [mark(start - 1), mark(start)];
  return before === after && after !== '' ? after.trim() : undefined;
}
