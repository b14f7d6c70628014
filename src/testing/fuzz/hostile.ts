/** What is put into messages to do harm: values, pieces of documents, and ways to spoil a document whole. */
import type { Dice } from './dice.ts';

/** In everything planted that a reader might repeat: no text of ours holds it. */
export const MARKER = 'zQ9';
const SCRIPT = `${MARKER}<script>alert(1)</script>`;

/** Longest of the sized ones, in whatever they repeat. Most are far shorter. */
const LONGEST = 64 * 1024;
const DEEPEST = 10_000;

type Hostile = string | ((dice: Dice) => string);

const repeated =
  (text: string, most = LONGEST) =>
  (dice: Dice): string =>
    text.repeat(dice.size(most));
const numbered =
  (most: number, write: (index: number) => string) =>
  (dice: Dice): string =>
    Array.from({ length: dice.size(most) }, (_, index) => write(index)).join('');

/** Where a text, a number or a word is due; escaped for the place, or as they are. */
export const VALUES: readonly Hostile[] = [
  ...['', ' ', '\t\r\n ', MARKER, ` ${MARKER} `, SCRIPT, `"${MARKER}`, `${MARKER}'`, `&${MARKER};`],
  ...['&lt;', '&amp;lt;', '&#0;', '&#x110000;', '&#xd800;', '&#99999999;', ']]>', '<!--', '-->', '<?', '\\'],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', '#text', ':@'],
  ...[
    '\0',
    '\u0001',
    '\u001f',
    '\u007f',
    '\u0085',
    '\u2028',
    '\ufeff',
    '\ufffe',
    '\uffff',
    '\ud800',
    '\udc00',
  ],
  ...['é', '日本語', '😀', '\u202e', 'e\u0301', '٣', '１', 'ｉpv4', 'ſTUN', 'İ'],
  ...['0', '00', '-0', '+1', '-1', '1.0', '1e5', '1e400', '-1e400', 'NaN', 'Infinity', '0x1F', '0b1', '1_0'],
  ...['2', '29', '30', '31', '65535', '65536', '4294967296', '1023', '1024', '1025'],
  ...['9007199254740991', '9007199254740992', '9007199254740993', '18446744073709551615'],
  ...['18446744073709551616', '000000000000000000000000000000001', '9'.repeat(400), '0'.repeat(400)],
  ...['true', 'false', 'null', 'undefined', '[object Object]'],
  ...['::', '::1', '::ffff:192.0.2.1', '2001:DB8::0:1', '1::2::3', '256.1.1.1', '192.0.2.1/24', '0300.1.1.1'],
  ...[`fe80::1%${MARKER}`, '[::1]', '1.2.3', '1.2.3.4.5', '192.0.2.1 ', 'localhost'],
  ...[
    'JOIN',
    'LEAVE',
    'join',
    'LEECH',
    'SEED',
    'SEEDER',
    'LIVESEED',
    'CONNECT',
    'FIND',
    'find',
    'DISCONNECT',
  ],
  ...[
    'STAT_QUERY',
    'STAT QUERY',
    'FIND CHUNK',
    'KEEPALIVE',
    'HIGH',
    'NORMAL',
    'LOW',
    'PROXY',
    'No-NAT',
    'NO_NAT',
  ],
  ...[
    'StreamStatistics',
    'StreamStats',
    'ContentMap',
    'ChunkMap',
    'SUCCESSFUL',
    'OK',
    '200 OK',
    '403',
    '1.1',
    '1.0',
  ],
  ...['HOST', 'REFLEXIVE', 'wireless', '3G', 'ipv4', 'IPv6', '#audio', 'video'],
  ...[
    '=',
    '====',
    'A',
    'AA',
    'AA==',
    'AAAA',
    '////',
    'gA==',
    'AAB=',
    `${MARKER}=`,
    'AA\nAA',
    '....',
    'AA....',
    '-_-_',
  ],
  (dice) => '9'.repeat(dice.below(30) + 1),
  (dice) => MARKER + 'x'.repeat(dice.size(4096)),
  (dice) => 'é'.repeat(dice.size(1024)),
  repeated('9'),
  repeated('.'),
  repeated(' '),
  repeated('A'),
  repeated('&', 2048),
  repeated('&amp;', 2048),
  repeated(MARKER, LONGEST / 4),
];

