import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pretty } from '../../protocol/pretty.ts';
import { RFC7846_EXAMPLES, BASE01_EXAMPLES } from '../../testing/golden.ts';
import { laidOut, shownText, visible, wrapped } from './text.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('lines are numbered, and go on below themselves', () => {
  const body = bytes('abcdef\r\ngh\rij\n');
  const rows = wrapped(body, 4);
  const shown = Array.from({ length: rows.count }, (_, row) => [
    rows.lineOf(row),
    shownText(body, { start: rows.startOf(row), end: rows.endOf(row), role: 'value' }),
  ]);
  expect(shown).toEqual([
    [1, 'abcd'],
    [1, 'ef'],
    [2, 'gh'],
    [3, 'ij'],
    [4, ''],
  ]);
});

test('rows cover any bytes without gaps, and cut no sign of UTF-8 in two', () => {
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.string({ unit: 'binary', maxLength: 100 }).map(bytes),
  );
  fc.assert(
    fc.property(body, fc.integer({ min: 8, max: 40 }), (given, columns) => {
      const rows = wrapped(given, columns);
      const whole = new TextDecoder('utf-8', { ignoreBOM: true });
      let at = 0;
      let text = '';
      for (let row = 0; row < rows.count; row++) {
        expect(rows.startOf(row)).toBe(at);
        at = rows.endOf(row);
        if (at > rows.startOf(row)) expect(rows.rowOf(at - 1)).toBe(row);
        text += whole.decode(given.subarray(rows.startOf(row), at));
        expect(at - rows.startOf(row)).toBeLessThanOrEqual(4 * columns + 4);
      }
      expect(at).toBe(given.length);
      if (isUtf8(given)) expect(text).toBe(whole.decode(given));
    }),
  );
});

function isUtf8(body: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(body);
    return true;
  } catch {
    return false;
  }
}

test('what cannot be seen, or turns text around, is written out', () => {
  expect(visible('a\u0000b\u202ec\ufeff\u007f\t')).toBe('a␀b\\u202ec\\ufeff␡\t');
});

test('each piece of the laid out text stands at its place in the body', () => {
  const texts = [
    ...Object.values(RFC7846_EXAMPLES),
    ...Object.values(BASE01_EXAMPLES),
    '{"ü":"é😀","b":[1,{}]}',
  ];
  for (const text of texts) {
    const body = bytes(text);
    for (const columns of [24, 200]) {
      const kind = text.startsWith('<') ? 'xml' : 'json';
      const laid = laidOut(pretty(kind, text), text, columns);
      let last = 0;
      for (let row = 0; row < laid.count; row++)
        for (const piece of laid.piecesOf(row)) {
          const [first] = piece.text.trim();
          if (first === undefined) continue;
          const sign = String.fromCodePoint(piece.text.trim().codePointAt(0) ?? 0);
          const at = bytes(sign);
          expect(body.subarray(piece.start, piece.start + at.length)).toEqual(at);
          expect(piece.start).toBeGreaterThanOrEqual(last);
          last = piece.start;
        }
      // Nothing is left out but blanks.
      const all = Array.from({ length: laid.count }, (_, row) =>
        laid
          .piecesOf(row)
          .map((piece) => piece.text)
          .join(''),
      );
      expect(all.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
    }
  }
});

test('a byte leads to the laid out row that it is in', () => {
  const text = '{"a":1,"b":{"c":2}}';
  const laid = laidOut(pretty('json', text), text, 80);
  const row = laid.rowOf(text.indexOf('2'));
  expect(
    laid
      .piecesOf(row)
      .map((piece) => piece.text)
      .join(''),
  ).toBe('    "c": 2');
  expect(laid.lineOf(row)).toBe(4);
});
