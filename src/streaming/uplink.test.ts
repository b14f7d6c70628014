import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Chunks } from './chunks.ts';
import { newLink, type Want } from './link.ts';
import { shareFairly } from './share.ts';
import { Uplink } from './uplink.ts';

const BYTES = 10_000;
const rate = fc.integer({ min: 100, max: 100_000 });

/** What is being sent at each moment, as told by when it is through. */
function uplinkOf(capacity: number) {
  const through: Want[] = [];
  const uplink = new Uplink(capacity, BYTES, (want) => through.push(want));
  const link = (name: string) => newLink(name, false, 0, new Chunks(8));
  return { uplink, through, link };
}

test('max-min fair shares are those of filling water into vessels, level by level', () => {
  fc.assert(
    fc.property(rate, fc.array(rate, { minLength: 1, maxLength: 12 }), (capacity, caps) => {
      const out = new Float64Array(caps.length);
      shareFairly(capacity, caps, out);
      // Reference: the level at which the vessels hold the capacity, by bisection.
      let [low, high] = [0, Math.max(...caps)];
      for (let i = 0; i < 100; i++) {
        const level = (low + high) / 2;
        if (caps.reduce((sum, cap) => sum + Math.min(cap, level), 0) > capacity) high = level;
        else low = level;
      }
      caps.forEach((cap, i) => expect(out[i]).toBeCloseTo(Math.min(cap, high), 4));
    }),
  );
});

test('what was sent is what came through and what was given up, and never more than the line', () => {
  const action = fc.oneof(
    fc.record({ ask: fc.nat(7), of: fc.nat(3), cap: rate }),
    fc.record({ cancel: fc.nat(7), of: fc.nat(3) }),
    fc.record({ drop: fc.nat(3) }),
    fc.record({ seconds: fc.double({ min: 0.001, max: 2, noNaN: true }) }),
  );
  fc.assert(
    fc.property(rate, fc.array(action, { maxLength: 60 }), (capacity, actions) => {
      const { uplink, through, link } = uplinkOf(capacity);
      const links = ['a', 'b', 'c', 'd'].map(link);
      let [sent, aborted] = [0, 0];
      for (const step of actions) {
        const of = links['drop' in step ? step.drop : 'of' in step ? step.of : 0];
        if (of === undefined) continue;
        if ('ask' in step) uplink.request(of, step.ask, step.cap);
        else if ('cancel' in step) aborted += uplink.cancel(of, step.cancel);
        else if ('drop' in step) aborted += uplink.drop(of);
        else {
          const bytes = uplink.advance(step.seconds);
          // Half a byte a chunk may be rounded up.
          expect(bytes).toBeLessThanOrEqual(capacity * step.seconds + 8);
          sent += bytes;
        }
      }
      for (const each of links) aborted += uplink.drop(each);
      expect(sent).toBeCloseTo(through.length * BYTES + aborted, 3);
      expect(uplink.soonest).toBe(Infinity);
    }),
  );
});

test('a chunk is through exactly when it is due, whether time passes in one piece or in many', () => {
  fc.assert(
    fc.property(rate, fc.array(rate, { minLength: 1, maxLength: 6 }), (capacity, caps) => {
      const [exact, stepped] = [uplinkOf(capacity), uplinkOf(capacity)];
      for (const { uplink, link } of [exact, stepped])
        caps.forEach((cap, i) => uplink.request(link(`link ${i}`), 0, cap));
      let time = 0;
      while (exact.uplink.soonest < Infinity) {
        time += exact.uplink.soonest;
        exact.uplink.advance(exact.uplink.soonest);
      }
      for (let i = 0; i < 50; i++) stepped.uplink.advance(time / 50);
      stepped.uplink.advance(1e-3);
      expect(stepped.through.map(({ link }) => link.endpoint)).toHaveLength(caps.length);
      expect(exact.through).toHaveLength(caps.length);
      const bytes = caps.length * BYTES;
      expect(time).toBeGreaterThanOrEqual((bytes - caps.length) / capacity);
    }),
  );
});

test('a changed cap changes the rate at once', () => {
  const { uplink, through, link } = uplinkOf(20_000);
  const one = link('one');
  uplink.request(one, 0, 1000);
  uplink.advance(1);
  expect(uplink.soonest).toBeCloseTo(9, 6);
  uplink.change(one, 0, 9000);
  expect(uplink.soonest).toBeCloseTo(1, 6);
  uplink.advance(1);
  expect(through).toHaveLength(1);
});
