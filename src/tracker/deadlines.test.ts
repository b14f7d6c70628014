import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Deadlines } from './deadlines.ts';
import type { Due } from './deadlines.ts';

interface Named extends Due {
  readonly name: number;
}

const step = fc.record({ name: fc.nat(12), due: fc.option(fc.nat(30)), pop: fc.boolean() });

it('has first whoever is due soonest, as a sorted list would', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const heap = new Deadlines<Named>();
      const items = Array.from({ length: 13 }, (_, name): Named => ({ name, due: 0, heapPlace: -1 }));
      const model = new Map<Named, number>();
      for (const { name, due, pop } of steps) {
        const item = pop ? heap.first : items[name];
        if (item === undefined) continue;
        if (pop || due === null) {
          heap.drop(item);
          model.delete(item);
        } else {
          heap.set(item, due);
          model.set(item, due);
        }
        expect(heap.size).toBe(model.size);
        expect(heap.first?.due).toBe(model.size === 0 ? undefined : Math.min(...model.values()));
        if (heap.first !== undefined) expect(model.get(heap.first)).toBe(heap.first.due);
      }
    }),
  );
});

it('moves an entry past no more others than its height', () => {
  let moved = 0;
  class Counted implements Due {
    due = 0;
    #place = -1;
    get heapPlace(): number {
      return this.#place;
    }
    set heapPlace(place: number) {
      moved++;
      this.#place = place;
    }
  }
  const heap = new Deadlines<Counted>();
  const items = Array.from({ length: 1 << 14 }, () => new Counted());
  for (const [index, item] of items.entries()) heap.set(item, index);
  for (const item of [items[0], items[5], items[16_000]]) {
    if (item === undefined) throw new Error('unreachable');
    moved = 0;
    heap.set(item, -1);
    heap.set(item, 1e9);
    heap.drop(item);
    // Two places are written for each of at most 15 levels, three times.
    expect(moved).toBeLessThan(3 * 2 * 15);
  }
});
