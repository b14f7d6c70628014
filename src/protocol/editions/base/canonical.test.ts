import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryRequest, arbitraryResponse } from '../../../testing/arbitraries.ts';
import { BASE01_EXAMPLES, EXTENDED11_EXAMPLES } from '../../../testing/golden.ts';
import type { Decoded } from '../../codec.ts';
import { MAX_PEER_LIST } from '../../message.ts';
import type { Method, Request, Response } from '../../message.ts';
import { encodeText } from '../../text.ts';
import { codecOf } from '../index.ts';
import { decodeCanonicalRequest } from './canonical-request.ts';
import { decodeCanonicalResponse } from './canonical-response.ts';
import type { BaseEdition } from './elements.ts';
import { decodeAnyRequest, MAX_ELEMENTS as MAX_REQUEST } from './read-request.ts';
import { decodeAnyResponse, MAX_ELEMENTS as MAX_RESPONSE } from './read-response.ts';

const BOTH: readonly BaseEdition[] = ['base-1.0', 'extended-1.1'];
const METHODS: readonly Method[] = ['CONNECT', 'STAT_REPORT', 'FIND'];
const fastRequest = (bytes: Uint8Array, edition: BaseEdition): Decoded<Request> | undefined =>
  decodeCanonicalRequest(bytes, edition, MAX_REQUEST);
const fastResponse = (
  bytes: Uint8Array,
  answers: Method,
  edition: BaseEdition = 'base-1.0',
): Decoded<Response> | undefined => decodeCanonicalResponse(bytes, edition, answers, MAX_RESPONSE);

/** As text, so that the order of members counts too. */
const exactly = (decoded: unknown): string =>
  JSON.stringify(decoded, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));

/** The fast readers of both editions decline, or give what the slow ones do; how many did not decline. */
function agree(bytes: Uint8Array): number {
  let taken = 0;
  for (const edition of BOTH) {
    const request = fastRequest(bytes, edition);
    if (request && ++taken) expect(exactly(request)).toBe(exactly(decodeAnyRequest(bytes, edition)));
    for (const method of METHODS) {
      const response = fastResponse(bytes, method, edition);
      if (response && ++taken)
        expect(exactly(response)).toBe(exactly(decodeAnyResponse(bytes, edition, method)));
    }
  }
  return taken;
}

/** Whether the slow reader would have something to report, which the fast one leaves to it. */
const reports = (decoded: Decoded<unknown>): boolean => !decoded.ok || decoded.findings.length > 0;

const written: Arbitrary<string> = fc
  .oneof(
    ...BOTH.flatMap((edition) => [
      arbitraryRequest(edition).map((message) => codecOf(edition).encodeRequest(message)),
      arbitraryResponse(edition).map((message) => codecOf(edition).encodeResponse(message)),
    ]),
  )
  .map((bytes) => new TextDecoder().decode(bytes));

