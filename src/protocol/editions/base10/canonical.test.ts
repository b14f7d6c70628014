import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryRequest, arbitraryResponse } from '../../../testing/arbitraries.ts';
import { BASE01_EXAMPLES } from '../../../testing/golden.ts';
import type { Decoded } from '../../codec.ts';
import { MAX_PEER_LIST } from '../../message.ts';
import type { Method, Request, Response } from '../../message.ts';
import { encodeText } from '../../text.ts';
import { base10 } from '../base10.ts';
import { decodeCanonicalRequest } from './canonical-request.ts';
import { decodeCanonicalResponse } from './canonical-response.ts';
import { decodeAnyRequest, MAX_ELEMENTS as MAX_REQUEST } from './read-request.ts';
import { decodeAnyResponse, MAX_ELEMENTS as MAX_RESPONSE } from './read-response.ts';

const METHODS: readonly Method[] = ['CONNECT', 'STAT_REPORT', 'FIND'];
const fastRequest = (bytes: Uint8Array): Decoded<Request> | undefined =>
  decodeCanonicalRequest(bytes, MAX_REQUEST);
const fastResponse = (bytes: Uint8Array, answers: Method): Decoded<Response> | undefined =>
  decodeCanonicalResponse(bytes, answers, MAX_RESPONSE);

/** As text, so that the order of members counts too. */
const exactly = (decoded: unknown): string => JSON.stringify(decoded);

/** The fast readers decline, or give what the slow ones do; how many did not decline. */
function agree(bytes: Uint8Array): number {
  let taken = 0;
  const request = fastRequest(bytes);
  if (request && ++taken) expect(exactly(request)).toBe(exactly(decodeAnyRequest(bytes)));
  for (const method of METHODS) {
    const response = fastResponse(bytes, method);
    if (response && ++taken) expect(exactly(response)).toBe(exactly(decodeAnyResponse(bytes, method)));
  }
  return taken;
}

/** Whether the slow reader would have something to report, which the fast one leaves to it. */
const reports = (decoded: Decoded<unknown>): boolean => !decoded.ok || decoded.findings.length > 0;

const written: Arbitrary<string> = fc
  .oneof(
    arbitraryRequest('base-1.0').map((message) => base10.encodeRequest(message)),
    arbitraryResponse('base-1.0').map((message) => base10.encodeResponse(message)),
  )
  .map((bytes) => new TextDecoder().decode(bytes));

describe('what our writers emit takes the fast path', () => {
  test('requests', () => {
    fc.assert(
      fc.property(arbitraryRequest('base-1.0'), (message) => {
        const bytes = base10.encodeRequest(message);
        const slow = decodeAnyRequest(bytes);
        const fast = fastRequest(bytes);
        if (reports(slow)) expect(fast).toBeUndefined();
        else expect(exactly(fast)).toBe(exactly(slow));
        expect(base10.decodeRequest(bytes)).toEqual(slow);
      }),
      { numRuns: 300 },
    );
  });

  test('responses', () => {
    fc.assert(
      fc.property(arbitraryResponse('base-1.0'), (message) => {
        const bytes = base10.encodeResponse(message);
        const slow = decodeAnyResponse(bytes, message.method);
        const fast = fastResponse(bytes, message.method);
        if (reports(slow)) expect(fast).toBeUndefined();
        else expect(exactly(fast)).toBe(exactly(slow));
        expect(base10.decodeResponse(bytes, message.method)).toEqual(slow);
      }),
      { numRuns: 300 },
    );
  });

  test('and few are left to the slow one: more peers asked for than are handed out, actions without a number', () => {
    fc.assert(
      fc.property(arbitraryRequest('base-1.0'), (message) => {
        const wanted = message.method === 'CONNECT' ? (message.peerNum?.count ?? 0) : 0;
        const numbered =
          message.method !== 'CONNECT' ||
          message.actions.every((action) => action.transactionId !== undefined);
        fc.pre(wanted <= MAX_PEER_LIST && numbered);
        expect(fastRequest(base10.encodeRequest(message))).toEqual({ ok: true, message, findings: [] });
      }),
    );
  });
});

