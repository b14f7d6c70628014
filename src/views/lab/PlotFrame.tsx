/** The frame of a plot: its axes, its name, and the way to take it along. */
import { useRef, type ReactNode } from 'react';
import type { LegendEntry, Provenance } from '../export/exportable.ts';
import { ExportMenu } from '../export/ExportMenu.tsx';
import { HEIGHT, MARGIN, WIDTH, type Tick } from './plot.ts';
import './plot.css';

interface PlotFrameProps {
  /** Of the file. */
  readonly name: string;
  readonly title: string;
  /** What the axes are in. */
  readonly x: string;
  readonly y: string;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  readonly legend: readonly LegendEntry[];
  /** What is drawn, as CSV with a header. */
  readonly table: () => string;
  readonly from: Provenance;
  readonly children: ReactNode;
}

export function PlotFrame(props: PlotFrameProps) {
  const { name, title, x, y, xTicks, yTicks, legend, table, from, children } = props;
  const svg = useRef<SVGSVGElement>(null);
  const bottom = HEIGHT - MARGIN.bottom;
  return (
    <figure className="plot-figure">
      <figcaption>
        {title}
        <ExportMenu
          what={title}
          of={{ name, title, legend, svg: () => svg.current ?? undefined, csv: table, from }}
        />
      </figcaption>
      <svg ref={svg} className="plot" role="img" aria-label={title} viewBox={`0 0 ${WIDTH} ${HEIGHT}`}>
        {yTicks.map(({ at, label }) => (
          <g key={label}>
            <line className="plot-grid" x1={MARGIN.left} x2={WIDTH - MARGIN.right} y1={at} y2={at} />
            <text className="plot-tick" x={MARGIN.left - 6} y={at + 4} textAnchor="end">
              {label}
            </text>
          </g>
        ))}
        <line className="plot-axis" x1={MARGIN.left} x2={WIDTH - MARGIN.right} y1={bottom} y2={bottom} />
        {xTicks.map(({ at, label }) => (
          <text key={label} className="plot-tick" x={at} y={bottom + 15} textAnchor="middle">
            {label}
          </text>
        ))}
        <text
          className="plot-label"
          x={(MARGIN.left + WIDTH - MARGIN.right) / 2}
          y={HEIGHT - 6}
          textAnchor="middle"
        >
          {x}
        </text>
        <text
          className="plot-label"
          x={12}
          y={(MARGIN.top + bottom) / 2}
          textAnchor="middle"
          transform={`rotate(-90 12 ${(MARGIN.top + bottom) / 2})`}
        >
          {y}
        </text>
        {children}
      </svg>
    </figure>
  );
}
