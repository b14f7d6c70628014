/** Lines over a common axis, each named at its end. */
import { useMemo } from 'react';
import { csvTable } from '../../dashboard/csv.ts';
import type { Provenance } from '../export/exportable.ts';
import { PlotFrame } from './PlotFrame.tsx';
import { colourOf, linePlan, MARGIN, WIDTH, type Line } from './plot.ts';

interface LinePlotProps {
  readonly name: string;
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly lines: readonly Line[];
  readonly from: Provenance;
}

export function LinePlot({ name, title, x, y, lines, from }: LinePlotProps) {
  const plan = useMemo(() => linePlan(lines), [lines]);
  return (
    <PlotFrame
      name={name}
      title={title}
      x={x}
      y={y}
      xTicks={plan.xTicks}
      yTicks={plan.yTicks}
      legend={lines.map((line) => ({
        label: line.name,
        colour: colourOf(line.kind),
        mark: line.kind === 'leech' ? 'dashed' : 'line',
      }))}
      table={() => tableOf(x, lines)}
      from={from}
    >
      {plan.lines.map((line, place) => (
        <g key={line.name} className="plot-group" data-kind={line.kind}>
          <path className="plot-line" d={line.d} />
          <text
            className="plot-name"
            x={WIDTH - MARGIN.right + 6}
            // Two lines that end together do not write over each other.
            y={line.endY + 4 + (place > 0 && Math.abs(line.endY - (plan.lines[0]?.endY ?? 0)) < 14 ? 14 : 0)}
          >
            {line.name}
          </text>
        </g>
      ))}
    </PlotFrame>
  );
}

/** A row for each place on the common axis. */
function tableOf(x: string, lines: readonly Line[]): string {
  const rows = new Map<number, Record<string, number>>();
  for (const { name, points } of lines)
    for (const [at, value] of points) rows.set(at, { ...rows.get(at), [x]: at, [name]: value });
  return csvTable([x, ...lines.map(({ name }) => name)], [...rows.values()]);
}
