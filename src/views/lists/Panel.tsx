/** The frame of a picture: its name, what it says in a line, the ways to take it along, and the same as a table. */
import { useState, type ReactNode, type Ref } from 'react';
import { useDashboard } from '../context.tsx';
import { ExportMenu } from '../export/ExportMenu.tsx';
import type { Exportable } from '../export/exportable.ts';
import { formatCount, plural, shortId } from '../format.ts';
import type { Names } from './names.ts';
import { csvOf, peersIn, type Sheet } from './sheet.ts';

interface PanelProps {
  readonly title: ReactNode;
  /** The same in plain words, for the file and the table. */
  readonly name: string;
  /** Kept up to date past React. */
  readonly reading: Ref<HTMLParagraphElement>;
  readonly className: string;
  /** Beside the title. */
  readonly tools?: ReactNode;
  readonly sheet: () => Sheet | undefined;
  readonly exportable: () => Omit<Exportable, 'csv'>;
  readonly names: Names;
  readonly children: ReactNode;
}

export function Panel(props: PanelProps) {
  const { title, name, reading, className, tools, sheet, exportable, names, children } = props;
  const of = (): Exportable => ({
    ...exportable(),
    csv: () => {
      const table = sheet();
      return table === undefined ? '' : csvOf(table, names);
    },
  });
  return (
    <section className={`lists-panel ${className}`} aria-label={name}>
      <header className="lists-head">
        <h3>{title}</h3>
        {tools}
        <ExportMenu what={name} of={of} />
      </header>
      <p className="lists-reading" ref={reading} />
      {children}
      <AsTable name={name} sheet={sheet} names={names} />
    </section>
  );
}

const MOST_ROWS = 200;

interface AsTableProps {
  readonly name: string;
  readonly sheet: () => Sheet | undefined;
  readonly names: Names;
}

/** Stands still for reading, until it is asked for anew. */
function AsTable({ name, sheet, names }: AsTableProps) {
  const [shown, setShown] = useState<Sheet>();
  const refresh = async (): Promise<void> => {
    const whole = sheet() ?? { columns: [], rows: [] };
    const part = { ...whole, rows: whole.rows.slice(0, MOST_ROWS) };
    await names.learn(peersIn(part)).catch(() => false);
    setShown({ ...part });
  };
  return (
    <details
      className="lists-table"
      onToggle={({ currentTarget }) => {
        if (currentTarget.open) void refresh();
        else setShown(undefined);
      }}
    >
      <summary>As a table</summary>
      {shown !== undefined && (
        <>
          <p>
            <button type="button" className="button button-small" onClick={() => void refresh()}>
              Bring it up to date
            </button>{' '}
            <span className="soft small">
              {shown.rows.length === 0
                ? 'Nothing yet.'
                : `${plural(shown.rows.length, 'row')}${shown.rows.length === MOST_ROWS ? ` at most; the CSV has all` : ''}`}
            </span>
          </p>
          {shown.rows.length > 0 && <SheetTable name={name} sheet={shown} names={names} />}
        </>
      )}
    </details>
  );
}

function SheetTable({
  name,
  sheet,
  names,
}: {
  readonly name: string;
  readonly sheet: Sheet;
  readonly names: Names;
}) {
  const { commands } = useDashboard();
  return (
    // Scrolls, so it must be reachable by keyboard.
    <div className="lists-scroll" tabIndex={0} role="group" aria-label={`${name}, as a table`}>
      <table>
        <thead>
          <tr>
            {sheet.columns.map((column) => (
              <th key={column} scope="col">
                {column.replaceAll('_', ' ')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sheet.rows.map((row, place) => (
            // A table that stands still: its rows have no other name than their place.
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={place}>
              {row.map((cell, column) => (
                <td key={sheet.columns[column] ?? column}>
                  {typeof cell === 'object' ? (
                    <button
                      type="button"
                      className="lists-peer mono"
                      title={names.full(cell.peer)}
                      onClick={() => commands.select(cell.peer)}
                    >
                      {names.full(cell.peer) === '' ? 'unknown' : shortId(names.full(cell.peer))}
                    </button>
                  ) : typeof cell === 'number' && Number.isInteger(cell) ? (
                    formatCount(cell)
                  ) : (
                    cell
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
