import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryRequest, arbitraryResponse } from '../testing/arbitraries.ts';
import { BASE01_EXAMPLES, RFC7846_EXAMPLES } from '../testing/golden.ts';
import { codecOf } from './editions/index.ts';
import { EDITIONS } from './message.ts';
import { MAX_PIECES, pretty } from './pretty.ts';
import type { Piece } from './pretty.ts';

const shown = (lines: Piece[][]): string =>
  lines.map((line) => line.map(({ text }) => text).join('')).join('\n');
const classes = (lines: Piece[][]): string[] =>
  lines.flat().flatMap((piece) => (piece.text.trim() === '' ? [] : [`${piece.class} ${piece.text.trim()}`]));
const solid = (text: string): string => text.replace(/\s/g, '');

describe('JSON', () => {
  test('is laid out as JSON.stringify would', () => {
    for (const text of Object.values(RFC7846_EXAMPLES)) {
      const value = JSON.parse(text) as unknown;
      expect(shown(pretty('json', text))).toBe(JSON.stringify(value, null, 2));
      expect(shown(pretty('json', JSON.stringify(value)))).toBe(JSON.stringify(value, null, 2));
    }
    const odd = { a: [], b: {}, c: [1, [null, true], 'x: {}, "'], d: -1.5e3 };
    expect(shown(pretty('json', JSON.stringify(odd)))).toBe(JSON.stringify(odd, null, 2));
  });
  test('every digit of a number is shown', () => {
    const text = '{"uploaded_bytes":18446744073709551615,"n":[9007199254740993,1.0,1E400,-0]}';
    expect(classes(pretty('json', text)).filter((piece) => piece.startsWith('number'))).toEqual([
      'number 18446744073709551615',
      'number 9007199254740993',
      'number 1.0',
      'number 1E400',
      'number -0',
    ]);
  });
  test('classes', () => {
    expect(classes(pretty('json', '{"a":"b","c":[1,true,null]}'))).toEqual(
      ['punct {', 'key "a"', 'punct :', 'string "b"', 'punct ,', 'key "c"', 'punct :', 'punct ['].concat([
        'number 1',
        'punct ,',
        'value true',
        'punct ,',
        'value null',
        'punct ]',
        'punct }',
      ]),
    );
  });
  test('what is no JSON stays as it is', () => {
    for (const text of ['"a\nb"', '"a\\\nb"', '"a\rb"'])
      expect(pretty('json', text).flat()[0]?.class).toBe('plain');
    expect(pretty('json', '{"a\nb')).toEqual([
      [{ text: '{"a', class: 'plain' }],
      [{ text: 'b', class: 'plain' }],
    ]);
  });
});

describe('XML', () => {
  test('leaves on one line, elements indented', () => {
    expect(
      shown(
        pretty(
          'xml',
          '<?xml version="1.0"?><a x="1" y=\'2\'><b>t &amp; u</b><c/><!-- d --><e> <f></f></e>loose</a>',
        ),
      ),
    ).toBe(`<?xml version="1.0"?>
<a x="1" y='2'>
  <b>t &amp; u</b>
  <c/>
  <!-- d -->
  <e>
    <f></f>
  </e>
  loose
</a>`);
  });
  test('an example of the draft is laid out alike, whatever its white space', () => {
    const lines = pretty('xml', BASE01_EXAMPLES.statReport);
    expect(shown(lines)).toBe(BASE01_EXAMPLES.statReport);
    expect(pretty('xml', BASE01_EXAMPLES.statReport.replaceAll(/>\s+</g, '><'))).toEqual(lines);
  });
  test('classes', () => {
    expect(classes(pretty('xml', '<a b="c d"><e>f</e></a>'))).toEqual(
      ['tag <a', 'attr b', 'punct =', 'value "c d"', 'tag >', 'tag <e', 'tag >', 'text f', 'tag </e'].concat([
        'tag >',
        'tag </a',
        'tag >',
      ]),
    );
  });
  test('a prefix, declared or not, is part of the name (gu -06 §4.9)', () => {
    const text =
      '<Stat property="StreamStats"><report:UploadedBytes>18446744073709551615</report:UploadedBytes></Stat>';
    expect(shown(pretty('xml', text))).toBe(`<Stat property="StreamStats">
  <report:UploadedBytes>18446744073709551615</report:UploadedBytes>
</Stat>`);
    expect(classes(pretty('xml', text))).toContain('tag <report:UploadedBytes');
  });
  test('what is no XML stays as it is', () => {
    expect(pretty('xml', '<a b="c')).toEqual([[{ text: '<a b="c', class: 'plain' }]]);
  });
});

describe('whatever the text', () => {
  const piece = fc.constantFrom(
    ...[
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      '1',
      'true',
      ' ',
      '\n',
      '<',
      '>',
      '</',
      '/>',
      '=',
      "'",
      'a',
      '<!--',
    ],
    ...[
      '-->',
      '<![CDATA[',
      ']]>',
      '<?',
      '?>',
      '<a>',
      '</a>',
      '<a b="c">',
      'é',
      '\u2028',
      '\t',
      '!',
      '?',
      '/',
    ],
  );
  const text = fc.oneof(
    fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
    fc.string(),
  );
  test('every character but white space is shown, in order, and no line holds a line end', () => {
    fc.assert(
      fc.property(fc.constantFrom('json' as const, 'xml' as const), text, (kind, text) => {
        const lines = pretty(kind, text);
        expect(solid(shown(lines))).toBe(solid(text));
        expect(lines.flat().every((piece) => !/[\r\n]/.test(piece.text) && piece.text !== '')).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
  test('messages are shown whole', () => {
    for (const edition of EDITIONS) {
      const codec = codecOf(edition);
      const isShown = (bytes: Uint8Array): void => {
        const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
        const lines = pretty(edition === 'rfc7846' ? 'json' : 'xml', text);
        expect(solid(shown(lines))).toBe(solid(text));
        expect(lines.flat().some((piece) => piece.class === 'plain' && piece.text.trim() !== '')).toBe(false);
      };
      fc.assert(
        fc.property(arbitraryRequest(edition), arbitraryResponse(edition), (request, response) => {
          isShown(codec.encodeRequest(request));
          isShown(codec.encodeResponse(response));
        }),
      );
    }
  });
  test.each([
    ['json', '['.repeat(300_000)],
    ['json', `[${'1,'.repeat(300_000)}1]`],
    ['json', `{"a":"${'\\'.repeat(300_000)}`],
    ['xml', '<a>'.repeat(300_000)],
    ['xml', `<a ${'b="c" '.repeat(200_000)}/>`],
    ['xml', '<!--'.repeat(300_000)],
    ['xml', 'a\n'.repeat(300_000)],
    ['xml', `<a${' '.repeat(300_000)}`],
  ] as const)('%s of great size is bounded', (kind, text) => {
    const start = performance.now();
    const lines = pretty(kind, text);
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(lines.flat().length).toBeLessThanOrEqual(MAX_PIECES + 1);
    expect(shown(lines).length).toBeLessThan(4 * text.length);
    if (lines.flat().length > MAX_PIECES) expect(lines.at(-1)).toEqual([{ text: '…', class: 'plain' }]);
  });
});
