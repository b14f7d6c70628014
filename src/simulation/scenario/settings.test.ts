import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dice } from '../models/dice.ts';
import { draw } from '../models/distributions.ts';
import { meanArrivalRate } from '../models/rates.ts';
import { DEFAULT_SCENARIO } from '../default-scenario.ts';
import { readScenario } from './read.ts';
import type { Arrivals, Distribution } from './schema.ts';
import { arrivalsPerMinute, configured, defaultSettings, scaled, scaledTo } from './settings.ts';
import { initialPeers } from './size.ts';

test('a scenario scaled to a number of peers has about that many, and a publisher in each swarm', () => {
  fc.assert(
    fc.property(fc.integer({ min: 3, max: 5000 }), (peers) => {
      const sized = scaledTo(DEFAULT_SCENARIO, peers);
      expect(Math.abs(initialPeers(sized) - peers)).toBeLessThanOrEqual(DEFAULT_SCENARIO.swarms.length);
      for (const swarm of sized.swarms) expect(swarm.seeds).toBeGreaterThanOrEqual(1);
    }),
  );
});

test('the default settings leave the scenario as it is', () => {
  const settings = defaultSettings(DEFAULT_SCENARIO, 'http://127.0.0.1:7846/');
  const same = configured(DEFAULT_SCENARIO, settings);
  expect(same.swarms.map(({ seeds, population }) => ({ seeds, population }))).toEqual(
    DEFAULT_SCENARIO.swarms.map(({ seeds, population }) => ({ seeds, population })),
  );
  expect(arrivalsPerMinute(same)).toBeCloseTo(settings.arrivalsPerMinute, 6);
  expect(same.swarms.map(({ patience }) => patience)).toEqual(
    DEFAULT_SCENARIO.swarms.map(({ patience }) => patience),
  );
});

const PRESETS = join(import.meta.dirname, '../../../public/scenarios');

test.each(readdirSync(PRESETS).filter((file) => file !== 'index.json'))(
  'the default settings leave %s as it is to the last digit, and its size can be doubled',
  (file) => {
    const read = readScenario(readFileSync(join(PRESETS, file), 'utf8'));
    if (!read.ok) throw new Error(file);
    const { scenario } = read;
    const settings = defaultSettings(scenario, 'http://127.0.0.1:7846/');
    expect(configured(scenario, settings)).toEqual(scenario);
    expect(settings.peers).toBeGreaterThan(2);
    const twice = configured(scenario, { ...settings, peers: 2 * settings.peers });
    expect(arrivalsPerMinute(twice) / (arrivalsPerMinute(scenario) || Infinity)).toBeLessThan(2.1);
    expect(initialPeers(twice)).toBeGreaterThan(initialPeers(scenario));
  },
);

test('arrivals per minute and the leave rate are taken as set', () => {
  const settings = { ...defaultSettings(DEFAULT_SCENARIO, 'http://127.0.0.1:7846/'), arrivalsPerMinute: 500 };
  expect(arrivalsPerMinute(configured(DEFAULT_SCENARIO, settings))).toBeCloseTo(500, 6);
  const still = configured(DEFAULT_SCENARIO, { ...settings, arrivalsPerMinute: 0, leaveFactor: 0 });
  expect(arrivalsPerMinute(still)).toBe(0);
  for (const { patience, seedTime } of still.swarms)
    expect([patience, seedTime]).toEqual([{ distribution: 'never' }, { distribution: 'never' }]);
});

describe('paces', () => {
  test.each<Arrivals>([
    { process: 'poisson', rate: 2 },
    { process: 'diurnal', rate: 2, amplitude: 0.5, peak: 0, day: 86_400 },
    { process: 'flash-crowd', rate: 0.5, at: 10, every: 100, peers: 30, decay: 5 },
    { process: 'batch', at: 0, peers: 30, every: 60 },
    { process: 'weibull', shape: 0.6, scale: 2 },
  ])('$process comes as often as it is set to', (arrivals) => {
    const [swarm] = DEFAULT_SCENARIO.swarms;
    if (swarm === undefined) throw new Error('the default scenario has a swarm');
    const base = { ...DEFAULT_SCENARIO, swarms: [{ ...swarm, arrivals }] };
    const settings = defaultSettings(base, 'http://127.0.0.1:7846/');
    const twice = configured(base, { ...settings, arrivalsPerMinute: 120 * meanArrivalRate(arrivals) });
    expect(arrivalsPerMinute(twice) / (60 * meanArrivalRate(arrivals))).toBeCloseTo(2, 6);
    expect(arrivalsPerMinute(configured(base, { ...settings, arrivalsPerMinute: 0 }))).toBe(0);
  });

  test.each<Distribution>([
    { distribution: 'constant', value: 3 },
    { distribution: 'uniform', min: 2, max: 6 },
    { distribution: 'exponential', mean: 5 },
    { distribution: 'weibull', shape: 0.4, scale: 5 },
    { distribution: 'pareto', shape: 2, min: 5 },
    { distribution: 'lognormal', median: 10, sigma: 0.5 },
    { distribution: 'empirical', values: [1, 2, 5] },
  ])('$distribution made longer is every value made longer', (from) => {
    for (let entity = 0; entity < 100; entity++) {
      const once = draw(from, dice(7, 'stays', entity));
      expect(draw(scaled(from, 3), dice(7, 'stays', entity)) / once).toBeCloseTo(3, 9);
    }
  });

  test('never is never, however scaled', () => {
    expect(draw(scaled({ distribution: 'never' }, 0.1), () => 0.5)).toBe(Infinity);
  });
});
