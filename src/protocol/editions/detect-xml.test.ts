import * as fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryRequest, arbitraryResponse } from '../../testing/arbitraries.ts';
import { BASE01_EXAMPLES, EXTENDED11_EXAMPLES } from '../../testing/golden.ts';
import { EDITIONS } from '../message.ts';
import type { Request } from '../message.ts';
import { encodeText } from '../text.ts';
import { readXml } from '../xml.ts';
import type { Detected } from './detect-xml.ts';
import { detectXml, editionOf } from './detect-xml.ts';
import { codecOf } from './index.ts';

const detect = (text: string): Detected | undefined => detectXml(encodeText(text));
const wrap = (inside: string, version = '1.0'): string =>
  `<?xml version="1.0" encoding="UTF-8"?><PPSPTrackerProtocol version="${version}">${inside}</PPSPTrackerProtocol>`;
const names = ({ edition, kind }: Detected): string => `${edition} ${kind}`;
const told = (text: string): string | undefined => {
  const detected = detect(text);
  return detected && names(detected);
};

/** The same by a full parse; `null` where that refuses, and anything may be said. */
function slowly(text: string): string | undefined | null {
  const xml = readXml(encodeText(text), 200_000);
  if (!xml.ok) return null;
  const detected = editionOf(xml.root);
  return detected && names(detected);
}

test.each([
  ['<Method>CONNECT</Method>', 'gu-04 request'],
  ['<RESPONSE>STAT_QUERY</RESPONSE>', 'gu-04 request'],
  ['<Response>STAT QUERY</Response>', 'gu-04 request'],
  ['<Request>CONNECT</Request>', 'base-1.0 request'],
  ['<Request>JOIN</Request>', 'base-1.0 request'],
  ['<Request> FIND\n</Request>', 'extended-1.1 request'],
  ['<Request>DISCONNECT</Request>', 'extended-1.1 request'],
  ['<Request>find</Request>', 'base-1.0 request'],
  ['<Request>CONNECT</Request><ContentGroup/>', 'extended-1.1 request'],
  ['<ContentGroup/><Request>CONNECT</Request>', 'extended-1.1 request'],
  ['<Request>CONNECT</Request><PeerGroup><ContentGroup/></PeerGroup>', 'base-1.0 request'],
  [
    '<Request>STAT_REPORT</Request><StatisticsGroup><Stat property="StreamStatistics"/><Stat x="1" property=\'ContentMap\'/></StatisticsGroup>',
    'extended-1.1 request',
  ],
  ['<Request>STAT_REPORT</Request><Other><Stat property="ContentMap"/></Other>', 'base-1.0 request'],
  [
    '<Request>STAT_REPORT</Request><StatisticsGroup/><Other><Stat property="ContentMap"/></Other>',
    'base-1.0 request',
  ],
  ['<Response>SUCCESSFUL</Response>', 'base-1.0 response'],
  ['<Response>AUTHENTICATION REQUIRED</Response>', 'base-1.0 response'],
  ['<Response>OK</Response>', 'gu-04 response'],
  ['<Response>FIND</Response>', 'gu-04 response'],
  ['<Response>SUCCESSFUL</Response><Peers/>', 'gu-04 response'],
  ['<Queries/><Response>SUCCESSFUL</Response>', 'gu-04 response'],
  ['<Response>SUCCESSFUL</Response><PeerGroup><PeerInfo/></PeerGroup>', 'base-1.0 response'],
  ['<method>CONNECT</method>', undefined],
  ['<Peer><Request>CONNECT</Request></Peer>', undefined],
  ['', undefined],
])('%s is %s', (inside, expected) => {
  expect(told(wrap(inside))).toBe(expected);
  expect(slowly(wrap(inside))).toBe(expected);
});

test('version 1.1 is the extended edition’s', () => {
  expect(told(wrap('<Request>CONNECT</Request>', '1.1'))).toBe('extended-1.1 request');
  expect(told(wrap('<Response>SUCCESSFUL</Response>', '1.1'))).toBe('extended-1.1 response');
  expect(told(wrap('<Method>JOIN</Method>', '1.1'))).toBe('gu-04 request');
  expect(told(wrap('<Request>CONNECT</Request>', '2.0'))).toBe('base-1.0 request');
});