const ALTERATIONS: readonly ((text: string, at: number) => string)[] = [
  (text, at) => text.slice(0, at),
  (text, at) => text.slice(0, at) + text.slice(at + 1),
  (text, at) => text + text.slice(at),
  (text, at) => `${text.slice(0, at)}x${text.slice(at + 1)}`,
  (text) => text.replace('<?xml version="1.0" encoding="UTF-8"?>', ''),
  (text) => `\ufeff${text}`,
  (text) => `${text}\n`,
  ...[
    ' ',
    '\t',
    '\r\n',
    '\0',
    '\u0085',
    'x',
    '<',
    '>',
    '&',
    '"',
    "'",
    '/',
    '0',
    ']]>',
    'é',
    '\ufffe',
    '😀',
  ].map((inserted) => (text: string, at: number) => text.slice(0, at) + inserted + text.slice(at)),
  ...['&amp;', '&apos;', '&#65;', '&#x41;', '&#0;', '&lt;', '&quot;', '&bomb;', '&amp', '&#10;'].map(
    (reference) => (text: string, at: number) => text.slice(0, at) + reference + text.slice(at),
  ),
  ...['<!-- note -->', '<![CDATA[x]]>', '<?pi x?>', '<x/>', '<PeerID>p</PeerID>', '<!DOCTYPE a>'].map(
    (markup) => (text: string, at: number) => {
      const place = text.indexOf('<', at);
      return text.slice(0, place) + markup + text.slice(place);
    },
  ),
  (text, at) => text.slice(0, at) + text.slice(at).replace(/="([^"]*)"/, "='$1'"),
  (text, at) => text.slice(0, at) + text.slice(at).replace(/="([^"]*)"/, '=""'),
  (text, at) => text.slice(0, at) + text.slice(at).replace(/="[0-9]+"/, '="00065536"'),
  (text, at) => text.slice(0, at) + text.slice(at).replace(/>[0-9]+</, '>9007199254740993<'),
  (text, at) => text.slice(0, at) + text.slice(at).replace(/ (\w+)="([^"]*)"/, ' $1 = "$2"'),
  (text, at) => text.slice(0, at) + text.slice(at).replace(/ (\w+="[^"]*") (\w+="[^"]*")/, ' $2 $1'),
  (text, at) => text.slice(0, at) + text.slice(at).replace(/ \w+="[^"]*"/, ''),
  (text, at) => text.slice(0, at) + text.slice(at).replace(/ (\w+)="([^"]*)"/, ' $1="$2" $1="$2"'),
  (text, at) => text.slice(0, at) + text.slice(at).replace(/(<(\w+)[^<]*<\/\2>)/, '$1$1'),
  (text, at) => text.slice(0, at) + text.slice(at).replace(/(<(\w+)[^<]*<\/\2>)(<(\w+)[^<]*<\/\4>)/, '$3$1'),
  (text, at) => text.slice(0, at) + text.slice(at).replace(/<(\w+)([^<]*)<\/\1>/, '<p:$1$2</p:$1>'),
  (text, at) => text.slice(0, at) + text.slice(at).replace(/>[^<]+</, '><'),
  (text, at) => text.slice(0, at) + text.slice(at).replace(/>([^<]+)</, '>  $1 <'),
  (text, at) =>
    text.slice(0, at) + text.slice(at).replace(/>([^<]+)</, (_, id: string) => `>${id.repeat(1025)}<`),
];

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
        taken += agree(encodeText(altered));
      }),
      { numRuns: 3000 },
    );
    // A letter more in an identifier is still canonical.
    expect(taken).toBeGreaterThan(50);
  });

  test('every alteration at every place of one message', () => {
    const texts = [
      '<Request>CONNECT</Request><TransactionID>t&amp;0</TransactionID><PeerID>pé</PeerID><PeerNum abilityNAT="No-NAT" concurrentLinks="LOW">5</PeerNum><SwarmID action="JOIN" peerMode="SEED" transactionID="t.1">s</SwarmID><PeerGroup><PeerInfo><PeerAddress addrType="ipv6" ip="2001:db8::1" port="80" priority="1" type="HOST" asn="1"/></PeerInfo></PeerGroup>',
      '<Response>SUCCESSFUL</Response><TransactionID><Result transactionID="t">200 OK</Result><Result transactionID="u">403 Forbidden</Result></TransactionID><PeerGroup><PeerInfo swarmID="a&quot;"><PeerID>p</PeerID><PeerAddress addrType="ipv4" ip="192.0.2.1" port="80" priority="1" type="HOST" asn="1"/></PeerInfo><PeerInfo swarmID="a&quot;"><PeerID>q</PeerID></PeerInfo></PeerGroup>',
    ].map(
      (inside) =>
        `<?xml version="1.0" encoding="UTF-8"?><PPSPTrackerProtocol version="1.0">${inside}</PPSPTrackerProtocol>`,
    );
    for (const text of texts) {
      expect(agree(encodeText(text))).toBe(1);
      for (const alter of ALTERATIONS)
        for (let at = 0; at < text.length; at++) agree(encodeText(alter(text, at)));
    }
  });

  test('bytes flipped, inserted and taken out', () => {
    const edit = fc.record({ at: fc.nat(), byte: fc.nat(255), cut: fc.nat(2), insert: fc.boolean() });
    fc.assert(
      fc.property(written, fc.array(edit, { minLength: 1, maxLength: 3 }), (text, edits) => {
        let bytes = [...encodeText(text)];
        for (const { at, byte, cut, insert } of edits) {
          const place = at % (bytes.length + 1);
          bytes = [...bytes.slice(0, place), ...(insert ? [byte] : []), ...bytes.slice(place + cut)];
        }
        agree(Uint8Array.from(bytes));
      }),
      { numRuns: 1500 },
    );
  });

  test('the texts’ own examples, and bytes in the middle of a larger buffer', () => {
    for (const text of Object.values(BASE01_EXAMPLES)) expect(agree(encodeText(text))).toBe(0);
    const [message] = fc.sample(arbitraryRequest('base-1.0'), { numRuns: 1, seed: 7 });
    const bytes = message ? base10.encodeRequest(message) : new Uint8Array();
    const larger = new Uint8Array(bytes.length + 7).fill(0x41);
    larger.set(bytes, 3);
    const middle = larger.subarray(3, 3 + bytes.length);
    expect(base10.decodeRequest(middle)).toEqual(decodeAnyRequest(bytes));
  });
});

