/** One panel: a heading with live readings and a chart below it, both kept up to date past React. */
import { useEffect, useRef } from 'react';
import type { StoreApi } from 'zustand';
import type { PopulationState, RunState } from '../../dashboard/state.ts';
import { useDashboard } from '../context.tsx';
import type { LegendEntry } from '../export/exportable.ts';
import { ExportMenu } from '../export/ExportMenu.tsx';
import type { Frame } from './draw.ts';
import { plotOf, timeToX, timeWindow, xToTime } from './layout.ts';
import type { Reading } from './words.ts';

/** Seconds under the pointer, common to all panels. */
export interface Crosshair {
  readonly time: number | undefined;
}

export interface ChartKind {
  /** `quiet`: the run is paused or stopped. */
  readonly summary: (population: PopulationState, quiet: boolean) => string;
  readonly reading: (population: PopulationState, time: number | undefined, quiet: boolean) => Reading;
  readonly draw: (svg: SVGSVGElement, population: PopulationState, frame: Frame) => void;
  /** What is drawn, as CSV with a header; empty: nothing yet. */
  readonly table: (population: PopulationState) => string;
  readonly legend: readonly LegendEntry[];
}

interface ChartProps {
  readonly name: string;
  readonly about?: string;
  /** Names and colours of the two figures. */
  readonly series: readonly [SeriesName, SeriesName];
  readonly kind: ChartKind;
  readonly crosshair: StoreApi<Crosshair>;
}

export interface SeriesName {
  readonly mark: 'seed' | 'leech' | 'tracker' | 'error';
  readonly name: string;
  /** In place of the name where there is no room for it. */
  readonly short: string;
}

/** Pixels around the mark that are still it. */
const NEAR = 5;

const isQuiet = ({ status }: RunState): boolean => status === 'paused' || status === 'stopped';

export function Chart({ name, about, series, kind, crosshair }: ChartProps) {
  const { stores, links } = useDashboard();
  const svg = useRef<SVGSVGElement>(null);
  const time = useRef<HTMLSpanElement>(null);
  const first = useRef<HTMLElement>(null);
  const second = useRef<HTMLElement>(null);

  useEffect(() => {
    const chart = svg.current;
    if (chart === null) return undefined;
    let window = timeWindow(0);
    const draw = (): void => {
      const population = stores.population.getState();
      window = timeWindow(population.traffic.at(-1)?.time ?? 0);
      const quiet = isQuiet(stores.run.getState());
      const latest = population.traffic.at(-1)?.time ?? -1;
      const { time: mark = -1 } = links.store.getState();
      const inSight = mark >= window.from && mark <= latest ? mark : undefined;
      const at = crosshair.getState().time ?? inSight;
      const frame = { window, width: chart.clientWidth, height: chart.clientHeight, crosshair: at };
      if (frame.width > 0) kind.draw(chart, population, frame);
      chart.setAttribute('aria-label', kind.summary(population, quiet));
      const reading = kind.reading(population, at, quiet);
      if (time.current) time.current.textContent = reading.time === undefined ? '' : `at ${reading.time}`;
      if (first.current) first.current.textContent = reading.first;
      if (second.current) {
        second.current.textContent = reading.second;
        second.current.toggleAttribute('data-zero', reading.second === '0');
      }
    };
    const point = (event: PointerEvent): void => {
      const plot = plotOf(chart.clientWidth, chart.clientHeight);
      crosshair.setState({ time: xToTime(event.offsetX, window, plot) });
    };
    const set = (event: PointerEvent): void => {
      const plot = plotOf(chart.clientWidth, chart.clientHeight);
      const at = xToTime(event.offsetX, window, plot);
      const { time: mark } = links.store.getState();
      // Pressed where it stands, it goes.
      const near = mark !== undefined && Math.abs(timeToX(mark, window, plot) - event.offsetX) < NEAR;
      links.mark(near ? undefined : Math.round(at));
    };
    const away = (): void => crosshair.setState({ time: undefined });
    const resized = new ResizeObserver(draw);
    resized.observe(chart);
    const unsubscribe = [
      stores.population.subscribe(draw),
      stores.run.subscribe((run, before) => {
        if (isQuiet(run) !== isQuiet(before)) draw();
      }),
      crosshair.subscribe(draw),
      links.store.subscribe(draw),
    ];
    chart.addEventListener('pointermove', point);
    chart.addEventListener('pointerleave', away);
    chart.addEventListener('pointerdown', set);
    draw();
    return () => {
      resized.disconnect();
      for (const stop of unsubscribe) stop();
      chart.removeEventListener('pointermove', point);
      chart.removeEventListener('pointerleave', away);
      chart.removeEventListener('pointerdown', set);
    };
  }, [stores, links, crosshair, kind]);

  return (
    <section className="chart" aria-label={`${name} over time`}>
      <div className="chart-head" title={about}>
        <h3>{name}</h3>
        <span ref={time} className="chart-time" />
        <span className="chart-figures">
          <span className={`figure-${series[0].mark}`}>
            <b ref={first} /> <Series of={series[0]} />
          </span>
          <span className={`figure-${series[1].mark}`}>
            <b ref={second} /> <Series of={series[1]} />
          </span>
        </span>
        <ExportMenu
          what={`${name} over time`}
          of={() => ({
            name: `timeline-${name}`,
            title: `${name} over time`,
            notes: [kind.summary(stores.population.getState(), isQuiet(stores.run.getState()))],
            legend: kind.legend,
            svg: () => svg.current ?? undefined,
            csv: () => kind.table(stores.population.getState()),
          })}
        />
      </div>
      <svg ref={svg} className="chart-svg" role="img" aria-label={name} />
    </section>
  );
}

function Series({ of: { name, short } }: { readonly of: SeriesName }) {
  return (
    <>
      <span className={short === name ? undefined : 'series-name'}>{name}</span>
      {short !== name && short !== '' && (
        <span className="series-short" aria-hidden="true">
          {short}
        </span>
      )}
    </>
  );
}
