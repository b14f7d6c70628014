import { expect, it } from 'vitest';
import type { Pulse } from './messages.ts';
import { position, Traffic, TRAVEL } from './traffic.ts';

const pulses = (count: number, outcome: Pulse['outcome'] = 'ok'): Pulse[] =>
  Array.from({ length: count }, (_, i) => ({ peer: i, swarm: 0, at: (i * 250) / count, outcome }));

/** Snapshots every quarter second, `count` messages each. */
function run(count: number, snapshots: number, omitted = 0): Traffic {
  const traffic = new Traffic(1);
  for (let i = 0; i <= snapshots; i++) traffic.note(0, i * 250, pulses(count), omitted, i * 250, true);
  return traffic;
}

it('measures the rate, those left out included', () => {
  expect(run(5, 60).total).toBeGreaterThan(17);
  expect(run(5, 60).total).toBeLessThan(23);
  expect(run(5, 60, 5).total).toBeGreaterThan(34);
});

it('tells messages per second of the run, however fast that goes, and none once it is silent', () => {
  const traffic = new Traffic(1);
  // Two parts, forty times as fast as the viewer's clock: 10 messages in 10 seconds of the run each.
  for (let i = 0; i <= 20; i++)
    for (const part of [0, 1]) traffic.note(part, i * 10_000, pulses(4), 6, i * 250, true);
  expect(traffic.perSecond).toBeCloseTo(2, 6);
  expect(run(5, 60, 5).perSecond).toBeCloseTo(40, 6);
  // A halt says nothing of the rate.
  traffic.note(0, 200_000, [], 0, 5250, true);
  expect(traffic.perSecond).toBeCloseTo(2, 6);
  traffic.age(9000);
  expect(traffic.perSecond).toBe(0);
});

it('shows dots while messages are few and a stream beyond', () => {
  const few = run(5, 60);
  expect(few.streaming).toBe(false);
  expect(few.flights.length).toBeGreaterThan(0);
  const many = run(20, 60);
  expect(many.streaming).toBe(true);
  many.age(60 * 250 + 5 * TRAVEL);
  expect(many.flights).toHaveLength(0);
  many.age(60 * 250 + 20_000);
  expect(many.streaming).toBe(false);
});

it('takes what happened before the first look as history', () => {
  const traffic = new Traffic(1);
  traffic.note(0, 90_000, pulses(400), 0, 0, true);
  expect(traffic.total).toBe(0);
  expect(traffic.flights).toHaveLength(0);
});

it('counts what went wrong, and forgets it', () => {
  const traffic = new Traffic(1);
  traffic.note(0, 0, [], 0, 0, true);
  traffic.note(0, 250, pulses(6, 'error'), 0, 250, true);
  expect(traffic.rates[0]?.bad).toBeGreaterThan(0);
  traffic.age(60_000);
  expect(traffic.total).toBeLessThan(0.001);
});

it('flies to the tracker and back', () => {
  const flight = { peer: 1, outcome: 'ok', start: 100 } as const;
  expect(position(flight, 99)).toBeUndefined();
  expect(position(flight, 100)).toEqual({ at: 0, back: false });
  expect(position(flight, 100 + TRAVEL)).toEqual({ at: 1, back: false });
  expect(position(flight, 100 + 2 * TRAVEL)).toEqual({ at: 0, back: true });
  expect(position(flight, 101 + 2 * TRAVEL)).toBeUndefined();
});

it('lights a peer once when its answer lands', () => {
  const traffic = new Traffic(1);
  const node = { litAt: -1e9 };
  traffic.note(0, 0, [], 0, 0, true);
  traffic.note(0, 250, pulses(1), 0, 250, true);
  traffic.light(250 + TRAVEL, () => node);
  expect(node.litAt).toBe(-1e9);
  traffic.light(250 + 2 * TRAVEL - 20, () => node);
  traffic.light(250 + 2 * TRAVEL - 4, () => node);
  expect(node.litAt).toBe(250 + 2 * TRAVEL - 20);
});
