/** Trackers x peers x editions: how each gets on with each, and the bytes behind every cell. */
import { useId, useImperativeHandle, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { CellResult, MatrixState } from '../../dashboard/matrix/desk.ts';
import { useDashboard } from '../context.tsx';
import { ExportMenu } from '../export/ExportMenu.tsx';
import { formatCount, plural } from '../format.ts';
import { Icon } from '../icons.tsx';
import type { PlaceProps } from '../places.ts';
import { save } from '../wire/save.ts';
import { CellDetail } from './CellDetail.tsx';
import { cellsTable } from './cells.ts';
import { Table } from './Table.tsx';
import './matrix.css';

export function Matrix({ ref, onGo }: PlaceProps) {
  const { matrix, wire } = useDashboard();
  const state = useStore(matrix.store);
  const [chosen, setChosen] = useState<CellResult>();
  const box = useRef<HTMLDivElement>(null);
  useImperativeHandle(ref, () => ({
    find: () => box.current?.querySelector<HTMLElement>('.matrix-cell')?.focus(),
    clear: () => setChosen(undefined),
  }));
  const { report } = state;
  // A run anew, or another file, has other cells.
  const shown = chosen !== undefined && report?.cells.includes(chosen) === true ? chosen : undefined;
  const open = (cell: CellResult): void => {
    setChosen(cell);
    const trace = matrix.trace(cell);
    if (trace === undefined) return;
    wire.importFiles([trace]);
    onGo('wire');
  };
  return (
    <div className="matrix" ref={box}>
      <h2 className="only-spoken">Matrix</h2>
      <Bar state={state} />
      <Meter state={state} />
      {state.problems.length > 0 && (
        <div className="note note-bad matrix-problems" role="alert">
          <ul>
            {state.problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </div>
      )}
      <div className="matrix-body">
        {report === undefined ? (
          <p className="matrix-nothing">
            Peers of ours live before each tracker, in every edition: they join, are given who is there,
            report, become SEED and leave. Run it, or open the files that{' '}
            <code>swarmscope matrix CONFIG --out FOLDER</code> wrote (all of them at once, or dropped here),
            or a config.
          </p>
        ) : (
          <>
            <Table report={report} onChoose={setChosen} onOpen={open} />
            {shown === undefined ? (
              <p className="matrix-hint soft">
                Enter, or a click, opens the trace of a cell in the wire view; what came of it shows here.
              </p>
            ) : (
              <CellDetail
                cell={shown}
                hasTrace={matrix.trace(shown) !== undefined}
                onOpen={() => open(shown)}
              />
            )}
          </>
        )}
      </div>
    </div>
  );
}

function Bar({ state }: { readonly state: MatrixState }) {
  const { matrix, stores } = useDashboard();
  // What a run does hangs on the tracker that is configured.
  useStore(stores.tracker, ({ url }) => url);
  const input = useRef<HTMLInputElement>(null);
  const { run, report } = state;
  const { trackers, peers, editions } = matrix.config();
  const cells = trackers.length * peers.length * editions.length;
  return (
    <div className="matrix-bar">
      <div className="matrix-tools" role="group" aria-label="Run">
        {run === undefined ? (
          <button type="button" className="button button-small button-main" onClick={() => matrix.run()}>
            <Icon name="start" />
            Run {plural(cells, 'cell')}
          </button>
        ) : (
          <button
            type="button"
            className="button button-small button-main"
            disabled={run.cancelling}
            onClick={() => matrix.cancel()}
          >
            <Icon name="stop" />
            Cancel
          </button>
        )}
        <button type="button" className="button button-small" onClick={() => input.current?.click()}>
          <Icon name="upload" />
          Open files
        </button>
        <input
          ref={input}
          name="files"
          type="file"
          multiple
          hidden
          accept=".json,.ndjson"
          aria-label="Matrix files"
          onChange={({ target }) => {
            void matrix.openFiles([...(target.files ?? [])]);
            target.value = '';
          }}
        />
      </div>
      <p className="matrix-subject soft">
        A run: {trackers.map(({ name }) => name).join(', ')}; {plural(peers.length, 'peer')} ×{' '}
        {plural(editions.length, 'edition')}
      </p>
      {report !== undefined && run === undefined && (
        <div className="matrix-tools matrix-exports" role="group" aria-label="Take the results along">
          {matrix.files().map(({ name, type, text }) => (
            <button
              key={name}
              type="button"
              className="button button-small"
              aria-label={`Save ${name}`}
              onClick={() => save(new Blob([text], { type }), name)}
            >
              <Icon name="download" />
              {name.replace('matrix.', '').toUpperCase()}
            </button>
          ))}
          <ExportMenu
            what="the table"
            of={{
              name: 'matrix',
              title: 'Matrix',
              legend: [],
              from: { scenario: `${plural(report.cells.length, 'cell')} of ${report.started.slice(0, 10)}` },
              csv: () => (report.cells.length === 0 ? '' : cellsTable(report)),
            }}
          />
        </div>
      )}
    </div>
  );
}

function Meter({ state: { run, report } }: { readonly state: MatrixState }) {
  const { matrix } = useDashboard();
  const id = useId();
  if (run !== undefined)
    return (
      <div className="matrix-meter">
        <label htmlFor={id}>
          {run.cancelling ? 'Cancelling…' : `${formatCount(run.done)} of ${plural(run.all, 'cell')} done`}
        </label>
        <progress id={id} value={run.done} max={run.all} />
      </div>
    );
  return (
    <p className="matrix-meter" role="status">
      {report === undefined ? '' : `${matrix.totals(report)} (${report.tool}, ${report.started})`}
    </p>
  );
}
