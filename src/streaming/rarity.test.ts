import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Rarity } from './rarity.ts';

test('slots wanted are in the order of their holders, whatever comes and goes', () => {
  const slot = fc.integer({ min: 0, max: 9 });
  const action = fc.oneof(
    fc.record({ what: fc.constantFrom('put', 'take', 'up', 'down'), slot }),
    fc.record({ what: fc.constant('renew'), slot, holders: fc.integer({ min: 0, max: 5 }) }),
  );
  fc.assert(
    fc.property(fc.array(action, { maxLength: 120 }), (actions) => {
      const rarity = new Rarity(10);
      const counts = new Array<number>(10).fill(0);
      const wanted = new Set<number>();
      for (const step of actions) {
        const count = counts[step.slot] ?? 0;
        if ('holders' in step) {
          counts[step.slot] = step.holders;
          wanted.add(step.slot);
          rarity.renew(step.slot, step.holders);
        } else if (step.what === 'put') {
          wanted.add(step.slot);
          rarity.put(step.slot);
        } else if (step.what === 'take') {
          wanted.delete(step.slot);
          rarity.take(step.slot);
        } else if (step.what === 'up' || count > 0) {
          counts[step.slot] = count + (step.what === 'up' ? 1 : -1);
          rarity.change(step.slot, step.what === 'up' ? 1 : -1);
        }
        const order = [...rarity.order.slice(0, rarity.size)];
        expect(new Set(order)).toEqual(wanted);
        const held = order.map((each) => counts[each] ?? 0);
        expect(held).toEqual(held.toSorted((a, b) => a - b));
        expect(rarity.unheld).toBe(held.filter((each) => each === 0).length);
        for (const [place, each] of held.entries())
          expect(rarity.endOfEqual(place)).toBe(held.lastIndexOf(each) + 1);
      }
    }),
  );
});
