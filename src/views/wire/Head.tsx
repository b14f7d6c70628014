/** The heads of the columns: a click sorts, a drag of the edge makes wider or narrower. */
import { useRef, type PointerEvent } from 'react';
import { SORTS, withWidth, type ColumnSetting } from '../../dashboard/wire/columns.ts';
import { QUERY_AT_FIRST, sortedBy } from '../../dashboard/wire/filters.ts';
import type { WireQuery } from '../../dashboard/wire/state.ts';
import { useDashboard } from '../context.tsx';
import { Icon } from '../icons.tsx';
import { COLUMN_WORDS } from './words.ts';

interface HeadProps {
  readonly columns: readonly ColumnSetting[];
  readonly query: WireQuery;
}

export function Head({ columns, query }: HeadProps) {
  return (
    <div role="row" className="wire-row wire-head" aria-rowindex={1}>
      {columns.map((column) => (
        <ColumnHead key={column.id} column={column} query={query} />
      ))}
    </div>
  );
}

function ColumnHead({ column, query }: { readonly column: ColumnSetting; readonly query: WireQuery }) {
  const { wire } = useDashboard();
  const { id } = column;
  const by = SORTS[id];
  const { head, name, numeric } = COLUMN_WORDS[id];
  const { sort } = query;
  const sorted = by === undefined ? sort === undefined : sort?.column === by;
  const descending = sorted && sort?.descending === true;
  const ask = (): void =>
    wire.ask(by === undefined ? { ...query, sort: QUERY_AT_FIRST.sort } : sortedBy(query, by));
  return (
    <div
      role="columnheader"
      className="wire-cell"
      data-numeric={numeric === true ? '' : undefined}
      aria-sort={sorted ? (descending ? 'descending' : 'ascending') : 'none'}
    >
      <button type="button" className="wire-sort" title={`Sort by ${name}`} onClick={ask}>
        {head}
        {sorted && by !== undefined && <Icon name={descending ? 'down' : 'up'} />}
      </button>
      <Edge column={column} />
    </div>
  );
}

/** For the pointer only: the dialog of the columns does the same by keys. */
function Edge({ column }: { readonly column: ColumnSetting }) {
  const { wire } = useDashboard();
  const from = useRef<{ readonly x: number; readonly width: number }>(undefined);
  const begin = (event: PointerEvent<HTMLElement>): void => {
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    from.current = { x: event.clientX, width: column.width };
  };
  const move = (event: PointerEvent<HTMLElement>): void => {
    if (from.current === undefined) return;
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    const width = from.current.width + (event.clientX - from.current.x) / rem;
    wire.setColumns(withWidth(wire.store.getState().columns, column.id, width));
  };
  return (
    <span
      className="wire-edge"
      aria-hidden="true"
      onPointerDown={begin}
      onPointerMove={move}
      onPointerUp={() => {
        from.current = undefined;
      }}
    />
  );
}
