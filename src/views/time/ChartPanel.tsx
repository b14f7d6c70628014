/** One chart: its name, its legend with the figures that are read, what can be chosen for it, the drawing. */
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { TimePart } from '../../dashboard/observed.ts';
import { useDashboard } from '../context.tsx';
import { ExportMenu } from '../export/ExportMenu.tsx';
import { Icon } from '../icons.tsx';
import { exportOf } from './exporting.ts';
import type { TimeScene } from './scene.ts';
import { shifted, timeView } from './state.ts';
import { TimeTable } from './TimeTable.tsx';
import { CHARTS } from './words.ts';

interface ChartPanelProps {
  readonly part: TimePart;
  readonly scene: TimeScene;
  readonly first: boolean;
  readonly last: boolean;
}

export function ChartPanel({ part, scene, first, last }: ChartPanelProps) {
  const { observed } = useDashboard();
  const canvas = useRef<HTMLCanvasElement>(null);
  const legend = useRef<HTMLUListElement>(null);
  const [tabled, setTabled] = useState(false);
  const plots = useStore(scene.news, (news) => (part === 'population' ? news.swarms : 1));
  const byAge = useStore(timeView, ({ progressBy }) => part === 'progress' && progressBy === 'age');
  const { name, about } = CHARTS[part];

  useEffect(() => {
    if (canvas.current === null || legend.current === null) return undefined;
    return scene.add(part, { canvas: canvas.current, legend: legend.current });
  }, [scene, part]);

  const move = (by: 1 | -1): void => timeView.setState(({ shown }) => ({ shown: shifted(shown, part, by) }));
  return (
    <section className="time-chart" aria-labelledby={`time-${part}`} style={{ flexGrow: plots }}>
      <div className="time-head">
        <h3 id={`time-${part}`} title={about}>
          {name}
        </h3>
        <ul ref={legend} className="time-legend" />
        <div className="time-tools">
          {part === 'availability' && <AvailabilityChoice />}
          {part === 'progress' && <ProgressChoice />}
          <button
            type="button"
            className="button button-small button-quiet"
            aria-pressed={tabled}
            aria-label={`${name} as a table`}
            title="As a table"
            onClick={() => setTabled(!tabled)}
          >
            <Icon name="columns" />
          </button>
          <button
            type="button"
            className="button button-small button-quiet"
            aria-label={`${name}: further up`}
            disabled={first}
            onClick={() => move(-1)}
          >
            <Icon name="up" />
          </button>
          <button
            type="button"
            className="button button-small button-quiet"
            aria-label={`${name}: further down`}
            disabled={last}
            onClick={() => move(1)}
          >
            <Icon name="down" />
          </button>
          <ExportMenu what={name} of={() => exportOf(part, scene, observed)} />
        </div>
      </div>
      <div
        className="time-plot"
        data-plot={byAge ? 'age' : 'run'}
        style={{ minHeight: `${Math.max(LEAST[part], plots * LEAST_OF_SWARM)}rem` }}
      >
        <canvas ref={canvas} role="img" aria-label={name} />
      </div>
      {tabled && <TimeTable part={part} scene={scene} name={name} />}
    </section>
  );
}

/** Heights in units of the type. */
const LEAST: Readonly<Record<TimePart, number>> = {
  population: 4.2,
  churn: 4.4,
  requests: 4.2,
  latency: 4.4,
  errors: 3.4,
  availability: 6.2,
  progress: 6.4,
};
const LEAST_OF_SWARM = 3.3;

/** Swarms of the scenario that are kept apart. */
const MOST_APART = 64;

function useSwarms(): readonly { readonly id: string; readonly kind: 'vod' | 'live' }[] {
  const { stores } = useDashboard();
  return useStore(stores.run, ({ scenario }) => scenario.swarms).slice(0, MOST_APART);
}

function AvailabilityChoice() {
  const swarms = useSwarms();
  const chosen = useStore(timeView, (view) => view.availabilityOf);
  return (
    <select
      className="field-control time-choice"
      name="chunks-of"
      aria-label="Swarm whose chunks are shown"
      value={chosen}
      onChange={({ target }) => timeView.setState({ availabilityOf: Number(target.value) })}
    >
      {swarms.map(({ id }, swarm) => (
        <option key={id} value={swarm}>
          {id}
        </option>
      ))}
    </select>
  );
}

function ProgressChoice() {
  const swarms = useSwarms();
  const { progressOf, progressBy } = useStore(timeView);
  return (
    <>
      <select
        className="field-control time-choice"
        name="progress-of"
        aria-label="Swarm whose progress is shown"
        value={progressOf ?? ''}
        onChange={({ target }) =>
          timeView.setState({ progressOf: target.value === '' ? undefined : Number(target.value) })
        }
      >
        <option value="">all downloads</option>
        {swarms.map(({ id, kind }, swarm) =>
          kind === 'vod' ? (
            <option key={id} value={swarm}>
              {id}
            </option>
          ) : null,
        )}
      </select>
      <select
        className="field-control time-choice"
        name="progress-over"
        aria-label="What progress is shown over"
        value={progressBy}
        onChange={({ target }) => timeView.setState({ progressBy: target.value === 'run' ? 'run' : 'age' })}
      >
        <option value="age">since arrival</option>
        <option value="run">over run time</option>
      </select>
    </>
  );
}
