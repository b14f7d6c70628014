import { expect, it } from 'vitest';
import { asSwarmId } from '../protocol/ids.ts';
import { StatsText } from './stats-text.ts';

function startStats(swarms: number) {
  const one = { id: asSwarmId('s'.repeat(1000)), seeds: 1, leeches: 0 };
  const requests = { total: 0, byMethod: {}, byEdition: {}, byError: {} };
  let now = 0;
  const read = (at: number) => ({
    uptime: at,
    peers: 0,
    swarms: Array.from({ length: swarms }, () => one),
    requests,
  });
  const stats = new StatsText(read, () => now);
  return {
    wait: (ms: number) => (now += ms),
    uptime: () => (JSON.parse(stats.bytes().toString()) as { uptime: number }).uptime,
  };
}

it('makes a short one for whoever asks', () => {
  const { wait, uptime } = startStats(2);
  expect(uptime()).toBe(0);
  wait(1);
  expect(uptime()).toBe(1);
});

it('gives a long one again for a moment', () => {
  const { wait, uptime } = startStats(100);
  expect(uptime()).toBe(0);
  wait(249);
  expect(uptime()).toBe(0);
  wait(1);
  expect(uptime()).toBe(250);
});
