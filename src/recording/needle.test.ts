import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeText } from '../protocol/text.ts';
import { holds, Needle } from './needle.ts';

test('found wherever a plain search finds it, in either case', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', 'A', 'b', 'B', 'z', '@', '[', '{', '\u00e9', '\u00c9'),
  });
  fc.assert(
    fc.property(text, text, text, (before, sought, after) => {
      const other = sought.replace(/[a-z]/gi, (letter) =>
        letter < 'a' ? letter.toLowerCase() : letter.toUpperCase(),
      );
      expect(new Needle(sought).isIn(encodeText(before + other + after))).toBe(true);
      const hay = before + after;
      expect(new Needle(sought).isIn(encodeText(hay))).toBe(holds(hay, sought));
    }),
    { numRuns: 2000 },
  );
});

test('between two places only', () => {
  const hay = encodeText('one two three');
  expect(new Needle('two').isIn(hay, 4, 7)).toBe(true);
  expect(new Needle('two').isIn(hay, 4, 6)).toBe(false);
  expect(new Needle('two').isIn(hay, 5)).toBe(false);
});
