/** The frame of a plot: its axes, its name, and the way to take it along as SVG. */
import { useRef, type ReactNode } from 'react';
import { Icon } from '../icons.tsx';
import { save } from '../wire/save.ts';
import { HEIGHT, MARGIN, WIDTH, type Tick } from './plot.ts';
import plotCss from './plot.css?raw';
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
  readonly children: ReactNode;
}

export function PlotFrame({ name, title, x, y, xTicks, yTicks, children }: PlotFrameProps) {
  const svg = useRef<SVGSVGElement>(null);
  const bottom = HEIGHT - MARGIN.bottom;
  return (
    <figure className="plot-figure">
      <figcaption>
        {title}
        <button
          type="button"
          className="button button-small"
          aria-label={`Save ${title} as SVG`}
          onClick={() => svg.current !== null && save(svgFile(svg.current), `${name}.svg`)}
        >
          <Icon name="download" />
          SVG
        </button>
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

const COLOURS = [
  'ground',
  'ink',
  'ink-soft',
  'line',
  'line-strong',
  'seed',
  'leech',
  'tracker',
  'selected',
  'error',
  'sans',
];

/** The drawing as it is seen, with its colours in it. */
function svgFile(svg: SVGSVGElement): Blob {
  const style = getComputedStyle(document.documentElement);
  const variables = COLOURS.map((name) => `--${name}:${style.getPropertyValue(`--${name}`)}`).join(';');
  const css = `svg{${variables};background:var(--ground)}${plotCss}`
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;');
  const text = new XMLSerializer().serializeToString(svg);
  const open = text.indexOf('>') + 1;
  return new Blob([`${text.slice(0, open)}<style>${css}</style>${text.slice(open)}`], {
    type: 'image/svg+xml',
  });
}
