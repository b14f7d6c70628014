import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryText } from '../testing/arbitrary-parts.ts';
import { encodeText } from './text.ts';
import { element, escapeText, readXml } from './xml.ts';
import type { Xml, XmlElement } from './xml.ts';

const read = (text: string): Xml => readXml(encodeText(text), 1000);
const root = (text: string): XmlElement => {
  const xml = read(text);
  if (!xml.ok) throw new Error(xml.problem);
  return xml.root;
};

describe('reading', () => {
  test('names, attributes, text and children', () => {
    const a = root(
      '<?xml version="1.0"?><!-- c --><?pi it\'s "?><a x="1" y=\'"2"\'>one<b/>two<!-- <c> --><![CDATA[<&amp;>]]><n:c> 3 </n:c></a>\n',
    );
    expect(a.name).toBe('a');
    expect([...a.attributes]).toEqual([
      ['x', '1'],
      ['y', '"2"'],
    ]);
    expect(a.text).toBe('onetwo<&amp;>');
    expect(a.children.map(({ name, text }) => [name, text])).toEqual([
      ['b', ''],
      ['c', ' 3 '],
    ]);
  });

  test.each(['000123', '1e5', '0x1F', 'true', ' a ', '\u00a0a\u00a0', '1.0', 'a\tb'])(
    '%j stays a string',
    (text) => {
      expect(root(`<a b="x${text.replace('\t', '')}">${text}</a>`)).toMatchObject({ text });
      expect(root(`<a b="${text.replace('\t', '')}"/>`).attributes.get('b')).toBe(text.replace('\t', ''));
    },
  );

  test('the five entities and character references', () => {
    const text = '&amp;&lt;&gt;&quot;&apos;&#65;&#x1F600;&#x9;&amp;lt;';
    const decoded = `&<>"'A😀\t&lt;`;
    expect(root(`<a>${text}</a>`).text).toBe(decoded);
    expect(root(`<a b="${text}"/>`).attributes.get('b')).toBe(decoded);
  });

  test('line ends and white space in attributes as XML has it (§2.11, §3.3.3)', () => {
    expect(root('<a\r\nb="1\t2\n3\r\n4">x\r\ny\rz</a>')).toMatchObject({ text: 'x\ny\nz' });
    expect(root('<a b="1\t2\n3&#10;4"/>').attributes.get('b')).toBe('1 2 3\n4');
  });

  test('names of JavaScript’s are names like any other', () => {
    const a = root(
      '<constructor __proto__="1" toString="2"><__proto__ x="3">4</__proto__><prototype/><hasOwnProperty/></constructor>',
    );
    expect(a.name).toBe('constructor');
    expect([...a.attributes]).toEqual([
      ['__proto__', '1'],
      ['toString', '2'],
    ]);
    expect(a.children.map(({ name }) => name)).toEqual(['__proto__', 'prototype', 'hasOwnProperty']);
    expect(a.children[0]).toMatchObject({ text: '4' });
    expect(Object.prototype).not.toHaveProperty('x');
  });

  test.each(['UTF-8', 'utf-8', 'utf8', 'US-ASCII'])('declared as %s', (encoding) => {
    expect(read(`<?xml version='1.0' encoding='${encoding}' standalone='yes' ?><a/>`)).toMatchObject({
      ok: true,
      declared: true,
    });
  });

  test('a byte order mark is allowed', () => {
    expect(read('\ufeff<?xml version="1.0"?><a/>')).toMatchObject({ ok: true, declared: true });
  });
});

test('who keeps an identifier does not keep the whole message', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const heap = (): number => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  const size = 1 << 20;
  const kept: unknown[] = [];
  const before = heap();
  for (let i = 0; i < 16; i++) {
    const { attributes, children } = root(
      `<a junk="${'x'.repeat(size)}" id="an-identifier-${i}"><b>an-identifier-${i}</b>${'x'.repeat(size)}</a>`,
    );
    kept.push(attributes.get('id'), children[0]?.text);
  }
  expect(heap() - before).toBeLessThan(8 * size);
  expect(kept).toHaveLength(32);
});

