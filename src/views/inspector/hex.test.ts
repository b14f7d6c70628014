import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesPerRow, columnsOf, hexPieces, hexRows, offsetText, padding } from './hex.ts';

/** A row as it reads, the pieces put together. */
function line(body: Uint8Array, row: number, perRow: number, cut: readonly number[]): string {
  const rows = hexRows(body.length, perRow);
  const [start, end] = [rows.startOf(row), rows.endOf(row)];
  const places = [start, ...cut.filter((place) => place > start && place < end), end];
  const segments = places
    .slice(1)
    .map((to, i) => ({ start: places[i] ?? 0, end: to, role: 'value' as const }));
  const pieces = hexPieces(body, start, segments);
  const hex = pieces.map((piece) => piece.gap + piece.hex).join('');
  return `${offsetText(start)}  ${hex}${padding(end - start, perRow)}  ${pieces.map(({ ascii }) => ascii).join('')}`;
}

test('a row reads as hex dumps do', () => {
  const body = Uint8Array.from(Buffer.from('PPSP tracker üé~', 'latin1'));
  expect(line(body, 0, 16, [4, 8])).toBe(
    '00000000  50 50 53 50 20 74 72 61  63 6b 65 72 20 fc e9 7e  PPSP tracker ..~',
  );
  expect(line(body.subarray(0, 10), 1, 8, [])).toBe('00000008  63 6b                    ck');
});

test('however it is cut, a row is as wide as it should be and says the same', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 64 }),
      fc.constantFrom(8, 16),
      fc.uniqueArray(fc.nat(64)),
      fc.nat(7),
      (body, perRow, cut, wanted) => {
        const { count, rowOf, startOf, endOf } = hexRows(body.length, perRow);
        const row = wanted % count;
        const text = line(
          body,
          row,
          perRow,
          cut.toSorted((a, b) => a - b),
        );
        expect(text).toBe(line(body, row, perRow, []));
        expect(text.length).toBe(columnsOf(perRow) - perRow + endOf(row) - startOf(row));
        expect(
          text
            .slice(10)
            .split('  ')
            .slice(0, perRow / 8)
            .join(' ')
            .trim()
            .replaceAll(' ', '')
            .slice(0, 2 * (endOf(row) - startOf(row))),
        ).toBe(Buffer.from(body.subarray(startOf(row), endOf(row))).toString('hex'));
        expect(rowOf(startOf(row))).toBe(row);
      },
    ),
  );
});

test('what is secret shows its length alone', () => {
  const [piece] = hexPieces(Uint8Array.of(1, 2), 0, [{ start: 0, end: 2, role: 'secret' }]);
  expect(piece).toMatchObject({ hex: '·· ··', ascii: '··' });
});

test('as many bytes as there is room for', () => {
  expect(bytesPerRow(columnsOf(16))).toBe(16);
  expect(bytesPerRow(columnsOf(16) - 1)).toBe(8);
});