test.each([
  ['a comment', '<!-- <Method>JOIN</Method> --><Request>CONNECT</Request>'],
  ['a comment that begins with ">"', '<!--><Method>JOIN</Method>--><Request>CONNECT</Request>'],
  ['an instruction', '<?pi <Method>JOIN</Method> > ?><Request>CONNECT</Request>'],
  ['a CDATA section', '<x><![CDATA[<Method>JOIN</Method>]]]]><![CDATA[>]]></x><Request>CONNECT</Request>'],
  ['an identifier', '<PeerID>&lt;Method&gt;JOIN&lt;/Method&gt;</PeerID><Request>CONNECT</Request>'],
  ['an attribute', '<x a="><Method>" b=\'/>\'/><Request>CONNECT</Request>'.replace('<Method>', 'Method>')],
  ['prefixes', '<p:Request xmlns:p="u">CONNECT</p:Request>'],
  ['a word in pieces', '<Request>CON<!-- FIND -->NECT</Request>'],
  ['another Request further in', '<x><Request>FIND</Request></x><Request>CONNECT</Request>'],
])('%s does not mislead', (_, inside) => {
  const slow = slowly(wrap(inside));
  if (slow !== null) expect(told(wrap(inside))).toBe(slow);
  expect(told(wrap(inside))).toBe('base-1.0 request');
});

test.each([
  ['<Request>&#70;IND</Request>', 'extended-1.1 request'],
  ['<Request><![CDATA[FIND]]></Request>', 'extended-1.1 request'],
  ['<Request>\u00a0FIND</Request>', 'extended-1.1 request'],
  [
    '<Request>STAT_REPORT</Request><StatisticsGroup><Stat property="Content&#77;ap"/></StatisticsGroup>',
    'extended-1.1 request',
  ],
  [`<${'p'.repeat(3000)}:Request>FIND</${'p'.repeat(3000)}:Request>`, 'extended-1.1 request'],
])('what is not plain is parsed: %.40s', (inside, expected) => {
  expect(told(wrap(inside))).toBe(expected);
});

test('the version attribute, wherever and however it stands', () => {
  const root = (attributes: string): string =>
    `<PPSPTrackerProtocol ${attributes}><Request>CONNECT</Request></PPSPTrackerProtocol>`;
  expect(told(root(`x=" version='1.1' " version = '1.0'`))).toBe('base-1.0 request');
  expect(told(root(`a:version="1.0"\n\tversion='1.1'`))).toBe('extended-1.1 request');
  expect(told(root('version="1.&#49;"'))).toBe('extended-1.1 request');
  expect(told(root('x:version="1.1"'))).toBe('base-1.0 request');
  expect(told(root(`x="é" version="1.1"`))).toBe('extended-1.1 request');
});

test('what no codec takes is none', () => {
  expect(told('<!DOCTYPE a><a><Request>FIND</Request></a>')).toBeUndefined();
  for (const text of [
    '<',
    '<a',
    '<!--',
    '<![CDATA[',
    '<?',
    '</a>',
    '<a "',
    '<a>',
    '<a></a><Request>FIND</Request>',
  ])
    expect(told(text)).toBeUndefined();
});

test('the texts’ own examples', () => {
  for (const [name, text] of Object.entries(BASE01_EXAMPLES))
    expect(told(text)).toBe(`base-1.0 ${name.includes('Response') ? 'response' : 'request'}`);
  // Of the extended ones, which write 1.0, only what base-01 has not can be told.
  for (const [name, text] of Object.entries(EXTENDED11_EXAMPLES))
    expect(told(text)).toBe(name.includes('Response') ? 'base-1.0 response' : 'extended-1.1 request');
});

const XML_EDITIONS = EDITIONS.filter((edition) => edition !== 'rfc7846');

describe.each(XML_EDITIONS)('what our writer of %s emits', (edition) => {
  const codec = codecOf(edition);
  test('requests', () => {
    fc.assert(
      fc.property(arbitraryRequest(edition), (message: Request) => {
        expect(detectXml(codec.encodeRequest(message))).toEqual({ edition, kind: 'request' });
      }),
    );
  });
  test('responses', () => {
    fc.assert(
      fc.property(arbitraryResponse(edition), (message) => {
        const bytes = codec.encodeResponse(message);
        fc.pre(bytes.length > 0);
        // One word that all have, with nothing else to tell them apart (gu -06 table 3, base-01 table 7).
        fc.pre(
          edition !== 'gu-04' || message.outcome === 'success' || message.error !== 'authentication-required',
        );
        expect(detectXml(bytes)).toEqual({ edition, kind: 'response' });
      }),
    );
  });
});

