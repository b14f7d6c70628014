import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Ascii } from './ascii.ts';

const TEXT = new TextDecoder();
const written = (write: (to: Ascii) => void): string => {
  const to = new Ascii();
  write(to);
  return TEXT.decode(to.take());
};

test('numbers are as String has them', () => {
  const number = fc.oneof(
    fc.nat(),
    fc.nat(1000),
    fc.maxSafeInteger(),
    fc.double(),
    fc.constantFrom(-0, 9, 10, 99, 100, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 999_999_999, 1_000_000_000),
  );
  fc.assert(
    fc.property(number, (n) => {
      expect(written((to) => to.number(n))).toBe(String(n));
    }),
  );
});

test('times have six decimals', () => {
  expect(written((to) => to.seconds(0))).toBe('0.000000');
  expect(written((to) => to.seconds(12_000_345))).toBe('12.000345');
  fc.assert(
    fc.property(fc.nat({ max: 1e14 }), (micros) => {
      const text = written((to) => to.seconds(micros));
      expect(text).toMatch(/^\d+\.\d{6}$/);
      expect(BigInt(text.replace('.', ''))).toBe(BigInt(micros));
    }),
  );
});

test('a quoted text is ASCII, and JSON reads it back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const quoted = written((to) => to.quoted(text));
      expect(quoted).toMatch(/^[ -~]+$/);
      expect(JSON.parse(quoted)).toBe(text);
    }),
  );
});

test('nothing is lost however much is written, and what is taken is taken once', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(100_000), { maxLength: 12 }), (lengths) => {
      const to = new Ascii();
      for (const length of lengths) {
        const piece = 'abcdefghi'.repeat(length / 9 + 1).slice(0, length);
        to.text(piece);
        to.number(length);
        expect(to.length).toBe(length + String(length).length);
        expect(TEXT.decode(to.take())).toBe(piece + String(length));
        to.text(piece);
        to.text(piece);
        expect(TEXT.decode(to.take())).toBe(piece + piece);
      }
    }),
  );
});