/** As they are, where a value of JSON is due. */
const JSON_VALUES: readonly Hostile[] = [
  ...['null', 'true', '[]', '{}', '[[]]', '[{}]', '[null]', '{"a":1,"a":2}', `{"${MARKER}":"${MARKER}"}`],
  ...['-0', '-1', '1e400', '-1e400', '1E-400', '1.5', '0123', '1.', '.5', '+1', 'NaN', '0x1F', '1e0', '30.0'],
  ...['9007199254740993', '18446744073709551616', '9'.repeat(400), `0.${'0'.repeat(400)}1`],
  ...['"\\ud800"', '"\\udc00\\ud800"', '"\\u0000"', '"\\u007f"', '"\\x"', '"\\"', '"a\tb"', `"${MARKER}`],
  ...[
    `'${MARKER}'`,
    `//${MARKER}`,
    '/**/1',
    ',',
    ':',
    '{',
    '}',
    '[',
    ']',
    '',
    '{"__proto__":{}}',
    '["__proto__"]',
  ],
  ...['{"__proto__":null}', '{"length":1}', '{"toString":null,"valueOf":null}'],
  (dice) => deep(dice, '[', ']'),
  (dice) => deep(dice, '{"a":', '}', '1'),
  numbered(DEEPEST, (index) => (index === 0 ? '1' : ',1')),
];

/** Whole members of JSON, without the comma. */
const JSON_MEMBERS: readonly Hostile[] = [
  ...[`"__proto__":{"${MARKER}":1}`, `"constructor":{"prototype":{"${MARKER}":1}}`, '"toString":1', '"":0'],
  ...[`"${MARKER}":"${MARKER}"`, '"peer_id":"p"', '"version":1', '"Stat":[]', '"\\u0070eer_id":"p"', '"0":0'],
  ...['"peer_num":{}', '"connect":{}', '"peer_group":{"peer_info":[]}', '"upload_bandwidth_level":"HIGH"'],
  (dice) => `"a":${deep(dice, '[', ']')}`,
  (dice) => Array.from({ length: dice.size(DEEPEST) }, () => '"a":1').join(),
  (dice) => Array.from({ length: dice.size(DEEPEST) }, (_, index) => `"${index}":1`).join(),
];

/** Between the elements of XML. */
const XML_PIECES: readonly Hostile[] = [
  ...[
    `<${MARKER}/>`,
    `<__proto__ constructor="${MARKER}"/>`,
    '<constructor/>',
    '<toString/>',
    '<hasOwnProperty/>',
  ],
  ...[
    `<a:SwarmID xmlns:a="${MARKER}">1</a:SwarmID>`,
    `<SwarmID xmlns="${MARKER}">1</SwarmID>`,
    '<:a/>',
    '<a:/>',
  ],
  ...[
    '<a:b:c/>',
    '<xmlns:a/>',
    '<xml/>',
    '<-a/>',
    '<1/>',
    '< a/>',
    '<a',
    `</${MARKER}>`,
    '<a b/>',
    '<a b=c/>',
    '<>',
  ],
  ...['<a b="1" b="2"/>', '<a b="<"/>', `<a b='${MARKER}"'/>`, '<a\tb="1"\nc="2" />', '<a b="1"c="2"/>'],
  ...[
    `<!--${MARKER}-->`,
    '<!-- -- -->',
    '<!--->',
    '<!---->',
    '<!--',
    `<![CDATA[${SCRIPT}]]>`,
    '<![CDATA[]]>',
  ],
  ...[
    '<![CDATA[',
    ']]>',
    `<?${MARKER} ?>`,
    '<?xml version="1.0"?>',
    '<?xml-a ?>',
    '<?',
    '<??>',
    `&${MARKER};`,
  ],
  ...[
    '&',
    '&amp;',
    '&#65;',
    '&#0;',
    '&#xfffe;',
    '&lol9;',
    '<!DOCTYPE a>',
    '<!ENTITY a "b">',
    MARKER,
    '<script/>',
  ],
  ...[
    '<ContentGroup/>',
    '<Stats/>',
    '<Peers/>',
    '<Queries/>',
    '<SwarmID/>',
    '<Request/>',
    '<Method>FIND</Method>',
  ],
  ...[
    '<Response>OK</Response>',
    '<RESPONSE>STAT_QUERY</RESPONSE>',
    '<AuthToken>t</AuthToken>',
    '<Cer>c</Cer>',
  ],
  ...[
    '<ContentGroup><Representation id="v"><SegmentInfo startIndex="9" endIndex="1"/></Representation></ContentGroup>',
  ],
  ...['<Clip><Name>v</Name><ChunkSegments type="video"><Segment from="9" to="1"/></ChunkSegments></Clip>'],
  (dice) => deep(dice, '<a>', '</a>'),
  (dice) => `<a ${numbered(DEEPEST, (index) => `a${index}="" `)(dice)}/>`,
  (dice) => `<a b="${'x'.repeat(dice.size(LONGEST))}"/>`,
  (dice) => `<${'a'.repeat(dice.size(LONGEST))}/>`,
  repeated('<a/>', DEEPEST),
  repeated('<SwarmID>1</SwarmID>', 2048),
  repeated('&amp;', DEEPEST),
  repeated('<!---->', DEEPEST),
  repeated('<![CDATA[&]]>', 4096),
];

