import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shareFairly } from './share.ts';

const limits = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 12 });
const capacity = fc.double({ min: 0, max: 1e6, noNaN: true });

test('nobody gets more than its limit, and together they get what there is or what they can take', () => {
  fc.assert(
    fc.property(capacity, limits, (whole, each) => {
      const out = new Float64Array(each.length);
      shareFairly(whole, each, out);
      let sum = 0;
      let wanted = 0;
      each.forEach((limit, index) => {
        expect(out[index]).toBeLessThanOrEqual(limit);
        expect(out[index]).toBeGreaterThanOrEqual(0);
        sum += out[index] ?? 0;
        wanted += limit;
      });
      expect(sum).toBeCloseTo(Math.min(whole, wanted), 3);
    }),
  );
});

test('max-min fair: who is held below its limit gets no less than anyone else', () => {
  fc.assert(
    fc.property(capacity, limits, (whole, each) => {
      const out = new Float64Array(each.length);
      shareFairly(whole, each, out);
      const most = Math.max(...out);
      each.forEach((limit, index) => {
        const got = out[index] ?? 0;
        if (got < limit) expect(got).toBeGreaterThanOrEqual(most * (1 - 1e-9) - 1e-9);
      });
    }),
  );
});
