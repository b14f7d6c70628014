/** The table. One cell is in the tab order; the arrow keys go on from there. */
import { Fragment, useRef, useState, type KeyboardEvent } from 'react';
import type { CellResult, MatrixReport } from '../../dashboard/matrix/desk.ts';
import { editionName } from '../editions.ts';
import { CellMark } from './marks.tsx';

interface TableProps {
  readonly report: MatrixReport;
  /** Looked at. */
  readonly onChoose: (cell: CellResult) => void;
  readonly onOpen: (cell: CellResult) => void;
}

/** Rows and columns that a key goes on by. */
const STEPS: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
};

export function Table({ report, onChoose, onOpen }: TableProps) {
  const { trackers, peers, editions, cells } = report;
  const box = useRef<HTMLDivElement>(null);
  const [entry, setEntry] = useState('');
  const first = cells[0];
  const isEntry = (cell: CellResult): boolean =>
    cells.some((one) => keyOf(one) === entry) ? keyOf(cell) === entry : cell === first;
  const step = (event: KeyboardEvent): void => {
    const by = STEPS[event.key];
    const at = (event.target as HTMLElement).closest<HTMLElement>('[data-row]');
    if (by === undefined || at === null) return;
    event.preventDefault();
    const [row, column] = [Number(at.dataset['row']) + by[0], Number(at.dataset['column']) + by[1]];
    box.current?.querySelector<HTMLElement>(`[data-row="${row}"][data-column="${column}"]`)?.focus();
  };
  return (
    // The keys are those of the cells within it.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div ref={box} className="matrix-table" onKeyDown={step}>
      <table>
        <caption className="only-spoken">Trackers, each with each peer in each edition</caption>
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              Tracker
            </th>
            {peers.map(({ name, about }) => (
              <th key={name} scope="colgroup" colSpan={editions.length}>
                {name} <small>{about}</small>
              </th>
            ))}
          </tr>
          <tr>
            {peers.map(({ name }) => (
              <Fragment key={name}>
                {editions.map((edition) => (
                  <th key={edition} scope="col">
                    {editionName(edition).name}
                  </th>
                ))}
              </Fragment>
            ))}
          </tr>
        </thead>
        <tbody>
          {trackers.map((tracker, row) => (
            <tr key={tracker.name}>
              <th scope="row">
                {tracker.name} <small>{tracker.about}</small>
              </th>
              {peers.flatMap((peer, place) =>
                editions.map((edition, i) => {
                  const cell = cells.find(
                    (one) =>
                      one.tracker === tracker.name && one.peer === peer.name && one.edition === edition,
                  );
                  return (
                    <td key={`${peer.name} ${edition}`}>
                      {cell === undefined ? (
                        <span className="soft">not run</span>
                      ) : (
                        <button
                          type="button"
                          className="matrix-cell"
                          data-row={row}
                          data-column={place * editions.length + i}
                          data-verdict={cell.verdict}
                          tabIndex={isEntry(cell) ? 0 : -1}
                          onFocus={() => {
                            setEntry(keyOf(cell));
                            onChoose(cell);
                          }}
                          onClick={() => onOpen(cell)}
                        >
                          <CellMark verdict={cell.verdict} />
                        </button>
                      )}
                    </td>
                  );
                }),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const keyOf = ({ tracker, peer, edition }: CellResult): string => JSON.stringify([tracker, peer, edition]);
