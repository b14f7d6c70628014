import * as fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryRequest, arbitraryResponse } from '../../../testing/arbitraries.ts';
import { GU06_EXAMPLES } from '../../../testing/golden.ts';
import type { Decoded } from '../../codec.ts';
import { METHODS } from '../../message.ts';
import type { Method, Request, Response } from '../../message.ts';
import { encodeText } from '../../text.ts';
import { gu04 } from '../gu04.ts';
import { decodeCanonicalRequest } from './canonical-request.ts';
import { decodeCanonicalResponse } from './canonical-response.ts';
import { decodeAnyRequest, MAX_ELEMENTS as MAX_REQUEST } from './read-request.ts';
import { decodeAnyResponse, MAX_ELEMENTS as MAX_RESPONSE } from './read-response.ts';

const fastRequest = (bytes: Uint8Array): Decoded<Request> | undefined =>
  decodeCanonicalRequest(bytes, MAX_REQUEST);
const fastResponse = (bytes: Uint8Array, answers: Method): Decoded<Response> | undefined =>
  decodeCanonicalResponse(bytes, answers, MAX_RESPONSE);

/** As text, so that the order of members counts too. */
const exactly = (decoded: unknown): string =>
  JSON.stringify(decoded, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));

/** The fast readers decline, or give what the slow ones do; how many did not decline. */
function agree(text: string): number {
  const bytes = encodeText(text);
  let taken = 0;
  const request = fastRequest(bytes);
  if (request && ++taken) expect(exactly(request)).toBe(exactly(decodeAnyRequest(bytes)));
  for (const method of ['FIND', 'JOIN', 'KEEPALIVE'] as const) {
    const response = fastResponse(bytes, method);
    if (response && ++taken) expect(exactly(response)).toBe(exactly(decodeAnyResponse(bytes, method)));
  }
  return taken;
}

/** The fast one takes what is clean and leaves to the slow one what it would report. */
function expectFastOrReported(fast: Decoded<unknown> | undefined, slow: Decoded<unknown>): void {
  if (!slow.ok || slow.findings.length > 0) expect(fast).toBeUndefined();
  else expect(exactly(fast)).toBe(exactly(slow));
}

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const written: Arbitrary<string> = fc.oneof(
  arbitraryRequest('gu-04').map((message) => textOf(gu04.encodeRequest(message))),
  arbitraryResponse('gu-04').map((message) => textOf(gu04.encodeResponse(message))),
);

describe('what our writers emit takes the fast path', () => {
  test('requests', () => {
    fc.assert(
      fc.property(arbitraryRequest('gu-04'), (message) => {
        const bytes = gu04.encodeRequest(message);
        const slow = decodeAnyRequest(bytes);
        expectFastOrReported(fastRequest(bytes), slow);
        expect(exactly(gu04.decodeRequest(bytes))).toBe(exactly(slow));
      }),
      { numRuns: 300 },
    );
  });

  test('responses', () => {
    fc.assert(
      fc.property(arbitraryResponse('gu-04'), (message) => {
        const bytes = gu04.encodeResponse(message);
        const slow = decodeAnyResponse(bytes, message.method);
        expectFastOrReported(fastResponse(bytes, message.method), slow);
        expect(exactly(gu04.decodeResponse(bytes, message.method))).toBe(exactly(slow));
      }),
      { numRuns: 200 },
    );
  });

  test('every method is taken, and few messages are not', () => {
    const taken = new Set<Method>();
    const messages = fc.sample(arbitraryRequest('gu-04'), { numRuns: 300, seed: 4 });
    const fast = messages.filter((message) => {
      const read = fastRequest(gu04.encodeRequest(message)) !== undefined;
      if (read) taken.add(message.method);
      return read;
    });
    expect(taken).toEqual(new Set(METHODS));
    // Left to the slow one: scopes of more than one clip.
    expect(fast.length).toBeGreaterThan(0.75 * messages.length);
  });
});

const insert = (piece: string) => (text: string, at: number) => text.slice(0, at) + piece + text.slice(at);
const within =
  (pattern: RegExp, replacement: string) =>
  (text: string, at: number): string =>
    text.slice(0, at) + text.slice(at).replace(pattern, replacement);
const ALTERATIONS: readonly ((text: string, at: number) => string)[] = [
  (text, at) => text.slice(0, at),
  (text, at) => text.slice(0, at) + text.slice(at + 1),
  (text, at) => `${text.slice(0, at)}x${text.slice(at + 1)}`,
  (text) => `\ufeff${text}\n`,
  ...[' ', '\n', '\0', '<', '>', '&', '"', '/', '0', '9', ']]>', 'é', '=', '&amp;', '&#65;', '&apos;'].map(
    insert,
  ),
  ...['<!-- -->', '<x/>', '<Stat property="a"/>', '<PeerID>p</PeerID>', '<SwarmID>s</SwarmID>'].map(
    (markup) => (text: string, at: number) => insert(markup)(text, Math.max(0, text.indexOf('<', at))),
  ),
  within(/="([^"]*)"/, "='$1'"),
  within(/="[^"]*"/, '=""'),
  within(/ \w+="[^"]*"/, ''),
  within(/ (\w+="[^"]*") (\w+="[^"]*")/, ' $2 $1'),
  within(/="[0-9]+"/, '="00065536"'),
  within(/>[0-9]+</, '>18446744073709551616<'),
  within(/>[0-9]+</, '>0018446744073709551615<'),
  within(/(<(\w+)[^<]*<\/\2>)/, '$1$1'),
  within(/(<(\w+)[^<]*<\/\2>)(<(\w+)[^<]*<\/\4>)/, '$3$1'),
  within(/<(\w+)([^<]*)<\/\1>/, '<p:$1$2</p:$1>'),
  within(/<(\w+)([^<]*)<\/\1>/, '<$1/>'),
  within(/>[^<]+</, '><'),
  within(/="(?:video|audio)"/, '="text"'),
  within(/property="[^"]*"/, 'property="ChunkMap"'),
];

