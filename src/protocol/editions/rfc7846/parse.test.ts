import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearRequest } from '../../../testing/arbitrary-json.ts';
import { encodeText } from '../../text.ts';
import { parseExactly, REPEATED } from './parse.ts';
import { countMembers, scan } from './scan.ts';

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** As `JSON.parse` would have it: rounded, with `Object.prototype`, and nothing said of what was doubled. */
function rounded(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(rounded);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, rounded(item)]));
}

const texts = fc.oneof(
  nearRequest,
  fc.json(),
  fc.string(),
  fc
    .array(fc.constantFrom(...'{}[]:,"\\u0019eE+-. \n\t\rtruefalsn'.split(''), '""', '\u0000', '\ud800'))
    .map((parts) => parts.join('')),
);

test('takes what JSON.parse takes, with the same value but for the digits kept', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const value = parseExactly(text);
      expect(rounded(value)).toEqual(parsed(text));
      expect(JSON.stringify(rounded(value))).toBe(JSON.stringify(parsed(text)));
    }),
    { numRuns: 5000 },
  );
});

test('numbers in digits beyond 2^53 are bigints, all others doubles', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 20n - 1n }), (number) => {
      const value = parseExactly(` [${number}] `);
      expect(value).toEqual([number > Number.MAX_SAFE_INTEGER ? number : Number(number)]);
    }),
  );
  const others = '[-18446744073709551615,1e19,9007199254740993.0,123456789012345678901]';
  expect(parseExactly(others)).toEqual(JSON.parse(others));
});

test('no string, whatever is in it, is taken for a number', () => {
  for (const text of ['"18446744073709551615"', '["n18446744073709551615"]', '{"18446744073709551615":1}'])
    expect(parseExactly(text)).toEqual(JSON.parse(text));
});

test('an object that has a member twice says so, and only it', () => {
  const doubled = (text: string): boolean => REPEATED in (parseExactly(text) as object);
  for (const text of ['{"b":1,"b":2}', '{"__proto__":2,"__proto__":{}}', String.raw`{"a":1,"\u0061":1}`])
    expect(doubled(text)).toBe(true);
  for (const text of ['{"a":1,"b":1}', '{"__proto__":1,"constructor":2,"toString":3}', '{"a":{"b":1,"b":2}}'])
    expect(doubled(text)).toBe(false);
  expect(Object.getPrototypeOf(parseExactly('{"__proto__":{"a":1}}'))).toBeNull();
});

test('what JSON.parse does not take, it does not take', () => {
  const strings = ['"\u0000"', '"a\tb"', '"\n"', '"a', '"\\', String.raw`"\x"`, String.raw`"\u12"`];
  const others = [
    '',
    ' ',
    '01',
    '1.',
    '-',
    '+1',
    '1e',
    '.5',
    'tru',
    'nullx',
    '[1,]',
    '[1 2]',
    '{"a"}',
    '{a:1}',
    '{"a":1,}',
  ];
  for (const text of [...strings, ...others]) {
    expect(parsed(text)).toBeUndefined();
    expect(parseExactly(text)).toBeUndefined();
  }
});

test('the scan knows what JSON.parse would lose', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const value = parsed(text);
      fc.pre(value !== undefined);
      const exact = parseExactly(text);
      const { members, hasLongNumber, depth } = scan(encodeText(text), 32);
      const doubled = JSON.stringify(exact, (_, item: unknown) =>
        typeof item === 'object' && item !== null && REPEATED in item
          ? 'doubled'
          : typeof item === 'bigint'
            ? 0
            : item,
      ).includes('"doubled"');
      if (members === countMembers(value)) expect(doubled).toBe(false);
      else expect(members).toBeGreaterThan(countMembers(value));
      if (!hasLongNumber && !doubled) expect(JSON.stringify(exact)).toBe(JSON.stringify(value));
      expect(depth).toBe(depthOf(value, members === countMembers(value) ? 0 : depth));
    }),
    { numRuns: 2000 },
  );
});

/** At least `least`: what was written twice is in the text only. */
function depthOf(value: unknown, least: number): number {
  if (typeof value !== 'object' || value === null) return least;
  return Math.max(least, 1, ...Object.values(value).map((item) => 1 + depthOf(item, 0)));
}

test('the scan stops where it is too deep', () => {
  expect(scan(encodeText('['.repeat(1_000_000)), 32).depth).toBe(33);
  expect(scan(encodeText(`"${'['.repeat(100)}\\"[["`), 32).depth).toBe(0);
});
