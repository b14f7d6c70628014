import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SequenceStep } from '../../dashboard/wire/sequence.ts';
import { drawSequence } from './drawing.ts';
import { diagramSvg } from './export.ts';
import { foldRuns } from './folding.ts';
import { arrowsIn, sequenceLayout, type LayoutOptions } from './layout.ts';
import { BREAK, TALLEST, timeScale, timeToY, yToTime, type Span } from './scale.ts';
import { lifeOf, TRACK_TIMER } from './states.ts';
import { itemText } from './words.ts';

const NOTHING = { joins: [], leaves: [], ends: false, stays: false };
let ids = 0;

function step(facts: Partial<SequenceStep>): SequenceStep {
  const id = facts.id ?? ++ids;
  return {
    row: id,
    id,
    time: 0,
    clock: 'run',
    took: 10,
    from: 'simulated',
    peerId: 'ann',
    swarms: ['film'],
    edition: 'rfc7846',
    method: 'STAT_REPORT',
    transactionId: String(id),
    attempt: 1,
    verdict: 'ok',
    trouble: undefined,
    status: 200,
    requestBytes: 100,
    responseBytes: 100,
    requestFindings: 0,
    responseFindings: 0,
    purpose: undefined,
    effect: NOTHING,
    ...facts,
  };
}

const join = (time: number, mode: 'SEED' | 'LEECH', facts: Partial<SequenceStep> = {}): SequenceStep =>
  step({ method: 'CONNECT', time, effect: { ...NOTHING, joins: [{ swarm: 'film', mode }] }, ...facts });
const leave = (time: number): SequenceStep =>
  step({ method: 'CONNECT', time, effect: { ...NOTHING, leaves: ['film'] } });
const reports = (count: number, from = 1000): SequenceStep[] =>
  Array.from({ length: count }, (_, at) => step({ time: from + at * 30_000 }));

const OPTIONS: LayoutOptions = { width: 1000, speed: 1, breaks: true, opened: new Set(), now: 0 };

describe('folding', () => {
  test('a run of like exchanges becomes one, and is shown one by one when it is opened', () => {
    const steps = [join(0, 'LEECH'), ...reports(12), leave(400_000)];
    const items = foldRuns(steps, new Set());
    expect(items.map((item) => (item.kind === 'fold' ? item.steps.length : item.step.method))).toEqual([
      'CONNECT',
      12,
      'CONNECT',
    ]);
    const fold = items[1];
    if (fold?.kind !== 'fold') throw new Error('no fold');
    expect(fold.every).toBe(30_000);
    expect(foldRuns(steps, new Set([fold.key]))).toHaveLength(14);
  });

  test('two are no run; another answer, another method, a join and an answered retransmission end one', () => {
    expect(foldRuns(reports(2), new Set())).toHaveLength(2);
    for (const other of [
      step({ time: 95_000, verdict: 'error', status: 403 }),
      step({ time: 95_000, method: 'FIND' }),
      step({ time: 95_000, attempt: 2 }),
      join(95_000, 'LEECH'),
    ]) {
      const items = foldRuns([...reports(3), other, ...reports(3, 100_000)], new Set());
      expect(items.map(({ kind }) => kind)).toEqual(['fold', 'step', 'fold']);
    }
  });

  test('no exchange is lost or told twice', () => {
    const methods = fc.constantFrom('STAT_REPORT' as const, 'FIND' as const);
    fc.assert(
      fc.property(
        fc.array(fc.record({ method: methods, attempt: fc.integer({ min: 1, max: 2 }) })),
        (facts) => {
          const steps = facts.map((fact, at) => step({ ...fact, time: at }));
          const told = foldRuns(steps, new Set()).flatMap((item) =>
            item.kind === 'fold' ? item.steps : [item.step],
          );
          expect(told).toEqual(steps);
        },
      ),
    );
  });
});

