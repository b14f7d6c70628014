import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TimerQueue } from './timers.ts';
import type { Timed } from './timers.ts';

class Item implements Timed {
  readonly name: number;
  startedAt = 0;
  earlier: this | undefined;
  later: this | undefined;
  constructor(name: number) {
    this.name = name;
  }
}

it('runs out in order of start, exactly at the period, like a plain list', () => {
  const step = fc.record({ name: fc.nat(6), kind: fc.constantFrom('touch', 'stop', 'pass'), by: fc.nat(6) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const queue = new TimerQueue<Item>(10);
      const items = Array.from({ length: 7 }, (_, name) => new Item(name));
      let model: { name: number; at: number }[] = [];
      let now = 0;
      for (const { name, kind, by } of steps) {
        const item = items[name];
        if (!item) continue;
        const running = model.some((entry) => entry.name === name);
        if (kind === 'pass') {
          now += by;
          const out: number[] = [];
          for (let due = queue.expired(now); due; due = queue.expired(now)) {
            out.push(due.name);
            queue.stop(due);
          }
          expect(out).toEqual(model.filter(({ at }) => now - at >= 10).map((entry) => entry.name));
          model = model.filter(({ at }) => now - at < 10);
        } else if (kind === 'touch') {
          if (running) queue.reset(item, now);
          else queue.start(item, now);
          model = [...model.filter((entry) => entry.name !== name), { name, at: now }];
        } else if (running) {
          queue.stop(item);
          model = model.filter((entry) => entry.name !== name);
        }
        expect(queue.first?.name).toBe(model[0]?.name);
      }
    }),
  );
});
