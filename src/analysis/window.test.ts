import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inMicros, Level, Tally, Window } from './window.ts';

const change = fc.record({ at: fc.nat({ max: 2000 }), by: fc.integer({ min: -3, max: 3 }) });

describe('a level', () => {
  it('has the time-weighted mean, in all and by batches, of what it was at every microsecond', () => {
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 40 }),
        fc.nat({ max: 1000 }),
        fc.integer({ min: 1, max: 900 }),
        fc.nat({ max: 300 }),
        (changes, from, length, beyond) => {
          const window = new Window(from, from + length);
          const level = new Level(window);
          const events = changes.toSorted((a, b) => a.at - b.at);
          for (const { at, by } of events) level.change(at, by);
          const end = 2000 + beyond;
          const valueAt = (time: number) =>
            events.filter(({ at }) => at <= time).reduce((sum, { by }) => sum + by, 0);
          let integral = 0;
          for (let time = from; time < from + length; time++) integral += valueAt(time);
          expect(level.mean(end)).toBeCloseTo(integral / length, 8);
          const batches = level.batchMeans(end);
          expect(batches.length).toBe(20);
          expect(batches.reduce((sum, mean) => sum + mean / 20, 0)).toBeCloseTo(integral / length, 8);
        },
      ),
    );
  });

  it('does not mind the order of changes at one time', () => {
    const window = new Window(0, 100);
    const [one, other] = [new Level(window), new Level(window)];
    for (const by of [1, 1, -1]) one.change(40, by);
    for (const by of [-1, 1, 1]) other.change(40, by);
    expect(one.mean(100)).toBeCloseTo(0.6, 12);
    expect(other.batchMeans(100)).toEqual(one.batchMeans(100));
  });

  it('tells only batches that are over when the run was cut short', () => {
    const window = new Window(inMicros(10), inMicros(30));
    const level = new Level(window);
    level.change(inMicros(5), 4);
    expect(level.batchMeans(inMicros(13.5))).toEqual(Float64Array.of(4, 4, 4));
    expect(level.mean(inMicros(13.5))).toBeCloseTo(4, 12);
    expect(new Level(window).mean(inMicros(10))).toBeNaN();
  });
});

describe('a tally', () => {
  it('counts in the window from its first microsecond, until before its last', () => {
    const tally = new Tally(new Window(inMicros(10), inMicros(30)));
    for (const at of [9.999999, 10, 10.5, 29.999999, 30]) tally.add(inMicros(at));
    expect([tally.all, tally.measured, tally.rate(inMicros(30))]).toEqual([5, 3, 0.15]);
    const rates = tally.batchRates(inMicros(40));
    expect([rates[0], rates[1], rates[19]]).toEqual([2, 0, 1]);
  });
});
