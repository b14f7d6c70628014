/** The common axis of the charts: round moments, phases and faults. */
import type { TimeRange } from '../../dashboard/observed.ts';
import { formatClock, formatStamp } from '../format.ts';
import type { Plot as Area } from '../timeline/layout.ts';
import { areaOf, xOf, type Frame } from './frame.ts';
import type { Mark } from './marks.ts';

/** Milliseconds between two ticks. */
const STEPS = [
  100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 900_000,
  1_800_000, 3_600_000, 7_200_000, 14_400_000, 28_800_000, 86_400_000,
];
/** Widths of a letter between two ticks. */
const SPACING = 7;

/** Round moments, as many as have room. */
export function timeTicks(
  along: TimeRange,
  area: Area,
  type: number,
): readonly { at: number; text: string }[] {
  const room = Math.max(1, (area.right - area.left) / (type * SPACING));
  const step = STEPS.find((some) => (along.to - along.from) / some <= room) ?? 86_400_000 * 10;
  const ticks: { at: number; text: string }[] = [];
  for (let value = Math.ceil(along.from / step) * step; value <= along.to; value += step)
    ticks.push({ at: xOf(value, along, area), text: step < 1000 ? formatStamp(value) : formatClock(value) });
  return ticks;
}

export function timeMarks(along: TimeRange, area: Area, foot: number, type: number): readonly Mark[] {
  return timeTicks(along, area, type).map(({ at, text }) => {
    const anchor = at < area.left + 2 * type ? 'start' : at > area.right - 2 * type ? 'end' : 'middle';
    return { kind: 'text', x: at, y: foot, text, anchor, ink: 'inkSoft' };
  });
}

/** What the scenario does over time: its phases, its faults. */
export interface Band {
  readonly kind: 'phase' | 'fault';
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** The common axis: round moments, and the names of the bands above them where there is room. */
export function axisMarks(bands: readonly Band[], frame: Frame): readonly Mark[] {
  const { range, type } = frame;
  const area = { ...areaOf(frame.width), bottom: frame.height };
  const marks: Mark[] = [...timeMarks(range, area, frame.height - 4, type)];
  const rows = { phase: 0, fault: 1 };
  const until = [-Infinity, -Infinity];
  for (const { kind, name, from, to } of bands) {
    const [x, end] = [xOf(from, range, area), xOf(to, range, area)];
    if (to <= range.from || from >= range.to) continue;
    const row = rows[kind];
    const top = row * (type + 3);
    const boxes = [x, top, Math.max(2, end - x), type + 2];
    const fill = kind === 'fault' ? FAULT_NAMED : PHASE_NAMED;
    marks.push({ kind: 'boxes', boxes, fill });
    const length = name.length * type * 0.56 + 6;
    // A name may be longer than its band, but not stand on another's.
    if (x < (until[row] ?? 0) || x + length > area.right) continue;
    until[row] = x + length;
    marks.push({ kind: 'text', x: x + 3, y: top + type, text: name, anchor: 'start', ink: 'ink' });
  }
  return marks;
}

const FAULT_NAMED = { ink: 'error', opacity: 0.35 } as const;
const PHASE_NAMED = { ink: 'line', opacity: 0.9 } as const;

/** The same bands behind a chart; the measured phase is left as it is. */
export function bandMarks(bands: readonly Band[], frame: Frame): readonly Mark[] {
  const area = { ...areaOf(frame.width), bottom: frame.height };
  return bands.flatMap(({ kind, name, from, to }): readonly Mark[] => {
    if (to <= frame.range.from || from >= frame.range.to || name === MEASURED) return [];
    const x = xOf(from, frame.range, area);
    const boxes = [x, 0, Math.max(kind === 'fault' ? 2 : 0, xOf(to, frame.range, area) - x), frame.height];
    return [{ kind: 'boxes', boxes, fill: kind === 'fault' ? FAULT : OUTSIDE }];
  });
}

const FAULT = { ink: 'error', opacity: 0.14 } as const;
const OUTSIDE = { ink: 'inkSoft', opacity: 0.07 } as const;
export const MEASURED = 'measured';
