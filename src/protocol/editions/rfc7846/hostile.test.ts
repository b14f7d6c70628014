/** What is answered to JSON that means harm, or that parsers differ about; both readers side by side. */
import { describe, expect, test } from 'vitest';
import type { Decoded } from '../../codec.ts';
import type { Request } from '../../message.ts';
import { strictly } from '../../strict.ts';
import { encodeText } from '../../text.ts';
import { rfc7846 } from '../rfc7846.ts';

const HEAD = '"version":1,"request_type":"FIND","transaction_id":"t","peer_id":"p"';
const FIND = '"find":{"swarm_id":"s","peer_num":{"peer_count":5}}';
/** A FIND with that member put into it, in front. */
const withMember = (member: string): string => `{"PPSPTrackerProtocol":{${member},${HEAD},${FIND}}}`;
const plain = `{"PPSPTrackerProtocol":{${HEAD},${FIND}}}`;
const find = (inside: string): string => `{"PPSPTrackerProtocol":{${HEAD},"find":{${inside}}}}`;
const withPeer = (literal: string): string => plain.replace('"p"', literal);
const utf16 = (text: string, mark: number[]): Uint8Array =>
  new Uint8Array([...mark, ...text.split('').flatMap((char) => [char.charCodeAt(0), 0])]);
const spliced = (text: string, bytes: number[]): Uint8Array => {
  const [before = '', after = ''] = text.split('*');
  return new Uint8Array([...encodeText(before), ...bytes, ...encodeText(after)]);
};

const MIB = 1024 * 1024;
const ROOT = 'PPSPTrackerProtocol';
/** Where a message is refused and why; of what is only found, where. */
type Answer = 'read' | { readonly found: string } | { readonly path: string; readonly problem: string };
const refused = (path: string, problem: string): Answer => ({ path, problem });

