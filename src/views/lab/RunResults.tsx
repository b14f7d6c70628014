/** What came of a run: who was there over time, every measure with its interval, the files. */
import { useState } from 'react';
import type { LabState, SeriesRow } from '../../dashboard/lab/desk.ts';
import { CopyButton } from '../CopyButton.tsx';
import { formatCount, formatSpan, formatTook } from '../format.ts';
import { Icon } from '../icons.tsx';
import { save } from '../wire/save.ts';
import { LinePlot } from './LinePlot.tsx';
import type { Line } from './plot.ts';
import { figure, intervalWords } from './words.ts';

export function RunResults({ state: { outcome: ran, files, run } }: { readonly state: LabState }) {
  const [wanted, setWanted] = useState('');
  if (ran === undefined)
    return (
      <p className="lab-nothing soft">
        {run === undefined
          ? 'Run once: the scenario goes through on the virtual clock as fast as a worker can, with all its measures.'
          : 'The run is under way.'}
      </p>
    );
  const { scenario, outcome, measures } = ran;
  const shown = measures.filter(({ name }) => name.toLowerCase().includes(wanted.trim().toLowerCase()));
  return (
    <div className="lab-results">
      <h3>{scenario.name}</h3>
      <p>
        {formatCount(outcome.summary.messages)} messages, {formatCount(outcome.summary.peers.arrived)} peers
        came, {formatCount(outcome.summary.peers.completed)} completed,{' '}
        {formatCount(outcome.summary.peers.crashed)} crashed; {formatSpan(scenario.duration * 1000)} in{' '}
        {formatTook(outcome.wallSeconds * 1000)}.
      </p>
      <p className="lab-hash">
        Events SHA-256 <code data-events-sha256={outcome.eventsSha256}>{outcome.eventsSha256}</code>
        <CopyButton what="SHA-256 of the events" text={outcome.eventsSha256} />
      </p>
      <div className="lab-files" role="group" aria-label="Take the results along">
        {files.map(({ name, blob }) => (
          <button key={name} type="button" className="button button-small" onClick={() => save(blob, name)}>
            <Icon name="download" />
            {name}
          </button>
        ))}
      </div>
      {scenario.swarms.slice(0, MOST_PLOTS).map(({ id }) => (
        <LinePlot
          key={id}
          name={`series-${id}`}
          title={`${id}: peers over time`}
          x="seconds"
          y="peers"
          lines={linesOf(outcome.series, id)}
          from={{ scenario: scenario.name, seed: scenario.seed, edition: scenario.edition, clock: 'virtual' }}
        />
      ))}
      {scenario.swarms.length > MOST_PLOTS && (
        <p className="soft">The first {MOST_PLOTS} swarms are drawn; series.csv has all of them.</p>
      )}
      <label className="lab-filter">
        Measures named
        <input
          type="search"
          name="measures"
          className="field-control"
          value={wanted}
          onChange={({ target }) => setWanted(target.value)}
        />
      </label>
      <div className="lab-table" tabIndex={0} role="region" aria-label="Measures">
        <table>
          <thead>
            <tr>
              <th scope="col">Measure</th>
              <th scope="col">Value</th>
              <th scope="col">95 % interval</th>
              <th scope="col">What it is</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ name, value, unit, interval, description }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td className="number">
                  {figure(value)} {unit}
                </td>
                <td>{interval === undefined ? '' : intervalWords(interval)}</td>
                <td className="soft">{description}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {outcome.result.absent.length > 0 && (
        <section aria-label="Not measured">
          <h4>Not measured</h4>
          <ul>
            {outcome.result.absent.map(({ measures: names, why }) => (
              <li key={names}>
                <code>{names}</code>: {why}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

const MOST_PLOTS = 6;

function linesOf(series: readonly SeriesRow[], swarm: string): readonly Line[] {
  const rows = series.filter((row) => row.swarm === swarm);
  return [
    { name: 'LEECH', kind: 'leech', points: rows.map(({ time, leeches }) => [time, leeches] as const) },
    { name: 'SEED', kind: 'seed', points: rows.map(({ time, seeds }) => [time, seeds] as const) },
  ];
}
