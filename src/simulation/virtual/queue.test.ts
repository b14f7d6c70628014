import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventQueue, type Happening } from './queue.ts';

const byKey = (a: Happening<number>, b: Happening<number>): number =>
  a.at - b.at || a.to - b.to || a.from - b.from || a.count - b.count;

// Few times, entities and counts, so that most events are at the same time as others.
const put = fc.record({ at: fc.nat(6), to: fc.nat(3), from: fc.nat(3) });

test('gives events in the order of their whole key, however putting and taking alternate', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(put, fc.constant('take' as const)), { maxLength: 200 }), (steps) => {
      const queue = new EventQueue<number>();
      const model: Happening<number>[] = [];
      let count = 0;
      const take = () => {
        model.sort(byKey);
        expect(queue.next).toBe(model[0]?.at ?? Infinity);
        expect(queue.take()).toEqual(model.shift());
      };
      for (const step of steps) {
        if (step === 'take') take();
        else {
          const { at, to, from } = step;
          // Counts go up and down: the order must not depend on that of putting.
          const event = { at, to, from, count: (count++ * 7919) % 1009, item: count };
          queue.put(at, to, from, event.count, event.item);
          model.push(event);
        }
        expect(queue.size).toBe(model.length);
      }
      while (model.length > 0) take();
      expect(queue.take()).toBeUndefined();
    }),
  );
});

test('grows beyond its first capacity', () => {
  const queue = new EventQueue<number>();
  const times = Array.from({ length: 5000 }, (_, n) => (n * 7919) % 5003);
  times.forEach((at, n) => queue.put(at, 0, 0, n, n));
  const taken = times.map(() => queue.take()?.at);
  expect(taken).toEqual([...times].sort((a, b) => a - b));
});
