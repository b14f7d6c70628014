import { expect, test } from 'vitest';
import type { SwarmView } from '../../dashboard/state.ts';
import { swarmReading, swarmSummary, trafficReading, trafficSummary } from './words.ts';

const film: SwarmView = {
  id: 'film',
  about: 'a film',
  kind: 'vod',
  seeds: 31,
  leeches: 181,
  history: [
    { time: 50, seeds: 20, leeches: 100 },
    { time: 80, seeds: 31, leeches: 181 },
  ],
};

test('a swarm in words', () => {
  expect(swarmSummary(film)).toBe('film: 212 peers, 31 seeds, rising.');
  expect(swarmReading(film, undefined)).toEqual({ time: undefined, first: '31', second: '181' });
  expect(swarmReading(film, 51)).toEqual({ time: '0:50', first: '20', second: '100' });
});

test('traffic in words', () => {
  const traffic = [
    { time: 10, requests: 5, errors: 7 },
    { time: 79, requests: 20, errors: 2 },
    { time: 80, requests: 23, errors: 0 },
  ];
  expect(trafficSummary(traffic, false)).toBe(
    'Requests: 23 in the latest second, 2 errors in the last minute.',
  );
  expect(trafficSummary([], false)).toBe('Requests: none yet.');
  expect(trafficReading(traffic, 10, false)).toEqual({ time: '0:10', first: '5', second: '7' });
  expect(trafficReading([], undefined, false)).toEqual({ time: undefined, first: '0', second: '0' });
});

test('nothing is sent while the run is paused or stopped; the past stays', () => {
  const traffic = [{ time: 80, requests: 23, errors: 4 }];
  expect(trafficReading(traffic, undefined, false)).toEqual({ time: undefined, first: '23', second: '4' });
  expect(trafficReading(traffic, undefined, true)).toEqual({ time: undefined, first: '0', second: '0' });
  expect(trafficReading(traffic, 80, true)).toEqual({ time: '1:20', first: '23', second: '4' });
  expect(trafficSummary(traffic, true)).toContain('Requests: 0 in the latest second');
});
