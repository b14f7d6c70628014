import { expect, test } from 'vitest';
import type { TimeAnswer, TimePart } from '../../dashboard/observed.ts';
import { axisMarks, bandMarks, timeTicks, type Band } from './axis.ts';
import type { Frame } from './frame.ts';
import { chartMarks } from './layout.ts';
import type { Mark } from './marks.ts';
import { modelOf, type Model } from './model.ts';

const GRID = { from: 0, width: 1000, columns: 4 };
const FRAME: Frame = { range: { from: 0, to: 4000 }, width: 402, height: 100, type: 11 };

function model(part: TimePart, told: Partial<TimeAnswer>): Model {
  const answer: TimeAnswer = {
    range: FRAME.range,
    told: 4000,
    finest: 1000,
    gaps: [],
    apart: [0],
    ends: true,
    ...told,
  };
  const made = modelOf(part, answer, (swarm) => `swarm ${swarm}`);
  if (made === undefined) throw new Error('Nothing was told.');
  return made;
}

const population = (seeds: readonly number[], leeches: readonly number[], more: Partial<TimeAnswer> = {}) =>
  model('population', {
    population: {
      ...GRID,
      swarms: [{ swarm: 0, seeds: Float64Array.from(seeds), leeches: Float64Array.from(leeches) }],
      others: 0,
    },
    ...more,
  });

const churn = (arrivals: readonly number[], left: readonly number[] = [], more: Partial<TimeAnswer> = {}) =>
  model('churn', {
    churn: {
      ...GRID,
      columns: arrivals.length,
      arrivals: Float64Array.from(arrivals),
      departures: left.length === 0 ? [] : [{ kind: 'left', count: Float64Array.from(left) }],
    },
    ...more,
  });

const ofKind = <Kind extends Mark['kind']>(marks: readonly Mark[], kind: Kind) =>
  marks.filter((mark): mark is Extract<Mark, { kind: Kind }> => mark.kind === kind);
const texts = (marks: readonly Mark[]) => ofKind(marks, 'text').map(({ text }) => text);

test('LEECHes stand on SEEDs, each level for the whole of its column, under one scale', () => {
  const marks = chartMarks(population([1, 1, 2, 2], [9, 3, 8, 0]), FRAME);
  const [seeds, leeches] = ofKind(marks, 'areas');
  expect(seeds?.outlines).toHaveLength(1);
  const outline = leeches?.outlines[0] ?? [];
  // The upper edge from left to right: both ends of each column at its height. The top of the scale is 10.
  expect(outline.slice(0, 6).map(Math.round)).toEqual([1, 2, 101, 2, 101, 60]);
  expect(outline[1]).toBeCloseTo(2, 5);
  // What is the lower edge of the one is the upper edge of the other.
  const upper = new Set(seeds?.outlines[0]?.filter((_, i) => i % 2 === 1));
  for (const y of outline.slice(8 * 2).filter((_, i) => i % 2 === 1)) expect(upper.has(y)).toBe(true);
  expect(texts(marks)).toEqual(['10', 'swarm 0']);
});

test('nothing is drawn across a gap, which is hatched and named; what is not told yet is left empty', () => {
  const gaps = [{ from: 900, to: 2100 }];
  const marks = chartMarks(population([1, 1, 1, 1], [1, 1, 1, 1], { gaps, told: 3500 }), FRAME);
  const [seeds] = ofKind(marks, 'areas');
  const ends = seeds?.outlines.map((outline) => {
    const xs = outline.filter((_, i) => i % 2 === 0);
    return [Math.round(Math.min(...xs)), Math.round(Math.max(...xs))];
  });
  // The column from 1 s to 2 s lies in it.
  expect(ends).toEqual([
    [1, 101],
    [201, 401],
  ]);
  const hatched = ofKind(marks, 'boxes').filter(({ fill }) => fill.hatch !== undefined);
  expect(hatched.map(({ boxes }) => boxes.slice(0, 3).map(Math.round))).toEqual([[91, 0, 120]]);
  expect(texts(marks)).toContain('no data');
  const early = chartMarks(population([1, 1, 0, 0], [0, 0, 0, 0], { told: 1500 }), FRAME);
  const right = ofKind(early, 'areas')[0]?.outlines[0]?.filter((_, i) => i % 2 === 0) ?? [];
  expect(Math.max(...right)).toBeCloseTo(201);
});

test('who comes is above the line, who goes below, by one measure', () => {
  const boxes = ofKind(chartMarks(churn([1, 0, 0, 0], [0, 1, 0, 0]), FRAME), 'boxes');
  const [[, up = 0, , upHeight = 0], [, down = 0, , downHeight = 0]] = boxes.map(({ boxes: box }) => box) as [
    number[],
    number[],
  ];
  expect(upHeight).toBeCloseTo(downHeight);
  expect(up + upHeight).toBeCloseTo(down);
});

