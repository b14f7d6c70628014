/** A row of the table: one line of cells, or two lines where there is no room for columns. */
import { memo } from 'react';
import type { ColumnSetting } from '../../dashboard/wire/columns.ts';
import type { ExchangeRow } from '../../dashboard/wire/state.ts';
import { formatBytes, formatTook, shortId } from '../format.ts';
import { Icon } from '../icons.tsx';
import { Cell, FindingsMark, SenderMark, StatusMark } from './Cell.tsx';
import { COLUMN_WORDS, errorText, findingsOf, isBad, timeText } from './words.ts';

export interface RowProps {
  /** Its place in the view, or among the pinned ones. */
  readonly index: number;
  /** As assistive technology counts, the head included. */
  readonly ariaRow: number | undefined;
  readonly domId: string;
  /** Pixels from the top of its box; undefined: it stands in the flow. */
  readonly y: number | undefined;
  /** `undefined` while it is on its way here. */
  readonly row: ExchangeRow | undefined;
  readonly columns: readonly ColumnSetting[];
  readonly narrow: boolean;
  readonly current: boolean;
  readonly opened: boolean;
  readonly pinned: boolean;
}

export const Row = memo(function Row(props: RowProps) {
  const { index, ariaRow, domId, y, row, columns, narrow, current, opened, pinned } = props;
  return (
    // Its keys are the table's: the table has the focus, and says which row is meant.
    <div
      role="row"
      id={domId}
      className="wire-row"
      aria-rowindex={ariaRow}
      aria-selected={opened}
      data-index={index}
      data-row={row?.row}
      data-current={current ? '' : undefined}
      data-bad={row !== undefined && isBad(row) ? '' : undefined}
      data-foreign={row?.from === 'foreign' ? '' : undefined}
      style={y === undefined ? undefined : { transform: `translateY(${y}px)` }}
    >
      {row === undefined ? (
        <div role="gridcell" className="wire-cell wire-waiting">
          …
        </div>
      ) : narrow ? (
        <TwoLines row={row} pinned={pinned} />
      ) : (
        columns.map(({ id }, at) => (
          <div
            key={id}
            role="gridcell"
            className="wire-cell"
            data-column={id}
            data-numeric={COLUMN_WORDS[id].numeric === true ? '' : undefined}
          >
            {at === 0 && <Pin pinned={pinned} />}
            <Cell id={id} row={row} />
          </div>
        ))
      )}
    </div>
  );
});

/** Reached by its key in the table, hence not by Tab. */
function Pin({ pinned }: { readonly pinned: boolean }) {
  return (
    <button
      type="button"
      className="wire-pin"
      tabIndex={-1}
      data-pin=""
      aria-pressed={pinned}
      aria-label={pinned ? 'Let the row go from the top' : 'Keep the row on top'}
      title={pinned ? 'Let it go from the top (m)' : 'Keep it on top (m)'}
    >
      <Icon name="pin" />
    </button>
  );
}

function TwoLines({ row, pinned }: { readonly row: ExchangeRow; readonly pinned: boolean }) {
  const error = errorText(row);
  return (
    <>
      <div role="gridcell" className="wire-line">
        <Pin pinned={pinned} />
        <b>{row.method ?? 'unknown'}</b>
        <StatusMark row={row} />
        {error !== '' && <span className="wire-bad wire-cut">{error}</span>}
        <span className="wire-end">{timeText(row)}</span>
      </div>
      <div role="gridcell" className="wire-line soft">
        {row.from !== 'simulated' && <SenderMark row={row} />}
        <span className="mono">{row.peerId === undefined ? 'no peer' : shortId(row.peerId)}</span>
        <span className="wire-cut">{row.swarms.join(', ')}</span>
        {findingsOf(row) > 0 && <FindingsMark row={row} />}
        <span className="wire-end">
          {formatBytes(row.requestBytes)} →{' '}
          {row.status === undefined ? 'none' : formatBytes(row.responseBytes)}
          {row.took !== undefined && ` · ${formatTook(row.took)}`}
        </span>
      </div>
    </>
  );
}