describe('states along a lifeline', () => {
  test('JOIN as LEECH, completed, JOIN as SEED, LEAVE', () => {
    const steps = [join(0, 'LEECH'), leave(50_000), join(50_100, 'SEED'), leave(80_000)];
    const { bands, timers } = lifeOf(steps, 100_000);
    expect(bands.map(({ from, to, state, mode }) => [from, to, state, mode])).toEqual([
      [0, 10, 'START', undefined],
      [10, 50_010, 'TRACKING', 'LEECH'],
      [50_010, 50_110, 'START', undefined],
      [50_110, 80_010, 'TRACKING', 'SEED'],
      [80_010, 100_000, 'START', undefined],
    ]);
    expect(timers).toEqual([]);
  });

  test('the track timer runs out after silence, and runs on since the last valid request', () => {
    const gone = lifeOf([join(0, 'LEECH'), step({ time: 1000 })], 200_000);
    expect(gone.timers).toEqual([{ from: 1010, to: 1010 + TRACK_TIMER, expired: true }]);
    expect(gone.bands.at(-1)).toMatchObject({ from: 1010 + TRACK_TIMER, state: 'START' });
    const there = lifeOf([join(0, 'LEECH'), step({ time: 1000 })], 31_010);
    expect(there.timers).toEqual([{ from: 1010, to: 31_010, expired: false }]);
  });

  test('an answer later than the timer shows that the tracker has a longer one', () => {
    const { timers, bands } = lifeOf([join(0, 'LEECH'), step({ time: 120_000 })], 130_000);
    expect(timers.every(({ expired }) => !expired)).toBe(true);
    expect(bands.at(-1)?.state).toBe('TRACKING');
  });

  test('an error ends the registration where the edition says so', () => {
    const steps = [
      join(0, 'LEECH'),
      step({ time: 500, verdict: 'error', effect: { ...NOTHING, ends: true } }),
    ];
    expect(lifeOf(steps, 1000).bands.at(-1)).toMatchObject({ from: 510, state: 'START' });
  });

  test('gu-04: registered by CONNECT alone, TRACKING on JOIN, and still after the last LEAVE', () => {
    const stays = { ...NOTHING, stays: true };
    const steps = [
      step({ method: 'CONNECT', time: 0, effect: stays }),
      step({ method: 'JOIN', time: 100, effect: { ...stays, joins: [{ swarm: 'film', mode: 'LEECH' }] } }),
      step({ method: 'LEAVE', time: 200, effect: { ...stays, leaves: ['film'] } }),
    ];
    expect(lifeOf(steps, 300).bands.map(({ state, mode }) => [state, mode])).toEqual([
      ['START', undefined],
      ['PEER REGISTERED', undefined],
      ['TRACKING', 'LEECH'],
      ['TRACKING', undefined],
    ]);
  });
});

describe('time to pixels', () => {
  const someSpans = fc.array(
    fc
      .tuple(fc.integer({ min: 0, max: 10_000_000 }), fc.integer({ min: 0, max: 9000 }))
      .map(([from, took]): Span => [from, from + took]),
    { minLength: 1, maxLength: 40 },
  );

  test('later is never higher, and every moment is found again from its height', () => {
    fc.assert(
      fc.property(
        someSpans,
        fc.boolean(),
        fc.double({ min: 0.01, max: 5, noNaN: true }),
        (spans, breaks, speed) => {
          const times = spans.flat().toSorted((a, b) => a - b);
          const scale = timeScale(spans, speed, breaks);
          const heights = times.map((time) => timeToY(scale, time));
          expect(heights).toEqual(heights.toSorted((a, b) => a - b));
          times.forEach((time, at) => {
            const found = timeToY(scale, yToTime(scale, heights[at] ?? 0));
            expect(found).toBeCloseTo(heights[at] ?? 0, 3);
            expect(timeToY(scale, time)).toBeLessThanOrEqual(scale.height);
          });
        },
      ),
    );
  });

  test('a long wait is cut short, unless true scale is asked for; what lies around it stays in scale', () => {
    const spans: Span[] = [
      [0, 20],
      [60_000, 60_250],
    ];
    const cut = timeScale(spans, 1, true);
    expect(cut.height).toBe(20 + 18 + BREAK + 18 + 250);
    expect(cut.stretches.filter(({ broken }) => broken)).toHaveLength(1);
    expect(timeToY(cut, 60_250) - timeToY(cut, 60_000)).toBeCloseTo(250);
    expect(timeScale(spans, 1, false).height).toBe(60_250);
    expect(timeScale([[0, 9000]], 1, true).height).toBe(18 + BREAK + 18);
  });

  test('true scale keeps to what browsers draw', () => {
    expect(timeScale([[0, 1e9]], 1000, false).height).toBeLessThanOrEqual(TALLEST + 1);
  });
});

