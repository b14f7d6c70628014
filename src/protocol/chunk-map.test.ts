import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeBase64, encodeBase64 } from './base64.ts';
import { readChunkMap } from './chunk-map.ts';
import type { Decoded } from './codec.ts';
import type { ChunkMap } from './message.ts';
import { Reading } from './reading.ts';

const paths = { start: 'start', end: 'end', size: 'size', map: 'map' };
function read(
  start: string | undefined,
  end: string | undefined,
  size: string | undefined,
  map: string,
): Decoded<ChunkMap> {
  const reading = new Reading();
  return reading.finish(readChunkMap(reading, { start, end, size, map, paths, section: 'here' }));
}
const found = (decoded: Decoded<ChunkMap>): string[] =>
  decoded.ok ? decoded.findings.map(({ path }) => path) : ['refused'];
const bits = (decoded: Decoded<ChunkMap>): number[] => (decoded.ok ? [...decoded.message.bitmap] : []);

describe('Base64 (RFC 4648 §4)', () => {
  test.each([
    ['', ''],
    ['f', 'Zg=='],
    ['fo', 'Zm8='],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg=='],
    ['fooba', 'Zm9vYmE='],
    ['foobar', 'Zm9vYmFy'],
  ])('§10: %j is %s', (text, base64) => {
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
    expect(encodeBase64(bytes)).toBe(base64);
    expect(decodeBase64(base64)).toEqual({ bytes, exact: true });
  });

  test('any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const text = encodeBase64(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64'));
        const decoded = decodeBase64(text);
        expect(decoded?.exact).toBe(true);
        expect([...(decoded?.bytes ?? [])]).toEqual([...bytes]);
      }),
    );
  });

  test.each(['Zg', 'Zg=', 'Zh==', 'Zm9vYg', 'AAAA==', 'AAA=='])('%s is read, and not exact', (text) => {
    expect(decodeBase64(text)).toMatchObject({ exact: false });
  });
  test.each(['Z', '=', '====', 'A===', 'Zg==Zg==', 'Zg==\n', 'Z g=', 'Zm9-', 'Zm_v', 'ü===', 'Zm9vY'])(
    '%j is none',
    (text) => {
      expect(decodeBase64(text)).toBeUndefined();
    },
  );
});

describe('one run', () => {
  test('bit i is segment startIndex + i, most significant bit of byte 0 first', () => {
    // Segments 20, 22 and 29 of 20 to 29.
    expect(read('20', '29', '10', 'oEA=')).toEqual({
      ok: true,
      message: { startIndex: 20, endIndex: 29, bitmap: Uint8Array.of(0b1010_0000, 0b0100_0000) },
      findings: [],
    });
  });

  test.each<[string, Parameters<typeof read>, string[], number[]]>([
    ['no end', ['0', undefined, '8', '/w=='], ['end'], [0xff]],
    ['no size', ['0', '7', undefined, '/w=='], ['size'], [0xff]],
    ['white space', ['0', '7', '8', '\n  /w==\n'], ['map'], [0xff]],
    ['white space inside', ['0', '15', '16', '//\n8='], ['map'], [0xff, 0xff]],
    ['no padding', ['0', '7', '8', '/w'], ['map'], [0xff]],
    ['padding bits set', ['0', '4', '5', '/w=='], ['map'], [0xf8]],
    ['more map than segments', ['0', '7', '8', '//8='], ['map'], [0xff]],
    ['an elision', ['0', '23', '24', 'A/8D....'], ['map'], [0x03, 0xff, 0x03]],
    ['blanks around numbers', [' 0 ', '7', '8', '/w=='], [], [0xff]],
  ])('%s', (_, parts, findings, bitmap) => {
    const decoded = read(...parts);
    expect(found(decoded)).toEqual(findings);
    expect(bits(decoded)).toEqual(bitmap);
  });

  test.each<[string, Parameters<typeof read>, string]>([
    ['no start', [undefined, '7', '8', '/w=='], 'start'],
    ['neither end nor size', ['0', undefined, undefined, '/w=='], 'end'],
    ['end before start', ['8', '7', '0', ''], 'end'],
    ['a size that disagrees', ['0', '7', '9', '//8='], 'size'],
    ['size 0', ['0', undefined, '0', ''], 'size'],
    ['an end beyond 2^53', ['9007199254740991', undefined, '2', '/w=='], 'size'],
    ['a size that is no number', ['0', '7', 'eight', '/w=='], 'size'],
    ['an end that is no number', ['0', '7.5', '8', '/w=='], 'end'],
    ['a negative start', ['-1', '7', '9', '//8='], 'start'],
    ['a map too short', ['0', '8', '9', '/w=='], 'map'],
    ['no map', ['0', '7', '8', ''], 'map'],
    ['a vast range', ['0', '9007199254740990', '9007199254740991', '/w=='], 'map'],
    ['no Base64', ['0', '7', '8', '<w=='], 'map'],
    ['dots in the middle', ['0', '7', '8', '/..w=='], 'map'],
  ])('refused: %s', (_, parts, path) => {
    expect(read(...parts)).toMatchObject({ ok: false, error: { path } });
  });

  test('a MiB of dots that something follows is refused at once', () => {
    const start = performance.now();
    expect(read('0', '7', '8', `${'.'.repeat(1 << 20)}A`)).toMatchObject({
      ok: false,
      error: { path: 'map' },
    });
    // Squared, it would take many minutes.
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
