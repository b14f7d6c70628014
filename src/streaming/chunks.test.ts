import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Chunks } from './chunks.ts';

test('behaves as a set of chunk numbers inside a window, however the window moves', () => {
  const action = fc.oneof(
    fc.record({ add: fc.integer({ min: 0, max: 60 }) }),
    fc.record({ advance: fc.integer({ min: 0, max: 25 }) }),
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.array(action, { maxLength: 60 }), (size, actions) => {
      const chunks = new Chunks(size);
      let model = new Set<number>();
      let base = 0;
      for (const step of actions) {
        if ('add' in step) {
          const fits = step.add >= base && step.add < base + size;
          expect(chunks.add(step.add)).toBe(fits && !model.has(step.add));
          if (fits) model.add(step.add);
        } else {
          base += step.advance;
          chunks.advance(base);
          model = new Set([...model].filter((chunk) => chunk >= base));
        }
        expect(chunks.count).toBe(model.size);
        for (let chunk = 0; chunk < base + size + 3; chunk++)
          expect(chunks.has(chunk)).toBe(model.has(chunk));
        expect(chunks.complete).toBe(model.size === size);
      }
    }),
  );
});