const TABLE: readonly (readonly [what: string, body: string | Uint8Array, tolerant: Answer])[] = [
  ['as it should be', plain, 'read'],

  // RFC 7159 §4 leaves open which of two members counts: the last, and it is found. What is not read is ignored.
  ['a member twice', withMember('"peer_id":"q"'), { found: ROOT }],
  ['a member twice, with the same value', withMember('"peer_id":"p"'), { found: ROOT }],
  ['a member twice, one of them escaped', withMember(String.raw`"peer\u005fid":"q"`), { found: ROOT }],
  ['the root twice', `{"${ROOT}":1,${plain.slice(1)}`, { found: '' }],
  [
    'a member twice further in',
    find('"swarm_id":"q","swarm_id":"s","peer_num":{"peer_count":5}'),
    { found: `${ROOT}.find` },
  ],
  [
    'a member twice, the last of the wrong kind',
    find('"swarm_id":"s","swarm_id":1'),
    refused(`${ROOT}.find.swarm_id`, 'is not a string'),
  ],
  ['a member twice in one that is unknown', withMember('"x":{"a":1,"a":2}'), 'read'],
  [
    'a thousand of one name',
    withMember(Array.from({ length: 1000 }, () => '"peer_id":"q"').join()),
    { found: ROOT },
  ],

  // Identifiers are Unicode; UTF-8 has no surrogates (RFC 3629 §3).
  [
    'a lone surrogate, escaped',
    withPeer(String.raw`"\ud800"`),
    refused(`${ROOT}.peer_id`, 'is not valid Unicode'),
  ],
  ['a pair, escaped', withPeer(String.raw`"\ud83d\ude00"`), 'read'],
  ['a lone surrogate as the name of a member', withMember(String.raw`"\udfff":1`), 'read'],
  [
    'a lone surrogate in bytes',
    spliced(withPeer('"*"'), [0xed, 0xa0, 0x80]),
    refused('', 'is not valid UTF-8'),
  ],
  [
    'a pair in bytes (CESU-8)',
    spliced(withPeer('"*"'), [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]),
    refused('', 'is not valid UTF-8'),
  ],
  ['an overlong quote', spliced(withPeer('"*"'), [0xc0, 0xa2]), refused('', 'is not valid UTF-8')],
  ['a cut-off character', spliced(`${plain}*`, [0xf0, 0x9f, 0x98]), refused('', 'is not valid UTF-8')],

  // RFC 7159 §8.1: UTF-8 is what is spoken here (§4), and no mark is to be written, but may be read.
  ['a byte order mark', `\ufeff${plain}`, { found: '' }],
  ['two byte order marks', `\ufeff\ufeff${plain}`, refused('', 'is not JSON')],
  ['UTF-16 with its mark', utf16(plain, [0xff, 0xfe]), refused('', 'is UTF-16 or UTF-32, not UTF-8')],
  ['UTF-16 without', utf16(plain, []), refused('', 'is UTF-16 or UTF-32, not UTF-8')],

  ['NUL at the start', `\0${plain}`, refused('', 'is UTF-16 or UTF-32, not UTF-8')],
  ['NUL between tokens', plain.replace(',', ',\0'), refused('', 'is not JSON')],
  ['NUL at the end', `${plain}\0`, refused('', 'is not JSON')],
  ['NUL in a string', withPeer('"a\0b"'), refused('', 'is not JSON')],
  [
    'NUL in a string, escaped',
    withPeer(String.raw`"a\u0000b"`),
    refused(`${ROOT}.peer_id`, 'holds a control character'),
  ],
  ['a line end in a string', withPeer('"a\nb"'), refused('', 'is not JSON')],

  // At most 32 levels; brackets within strings are none.
  ['32 levels', withMember(`"x":${'['.repeat(30)}${']'.repeat(30)}`), 'read'],
  [
    '33 levels',
    withMember(`"x":${'['.repeat(31)}${']'.repeat(31)}`),
    refused('', 'is nested deeper than 32 levels'),
  ],
  [
    '33 levels in a member that counts not',
    withMember(`"peer_id":${'['.repeat(31)}${']'.repeat(31)}`),
    refused('', 'is nested deeper than 32 levels'),
  ],
  [
    'a thousand levels of objects',
    withMember(`"x":${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`),
    refused('', 'is nested deeper than 32 levels'),
  ],
  ['1 MiB of [', '['.repeat(MIB), refused('', 'is nested deeper than 32 levels')],
  ['1 MiB of {"a":', '{"a":'.repeat(MIB / 5), refused('', 'is nested deeper than 32 levels')],
  [
    'half a MiB of [, closed',
    `${'['.repeat(MIB / 2)}${']'.repeat(MIB / 2)}`,
    refused('', 'is nested deeper than 32 levels'),
  ],
  ['[ in a string', withPeer(`"${'['.repeat(1000)}"`), 'read'],

  ['a number of 400 digits', withMember(`"x":${'9'.repeat(400)}`), 'read'],
  ['a number of 1 MiB', withMember(`"x":${'9'.repeat(MIB - 200)}`), 'read'],
  [
    'a number of 400 digits where one is due',
    plain.replace('5', '9'.repeat(400)),
    refused(`${ROOT}.find.peer_num.peer_count`, 'is not a whole number from 0 to 9007199254740991'),
  ],
  [
    '1E400 where a number is due',
    plain.replace('5', '1E400'),
    refused(`${ROOT}.find.peer_num.peer_count`, 'is not a whole number from 0 to 9007199254740991'),
  ],
  [
    '1e400 as a version',
    plain.replace('"version":1', '"version":1e400'),
    refused(`${ROOT}.version`, 'is not a whole number from 0 to 9007199254740991'),
  ],
  ['a number with a leading zero', plain.replace('5', '05'), refused('', 'is not JSON')],
  ['a number of 100,000 digits behind the point', plain.replace('5', `5.${'0'.repeat(100_000)}`), 'read'],
  ['-0', plain.replace('5', '-0'), 'read'],

  // Members that JavaScript's objects inherit are members like any other: unknown ones, so ignored (§4.4).
  ['__proto__', withMember('"__proto__":{"peer_id":"q"}'), 'read'],
  ['__proto__ twice', withMember('"__proto__":{"peer_id":"q"},"__proto__":null'), { found: ROOT }],
  [
    '__proto__ in place of peer_id',
    plain.replace('"peer_id":"p"', '"__proto__":{"peer_id":"q"}'),
    refused(`${ROOT}.peer_id`, 'is missing'),
  ],
  ['__proto__ as the root', '{"__proto__":{"PPSPTrackerProtocol":{}}}', refused(ROOT, 'is missing')],
  ['constructor', withMember('"constructor":{"prototype":{"peer_id":"q"}}'), 'read'],
  ['toString and valueOf', withMember('"toString":1,"valueOf":null,"hasOwnProperty":0'), 'read'],
  [
    'a request_type that objects inherit',
    plain.replace('"FIND"', '"constructor"'),
    refused(`${ROOT}.request_type`, 'is not CONNECT or FIND or STAT_REPORT'),
  ],
  ['numbers as names', withMember('"0":1,"1":2,"18446744073709551615":3,"-1":4'), 'read'],
  [
    '100,000 numbers as names',
    withMember(Array.from({ length: 100_000 }, (_, i) => `"${i}":0`).join()),
    'read',
  ],
  ['the empty name', withMember('"":{}'), 'read'],

  ['a comma too many', plain.replace('}}}', '},}}'), refused('', 'is not JSON')],
  ['a comment', plain.replace(',', ',/**/'), refused('', 'is not JSON')],
  ['single quotes', plain.replaceAll('"', "'"), refused('', 'is not JSON')],
  ['two documents', plain + plain, refused('', 'is not JSON')],
  ['an unfinished string of 1 MiB', `{"${'a'.repeat(MIB)}`, refused('', 'is not JSON')],
  ['a name of nothing but backslashes', `{"${'\\'.repeat(MIB)}":1}`, refused(ROOT, 'is missing')],
  ['1 MiB of white space', ' '.repeat(MIB), refused('', 'is not JSON')],
  [
    'an identifier of 1 MiB',
    withPeer(`"${'a'.repeat(MIB)}"`),
    refused(`${ROOT}.peer_id`, 'is longer than 1024 bytes'),
  ],
];

const strict = strictly(rfc7846);

function answer(decoded: Decoded<Request>): Answer {
  if (!decoded.ok) return refused(decoded.error.path, decoded.error.problem);
  const [first] = decoded.findings;
  return first === undefined ? 'read' : { found: first.path };
}

describe.each(TABLE)('%s', (_, text, expected) => {
  const body = typeof text === 'string' ? encodeText(text) : text;
  test('tolerant', () => {
    const start = performance.now();
    const decoded = rfc7846.decodeRequest(body);
    // Linear: a thousandth of this does for any of them; a power more would take minutes.
    expect(performance.now() - start).toBeLessThan(5000);
    expect(answer(decoded)).toEqual(expected);
    if (decoded.ok) expect(decoded.message).toMatchObject({ method: 'FIND', swarmId: 's' });
    expect(({} as Record<string, unknown>)['peer_id']).toBeUndefined();
  });
  test('strict', () => {
    const found = typeof expected === 'object' && 'found' in expected;
    expect(answer(strict.decodeRequest(body))).toEqual(
      found
        ? { path: expected.found, problem: expect.stringContaining('is not as the text asks') as string }
        : expected,
    );
  });
});
