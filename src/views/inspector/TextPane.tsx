/** The bytes of a message as text, in numbered lines: as it was sent, or laid out. */
import { useCallback, useMemo } from 'react';
import { pretty } from '../../dashboard/pretty.ts';
import { BytesPane } from './BytesPane.tsx';
import { intervalIn, ROLES, segmentsIn, type FieldMap } from './fields.ts';
import type { Marking } from './marks.ts';
import { laidOut, shownText, wrapped, type LaidOut, type TextRows } from './text.ts';
import { useRows } from './useRows.ts';

interface TextPaneProps {
  readonly label: string;
  readonly detail: string;
  readonly body: Uint8Array;
  readonly map: FieldMap;
  readonly marking: Marking;
}

/** Columns of the line numbers, and of the gap beside them. */
const numberColumns = (lines: number): number => Math.max(3, String(lines).length);
const GAP = 2;

/** Exactly as it was on the wire. */
export function SentText({ label, detail, body, map, marking }: TextPaneProps) {
  const lines = useMemo(() => wrapped(body, body.length + 1).count, [body]);
  const width = numberColumns(lines);
  const rowsFor = useRows((columns) => wrapped(body, Math.max(8, columns - width - GAP - 1)), [body, width]);
  const drawer = useCallback(
    (rows: TextRows) => (row: number, mark: (offset: number) => string) => {
      const start = rows.startOf(row);
      return (
        <div className="bytes-row">
          <LineNumber rows={rows} row={row} width={width} />
          {segmentsIn(map, { start, end: rows.endOf(row) }).map((segment) => (
            <span
              key={segment.start}
              data-at={segment.start}
              className={`role-${segment.role}${mark(segment.start)}`}
            >
              {shownText(body, segment)}
            </span>
          ))}
        </div>
      );
    },
    [body, map, width],
  );
  return <BytesPane name="text" {...{ label, detail, map, marking, rowsFor, drawer }} />;
}

interface LaidTextProps extends TextPaneProps {
  readonly kind: 'json' | 'xml';
  /** The body, which is UTF-8. */
  readonly text: string;
}

export function LaidText({ label, detail, map, marking, kind, text }: LaidTextProps) {
  const lines = useMemo(() => pretty(kind, text.replace(/^\ufeff/, '')), [kind, text]);
  const width = numberColumns(lines.length);
  const rowsFor = useRows(
    (columns) => laidOut(lines, text, Math.max(16, columns - width - GAP - 1)),
    [lines, text, width],
  );
  const drawer = useCallback(
    (rows: LaidOut) => (row: number, mark: (offset: number) => string) => (
      <div className="bytes-row">
        <LineNumber rows={rows} row={row} width={width} />
        {rows.piecesOf(row).map((piece, place) => {
          const role = ROLES[map.role[intervalIn(map.starts, piece.start)] ?? 0];
          const blank = piece.text.trim() === '';
          return (
            <span
              // A body never changes: place is identity.
              // oxlint-disable-next-line react/no-array-index-key
              key={place}
              data-at={blank ? undefined : piece.start}
              className={blank ? undefined : `piece-${piece.class}${mark(piece.start)}`}
            >
              {role === 'secret' && !blank ? '••••' : piece.text}
            </span>
          );
        })}
      </div>
    ),
    [map, width],
  );
  return <BytesPane name="text" {...{ label, detail, map, marking, rowsFor, drawer }} />;
}

function LineNumber({
  rows,
  row,
  width,
}: {
  readonly rows: TextRows;
  readonly row: number;
  readonly width: number;
}) {
  const line = rows.lineOf(row);
  const goesOn = row > 0 && rows.lineOf(row - 1) === line;
  return (
    <span className="bytes-number">{`${(goesOn ? '↪' : String(line)).padStart(width)}${' '.repeat(GAP)}`}</span>
  );
}
