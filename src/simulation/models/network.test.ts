import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chiSquare, deviations, kolmogorovSmirnov } from '../../testing/goodness.ts';
import { checkScenario } from '../scenario/read.ts';
import type { NetworkSpec, ScenarioInput } from '../scenario/schema.ts';
import { LEAST_DELAY, NetworkModel } from './network.ts';

const SEED = 42;
const COUNT = 20_000;

/** With the defaults filled in, as a scenario file's. */
function network(spec: ScenarioInput['network']): NetworkModel {
  const swarm = {
    id: 'film',
    kind: 'vod',
    chunks: 1,
    chunkBytes: 1,
    arrivals: { process: 'poisson', rate: 0 },
  };
  const read = checkScenario({ name: 'test', duration: 1, swarms: [swarm], network: spec });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return new NetworkModel(read.scenario.network satisfies NetworkSpec, SEED);
}

const entity = fc.integer({ min: 0, max: 10_000_000 });
const constant = (value: number) => ({ distribution: 'constant', value }) as const;

describe('latency', () => {
  const exponential = network({ latency: { distribution: 'exponential', mean: 10 } });

  test('is what the distribution says, over pairs', () => {
    const sample = Array.from({ length: COUNT }, (_, i) => exponential.between(i % 150, 1000 + i) / 1e6);
    expect(kolmogorovSmirnov(sample, (x) => -Math.expm1(-x / 10))).toBeLessThan(1);
  });

  test('belongs to the pair: the same there and back, and each time; never below a millisecond', () => {
    const near = network({ latency: { distribution: 'uniform', min: 0, max: 0.002 } });
    fc.assert(
      fc.property(entity, entity, (a, b) => {
        for (const one of [exponential, near]) {
          expect(one.between(a, b)).toBe(one.between(b, a));
          expect(one.send(a, b, 7)).toBe(one.between(a, b));
          expect(one.between(a, b)).toBeGreaterThanOrEqual(LEAST_DELAY);
          expect(Number.isSafeInteger(one.between(a, b))).toBe(true);
        }
      }),
    );
  });

  test('jitter comes on top, message by message', () => {
    const one = network({ latency: constant(0.01), jitter: { distribution: 'exponential', mean: 5 } });
    const sample = Array.from({ length: COUNT }, (_, n) => (one.send(3, 4, n) - 10_000) / 1e6);
    expect(kolmogorovSmirnov(sample, (x) => -Math.expm1(-x / 5))).toBeLessThan(1);
  });
});

describe('what becomes of messages', () => {
  const rough = network({
    latency: constant(0.01),
    loss: 0.1,
    duplication: 0.05,
    reordering: 0.02,
    holdUp: constant(0.5),
  });
  const sent = Array.from({ length: COUNT }, (_, n) => ({
    delay: rough.send(9, n % 7, n),
    again: rough.again,
    heldUp: rough.heldUp,
  }));
  const through = sent.filter(({ delay }) => delay >= 0);

  test('a tenth is lost, and lost altogether', () => {
    expect(deviations(COUNT - through.length, COUNT, 0.1)).toBeLessThan(4);
    for (const { delay, again, heldUp } of sent) if (delay < 0) expect([again, heldUp]).toEqual([-1, false]);
  });

  test('of the others some come twice, and some late', () => {
    expect(deviations(through.filter(({ again }) => again >= 0).length, through.length, 0.05)).toBeLessThan(
      4,
    );
    expect(deviations(through.filter(({ heldUp }) => heldUp).length, through.length, 0.02)).toBeLessThan(4);
    for (const { delay, heldUp } of through) expect(delay).toBe(heldUp ? 510_000 : 10_000);
  });

  test('a burst of losses takes the place of the usual loss', () => {
    expect(rough.send(1, 2, 3, 1)).toBe(-1);
    expect(rough.send(1, 2, 3, 0)).toBeGreaterThan(0);
    const lost = Array.from({ length: COUNT }, (_, n) => rough.send(1, 2, n, 0.5)).filter(
      (delay) => delay < 0,
    );
    expect(deviations(lost.length, COUNT, 0.5)).toBeLessThan(4);
  });
});

describe('systems', () => {
  const systems = [
    { asn: 10, share: 5, x: 0, y: 0 },
    { asn: 20, share: 3, x: 30, y: 40 },
    { asn: 30, share: 2, x: 0, y: 80 },
    { asn: 40, share: 0 },
  ];
  const placed = network({ latency: constant(0.002), systems, trackerAsn: 20 });

  test('have the peers that their shares say, and the tracker where the scenario puts it', () => {
    expect(placed.asnOf(0)).toBe(20);
    const counts = [10, 20, 30].map(() => 0);
    for (let peer = 1; peer <= COUNT; peer++) {
      const place = placed.asnOf(peer) / 10 - 1;
      counts[place] = (counts[place] ?? 0) + 1;
    }
    expect(
      chiSquare(
        counts,
        [0.5, 0.3, 0.2].map((part) => part * COUNT),
      ),
    ).toBeLessThan(1);
    expect(network({ systems }).asnOf(0)).toBe(10);
    expect(network({}).asnOf(1)).toBe(0);
  });

  const someone = (asn: number): number => {
    for (let peer = 1; ; peer++) if (placed.asnOf(peer) === asn) return peer;
  };

  test('are as far from each other as in the plane', () => {
    expect(placed.between(someone(10), 0)).toBe(52_000);
    expect(placed.between(someone(30), someone(10))).toBe(82_000);
    expect(placed.between(0, 0)).toBe(2000);
  });

  test('or as the matrix says, which may differ there and back', () => {
    const matrix = network({
      latency: constant(0),
      systems: [
        { asn: 1, share: 1 },
        { asn: 2, share: 0 },
      ],
      trackerAsn: 2,
      delays: [
        [0, 0.03],
        [0.05, 0],
      ],
    });
    expect(matrix.between(1, 0)).toBe(30_000);
    expect(matrix.between(0, 1)).toBe(50_000);
    expect(matrix.between(1, 2)).toBe(LEAST_DELAY);
  });

  test('are cut from the rest, not from each other', () => {
    const [ten, twenty, thirty] = [someone(10), someone(20), someone(30)];
    expect(placed.isCut([10, 20], ten, twenty)).toBe(false);
    expect(placed.isCut([10, 20], ten, thirty)).toBe(true);
    expect(placed.isCut([10, 20], thirty, 0)).toBe(true);
    expect(placed.isCut([10], thirty, 0)).toBe(false);
  });
});
