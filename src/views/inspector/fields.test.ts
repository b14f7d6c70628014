import fc from 'fast-check';
import { expect, test } from 'vitest';
import { explain } from '../../protocol/explain/explain.ts';
import { encodeText } from '../../protocol/text.ts';
import { BASE01_EXAMPLES, RFC7846_EXAMPLES } from '../../testing/golden.ts';
import {
  fieldMap,
  intervalIn,
  keyAt,
  keyOfPath,
  markedBytes,
  segmentsIn,
  stepInBytes,
  type FieldMap,
} from './fields.ts';
import { hexRows } from './hex.ts';

const mapOf = (text: string): FieldMap => {
  const body = encodeText(text);
  return fieldMap(explain(body).root, [], body.length);
};

const pathAt = (map: FieldMap, text: string, sign: string): string | undefined =>
  map.byKey.get(keyAt(map, text.indexOf(sign)))?.path;

const JSON_TEXT = '{"PPSPTrackerProtocol":{"version":1,"peer_id":"ü-1","find":{"swarm_id":"s"}}}';

test('a byte leads to the deepest field that it is in', () => {
  const map = mapOf(JSON_TEXT);
  expect(pathAt(map, JSON_TEXT, '"version')).toBe('PPSPTrackerProtocol.version');
  expect(pathAt(map, JSON_TEXT, '1,')).toBe('PPSPTrackerProtocol.version');
  expect(pathAt(map, JSON_TEXT, ',"peer_id')).toBe('PPSPTrackerProtocol');
  // Offsets are of bytes: ü has two of them.
  const at = new TextEncoder().encode(JSON_TEXT.slice(0, JSON_TEXT.indexOf('"s"'))).length;
  expect(map.byKey.get(keyAt(map, at))?.path).toBe('PPSPTrackerProtocol.find.swarm_id');
});

test('for any message and any byte that field covers the byte, and none of its children does', () => {
  const texts = [...Object.values(RFC7846_EXAMPLES), ...Object.values(BASE01_EXAMPLES)];
  const maps = texts.map(mapOf);
  fc.assert(
    fc.property(
      fc.nat(texts.length - 1),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (index, share) => {
        const map = maps[index] ?? mapOf('');
        const offset = Math.floor(share * map.length);
        const node = map.byKey.get(keyAt(map, offset));
        const covers = ({ start, end }: { start: number; end: number }): boolean =>
          start <= offset && offset < end;
        expect(node !== undefined && covers(node.bytes)).toBe(true);
        expect(node?.children.some((child) => child.kind !== 'header' && covers(child.bytes))).toBe(false);
      },
    ),
    { numRuns: 500 },
  );
});

test('a field leads to its bytes, the message as a whole to none', () => {
  const map = mapOf(JSON_TEXT);
  const key = keyOfPath(map, 'PPSPTrackerProtocol.version');
  expect(markedBytes(map, key)).toEqual({ start: 24, end: 35 });
  expect(markedBytes(map, '0')).toBeUndefined();
  expect(keyOfPath(map, 'nowhere')).toBeUndefined();
});

test('of a member written twice the one that counts is led to', () => {
  const text = '{"PPSPTrackerProtocol":{"version":1,"version":2}}';
  const map = mapOf(text);
  const node = map.byKey.get(keyOfPath(map, 'PPSPTrackerProtocol.version') ?? '');
  expect(node?.value).toBe('2');
});

test('segments cover a stretch without gaps, each in one field and one role', () => {
  const map = mapOf(JSON_TEXT);
  fc.assert(
    fc.property(fc.nat(map.length), fc.nat(map.length), (a, b) => {
      const [start, end] = [Math.min(a, b), Math.max(a, b)];
      let at = start;
      for (const segment of segmentsIn(map, { start, end })) {
        expect(segment.start).toBe(at);
        expect(keyAt(map, segment.start)).toBe(keyAt(map, segment.end - 1));
        at = segment.end;
      }
      expect(at).toBe(end);
    }),
  );
});

test('what is secret is marked as such', () => {
  const text =
    '<PPSPTrackerProtocol version="1.0"><Method>CONNECT</Method><AuthToken>abc</AuthToken></PPSPTrackerProtocol>';
  const body = encodeText(text);
  const start = text.indexOf('abc');
  const map = fieldMap(explain(body).root, [{ start, end: start + 3 }], body.length);
  const roles = segmentsIn(map, { start: start - 1, end: start + 4 }).map(({ role }) => role);
  expect(roles).toEqual(['name', 'secret', 'name']);
});

test('arrow keys go from field to field and from row to row', () => {
  const map = mapOf(JSON_TEXT);
  const rows = hexRows(map.length, 16);
  const version = JSON_TEXT.indexOf('"version');
  const right = stepInBytes(map, version, 'ArrowRight', rows) ?? 0;
  expect(keyAt(map, right)).not.toBe(keyAt(map, version));
  expect(right).toBeGreaterThan(version);
  expect(stepInBytes(map, version, 'ArrowDown', rows)).toBe(version + 16);
  expect(stepInBytes(map, 3, 'ArrowUp', rows)).toBe(3);
  expect(stepInBytes(map, map.length - 1, 'ArrowRight', rows)).toBeLessThan(map.length);
  expect(stepInBytes(map, 0, 'End', rows)).toBe(map.length - 1);
  expect(stepInBytes(map, 0, 'x', rows)).toBeUndefined();
});

test('an empty body has one field and no bytes', () => {
  const map = mapOf('');
  expect(keyAt(map, 0)).toBe('0');
  expect(segmentsIn(map, { start: 0, end: 0 })).toEqual([]);
});

test('an interval is found by any offset in it', () => {
  const starts = Uint32Array.of(0, 4, 9);
  expect([0, 3, 4, 8, 9, 99].map((offset) => intervalIn(starts, offset))).toEqual([0, 0, 1, 1, 2, 2]);
});
