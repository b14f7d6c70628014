import fc from 'fast-check';
import { expect, test } from 'vitest';
import { moveActive } from './listbox.ts';

const list = Array.from({ length: 25 }, (_, index) => `p${index}`);

test('arrows go through the list and stop at its ends', () => {
  expect(moveActive(list, undefined, 'ArrowDown')).toBe('p0');
  expect(moveActive(list, 'p0', 'ArrowDown')).toBe('p1');
  expect(moveActive(list, 'p24', 'ArrowDown')).toBe('p24');
  expect(moveActive(list, 'p0', 'ArrowUp')).toBe('p0');
  expect(moveActive(list, 'p20', 'PageDown')).toBe('p24');
  expect(moveActive(list, 'p3', 'PageUp')).toBe('p0');
});

test('an option that is gone starts over', () => {
  expect(moveActive(list, 'gone', 'ArrowDown')).toBe('p0');
});

test('always an option of the list, or nothing', () => {
  const keys = fc.constantFrom('ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'a');
  fc.assert(
    fc.property(fc.array(fc.nat()), fc.option(fc.nat(), { nil: undefined }), keys, (options, active, key) => {
      const next = moveActive(options, active, key);
      if (options.length === 0 || key === 'a') expect(next).toBeUndefined();
      else expect(options).toContain(next);
    }),
  );
});