/** Places between two tries of one alteration; the next alteration begins one place further. */
const STEP = 13;

describe('on anything else they agree or the fast one declines', () => {
  test('texts altered once or twice', () => {
    const alteration = fc.record({
      alter: fc.constantFrom(...ALTERATIONS),
      place: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    let taken = 0;
    fc.assert(
      fc.property(written, fc.array(alteration, { minLength: 1, maxLength: 2 }), (text, alterations) => {
        let altered = text;
        for (const { alter, place } of alterations)
          altered = alter(altered, Math.floor(place * altered.length));
        taken += agree(altered);
      }),
      { numRuns: 1000 },
    );
    // A letter more in an identifier is still canonical.
    expect(taken).toBeGreaterThan(20);
  });

  test('every alteration all along one message of each shape', () => {
    const head = '<TransactionID>q.t&amp;0</TransactionID><PeerID>pé</PeerID>';
    const clip = (segment: string): string =>
      `<Clip><Name>n</Name><ChunkSegments type="audio">${segment}</ChunkSegments></Clip>`;
    const query = `<Method>STAT_QUERY</Method>${head}<StatRequest><Stat property="a"/></StatRequest>`;
    const shapes = [
      `<Method>CONNECT</Method>${head}<AuthToken>a</AuthToken><Cer/><PeerAddresses><PeerAddress ip="2001:db8::1" port="80" priority="1" type="PROXY"/></PeerAddresses>`,
      `<Method>JOIN_CHUNK</Method>${head}<SwarmID>s</SwarmID><ChunkID>c</ChunkID><ExpireTime>9</ExpireTime><PeerMode>LIVESEED</PeerMode><PeerNum>5</PeerNum><Stats><Stat property="a">1</Stat></Stats>${clip('<Segment from="1" to="2"/>')}`,
      `<Method>FIND</Method>${head}<SwarmID>s</SwarmID><Peernum>5</Peernum>`,
      `<RESPONSE>STAT_QUERY</RESPONSE>${head}<Stats xmlns:report="http://www.example.org/ppsp/"><Stat property="StreamStats"><report:StreamStatsReport><SwarmID>s</SwarmID><UploadedBytes>1</UploadedBytes></report:StreamStatsReport></Stat><Stat property="ChunkMap"><report:ChunkMapReport>${clip('<Segment from="1" to="9" bitmapsize="9">gYA=</Segment>')}</report:ChunkMapReport></Stat><Stat property="b"/></Stats>`,
      `<Response>FIND</Response><TransactionID>t</TransactionID><SwarmID>s</SwarmID><ChunkID>c</ChunkID><Peers><PeerInfo><PeerID>p</PeerID><PeerMode>SEED</PeerMode><PeerAddresses><PeerAddress ip="192.0.2.1" port="80"/></PeerAddresses></PeerInfo></Peers>`,
      `<Response>OBJECT NOT FOUND</Response><TransactionID/>`,
      `<Response>KEEPALIVE</Response><TransactionID>t</TransactionID><ReflexiveAddress ip="192.0.2.1" port="80"/><Queries><PPSPTrackerProtocol version="1.0">${query}</PPSPTrackerProtocol></Queries>`,
    ];
    for (const inside of shapes) {
      const text = `<?xml version="1.0" encoding="UTF-8"?><PPSPTrackerProtocol version="1.0">${inside}</PPSPTrackerProtocol>`;
      expect(agree(text), inside).toBeGreaterThan(0);
      for (const [index, alter] of ALTERATIONS.entries())
        for (let at = 55 + (index % STEP); at < text.length; at += STEP) agree(alter(text, at));
    }
  });

  test("the texts' own examples, and bytes in the middle of a larger buffer", () => {
    for (const text of Object.values(GU06_EXAMPLES)) expect(agree(text)).toBe(0);
    const [message] = fc.sample(arbitraryRequest('gu-04'), { numRuns: 1, seed: 7 });
    const bytes = message ? gu04.encodeRequest(message) : new Uint8Array();
    const larger = new Uint8Array(bytes.length + 7).fill(0x41);
    larger.set(bytes, 3);
    expect(gu04.decodeRequest(larger.subarray(3, 3 + bytes.length))).toEqual(decodeAnyRequest(bytes));
  });
});

test('bounds: what is too much for the slow reader is not for the fast one either', () => {
  const report = (count: number): string =>
    `<?xml version="1.0" encoding="UTF-8"?><PPSPTrackerProtocol version="1.0"><Method>STAT_REPORT</Method><TransactionID>t</TransactionID><PeerID>p</PeerID><Stats>${'<Stat property="a"/>'.repeat(count)}</Stats></PPSPTrackerProtocol>`;
  expect(agree(report(1024))).toBe(1);
  expect(agree(report(1025))).toBe(0);
  const list = (count: number): string =>
    `<?xml version="1.0" encoding="UTF-8"?><PPSPTrackerProtocol version="1.0"><Response>OK</Response><TransactionID>t</TransactionID><SwarmID>s</SwarmID><Peers>${'<PeerInfo><PeerID>p</PeerID><PeerMode>SEED</PeerMode></PeerInfo>'.repeat(count)}</Peers></PPSPTrackerProtocol>`;
  expect(agree(list(1024))).toBe(2);
  expect(agree(list(1025))).toBe(0);
  // A list of nobody is no list.
  expect(agree(list(0))).toBe(0);
});