describe.each(BOTH)('what our writer of %s emits takes the fast path', (edition) => {
  const codec = codecOf(edition);
  test('requests', () => {
    fc.assert(
      fc.property(arbitraryRequest(edition), (message) => {
        const bytes = codec.encodeRequest(message);
        const slow = decodeAnyRequest(bytes, edition);
        const fast = fastRequest(bytes, edition);
        if (reports(slow)) expect(fast).toBeUndefined();
        else expect(exactly(fast)).toBe(exactly(slow));
        expect(codec.decodeRequest(bytes)).toEqual(slow);
      }),
      { numRuns: 150 },
    );
  });

  test('responses', () => {
    fc.assert(
      fc.property(arbitraryResponse(edition), (message) => {
        const bytes = codec.encodeResponse(message);
        const slow = decodeAnyResponse(bytes, edition, message.method);
        const fast = fastResponse(bytes, message.method, edition);
        if (reports(slow)) expect(fast).toBeUndefined();
        else expect(exactly(fast)).toBe(exactly(slow));
        expect(codec.decodeResponse(bytes, message.method)).toEqual(slow);
      }),
      { numRuns: 150 },
    );
  });

  test('and few are left to the slow one: more peers asked for than are handed out, actions without a number', () => {
    fc.assert(
      fc.property(arbitraryRequest(edition), (message) => {
        const wanted = 'peerNum' in message ? (message.peerNum?.count ?? 0) : 0;
        const numbered =
          message.method !== 'CONNECT' ||
          message.actions.every((action) => action.transactionId !== undefined);
        fc.pre(wanted <= MAX_PEER_LIST && numbered);
        expect(fastRequest(codec.encodeRequest(message), edition)).toEqual({
          ok: true,
          message,
          findings: [],
        });
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
  (text, at) => text.slice(0, at) + text.slice(at).replace(/>[0-9]+</, '>18446744073709551616<'),
  (text, at) => text.slice(0, at) + text.slice(at).replace(/="[0-9]+"/, '="26"'),
  (text, at) => text.slice(0, at) + text.slice(at).replace('A==', 'Q=='),
  (text) => text.replace('version="1.1"', 'version="1.0"'),
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

const base = [
  '<Request>CONNECT</Request><TransactionID>t&amp;0</TransactionID><PeerID>pé</PeerID><PeerNum abilityNAT="No-NAT" concurrentLinks="LOW">5</PeerNum><SwarmID action="JOIN" peerMode="SEED" transactionID="t.1">s</SwarmID><PeerGroup><PeerInfo><PeerAddress addrType="ipv6" ip="2001:db8::1" port="80" priority="1" type="HOST" asn="1"/></PeerInfo></PeerGroup>',
  '<Response>SUCCESSFUL</Response><TransactionID><Result transactionID="t">200 OK</Result><Result transactionID="u">403 Forbidden</Result></TransactionID><PeerGroup><PeerInfo swarmID="a&quot;"><PeerID>p</PeerID><PeerAddress addrType="ipv4" ip="192.0.2.1" port="80" priority="1" type="HOST" asn="1"/></PeerInfo><PeerInfo swarmID="a&quot;"><PeerID>q</PeerID></PeerInfo></PeerGroup>',
];
const added = [
  '<Request>FIND</Request><TransactionID>t</TransactionID><PeerID>p</PeerID><SwarmID>s</SwarmID><PeerNum>5</PeerNum><ContentGroup><Representation id="r"><SegmentInfo startIndex="1" endIndex="9"/></Representation><Representation id="r"><SegmentInfo startIndex="1"/></Representation></ContentGroup><PeerGroup><PeerInfo><PeerAddress addrType="ipv4" ip="192.0.2.1" port="80" priority="1" type="HOST"/></PeerInfo></PeerGroup>',
  '<Request>DISCONNECT</Request><TransactionID>t</TransactionID><PeerID>p</PeerID><SwarmID>s</SwarmID><SwarmID>u</SwarmID>',
  '<Request>STAT_REPORT</Request><TransactionID>t</TransactionID><PeerID>p</PeerID><StatisticsGroup><Stat property="StreamStatistics"><SwarmID>s</SwarmID><UploadedBytes>18446744073709551615</UploadedBytes></Stat><Stat property="ContentMap"><SwarmID>s</SwarmID><Representation id="r"><SegmentInfo startIndex="0" endIndex="24" chunkmapSize="25">A/8DgA==</SegmentInfo></Representation></Stat></StatisticsGroup>',
];
const wrapped = (inside: string, version: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><PPSPTrackerProtocol version="${version}">${inside}</PPSPTrackerProtocol>`;
const canonical = [
  ...base.map((inside) => wrapped(inside, '1.0')),
  ...added.map((inside) => wrapped(inside, '1.1')),
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
      { numRuns: 2000 },
    );
    // A letter more in an identifier is still canonical.
    expect(taken).toBeGreaterThan(30);
  });

  test.each(canonical)('every alteration at every place of message %#', (text) => {
    expect(agree(encodeText(text))).toBe(1);
    const altered = new Set<string>();
    for (const alter of ALTERATIONS) for (let at = 0; at < text.length; at++) altered.add(alter(text, at));
    for (const other of altered) agree(encodeText(other));
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
      { numRuns: 1000 },
    );
  });

  test('the texts’ own examples, and bytes in the middle of a larger buffer', () => {
    for (const text of Object.values({ ...BASE01_EXAMPLES, ...EXTENDED11_EXAMPLES }))
      expect(agree(encodeText(text))).toBe(0);
    const [message] = fc.sample(arbitraryRequest('base-1.0'), { numRuns: 1, seed: 7 });
    const bytes = message ? codecOf('base-1.0').encodeRequest(message) : new Uint8Array();
    const larger = new Uint8Array(bytes.length + 7).fill(0x41);
    larger.set(bytes, 3);
    const middle = larger.subarray(3, 3 + bytes.length);
    expect(codecOf('base-1.0').decodeRequest(middle)).toEqual(decodeAnyRequest(bytes, 'base-1.0'));
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
  expect(fastRequest(encodeText(`<a>${'&amp;'.repeat(MAX_REQUEST + 1)}</a>`), 'base-1.0')).toBeUndefined();
});

test.each(['s', '', '&#1;'])('a swarm %j that does not end is not passed over', (swarm) => {
  const inside = `<Request>DISCONNECT</Request><TransactionID>t</TransactionID><PeerID>p</PeerID><SwarmID>${swarm}<`;
  expect(agree(encodeText(wrapped(inside, '1.1')))).toBe(0);
});

describe('a listed peer, one thing about it altered', () => {
  const peer = (swarm: string, id: string, address: string): string =>
    `<PeerInfo swarmID="${swarm}"><PeerID>${id}</PeerID><PeerAddress ${address}/></PeerInfo>`;
  const bytesOf = (...peers: readonly string[]): Uint8Array =>
    encodeText(
      '<?xml version="1.0" encoding="UTF-8"?><PPSPTrackerProtocol version="1.0"><Response>SUCCESSFUL</Response>' +
        `<TransactionID>t</TransactionID><PeerGroup>${peers.join('')}</PeerGroup></PPSPTrackerProtocol>`,
    );
  const ipv4 = 'addrType="ipv4" ip="192.0.2.1" port="65535" priority="7" type="PROXY"';
  const fine: readonly (readonly [string, string, string])[] = [
    ['film', 'p', ipv4],
    ['s'.repeat(1024), 'i'.repeat(1024), ipv4],
    ['film', 'p', `${ipv4} asn="${'9'.repeat(64)}"`],
    ['film', 'p', 'addrType="ipv6" ip="2001:db8::1" port="0" priority="0" type="HOST"'],
    ['film', 'p', ipv4.replace('"7"', `"${Number.MAX_SAFE_INTEGER}"`)],
    ['film', 'p', `${ipv4} connection="3G" asn="1" peerProtocol="x"`],
    ['a&amp;b', '&lt;&quot;&gt;', ipv4],
    ['flüssig', 'ü', ipv4],
  ];
  test.each(fine)('%.20s %.20s %s takes the fast path', (swarm, id, address) => {
    // Twice, and once between two others: what repeats is kept once.
    const one = peer(swarm, id, address);
    const bytes = bytesOf(one, peer('film', 'q', `${ipv4} asn="1"`), one);
    const fast = fastResponse(bytes, 'FIND', 'base-1.0');
    expect(fast).toBeDefined();
    expect(exactly(fast)).toBe(exactly(decodeAnyResponse(bytes, 'base-1.0', 'FIND')));
  });
  test.each([
    ['s'.repeat(1025), 'p', ipv4],
    ['film', 'i'.repeat(1025), ipv4],
    ['film', 'p', ipv4.replace('65535', '65536')],
    ['film', 'p', ipv4.replace('65535', '99999')],
    ['film', 'p', ipv4.replace('192', '256')],
    ['film', 'p', ipv4.replace('ipv4', 'ipv6')],
    ['film', 'p', ipv4.replace('"7"', '"9007199254740992"')],
    ['film', 'p', `${ipv4} asn="${'9'.repeat(65)}"`],
    ['film', 'p', ipv4.replace('PROXY', 'RELAY')],
    ['film\u007f', 'p', ipv4],
    ['film', 'p<q', ipv4],
  ])('%.20s %.20s %s is declined, and then refused', (swarm, id, address) => {
    for (const peers of [[peer(swarm, id, address)], [peer('film', 'q', ipv4), peer(swarm, id, address)]]) {
      const bytes = bytesOf(...peers);
      expect(fastResponse(bytes, 'FIND', 'base-1.0')).toBeUndefined();
      expect(decodeAnyResponse(bytes, 'base-1.0', 'FIND').ok).toBe(false);
    }
  });
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
