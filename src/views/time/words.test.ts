import { expect, test } from 'vitest';
import type { TimeAnswer, TimePart } from '../../dashboard/observed.ts';
import { legendOf } from './legend.ts';
import { modelOf } from './model.ts';
import { csvOf, tableOf } from './table.ts';
import { summaryOf } from './words.ts';

const NBSP = '\u00a0';
const GRID = { from: 10_000, width: 10_000, columns: 3 };
const TOLD: TimeAnswer = {
  range: { from: 10_000, to: 40_000 },
  told: 40_000,
  finest: 1000,
  gaps: [],
  apart: [0, 1],
  ends: true,
  population: {
    ...GRID,
    swarms: [
      { swarm: 0, seeds: Float64Array.of(1, 1, 31), leeches: Float64Array.of(1, 100, 181) },
      { swarm: undefined, seeds: Float64Array.of(0, 0, 0), leeches: Float64Array.of(5, 5, 5) },
    ],
    others: 2,
  },
  requests: {
    ...GRID,
    kinds: [{ kind: 'CONNECT', count: Float64Array.of(10, 20, 30) }],
    all: Float64Array.of(10, 20, 30),
  },
  latency: {
    ...GRID,
    p50: Float32Array.of(5, 6, 900),
    p90: Float32Array.of(5, 6, 900),
    p99: Float32Array.of(5, 6, 900),
    lately: { p50: 7, p90: 8, p99: 9 },
    count: Float64Array.of(50, 50, 1),
  },
  progress: {
    ...GRID,
    by: 'age',
    quantiles: Array.from({ length: 5 }, () => new Float32Array(3).fill(Number.NaN)),
    looks: new Float64Array(3),
  },
  errors: { ...GRID, kinds: [], all: Float64Array.of(10, 20, 30) },
};
const model = (part: TimePart, more: Partial<TimeAnswer> = {}) =>
  modelOf(part, { ...TOLD, ...more }, (swarm) => (swarm === 0 ? '=film,"1"' : ''));

test('a chart says how many there are and whether they become more', () => {
  expect(summaryOf(model('population'))).toBe(
    '=film,"1": 212 peers, 31 seeds, rising. 2 others: 5 peers, 0 seeds, steady.',
  );
  expect(summaryOf(model('requests'), 25_000)).toBe(`CONNECT 2.0${NBSP}/s.`);
  expect(summaryOf(model('errors'))).toBe('None so far.');
  expect(summaryOf(model('progress', { ends: false }))).toContain('Every swarm of this run is live');
  expect(legendOf(model('progress', { ends: false }), undefined)).toEqual([]);
  expect(summaryOf(model('progress'))).toBe('Nothing yet.');
  expect(summaryOf(undefined)).toBe('Nothing yet.');
  expect(summaryOf(model('requests', { gaps: [{ from: 0, to: 12_000 }] }))).toContain(
    '1 stretch of time without data.',
  );
});

test('the legend has the figures of the moment that is read, or of lately', () => {
  const figures = (at?: number) =>
    legendOf(model('population'), at).map(({ name, figure }) => [name, figure]);
  expect(figures()).toEqual([
    ['SEED', '31'],
    ['LEECH', '186'],
    ['=film,"1"', '212'],
    ['2 others', '5'],
  ]);
  const latency = (at?: number) => legendOf(model('latency'), at).map(({ figure }) => figure);
  expect(latency()).toEqual([7, 8, 9].map((ms) => `${ms}${NBSP}ms`));
  expect(latency(15_000)[0]).toBe(`5${NBSP}ms`);
  expect(figures(15_000)[1]).toEqual(['LEECH', '6']);
  expect(figures(5000)[1]).toEqual(['LEECH', '–']);
});

test('a CSV has a record per column with units in its header, exact counts, and nothing a spreadsheet runs', () => {
  expect(csvOf(model('requests'))).toBe(
    'from (s),to (s),CONNECT (requests)\r\n10,20,10\r\n20,30,20\r\n30,40,30\r\n',
  );
  const [header] = csvOf(model('population')).split('\r\n');
  expect(header).toBe(
    `from (s),to (s),"'=film,""1"" SEED (peers)","'=film,""1"" LEECH (peers)",2 others SEED (peers),2 others LEECH (peers)`,
  );
  expect(csvOf(model('requests', { told: 0 }))).toBe('');
  expect(csvOf(model('requests', { gaps: [{ from: 20_000, to: 30_000 }] }))).not.toContain('\r\n20,');
});

test('the table beside a chart has the latest first, and no more rows than can be read', () => {
  const { headers, rows } = tableOf(model('requests'), 2);
  expect(headers).toEqual(['until', 'CONNECT']);
  expect(rows).toEqual([
    ['0:40.0', `3.0${NBSP}/s`],
    ['0:20.0', `1.0${NBSP}/s`],
  ]);
});