describe('refusals', () => {
  const ENTITIES = `<!DOCTYPE lolz [<!ENTITY lol "lol">${Array.from({ length: 9 }, (_, i) => `<!ENTITY lol${i + 1} "${`&lol${i || ''};`.repeat(10)}">`).join('')}]><lolz>&lol9;</lolz>`;
  test.each([
    ['billion laughs', ENTITIES],
    ['external entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
    ['external DTD', '<!DOCTYPE a SYSTEM "http://127.0.0.1/x.dtd"><a/>'],
    ['declaration inside', '<a><!ENTITY x "y"></a>'],
    ['unknown entity', '<a>&nbsp;</a>'],
    ['unknown entity in an attribute', '<a b="&nbsp;"/>'],
    ['inherited entity', '<a>&toString;</a>'],
    ['bare ampersand', '<a>a & b</a>'],
    ['reference to NUL', '<a>&#0;</a>'],
    ['reference to a control', '<a>&#1;</a>'],
    ['reference to a surrogate', '<a>&#xD800;</a>'],
    ['reference beyond Unicode', '<a>&#x110000;</a>'],
    ['NUL', '<a>\0</a>'],
    ['a control character', '<a>\u0001</a>'],
    ['a noncharacter', '<a>\uffff</a>'],
    ['mismatched tags', '<a><b></a></b>'],
    ['unclosed root', '<a><b></b>'],
    ['unopened tag', '</a>'],
    ['two roots', '<a/><b/>'],
    ['two closed roots', '<a></a><b></b>'],
    ['text after the root', '<a/>x'],
    ['entity after the root', '<a/>&amp;'],
    ['CDATA after the root', '<a/><![CDATA[x]]>'],
    ['text before the root', 'x<a/>'],
    ['no root', '<?xml version="1.0"?>'],
    ['unquoted attribute', '<a b=c/>'],
    ['attribute without value', '<a b/>'],
    ['stray equals sign', '<a = b="c"/>'],
    ['attributes without a space', '<a b="c"d="e"/>'],
    ['an attribute twice', '<a b="c" b="d"/>'],
    ['"<" in an attribute', '<a b="<"/>'],
    ['unclosed quote', '<a b="c/>'],
    ['name of digits', '<1/>'],
    ['space before the name', '< a/>'],
    ['space in the end', '<a/ >'],
    ['attribute in an end tag', '<a></a b="c">'],
    ['comment without end', '<a><!-- </a>'],
    ['"--" in a comment', '<a><!-- -- --></a>'],
    ['comment of three dashes', '<a><!-- ---></a>'],
    ['CDATA without end', '<a><![CDATA[</a>'],
    ['"]]>" in text', '<a>]]></a>'],
    ['late declaration', ' <?xml version="1.0"?><a/>'],
    ['declaration twice', '<?xml version="1.0"?><?xml version="1.0"?><a/>'],
    ['declaration without version', '<?xml encoding="UTF-8"?><a/>'],
    ['instruction that swallows a quote', '<a><?x "></a>'],
    ['XML 2', '<?xml version="2.0"?><a/>'],
    ['Latin-1', '<?xml version="1.0" encoding="ISO-8859-1"?><a/>'],
    ['deep nesting', '<a>'.repeat(17) + '</a>'.repeat(17)],
    ['very deep nesting', '<a>'.repeat(100_000)],
    ['many elements', `<a>${'<b/>'.repeat(1000)}</a>`],
    ['many attributes', `<a${Array.from({ length: 65 }, (_, i) => ` a${i}="1"`).join('')}/>`],
    ['many references', `<a>${'&amp;'.repeat(1001)}</a>`],
    ['many references in CDATA', `<a><![CDATA[${'&'.repeat(1001)}]]></a>`],
    ['JSON', '{"a":1}'],
    ['HTML', '<!DOCTYPE html><html><body>Hello<br></body></html>'],
  ])('%s', (_, text) => {
    const xml = read(text);
    expect(xml.ok).toBe(false);
    expect(!xml.ok && /lol|passwd|nbsp|toString/.test(xml.problem)).toBe(false);
  });

  test('UTF-16 and invalid UTF-8 are named', () => {
    expect(readXml(new Uint8Array([0xfe, 0xff, 0, 0x3c]), 10)).toEqual({
      ok: false,
      problem: 'is UTF-16 or UTF-32, not UTF-8',
    });
    expect(readXml(new Uint8Array([0x3c, 0, 0x61, 0]), 10)).toEqual({
      ok: false,
      problem: 'is UTF-16 or UTF-32, not UTF-8',
    });
    expect(readXml(new Uint8Array([0x3c, 0xe9, 0x3e]), 10)).toEqual({
      ok: false,
      problem: 'is not valid UTF-8',
    });
  });

  // Quadratic time would take minutes; linear takes milliseconds, and seconds on a busy machine.
  test('time grows no faster than length', () => {
    const hostile: [string, (n: number) => string][] = [
      ['spaces in a tag', (n) => `<a${' '.repeat(n)}b`],
      ['attributes without end', (n) => `<a ${'b=" '.repeat(n)}`],
      ['comments', (n) => `<a>${'<!--'.repeat(n)}`],
      ['instructions', (n) => `<a>${'<?b '.repeat(n)}`],
      ['ampersands', (n) => `<a>${'&'.repeat(n)}</a>`],
      ['names', (n) => `<a ${'b'.repeat(n)}`],
      ['equals signs', (n) => `<a b${'=\n'.repeat(n)}"">`],
    ];
    for (const [name, make] of hostile) {
      const text = encodeText(make(250_000));
      const start = performance.now();
      expect(readXml(text, 1000).ok, name).toBe(false);
      expect(performance.now() - start, name).toBeLessThan(10_000);
    }
  });

  test('nothing throws, whatever the text', () => {
    const piece = fc.constantFrom(
      ...[
        '<a>',
        '</a>',
        '<a',
        '/>',
        ' b="c"',
        '>',
        '<',
        '&',
        ';',
        '"',
        "'",
        '<!--',
        '-->',
        '<![CDATA[',
        ']]>',
        '<?',
        '?>',
      ],
      ...['<!DOCTYPE', 'x', ' ', '\n', '&amp;', '=', '\0', '#text', ':@', '<:@>', '\u1680'],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const xml = read(pieces.join(''));
        expect(typeof xml.ok).toBe('boolean');
      }),
      { numRuns: 1000 },
    );
  });
});

test('what is written is read back as it was', () => {
  fc.assert(
    fc.property(arbitraryText, arbitraryText, (attribute, content) => {
      const a = root(element('a', { b: attribute, none: undefined }, escapeText(content)));
      expect([...a.attributes]).toEqual([['b', attribute]]);
      expect(a.text).toBe(content);
    }),
  );
});
