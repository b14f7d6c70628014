/** Lines over a common axis, each named at its end. */
import { useMemo } from 'react';
import { PlotFrame } from './PlotFrame.tsx';
import { linePlan, MARGIN, WIDTH, type Line } from './plot.ts';

interface LinePlotProps {
  readonly name: string;
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly lines: readonly Line[];
}

export function LinePlot({ name, title, x, y, lines }: LinePlotProps) {
  const plan = useMemo(() => linePlan(lines), [lines]);
  return (
    <PlotFrame name={name} title={title} x={x} y={y} xTicks={plan.xTicks} yTicks={plan.yTicks}>
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