const listing = (inside: string): Uint8Array =>
  encodeText(
    `<?xml version="1.0" encoding="UTF-8"?><PPSPTrackerProtocol version="1.0"><Response>SUCCESSFUL</Response><TransactionID>t</TransactionID>${inside}</PPSPTrackerProtocol>`,
  );
const listed = (swarm: string): string => `<PeerInfo swarmID="${swarm}"><PeerID>p</PeerID></PeerInfo>`;

test('bounds: what the slow reader reports of long lists, it is asked about', () => {
  const group = (count: number): Uint8Array => listing(`<PeerGroup>${listed('s').repeat(count)}</PeerGroup>`);
  expect(fastResponse(group(MAX_PEER_LIST), 'FIND')).toBeDefined();
  expect(fastResponse(group(MAX_PEER_LIST + 1), 'FIND')).toBeUndefined();
  const swarms = (count: number): Uint8Array =>
    listing(
      `<PeerGroup>${Array.from({ length: count }, (_, index) => listed(`s${index}`)).join('')}</PeerGroup>`,
    );
  expect(agree(swarms(1024))).toBe(2);
  expect(agree(swarms(1025))).toBe(0);
  // More references than a request may have, and nothing else wrong.
  expect(fastRequest(encodeText(`<a>${'&amp;'.repeat(MAX_REQUEST + 1)}</a>`))).toBeUndefined();
});

test('swarms whose peers are not listed together are gathered as ever', () => {
  const bytes = listing(`<PeerGroup>${['a', 'b', 'a', 'a', 'ab', 'b'].map(listed).join('')}</PeerGroup>`);
  expect(agree(bytes)).toBe(2);
});

test('what is read does not keep the message in memory', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const long = 'x'.repeat(13);
  const filler = Array.from({ length: 5000 }, (_, index) => listed(`f${index % 1000}`)).join('');
  const bytes = listing(
    `<PeerGroup><PeerInfo swarmID="${long}s"><PeerID>${long}p</PeerID></PeerInfo>${filler}</PeerGroup>`,
  );
  const kept: string[] = [];
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < 20; i++) {
    const read = fastResponse(bytes, 'FIND');
    if (read?.ok && read.message.outcome === 'success')
      for (const { swarmId, peers } of read.message.peerLists.slice(0, 1))
        kept.push(swarmId, ...peers.map(({ peerId }) => peerId));
  }
  collect();
  expect(kept).toHaveLength(40);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(10 * bytes.length);
});