test('rates are by the time that is known of a column: half of one does not look like half as many', () => {
  const made = churn([6, 6, 6, 6], [], { gaps: [{ from: 1000, to: 1500 }], told: 3400 });
  const [arrived] = made.plots.flatMap(({ series }) => series);
  expect(Array.from(arrived?.values ?? [])).toEqual([360, 720, 360, Number.NaN]);
});

test('a burst is cut off, marked and named where it would hide all else', () => {
  const arrivals = Array.from({ length: 60 }, (_, i) => (i === 0 ? 500 : 1 + (i % 3)));
  const marks = chartMarks(churn(arrivals, [], { told: 60_000, range: { from: 0, to: 60_000 } }), {
    ...FRAME,
    range: { from: 0, to: 60_000 },
  });
  expect(texts(marks)).toContain('cut off, up to 30,000');
  const top = ofKind(marks, 'boxes')[0]?.boxes[1] ?? Number.NaN;
  expect(top).toBeGreaterThanOrEqual(0);
});

test('percentiles are lines that end where nothing was answered', () => {
  const quantile = Float32Array.of(20, Number.NaN, 40, 2000);
  const marks = chartMarks(
    model('latency', {
      latency: {
        ...GRID,
        p50: quantile,
        p90: quantile,
        p99: quantile,
        lately: { p50: 1, p90: 1, p99: 1 },
        count: Float64Array.of(1, 0, 1, 1),
      },
    }),
    FRAME,
  );
  const [, p50] = ofKind(marks, 'lines');
  expect(p50?.paths).toHaveLength(2);
  expect(texts(marks)).toEqual(['100 ms', '1 s', '10 s']);
});

test('what was seen of the chunks stands until the next look, but not across a gap, nor into what is to come', () => {
  const share = new Float32Array(8).fill(Number.NaN);
  share.set([1, 0.5], 0);
  const availability = {
    ...GRID,
    swarm: 0,
    chunks: 2,
    rows: 2,
    chunksPerRow: 1,
    share,
    peers: Float32Array.of(4, Number.NaN, Number.NaN, Number.NaN),
  };
  const heat = (more: Partial<TimeAnswer>) => [
    ...(ofKind(chartMarks(model('availability', { availability, ...more }), FRAME), 'heat')[0]?.heat.share ??
      []),
  ];
  const none = [Number.NaN, Number.NaN];
  expect(heat({ told: 2500 })).toEqual([1, 0.5, 1, 0.5, 1, 0.5, ...none]);
  expect(heat({ gaps: [{ from: 1500, to: 1600 }] })).toEqual([1, 0.5, ...none, ...none, ...none]);
});

test('progress by age ends a little after the slowest are through, with an axis of its own', () => {
  const quantile = (values: readonly number[]) =>
    Float32Array.from({ length: 100 }, (_, i) => values[i] ?? 1);
  const [slow, fast] = [quantile(Array.from({ length: 20 }, (_, i) => i / 20)), quantile([])];
  const made = model('progress', {
    progress: {
      from: 0,
      width: 1000,
      columns: 100,
      by: 'age',
      quantiles: [slow, slow, fast, fast, fast],
      looks: new Float64Array(100).fill(5),
    },
  });
  expect(made.plots[0]?.grid.columns).toBe(23);
  expect(texts(chartMarks(made, FRAME))).toContain('0:20');
});

const BANDS: readonly Band[] = [
  { kind: 'phase', name: 'warm-up', from: 0, to: 1000 },
  { kind: 'phase', name: 'measured', from: 1000, to: 9000 },
  { kind: 'fault', name: 'tracker down', from: 2000, to: 3000 },
];

test('bands are named on the axis, and shade the charts, all but the measured phase', () => {
  const wide = { ...FRAME, width: 1002, height: 50 };
  expect(texts(axisMarks(BANDS, wide))).toEqual(
    expect.arrayContaining(['warm-up', 'measured', 'tracker down']),
  );
  const shades = ofKind(bandMarks(BANDS, wide), 'boxes').map(({ boxes }) =>
    boxes.slice(0, 3).map(Math.round),
  );
  expect(shades).toEqual([
    [1, 0, 250],
    [501, 0, 250],
  ]);
  expect(bandMarks(BANDS, { ...FRAME, range: { from: 4000, to: 8000 } })).toEqual([]);
});

test('ticks are round moments that do not run into each other, for seconds as for days', () => {
  const area = { left: 0, right: 800, top: 0, bottom: 10 };
  for (const span of [5000, 60_000, 3_600_000, 86_400_000, 864_000_000]) {
    const ticks = timeTicks({ from: 1234, to: 1234 + span }, area, 11);
    expect(ticks.length).toBeGreaterThan(1);
    ticks.forEach(({ at }, i) => expect(at - (ticks[i - 1]?.at ?? -Infinity)).toBeGreaterThan(60));
  }
});
