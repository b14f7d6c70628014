/** A chart to be taken along. */
import { interpolateRgb } from 'd3';
import type { ObservedDesk, TimePart } from '../../dashboard/observed.ts';
import type { Exportable, LegendEntry } from '../export/exportable.ts';
import { formatClock } from '../format.ts';
import { axisMarks } from './axis.ts';
import { legendOf, type LegendItem } from './legend.ts';
import type { Mark } from './marks.ts';
import type { Look } from './paint.ts';
import type { TimeScene } from './scene.ts';
import { csvOf, notesOf } from './table.ts';
import { vectorOf } from './vector.ts';
import { CHARTS } from './words.ts';

/** Columns of a CSV at the most: as many as are kept. */
const ALL = 4096;

export function exportOf(part: TimePart, scene: TimeScene, observed: ObservedDesk): Exportable {
  const { name, about } = CHARTS[part];
  const { from, to } = scene.range;
  const model = scene.model(part);
  const isAge = model?.plots[0]?.along === 'age';
  const look = scene.picture(part)?.look;
  return {
    name: `time-${part}`,
    title: isAge ? `${name}, by age` : `${name}, ${formatClock(from)} to ${formatClock(to)}`,
    notes: [about, ...(model === undefined ? [] : notesOf(model))],
    legend: look === undefined ? [] : legendOf(model, undefined).flatMap((item) => entryOf(item, look)),
    svg: () => drawingOf(part, scene),
    csv: async () => {
      const answer = await observed.once('time', scene.askFor([part], ALL));
      return csvOf(scene.modelOf(part, answer));
    },
  };
}

function entryOf({ name: label, fill, stroke }: LegendItem, { colour }: Look): readonly LegendEntry[] {
  if (stroke !== undefined)
    return [{ label, colour: colour[stroke.ink], mark: 'dash' in stroke ? 'dashed' : 'line' }];
  if (fill === undefined) return [];
  // As it is seen on the panel.
  const seen = interpolateRgb(colour.panel, colour[fill.ink])(fill.opacity);
  return [{ label, colour: seen, mark: fill.hatch === undefined ? 'square' : 'hatched' }];
}

/** The chart as it is on the page, with the axis of time below it. */
function drawingOf(part: TimePart, scene: TimeScene): SVGSVGElement | undefined {
  const picture = scene.picture(part);
  if (picture === undefined) return undefined;
  const { marks, frame, look } = picture;
  const isAge = scene.model(part)?.plots[0]?.along === 'age';
  const axisHeight = isAge ? 0 : 3 * look.type + 12;
  const size = { width: frame.width, height: frame.height + axisHeight };
  const axis = isAge ? [] : axisMarks(scene.bands, { ...frame, height: axisHeight });
  const ground: Mark = {
    kind: 'boxes',
    boxes: [0, 0, size.width, size.height],
    fill: { ink: 'panel', opacity: 1 },
  };
  return vectorOf(
    [
      { marks: [ground, ...marks], y: 0 },
      { marks: axis, y: frame.height },
    ],
    size,
    look,
  );
}
