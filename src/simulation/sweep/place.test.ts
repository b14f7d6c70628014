import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePath, withValue } from './place.ts';

const put = (value: unknown, path: string, leaf: unknown): unknown => {
  const steps = parsePath(path);
  if (steps === undefined) return 'no path';
  const made = withValue(value, steps, leaf);
  return 'missing' in made ? made : made.value;
};

const SCENARIO = {
  peers: { crash: 0 },
  swarms: [
    { id: 'film', chunks: 1 },
    { id: '0', chunks: 2 },
    { id: 'a "b" ] c', chunks: 3 },
  ],
  lines: [{ name: 'dsl', upload: 1 }],
};

describe('a path', () => {
  test.each([
    ['peers.crash', ['peers', 'crash']],
    ['$.peers.crash', ['peers', 'crash']],
    ['swarms[film].arrivals.rate', ['swarms', 'film', 'arrivals', 'rate']],
    [String.raw`swarms["a \"b\" ] c"].chunks`, ['swarms', 'a "b" ] c', 'chunks']],
    ['swarms[0][1]', ['swarms', '0', '1']],
  ])('%s', (path, keys) => {
    expect(parsePath(path)?.map(({ key }) => key)).toEqual(keys);
  });

  test.each([
    '',
    '$',
    '$.',
    '.peers',
    'peers.',
    'peers..crash',
    'peers crash',
    'swarms[',
    'swarms[]',
    'a'.concat('.a'.repeat(16)),
  ])('is not %j', (path) => expect(parsePath(path)).toBeUndefined());

  test('is read within bounds, whatever is written', () => {
    fc.assert(
      fc.property(fc.string(), (path) => {
        const steps = parsePath(path);
        expect(steps === undefined || steps.length <= 16).toBe(true);
      }),
    );
  });
});

describe('a value', () => {
  test('goes where the path leads, in a copy', () => {
    const before = structuredClone(SCENARIO);
    expect(put(SCENARIO, 'peers.crash', 0.5)).toEqual({ ...SCENARIO, peers: { crash: 0.5 } });
    expect(put(SCENARIO, 'swarms[film].chunks', 9)).toMatchObject({
      swarms: [{ id: 'film', chunks: 9 }, {}, {}],
    });
    expect(put(SCENARIO, 'lines[dsl].upload', 9)).toMatchObject({ lines: [{ upload: 9 }] });
    expect(put(SCENARIO, 'lines[0].upload', 8)).toMatchObject({ lines: [{ upload: 8 }] });
    expect(SCENARIO).toEqual(before);
  });

  test('an id that is a number goes before the number', () => {
    expect(put(SCENARIO, 'swarms[0].chunks', 9)).toMatchObject({
      swarms: [{ chunks: 1 }, { chunks: 9 }, {}],
    });
  });

  test('makes a last field that is not there, and nothing on the way', () => {
    expect(put(SCENARIO, 'peers.maxLinks', 4)).toMatchObject({ peers: { crash: 0, maxLinks: 4 } });
    expect(put(SCENARIO, 'tracker.trackTimer', 4)).toEqual({ missing: 'tracker' });
    expect(put(SCENARIO, 'swarms[news].chunks', 4)).toEqual({ missing: 'news' });
    expect(put(SCENARIO, 'swarms[9].chunks', 4)).toEqual({ missing: '9' });
    expect(put(SCENARIO, 'swarms.film', 4)).toEqual({ missing: 'film' });
    expect(put(SCENARIO, 'peers.crash.deep', 4)).toEqual({ missing: 'deep' });
  });

  test('never reaches a prototype', () => {
    expect(put(SCENARIO, 'peers.__proto__.polluted', true)).toEqual({ missing: '__proto__' });
    put(SCENARIO, 'peers.__proto__', { polluted: true });
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});
