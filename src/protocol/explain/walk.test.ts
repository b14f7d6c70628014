import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeText } from '../text.ts';
import { walkJson } from './walk-json.ts';
import { walkXml } from './walk-xml.ts';
import { MAX_NODES } from './wire-tree.ts';
import type { WireNode } from './wire-tree.ts';

const json = (text: string) => walkJson(encodeText(text));
const xml = (text: string) => walkXml(encodeText(text));
const parses = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** One node a line: name, kind and the text it covers. */
function lines(text: string, nodes: readonly WireNode[], depth = 0): string[] {
  return nodes.flatMap((node) => [
    `${'  '.repeat(depth)}${node.kind} ${node.name} ${text.slice(node.start, node.end)}`,
    ...lines(text, node.children, depth + 1),
  ]);
}

test('JSON: every member with its place, name and value', () => {
  const text = ' {"a": 1, "b\\u0063": [true, "x"]}';
  const { children, broken } = json(text);
  expect(broken).toBeUndefined();
  expect(lines(text, children)).toEqual([
    'object  {"a": 1, "b\\u0063": [true, "x"]}',
    '  member a "a": 1',
    '  array bc "b\\u0063": [true, "x"]',
    '    member  true',
    '    member  "x"',
  ]);
});

test('XML: elements, attributes and the text beside elements', () => {
  const text = '<?xml version="1.0"?><r v=\'1\'><!-- c --><s>t &amp; u</s> w <x:y/></r>';
  const { children, broken } = xml(text);
  expect(broken).toBeUndefined();
  expect(lines(text, children)).toEqual([
    "element r <r v='1'><!-- c --><s>t &amp; u</s> w <x:y/></r>",
    "  attribute v v='1'",
    '  element s <s>t &amp; u</s>',
    '  text  w',
    '  element x:y <x:y/>',
  ]);
  const element = children[0]?.children[1];
  expect(text.slice(element?.value?.start, element?.value?.end)).toBe('t &amp; u');
});

test('JSON: broken exactly where JSON.parse gives up on it', () => {
  const anything = fc.oneof(
    fc.string({ maxLength: 40 }),
    fc.json({ maxDepth: 4 }),
    // Valid but for one spot.
    fc
      .tuple(
        fc.json({ maxDepth: 4 }),
        fc.nat(),
        fc.constantFrom('', '"', '}', ',', '\\', '0', '-', 'e', ' ', '\n'),
      )
      .map(([text, at, put]) => text.slice(0, at % text.length) + put + text.slice((at % text.length) + 1)),
    fc
      .array(fc.constantFrom('-', '0', '1', '.', 'e', 'E', '+'), { maxLength: 8 })
      .map((signs) => signs.join('')),
  );
  fc.assert(
    fc.property(anything, (text) => {
      expect(json(text).broken === undefined, text).toBe(parses(text));
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['[[[', 3],
  ['{"a":', 5],
  ['{"a":1,}', 7],
  ['{"a":"b', 7],
  ['{"a":"\\q"}', 6],
  ['{"a":"\u001f"}', 6],
  ['01', 0],
  ['{} x', 3],
])('JSON that breaks off, %s: the place', (text, at) => {
  expect(json(text).broken?.at).toBe(at);
});

test.each([
  ['<a><b></a>', 6],
  ['<a', 0],
  ['<a>', 3],
  ['<a b="c', 3],
  ['<a b="1" b="2"/>', 9],
  ['<!DOCTYPE a><a/>', 0],
  ['<a>&lol;</a>', 3],
  ['<a/>text', 4],
  ['<a/><b/>', 4],
  ['<a>\u0001</a>', 3],
  ['<a><!-- ', 3],
])('XML that breaks off, %s: the place', (text, at) => {
  expect(xml(text).broken?.at).toBe(at);
});

test('more nodes than are kept, nesting without end: cut off, and said so', () => {
  const size = (nodes: readonly WireNode[]): number =>
    nodes.reduce((sum, { children }) => sum + 1 + size(children), 0);
  const wide = json(`[${'1,'.repeat(2 * MAX_NODES)}1]`);
  expect(wide.truncated).toBe(true);
  expect(size(wide.children)).toBe(MAX_NODES);
  const many = xml(`<a>${'<b/>'.repeat(2 * MAX_NODES)}</a>`);
  expect(many.truncated).toBe(true);
  expect(size(many.children)).toBe(MAX_NODES);
  expect(json('['.repeat(100_000)).broken?.problem).toContain('nested');
  expect(xml('<a>'.repeat(100_000)).broken?.problem).toContain('nested');
});

test('time is linear in the size, whatever the text', () => {
  const hostile = [
    (n: number) => json('['.repeat(n)),
    (n: number) => json(`"${'\\'.repeat(n)}`),
    (n: number) => json('1'.repeat(n)),
    (n: number) => json(`{${'"a":{},'.repeat(n / 7)}`),
    (n: number) => xml(`<a ${'b="c" '.repeat(n / 6)}`),
    (n: number) => xml(`<a ${'b=" '.repeat(n / 4)}`),
    (n: number) => xml('<a>'.repeat(n / 3)),
    (n: number) => xml(`<a>${'&'.repeat(n)}</a>`),
    (n: number) => xml(`<a>${'<!-'.repeat(n / 3)}`),
    (n: number) => xml(`<a>${'<!---->'.repeat(n / 7)}<!--${'-'.repeat(n)}`),
    (n: number) => xml('x'.repeat(n)),
  ];
  const start = performance.now();
  for (const walk of hostile) walk(1_000_000);
  // Quadratic, one of them alone would take minutes.
  expect(performance.now() - start).toBeLessThan(5000);
});
