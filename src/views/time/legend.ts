/** The line beside a chart's name: what each mark means, and its figure at the moment that is read. D3 owns the list. */
import { select } from 'd3';
import type { Fill, Mark, Stroke } from './marks.ts';
import type { Model, Plot, Series } from './model.ts';
import { paint, type Look } from './paint.ts';
import { columnRead, formatFigure, valueAt, valueRead } from './words.ts';

export interface LegendItem {
  readonly name: string;
  readonly figure: string;
  readonly fill?: Fill;
  readonly stroke?: Stroke;
}

/** `at`: the moment or the age that is read; undefined: the latest that is known. */
export function legendOf(model: Model | undefined, at: number | undefined): readonly LegendItem[] {
  if (model === undefined || model.none !== undefined) return [];
  const read = (plot: Plot) => ({ plot, column: columnRead(plot, at) });
  if (model.part === 'population') return populationLegend(model.plots.map(read));
  return model.plots.map(read).flatMap(({ plot, column }) =>
    plot.series.map((series, i): LegendItem => {
      // A band stands for the outer one of its two ends.
      const band = plot.bands?.find(({ low, high }) => low === i || high === i);
      const fill = series.fill ?? (series.stroke === undefined ? band?.fill : undefined);
      return {
        name: series.name,
        figure: formatFigure(valueRead(series, plot, column, at), series.unit),
        ...(fill === undefined ? {} : { fill }),
        ...(series.stroke === undefined ? {} : { stroke: series.stroke }),
      };
    }),
  );
}

interface Read {
  readonly plot: Plot;
  readonly column: number | undefined;
}

/** SEEDs and LEECHes of all, then each swarm's peers. */
function populationLegend(all: readonly Read[]): readonly LegendItem[] {
  const sum = (of: readonly { series: Series; column: number | undefined }[]): number =>
    of.reduce((total, { series, column }) => total + valueAt(series, column), 0);
  const first = all[0]?.plot.series ?? [];
  const modes = first.map(({ name, unit, fill }, i): LegendItem => {
    const same = all.flatMap(({ plot, column }) => {
      const series = plot.series[i];
      return series === undefined ? [] : [{ series, column }];
    });
    return { name, figure: formatFigure(sum(same), unit), ...(fill === undefined ? {} : { fill }) };
  });
  const swarms = all.map(({ plot, column }) => ({
    name: plot.name ?? '',
    figure: formatFigure(sum(plot.series.map((series) => ({ series, column }))), 'peers'),
  }));
  return [...modes, ...swarms];
}

/** Pixels of a mark in the list. */
const WIDTH = 16;
const HEIGHT = 11;

const sampleOf = ({ fill, stroke }: LegendItem): readonly Mark[] => [
  ...(fill === undefined ? [] : [{ kind: 'boxes', boxes: [0, 0, WIDTH, HEIGHT], fill } as const]),
  ...(stroke === undefined
    ? []
    : [{ kind: 'lines', paths: [[0, HEIGHT / 2, WIDTH, HEIGHT / 2]], stroke } as const]),
];

export function showLegend(
  list: HTMLElement,
  model: Model | undefined,
  at: number | undefined,
  look: Look,
): void {
  const items = select(list)
    .selectAll<HTMLLIElement, LegendItem>('li')
    .data(legendOf(model, at), (item) => item.name)
    .join((entered) => {
      const item = entered.append('li');
      item.append('canvas').attr('class', 'time-sample').attr('aria-hidden', 'true');
      item.append('span').attr('class', 'time-series');
      item.append('b');
      return item;
    })
    .order();
  items.select('.time-series').text(({ name }) => name);
  items.select('b').text(({ figure }) => figure);
  items.select<HTMLCanvasElement>('canvas').each(function sample(item) {
    drawSample(this, item, look);
  });
}

function drawSample(canvas: HTMLCanvasElement, item: LegendItem, look: Look): void {
  const marks = sampleOf(item);
  canvas.hidden = marks.length === 0;
  // What it looks like changes with the theme alone.
  const key = `${JSON.stringify(marks)}${look.colour.ink}${look.colour.panel}${devicePixelRatio}`;
  if (canvas.hidden || canvas.dataset['look'] === key) return;
  canvas.dataset['look'] = key;
  canvas.width = WIDTH * devicePixelRatio;
  canvas.height = HEIGHT * devicePixelRatio;
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.scale(devicePixelRatio, devicePixelRatio);
  paint(context, marks, look);
}