describe('the scan says what a full parse says, of whatever is well-formed', () => {
  const agree = (text: string): void => {
    const slow = slowly(text);
    const quick = told(text);
    if (slow !== null) expect(quick).toBe(slow);
  };
  const element = fc.constantFrom(
    'Method',
    'RESPONSE',
    'Request',
    'Response',
    'ContentGroup',
    'StatisticsGroup',
    'Stat',
    'Peers',
    'SwarmID',
    'x:Request',
    'x:ContentGroup',
    'PeerID',
    'é:Stat',
  );
  const attributes = fc
    .array(
      fc.tuple(
        fc.constantFrom('version', 'property', 'x:version', 'ü', 'a'),
        fc.constantFrom(
          '1.0',
          '1.1',
          'ContentMap',
          'Content&#77;ap',
          '>',
          '/',
          "'",
          '"',
          'é',
          ' version=1.1 ',
        ),
        fc.constantFrom('=', ' = ', '\n=\t'),
      ),
      { maxLength: 3 },
    )
    .map((all) => {
      const once = new Map(all.map(([name, value, equals]) => [name, { value, equals }]));
      return Array.from(once, ([name, { value, equals }]) => {
        const quote = value.includes('"') ? "'" : '"';
        return ` ${name}${equals}${quote}${value}${quote}`;
      }).join('');
    });
  const text = fc.constantFrom(
    '',
    'FIND',
    ' CONNECT ',
    'SUCCESSFUL',
    'OK',
    '&#70;IND',
    '<![CDATA[FIND]]>',
    '<!-- <Request> -->',
    '<?pi > ?>',
    '\u00a0DISCONNECT',
    'STAT_QUERY',
    ']]',
    '>',
    '<!--->-->',
    'é',
  );
  const { tree } = fc.letrec<{ tree: string; content: string }>((tie) => ({
    content: fc.oneof({ depthSize: 'small', withCrossShrink: true }, text, tie('tree')),
    tree: fc
      .tuple(element, attributes, fc.array(tie('content'), { maxLength: 4 }), fc.boolean())
      .map(([name, parts, inside, short]) =>
        short && inside.length === 0
          ? `<${name}${parts}/>`
          : `<${name}${parts}>${inside.join('')}</${name} >`,
      ),
  }));
  const document = fc
    .tuple(attributes, fc.array(fc.oneof(tree, text), { maxLength: 5 }))
    .map(([parts, inside]) => `<?xml version="1.0"?><!-- <a> --><P${parts}>${inside.join('')}</P>\n`);

  test('documents of the names that matter', () => {
    let formed = 0;
    fc.assert(
      fc.property(document, (made) => {
        if (slowly(made) !== null) formed++;
        agree(made);
      }),
      { numRuns: 2000 },
    );
    expect(formed).toBeGreaterThan(1000);
  });

  test('messages with something put in or taken out', () => {
    const written: Arbitrary<string> = fc
      .oneof(
        ...XML_EDITIONS.flatMap((edition) => [
          arbitraryRequest(edition).map((message) => codecOf(edition).encodeRequest(message)),
          arbitraryResponse(edition).map((message) => codecOf(edition).encodeResponse(message)),
        ]),
      )
      .map((bytes) => new TextDecoder().decode(bytes));
    fc.assert(
      fc.property(
        written,
        fc.nat(),
        fc.oneof(tree, text, fc.string({ maxLength: 2 })),
        fc.nat(2),
        (made, at, put, cut) => {
          const place = at % (made.length + 1);
          agree(made.slice(0, place) + put + made.slice(place + cut));
          const tag = made.indexOf('<', place);
          agree(made.slice(0, tag) + put + made.slice(tag));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('bytes of any kind: never a throw', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...Array.from('<>/!?-[]"\'& =aM\u00e9')), { maxLength: 60 }),
        (characters) => {
          detect(characters.join(''));
        },
      ),
      { numRuns: 2000 },
    );
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void detectXml(bytes)));
  });
});

test('takes time in proportion to the body', () => {
  for (const unit of [
    '<!--',
    '<![CDATA[',
    '<a "',
    "<a b='",
    '<?x',
    '<!-->',
    '<![CDATA[]>',
    '<a>',
    '</a',
    '<Request',
  ]) {
    const body = encodeText(`<P>${unit.repeat((1 << 20) / unit.length)}`);
    const from = performance.now();
    detectXml(body);
    expect(performance.now() - from).toBeLessThan(2000);
  }
});
