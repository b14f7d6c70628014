/** A sweep: what varies, how often; the table as runs come in, and one measure of it drawn. */
import { useState } from 'react';
import { csvTable } from '../../dashboard/csv.ts';
import type { LabState, SweepTable } from '../../dashboard/lab/desk.ts';
import { useDashboard } from '../context.tsx';
import { plural } from '../format.ts';
import { Icon } from '../icons.tsx';
import { ProblemList } from '../ProblemList.tsx';
import { save } from '../wire/save.ts';
import { colourOf, spotPlan, type Spot } from './plot.ts';
import { PlotFrame } from './PlotFrame.tsx';
import { SweepParameters } from './SweepParameters.tsx';
import { figure, intervalWords, valueWords } from './words.ts';

export function Sweep({ state }: { readonly state: LabState }) {
  const { sweep, sweepProblems, table } = state;
  return (
    <div className="lab-results">
      <SweepParameters sweep={sweep} busy={state.run !== undefined} />
      {sweepProblems.length > 0 && (
        <div className="note note-bad" role="alert">
          <ProblemList problems={sweepProblems} />
        </div>
      )}
      <Left state={state} />
      {table === undefined ? (
        <p className="lab-nothing soft">
          Every value with every other, each with as many seeds as there are replications; the n-th run has
          the same seed in all combinations. All processors of this computer take part.
        </p>
      ) : (
        <Table table={table} state={state} />
      )}
    </div>
  );
}

/** Runs that are still to be done, and tries that failed: what there is to do about them. */
function Left({ state: { left, run } }: { readonly state: LabState }) {
  const { lab } = useDashboard();
  if (run?.again !== undefined)
    return (
      <p className="note" role="status">
        {plural(run.again.times, 'try', 'tries')} failed and {run.again.times === 1 ? 'was' : 'were'} made
        again: {run.again.reason}
      </p>
    );
  if (left === undefined) return null;
  const cut = left.runs - left.failed;
  return (
    <div className="note lab-files">
      <p>
        {[
          ...(cut > 0 ? [`${plural(cut, 'run')} not done`] : []),
          ...(left.failed > 0 ? [`${plural(left.failed, 'run')} failed`] : []),
        ].join(', ')}
        : the table has what the others gave.
      </p>
      <button type="button" className="button button-small" onClick={() => lab.resumeSweep()}>
        <Icon name="start" />
        {cut > 0 ? 'Go on with the sweep' : 'Try them once more'}
      </button>
    </div>
  );
}

/** Shown first, where there is one. */
const FAVOURITE = /^swarms\..*\.mean(DownloadSeconds|Peers)$/;