/** Before the root of XML, where a DTD would stand. */
const PROLOGUES: readonly string[] = [
  `<!DOCTYPE l [<!ENTITY a "${MARKER}"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>`,
  `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/${MARKER}">]>`,
  `<!DOCTYPE a SYSTEM "http://192.0.2.1/${MARKER}.dtd">`,
  `<!DOCTYPE a [<!ENTITY % p SYSTEM "http://192.0.2.1/${MARKER}">%p;]>`,
  '<?xml version="1.0" encoding="UTF-16"?>',
  '<?xml version="1.1"?>',
  `<?xml version="1.0" encoding="${MARKER}"?>`,
  '<?xml version="1.0" standalone="yes"?>',
  `<?xml-stylesheet href="${MARKER}"?>`,
  `<!--${MARKER}-->`,
  `<!doctype html><html><body>${SCRIPT}</body></html>`,
  ' \r\n',
];

const bytesOf = (text: string): number[] => [...new TextEncoder().encode(text)];

/** Put in anywhere, whatever stands there. */
export const BYTES: readonly (readonly number[])[] = [
  [0],
  [0xff],
  [0xfe, 0xff],
  [0xed, 0xa0, 0x80], // a lone surrogate
  [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80], // a pair of them
  [0xc0, 0xaf], // an overlong "/"
  [0xc1, 0x9c],
  [0xe0, 0x80, 0xa2],
  [0xf0, 0x80, 0x80, 0xbc],
  [0xf4, 0x90, 0x80, 0x80], // beyond U+10FFFF
  [0xf0, 0x9f, 0x98],
  [0x80],
  [0xef, 0xbb, 0xbf],
  [0xef, 0xbf, 0xbf],
  [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01], // a packed number too long
  [0xff, 0xff, 0xff, 0xff, 0x0f],
  [0xbf, 0xff, 0x7f],
  bytesOf('"'),
  bytesOf('<'),
  bytesOf('&'),
  bytesOf('\\u0000'),
  bytesOf(MARKER),
];

function deep(dice: Dice, open: string, close: string, inside = ''): string {
  const levels = dice.size(DEEPEST);
  return open.repeat(levels) + inside + close.repeat(dice.chance(0.8) ? levels : dice.below(levels + 1));
}

const drawn = (dice: Dice, from: readonly Hostile[]): string => {
  const hostile = dice.pick(from);
  return typeof hostile === 'string' ? hostile : hostile(dice);
};

export const hostileValue = (dice: Dice): string => drawn(dice, VALUES);
export const hostileJson = (dice: Dice): string => drawn(dice, JSON_VALUES);
export const hostileMember = (dice: Dice): string => drawn(dice, JSON_MEMBERS);
export const hostileElement = (dice: Dice): string => drawn(dice, XML_PIECES);
export const hostilePrologue = (dice: Dice): string => dice.pick(PROLOGUES);
