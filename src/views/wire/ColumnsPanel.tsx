/** Which columns the table has, in which order, and how wide: all by keyboard too. */
import { useStore } from 'zustand';
import {
  COLUMNS_AT_FIRST,
  withMoved,
  withShown,
  withWidth,
  type ColumnSetting,
} from '../../dashboard/wire/columns.ts';
import { useDashboard } from '../context.tsx';
import { COLUMN_WORDS } from './words.ts';

/** Rem that a press makes wider or narrower. */
const STEP = 1;

export function ColumnsPanel() {
  const { wire } = useDashboard();
  const columns = useStore(wire.store, (state) => state.columns);
  return (
    <section className="wire-panel" aria-label="Columns">
      <ol className="wire-columns">
        {columns.map((column, at) => (
          <li key={column.id}>
            <label className="check">
              <input
                name={`column-${column.id}`}
                type="checkbox"
                checked={column.shown}
                onChange={(event) => wire.setColumns(withShown(columns, column.id, event.target.checked))}
              />
              {COLUMN_WORDS[column.id].name}
            </label>
            <Steps columns={columns} column={column} at={at} />
          </li>
        ))}
      </ol>
      <button type="button" className="button button-small" onClick={() => wire.setColumns(COLUMNS_AT_FIRST)}>
        As at first
      </button>
    </section>
  );
}

interface StepsProps {
  readonly columns: readonly ColumnSetting[];
  readonly column: ColumnSetting;
  readonly at: number;
}

function Steps({ columns, column: { id, width }, at }: StepsProps) {
  const { wire } = useDashboard();
  const { name } = COLUMN_WORDS[id];
  const steps = [
    { sign: '←', does: 'to the left', off: at === 0, next: () => withMoved(columns, id, -1) },
    {
      sign: '→',
      does: 'to the right',
      off: at === columns.length - 1,
      next: () => withMoved(columns, id, 1),
    },
    { sign: '−', does: 'narrower', off: false, next: () => withWidth(columns, id, width - STEP) },
    { sign: '+', does: 'wider', off: false, next: () => withWidth(columns, id, width + STEP) },
  ];
  return (
    <span className="wire-steps">
      {steps.map(({ sign, does, off, next }) => (
        <button
          key={sign}
          type="button"
          className="button button-quiet button-small"
          aria-label={`${name} ${does}`}
          title={does}
          disabled={off}
          onClick={() => wire.setColumns(next())}
        >
          {sign}
        </button>
      ))}
    </span>
  );
}
