import { expect, test } from 'vitest';
import type { Scenario } from '../scenario/schema.ts';
import { scenarioOf } from '../../testing/eventful.ts';
import { answerRoom } from './answer-room.ts';

const MIB = 1 << 20;
const room = (
  leeches: number,
  refreshInterval: number,
  network: Partial<Scenario['network']> = { loss: 0.01 },
): number =>
  answerRoom(
    scenarioOf({
      name: 'room',
      duration: 600,
      network,
      peers: { maxLinks: 0, reportInterval: 600, refreshInterval },
      swarms: [
        {
          id: 'film',
          kind: 'vod',
          chunks: 256,
          chunkBytes: 65_536,
          population: { leeches },
          patience: { distribution: 'never' },
          arrivals: { process: 'poisson', rate: 0 },
        },
      ],
    }),
  );

test('what peers are answered until one of them may ask again has room: ten seconds of lists', () => {
  const listBytes = 8_000;
  for (const [peers, every] of [
    [1_000, 10],
    [10_000, 30],
    [20_000, 30],
  ] as const)
    expect(room(peers, every)).toBeGreaterThanOrEqual((listBytes * peers * 10) / every);
});

test('it grows with who is there, and is bounded', () => {
  expect(room(10, 30)).toBe(16 * MIB);
  expect(room(10_000, 30)).toBeGreaterThan(room(5_000, 30));
  expect(room(1_000_000, 5)).toBe(64 * MIB);
});

test('where nothing is lost and answers come long before anybody asks again there is little to keep', () => {
  expect(room(100_000, 5, {})).toBe(MIB);
  const slow = { distribution: 'constant', value: 3 } as const;
  for (const network of [{ latency: slow }, { jitter: slow }, { reordering: 0.1 }, { duplication: 0.1 }])
    expect(room(100_000, 5, network)).toBe(64 * MIB);
});
