/** Membership of every swarm and the page's traffic, over the run. */
import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { createStore } from 'zustand/vanilla';
import { csvTable } from '../../dashboard/csv.ts';
import type { PopulationState, SwarmView } from '../../dashboard/state.ts';
import { useDashboard } from '../context.tsx';
import { Chart, type ChartKind, type Crosshair, type SeriesName } from './Chart.tsx';
import { drawSwarm, drawTraffic } from './draw.ts';
import { swarmReading, swarmSummary, trafficReading, trafficSummary } from './words.ts';
import './timeline.css';

const SWARM_SERIES: readonly [SeriesName, SeriesName] = [
  { mark: 'seed', name: 'SEED', short: '' },
  { mark: 'leech', name: 'LEECH', short: '' },
];
const TRAFFIC_SERIES: readonly [SeriesName, SeriesName] = [
  { mark: 'tracker', name: 'requests/s', short: '/s' },
  { mark: 'error', name: 'errors', short: 'errors' },
];

const TRAFFIC: ChartKind = {
  summary: ({ traffic }, quiet) => trafficSummary(traffic, quiet),
  reading: ({ traffic }, time, quiet) => trafficReading(traffic, time, quiet),
  draw: (svg, { traffic }, frame) => drawTraffic(svg, traffic, frame),
  table: ({ traffic }) =>
    traffic.length === 0
      ? ''
      : csvTable(
          ['time', 'requests', 'errors'],
          traffic.map((point) => ({ ...point })),
        ),
  legend: [
    { label: 'requests each second', colour: 'var(--tracker)', mark: 'square' },
    { label: 'errors, with a mark above', colour: 'var(--error)', mark: 'square' },
  ],
};

const emptySwarm = (id: string): SwarmView => ({
  id,
  about: '',
  kind: 'vod',
  seeds: 0,
  leeches: 0,
  history: [],
});

function swarmKind(id: string): ChartKind {
  const pick = (population: PopulationState): SwarmView =>
    population.swarms.find((swarm) => swarm.id === id) ?? emptySwarm(id);
  return {
    summary: (population) => swarmSummary(pick(population)),
    reading: (population, time) => swarmReading(pick(population), time),
    draw: (svg, population, frame) => drawSwarm(svg, pick(population), frame),
    table: (population) => {
      const { history } = pick(population);
      return history.length === 0
        ? ''
        : csvTable(
            ['time', 'seeds', 'leeches'],
            history.map((point) => ({ ...point })),
          );
    },
    legend: [
      { label: 'SEED, below', colour: 'var(--seed)', mark: 'square' },
      { label: 'LEECH, above', colour: 'var(--leech)', mark: 'square' },
    ],
  };
}

interface SwarmChartProps {
  readonly id: string;
  readonly about: string;
  readonly crosshair: ReturnType<typeof createCrosshair>;
}

function SwarmChart({ id, about, crosshair }: SwarmChartProps) {
  const kind = useMemo(() => swarmKind(id), [id]);
  return <Chart name={id} about={about} series={SWARM_SERIES} kind={kind} crosshair={crosshair} />;
}

const createCrosshair = () => createStore<Crosshair>(() => ({ time: undefined }));

export function Timeline() {
  const { stores, links } = useDashboard();
  const mark = useStore(links.store, (link) => link.time);
  const swarms = useStore(
    stores.run,
    useShallow((run) => run.scenario.swarms.map((swarm) => swarm.id)),
  );
  const specs = stores.run.getState().scenario.swarms;
  const [crosshair] = useState(createCrosshair);
  return (
    <section className="timeline" aria-labelledby="timeline-title">
      <h2 id="timeline-title" className="only-spoken">
        Over time
      </h2>
      <label className="timeline-mark">
        Mark on the charts, in seconds into the run
        <input
          name="mark"
          type="number"
          className="field-control"
          min={0}
          value={mark ?? ''}
          onChange={({ target }) => links.mark(target.value === '' ? undefined : target.valueAsNumber)}
        />
      </label>
      {swarms.map((id, index) => (
        <SwarmChart key={id} id={id} about={specs[index]?.about ?? ''} crosshair={crosshair} />
      ))}
      <Chart name="traffic" series={TRAFFIC_SERIES} kind={TRAFFIC} crosshair={crosshair} />
    </section>
  );
}