describe('the diagram', () => {
  const peers = ['ann', 'bob', 'cy'];

  test('the tracker stands in the middle, and arrows slope by half of what the answer took', () => {
    const { lifelines, tracker, arrows } = sequenceLayout([join(100, 'LEECH', { took: 60 })], peers, OPTIONS);
    expect(lifelines.map(({ peer }) => peer)).toEqual(['ann', 'bob', undefined, 'cy']);
    const [arrow] = arrows;
    expect(arrow?.request).toEqual({ x1: lifelines[0]?.x, y1: 0, x2: tracker.x, y2: 30 });
    expect(arrow?.answer).toEqual({ x1: tracker.x, y1: 30, x2: lifelines[0]?.x, y2: 60 });
  });

  test('a request without an answer stops short of the tracker; a retransmission says which it is', () => {
    const facts = { verdict: 'failed', status: undefined, trouble: 'timeout', attempt: 2 } as const;
    const { arrows, tracker } = sequenceLayout([step(facts)], peers, OPTIONS);
    expect(arrows[0]).toMatchObject({ answer: undefined, bad: true, attempt: 2 });
    expect(arrows[0]?.request.x2).toBeLessThan(tracker.x);
    expect(arrows[0] && itemText(arrows[0].item)).toContain('Trouble: STAT_REPORT · attempt 2, timeout');
  });

  test('more peers than have room make it wider, not narrower between', () => {
    const many = Array.from({ length: 12 }, (_, at) => `peer ${at}`);
    const { width, spacing } = sequenceLayout([], many, { ...OPTIONS, width: 390 });
    expect(spacing).toBeGreaterThanOrEqual(130);
    expect(width).toBeGreaterThan(1700);
  });

  test('of thousands of arrows only those in sight are drawn', () => {
    const steps = Array.from({ length: 4000 }, (_, at) =>
      step({ time: at * 500, method: at % 2 === 0 ? 'FIND' : 'STAT_REPORT' }),
    );
    const layout = sequenceLayout(steps, peers, OPTIONS);
    expect(layout.arrows).toHaveLength(4000);
    const inSight = arrowsIn(layout, 10_000, 10_800);
    expect(inSight.length).toBeGreaterThan(5);
    expect(inSight.length).toBeLessThan(40);
    const drawn = drawSequence(layout, { top: 10_000, bottom: 10_800, offset: 0, clock: 'run' });
    expect(drawn.filter(({ item }) => item !== undefined)).toHaveLength(inSight.length);
  });

  test('the file holds the whole of it, and reflects nothing unescaped', () => {
    const steps = [step({ peerId: 'ann', purpose: '<script>"&\u0000' }), step({ time: 400 })];
    const svg = diagramSvg(sequenceLayout(steps, ['ann', '</svg>'], OPTIONS), 'run');
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    expect(svg).toContain('&lt;/svg&gt;');
    expect(svg).not.toContain('<script');
    expect(svg).not.toContain('\u0000');
    expect(svg.match(/<\/svg>/g)).toHaveLength(1);
    expect(svg).not.toMatch(/url\(|href|@import/);
  });
});