function Table({ table, state }: { readonly table: SweepTable; readonly state: LabState }) {
  const { lab } = useDashboard();
  const { tableMeasures } = state;
  const [chosen, setChosen] = useState<string>();
  const measure =
    tableMeasures.find(({ name }) => name === chosen) ??
    tableMeasures.find(({ name }) => FAVOURITE.test(name)) ??
    tableMeasures[0];
  if (measure === undefined) return <p className="soft">No run has ended yet.</p>;
  const { name, unit, description } = measure;
  const paths = [...new Set(table.points.flatMap(({ parameters }) => Object.keys(parameters)))];
  const [first, ...others] = paths;
  const rows = table.points.map(({ parameters, runs, measures }, place) => ({
    place,
    parameters,
    failed: runs.flatMap(({ seed, failed }) => (failed === undefined ? [] : [`seed ${seed}: ${failed}`])),
    of: measures.find((one) => one.name === name),
  }));
  const spots: Spot[] = rows.flatMap(({ parameters, of }) =>
    of === undefined
      ? []
      : [
          {
            x: first === undefined ? '' : parameters[first],
            mean: of.mean,
            halfWidth: of.interval?.halfWidth,
            group: others.map((path) => `${path} ${valueWords(parameters[path])}`).join(', '),
          },
        ],
  );
  return (
    <>
      <div className="lab-files">
        <label>
          Measure{' '}
          <select
            name="measure"
            className="field-control"
            value={name}
            onChange={({ target }) => setChosen(target.value)}
          >
            {tableMeasures.map((one) => (
              <option key={one.name}>{one.name}</option>
            ))}
          </select>
        </label>
        {(['CSV', 'JSON'] as const).map((form, place) => (
          <button
            key={form}
            type="button"
            className="button button-small"
            aria-label={`Save the table as ${form}`}
            onClick={() =>
              void lab.tableFiles().then((files) => {
                const file = files[place];
                if (file !== undefined) save(file.blob, file.name);
              })
            }
          >
            <Icon name="download" />
            {form}
          </button>
        ))}
      </div>
      <p className="soft">{description}</p>
      <SpotPlot
        title={`${name} by ${first ?? 'nothing'}`}
        x={first ?? ''}
        y={unit === '' ? 'mean' : unit}
        spots={spots}
      />
      <div className="lab-table" tabIndex={0} role="region" aria-label="Sweep">
        <table>
          <thead>
            <tr>
              {paths.map((path) => (
                <th key={path} scope="col">
                  {path}
                </th>
              ))}
              <th scope="col">Mean {unit !== '' && `(${unit})`}</th>
              <th scope="col">95 % interval</th>
              <th scope="col">Deviation</th>
              <th scope="col">Runs</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ place, parameters, failed, of }) => (
              <tr key={place}>
                {paths.map((path) => (
                  <th key={path} scope="row">
                    {valueWords(parameters[path])}
                  </th>
                ))}
                <td className="number">{of === undefined ? '' : figure(of.mean)}</td>
                <td>{of?.interval === undefined ? '' : intervalWords(of.interval)}</td>
                <td className="number">{of?.deviation === undefined ? '' : figure(of.deviation)}</td>
                <td className="number" title={failed.join('\n')}>
                  {of?.n ?? 0}
                  {failed.length > 0 && ` (${failed.length} failed)`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

interface SpotPlotProps {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly spots: readonly Spot[];
}

function SpotPlot({ title, x, y, spots }: SpotPlotProps) {
  if (spots.length === 0) return null;
  const plan = spotPlan(spots);
  return (
    <>
      <PlotFrame
        name="sweep"
        title={title}
        x={x}
        y={y}
        xTicks={plan.xTicks}
        yTicks={plan.yTicks}
        legend={plan.groups.map(({ name, kind }) => ({
          label: name || title,
          colour: colourOf(kind),
          mark: 'disc',
        }))}
        table={() => tableOf(x, spots)}
        from={{ scenario: 'a sweep of the Lab' }}
      >
        {plan.groups.map(({ name, kind, d, spots: own }) => (
          <g key={name} className="plot-group" data-kind={kind}>
            <path className="plot-line" d={d} />
            {own.map((spot) => (
              <g key={spot.x}>
                <line className="plot-bar" x1={spot.x} x2={spot.x} y1={spot.low} y2={spot.high} />
                <line className="plot-bar" x1={spot.x - 4} x2={spot.x + 4} y1={spot.low} y2={spot.low} />
                <line className="plot-bar" x1={spot.x - 4} x2={spot.x + 4} y1={spot.high} y2={spot.high} />
                <circle cx={spot.x} cy={spot.y} r={3.5} />
              </g>
            ))}
            <text className="plot-name" x={(own.at(-1)?.x ?? 0) + 10} y={(own.at(-1)?.y ?? 0) + 4}>
              {name}
            </text>
          </g>
        ))}
      </PlotFrame>
      <p className="soft small">
        Points are means over the runs, bars their 95 % intervals by Student&rsquo;s t.
      </p>
    </>
  );
}

const tableOf = (x: string, spots: readonly Spot[]): string =>
  csvTable(
    ['group', x, 'mean', 'half of the 95 % interval'],
    spots.map((spot) => ({
      group: spot.group,
      [x]: valueWords(spot.x),
      mean: spot.mean,
      'half of the 95 % interval': spot.halfWidth,
    })),
  );
