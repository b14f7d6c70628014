/** A chart's figures as a table, as they were when it was opened: a table that runs away cannot be read. */
import { useState } from 'react';
import type { TimePart } from '../../dashboard/observed.ts';
import type { TimeScene } from './scene.ts';
import { tableOf } from './table.ts';

const MOST_ROWS = 60;

interface TimeTableProps {
  readonly part: TimePart;
  readonly scene: TimeScene;
  readonly name: string;
}

export function TimeTable({ part, scene, name }: TimeTableProps) {
  const [{ headers, rows }, setTable] = useState(() => tableOf(scene.model(part), MOST_ROWS));
  return (
    <div className="time-table" tabIndex={0} role="region" aria-label={`${name}, figures`}>
      <button
        type="button"
        className="button button-small"
        onClick={() => setTable(tableOf(scene.model(part), MOST_ROWS))}
      >
        As of now
      </button>
      {rows.length === 0 ? (
        <p className="soft">Nothing yet.</p>
      ) : (
        <table>
          <thead>
            <tr>
              {headers.map((header) => (
                <th key={header} scope="col">
                  {header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([until = '', ...figures]) => (
              <tr key={until}>
                <th scope="row">{until}</th>
                {figures.map((figure, i) => (
                  <td key={headers[i + 1]}>{figure}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
