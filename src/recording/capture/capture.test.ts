import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codecOf } from '../../protocol/editions/index.ts';
import { EDITIONS } from '../../protocol/message.ts';
import { encodeText } from '../../protocol/text.ts';
import { arbitraryRequest } from '../../testing/arbitraries.ts';
import { ACK, conversation, LINKS, packetOf, pcapngOf, pcapOf, SYN } from '../../testing/capture-writer.ts';
import type { Network, WrittenPacket, WrittenSegment } from '../../testing/capture-writer.ts';
import type { ImportReport } from '../problem.ts';
import { bytesOf } from '../record.ts';
import type { RecordedExchange } from '../record.ts';
import { CaptureReader } from './capture.ts';

function load(file: Uint8Array, format: 'pcap' | 'pcapng' = 'pcap', chunk = file.length) {
  const exchanges: RecordedExchange[] = [];
  const reader = new CaptureReader(format, 'test.pcap', (exchange) => exchanges.push(exchange));
  for (let at = 0; at < file.length; at += Math.max(1, chunk))
    reader.push(file.slice(at, at + Math.max(1, chunk)));
  return { exchanges, report: reader.end() };
}

const said = ({ problems }: ImportReport): string[] =>
  problems.map(({ unit, number, problem }) => `${unit} ${number} ${problem}`);
const skippedIn = ({ skipped }: ImportReport): Record<string, number> =>
  Object.fromEntries(skipped.map(({ what, count }) => [what, count]));

const ETHERNET: Network = { ip: 4, link: 'ethernet' };
const written = (segments: readonly WrittenSegment[], network: Network = ETHERNET): WrittenPacket[] =>
  segments.map((segment) => ({ bytes: packetOf(segment, network), time: segment.time }));

const JSON_TYPE = 'application/ppsp-tracker+json';
const find = (id: string): string =>
  `{"PPSPTrackerProtocol":{"version":1,"request_type":"FIND","transaction_id":"${id}","peer_id":"p","find":{"swarm_id":"film"}}}`;
const found = (id: string): string =>
  `{"PPSPTrackerProtocol":{"version":1,"response_type":0,"error_code":0,"transaction_id":"${id}","swarm_result":[{"swarm_id":"film","result":0}]}}`;

function post(body: string, headers = `Content-Length: ${encodeText(body).length}\r\n`): Uint8Array {
  return encodeText(
    `POST /t HTTP/1.1\r\nHost: tracker.test\r\nContent-Type: ${JSON_TYPE}\r\n${headers}\r\n${body}`,
  );
}
function answer(
  body: string,
  headers = `Content-Length: ${encodeText(body).length}\r\n`,
  status = '200 OK',
): Uint8Array {
  return encodeText(`HTTP/1.1 ${status}\r\nContent-Type: ${JSON_TYPE}\r\n${headers}\r\n${body}`);
}
const CHUNKED = 'Transfer-Encoding: chunked\r\n';
const chunks = (body: string, size: number): string => {
  const pieces = body.match(new RegExp(`.{1,${size}}`, 'gs')) ?? [];
  return `${pieces.map((piece) => `${piece.length.toString(16)};x=y\r\n${piece}\r\n`).join('')}0\r\nTrailer: t\r\n\r\n`;
};

/** Two exchanges one after the other on one connection. */
const TWO = [
  { side: 0 as const, bytes: post(find('1')) },
  { side: 1 as const, bytes: answer(found('1')) },
  { side: 0 as const, bytes: post(find('2')) },
  { side: 1 as const, bytes: answer(found('2')) },
];
const gist = (exchanges: readonly RecordedExchange[]) =>
  exchanges.map(({ transactionId, verdict }) => `${transactionId} ${verdict}`);

test('an exchange, with all that the capture says of it', () => {
  const { exchanges, report } = load(pcapOf(written(conversation(TWO.slice(0, 2), { segmentBytes: 50 }))));
  const body = find('1');
  const requestSegments = Math.ceil(post(body).length / 50);
  const responseSegments = Math.ceil(answer(found('1')).length / 50);
  expect(exchanges).toEqual([
    {
      id: 1,
      time: 1_795_000_000_002,
      clock: 'absolute',
      took: requestSegments + responseSegments - 1,
      from: 'foreign',
      remote: '192.0.2.1:40000',
      peerId: 'p',
      swarms: ['film'],
      edition: 'rfc7846',
      method: 'FIND',
      transactionId: '1',
      url: 'http://tracker.test/t',
      attempt: 1,
      verdict: 'ok',
      findings: { request: 0, response: 0 },
      origin: { file: 'test.pcap', line: 3 },
      request: {
        contentType: JSON_TYPE,
        headers: [
          ['Host', 'tracker.test'],
          ['Content-Type', JSON_TYPE],
          ['Content-Length', String(body.length)],
        ],
        body,
        bytes: body.length,
      },
      result: {
        kind: 'answered',
        status: 200,
        reason: 'OK',
        contentType: JSON_TYPE,
        headers: [
          ['Content-Type', JSON_TYPE],
          ['Content-Length', String(found('1').length)],
        ],
        body: found('1'),
        bytes: found('1').length,
      },
    },
  ]);
  expect(report).toEqual({ format: 'pcap', exchanges: 1, problems: [], moreProblems: 0, skipped: [] });
});

/** The same order for the same numbers. */
const shuffled = <Item>(items: readonly Item[], keys: readonly number[]): Item[] =>
  items
    .map((item, i) => ({ item, key: keys[i % keys.length] ?? 0 }))
    .sort((one, other) => one.key - other.key)
    .map(({ item }) => item);

test('segments in any order, twice and overlapping come out as the bytes that were sent', () => {
  const exchange = fc.constantFrom(...EDITIONS).chain((edition) => arbitraryRequest(edition));
  fc.assert(
    fc.property(
      fc.array(exchange, { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 7, max: 1500 }),
      fc.array(fc.nat(), { minLength: 1, maxLength: 40 }),
      fc.array(fc.tuple(fc.nat(), fc.nat(30)), { maxLength: 6 }),
      (requests, segmentBytes, keys, again) => {
        const bodies = requests.map((request) => codecOf(request.edition).encodeRequest(request));
        const turns = bodies.flatMap((body, i) => [
          {
            side: 0 as const,
            bytes: new Uint8Array([
              ...encodeText(
                `POST /${i} HTTP/1.1\r\nContent-Type: ${codecOf(requests[i]?.edition ?? 'rfc7846').mediaType}\r\nContent-Length: ${body.length}\r\n\r\n`,
              ),
              ...body,
            ]),
          },
          { side: 1 as const, bytes: answer(found(String(i))) },
        ]);
        const segments = conversation(turns, { segmentBytes });
        // Sent again, together with bytes of what follows.
        const repeated = again.map(([which, more]) => {
          const at = which % segments.length;
          const segment = segments[at];
          const next = segments[at + 1];
          if (segment === undefined) return [];
          const extra =
            next?.side === segment.side && next.flags === ACK ? next.payload.subarray(0, more) : [];
          return [{ ...segment, payload: new Uint8Array([...segment.payload, ...extra]) }];
        });
        // The capture begins with the handshake; all that follows comes in any order.
        const packets = [
          ...segments.slice(0, 2),
          ...shuffled([...segments.slice(2), ...repeated.flat()], keys),
        ];
        const { exchanges, report } = load(pcapOf(written(packets)));
        expect(report.problems).toEqual([]);
        expect(exchanges.map(({ url }) => url)).toEqual(bodies.map((_, i) => `http://192.0.2.2:7846/${i}`));
        exchanges.forEach(({ request, edition, method, peerId }, i) => {
          expect(request.body === undefined ? [] : [...bytesOf(request.body)]).toEqual([
            ...(bodies[i] ?? []),
          ]);
          expect(method).toBe(requests[i]?.method);
          expect(peerId).toBe(requests[i]?.peerId);
          expect(edition?.slice(0, 2)).toBe(
            // A plain message of the extended edition with version 1.0 is one of the base edition.
            edition === 'base-1.0' && requests[i]?.edition === 'extended-1.1'
              ? 'ba'
              : requests[i]?.edition.slice(0, 2),
          );
        });
      },
    ),
    { numRuns: 150 },
  );
});

test.each([1, 7, 24, 1000])('a file in chunks of %d bytes', (chunk) => {
  const packets = written(conversation(TWO));
  expect(gist(load(pcapOf(packets), 'pcap', chunk).exchanges)).toEqual(['1 ok', '2 ok']);
  expect(gist(load(pcapngOf(packets), 'pcapng', chunk).exchanges)).toEqual(['1 ok', '2 ok']);
});

test('what waits for bytes before it outlives the chunk that it came in', () => {
  const segments = conversation(TWO, { segmentBytes: 40 });
  const last = segments.splice(2, 1);
  const { exchanges } = load(pcapOf(written([...segments, ...last])), 'pcap', 300);
  expect(gist(exchanges)).toEqual(['1 ok', '2 ok']);
});

describe('every form of file and link', () => {
  test.each([true, false])('little-endian %s', (little) => {
    const at = conversation(TWO, { start: 1_795_000_000_000.125 });
    for (const nano of [true, false]) {
      const { exchanges } = load(pcapOf(written(at), { little, nano }));
      expect(exchanges.map(({ time }) => time)[0]).toBeCloseTo(1_795_000_000_002.125, 3);
    }
    for (const exponent of [6, 9]) {
      const { exchanges } = load(pcapngOf(written(at), { little, exponent }), 'pcapng');
      expect(exchanges.map(({ time }) => time)[0]).toBeCloseTo(1_795_000_000_002.125, 3);
    }
  });

  test.each(Object.keys(LINKS) as (keyof typeof LINKS)[])('%s', (link) => {
    for (const ip of [4, 6] as const)
      for (const extensions of ip === 6 ? [false, true] : [false]) {
        const packets = written(conversation(TWO), { ip, link, extensions });
        const { exchanges, report } = load(pcapOf(packets, { link: LINKS[link] }));
        expect(gist(exchanges)).toEqual(['1 ok', '2 ok']);
        expect(exchanges[0]?.remote).toBe(ip === 4 ? '192.0.2.1:40000' : '[2001:db8::1]:40000');
        expect(report).toMatchObject({ problems: [], skipped: [] });
      }
  });

  test('simple packet blocks, which have no time', () => {
    const { exchanges } = load(pcapngOf(written(conversation(TWO)), { simple: true }), 'pcapng');
    expect(gist(exchanges)).toEqual(['1 ok', '2 ok']);
  });
});

describe('HTTP', () => {
  test.each([
    ['chunked', post(chunks(find('1'), 7), CHUNKED), answer(chunks(found('1'), 9), CHUNKED)],
    ['to the end of the connection', post(find('1')), answer(found('1'), '')],
    [
      'after 100 Continue',
      post(find('1')),
      encodeText(`HTTP/1.1 100 Continue\r\n\r\n${new TextDecoder().decode(answer(found('1')))}`),
    ],
    [
      'lines that end in LF alone',
      encodeText(new TextDecoder().decode(post(find('1'))).replaceAll('\r\n', '\n')),
      answer(found('1')),
    ],
  ])('%s', (_, request, response) => {
    for (const segmentBytes of [1, 13, 5000]) {
      const turns = [
        { side: 0 as const, bytes: request },
        { side: 1 as const, bytes: response },
      ];
      const { exchanges, report } = load(pcapOf(written(conversation(turns, { segmentBytes }))));
      expect(said(report)).toEqual([]);
      expect(
        exchanges.map(({ request, result }) => [request.body, result.kind === 'answered' && result.body]),
      ).toEqual([[find('1'), found('1')]]);
    }
  });

  test('pipelined, and with other requests between them', () => {
    const turns = [
      { side: 0 as const, bytes: encodeText('HEAD / HTTP/1.1\r\nHost: a\r\n\r\n') },
      { side: 0 as const, bytes: post(find('1')) },
      { side: 0 as const, bytes: encodeText('GET /stats HTTP/1.1\r\nHost: a\r\n\r\n') },
      { side: 0 as const, bytes: post(find('2')) },
      { side: 1 as const, bytes: encodeText('HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n') },
      { side: 1 as const, bytes: answer(found('1')) },
      { side: 1 as const, bytes: encodeText('HTTP/1.1 204 No Content\r\n\r\n') },
      { side: 1 as const, bytes: answer(found('2'), undefined, '403 Forbidden') },
    ];
    const { exchanges, report } = load(pcapOf(written(conversation(turns))));
    expect(gist(exchanges)).toEqual(['1 ok', '2 unreadable']);
    expect(skippedIn(report)).toEqual({ 'HTTP exchanges that are no PPSP-TP': 2 });
  });

  test('what is compressed is not judged, and what lets others in is not kept', () => {
    const secret = `Authorization: Bearer abc\r\nContent-Length: ${find('1').length}\r\n`;
    const turns = [
      { side: 0 as const, bytes: post(find('1'), secret) },
      { side: 1 as const, bytes: answer('xyz', 'Content-Encoding: gzip\r\nContent-Length: 3\r\n') },
    ];
    const { exchanges } = load(pcapOf(written(conversation(turns))));
    expect(gist(exchanges)).toEqual(['1 unknown']);
    expect(exchanges[0]?.request.headers).toContainEqual(['Authorization', '(withheld)']);
  });

  test('TLS and other protocols are counted once a connection', () => {
    const tls = [
      { side: 0 as const, bytes: new Uint8Array([0x16, 3, 1, 2, 0]) },
      { side: 1 as const, bytes: new Uint8Array([0x16, 3, 3, 2, 0]) },
    ];
    const ssh = [{ side: 1 as const, bytes: encodeText('SSH-2.0-OpenSSH_9.2\r\n') }];
    const { report } = load(
      pcapOf([
        ...written(conversation(tls), { ...ETHERNET, port: 1 }),
        ...written(conversation(ssh), { ...ETHERNET, port: 2 }),
      ]),
    );
    expect(skippedIn(report)).toEqual({ 'connections over TLS': 1, 'connections that are no HTTP/1.1': 1 });
  });
});

describe('what is missing', () => {
  /** TWO in small segments, without some. */
  const without = (lost: (segment: WrittenSegment, index: number) => boolean, segmentBytes = 60) =>
    load(pcapOf(written(conversation(TWO, { segmentBytes }).filter((segment, i) => !lost(segment, i)))));
  const requestSegments = Math.ceil(post(find('1')).length / 60);

  test('a segment of a body: the message is known, its body is not', () => {
    // The last full segment of the first request lies within its body.
    const { exchanges, report } = without((_, i) => i === 2 + requestSegments - 2);
    expect(exchanges.map(({ method, verdict }) => [method, verdict])).toEqual([
      [undefined, 'unknown'],
      ['FIND', 'ok'],
    ]);
    expect(exchanges[0]?.request).toMatchObject({ bytes: find('1').length });
    expect(exchanges[0]?.request.body).toBeUndefined();
    expect(said(report)).toEqual(['packet 3 begins a message of which bytes are missing']);
  });

  test('a segment of the headers: that message is lost, the next is read', () => {
    const { exchanges, report } = without((_, i) => i === 3);
    expect(gist(exchanges)).toEqual(['2 ok']);
    expect(said(report)).toEqual(['packet 3 has bytes missing after it, and the message with them']);
    expect(skippedIn(report)).toEqual({ 'responses without their request': 1 });
  });

  test('a whole answer: its request has none, and the next keeps its own', () => {
    const all = conversation(TWO, { segmentBytes: 60 });
    const from = 2 + requestSegments;
    const to = from + Math.ceil(answer(found('1')).length / 60);
    const { exchanges } = without((_, i) => i >= from && i < to);
    expect(gist(exchanges)).toEqual(['1 failed', '2 ok']);
    expect(all.length).toBeGreaterThan(to);
  });

  test('any losses: never a throw, never an answer to the wrong request', () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { minLength: 10, maxLength: 60 }),
        fc.integer({ min: 20, max: 300 }),
        (lost, size) => {
          const { exchanges } = without((_, i) => i > 1 && lost[i % lost.length] === true, size);
          for (const { result, request } of exchanges) {
            if (result.kind !== 'answered' || result.body === undefined || request.body === undefined)
              continue;
            expect(result.body).toBe(found(request.body === find('1') ? '1' : '2'));
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test('the beginning: the connection is taken up where the capture begins', () => {
    const segments = conversation(TWO, { segmentBytes: 2000 }).slice(4);
    expect(gist(load(pcapOf(written(segments))).exchanges)).toEqual(['2 ok']);
  });

  test('the end', () => {
    const segments = conversation(TWO, { segmentBytes: 2000 }).slice(0, 5);
    const { exchanges } = load(pcapOf(written(segments)));
    expect(gist(exchanges)).toEqual(['1 ok', '2 failed']);
    expect(exchanges[1]?.result).toMatchObject({ failure: 'no-answer' });
  });

  test('what was cut by the capture’s length', () => {
    const packets = written(conversation(TWO, { segmentBytes: 2000 })).map(({ bytes, time }) => ({
      bytes: bytes.subarray(0, 250),
      time,
      length: bytes.length,
    }));
    const { exchanges, report } = load(pcapOf(packets));
    expect(exchanges.map(({ request, verdict }) => [request.bytes, request.body, verdict])).toEqual([
      [find('1').length, undefined, 'unknown'],
      [find('2').length, undefined, 'unknown'],
    ]);
    expect(report.problems).toHaveLength(4);
  });
});

test('a port used again is another connection', () => {
  const first = conversation(TWO.slice(0, 2));
  const second = conversation(TWO.slice(2), { first: [777_777, 888_888], start: 1_795_000_100_000 });
  expect(gist(load(pcapOf(written([...first, ...second]))).exchanges)).toEqual(['1 ok', '2 ok']);
  // With a request that was never answered.
  const unanswered = conversation(TWO.slice(0, 1)).slice(0, -2);
  expect(gist(load(pcapOf(written([...unanswered, ...second]))).exchanges)).toEqual(['1 failed', '2 ok']);
  // Not closed before.
  const open = first.slice(0, -2);
  expect(gist(load(pcapOf(written([...open, ...second]))).exchanges)).toEqual(['1 ok', '2 ok']);
});

describe('a broken packet is named, and the rest is read', () => {
  const good = written(conversation(TWO));
  const broken = (bytes: readonly number[]): WrittenPacket => ({
    bytes: Uint8Array.from(bytes),
    time: good[0]?.time ?? 0,
  });
  const macs = new Array<number>(12).fill(0);

  test.each([
    ['is too short for its headers', [1, 2, 3]],
    ['is too short for its headers', [...macs, 8, 0, 0x45, 0]],
    ['has an impossible IPv4 header', [...macs, 8, 0, 0x41, ...new Array<number>(30).fill(1)]],
    [
      'has an impossible TCP header',
      [...macs, 8, 0, 0x45, 0, 0, 40, 0, 0, 0, 0, 64, 6, ...new Array<number>(30).fill(0)],
    ],
    [
      'has too many IPv6 headers',
      [...macs, 0x86, 0xdd, 0x60, 0, 0, 0, 1, 0, 0, 64, ...new Array<number>(300).fill(0)],
    ],
  ])('%s', (problem, bytes) => {
    const { exchanges, report } = load(pcapOf([...good.slice(0, 4), broken(bytes), ...good.slice(4)]));
    expect(said(report)).toEqual([`packet 5 ${problem}`]);
    expect(gist(exchanges)).toEqual(['1 ok', '2 ok']);
  });

  test('other traffic is counted', () => {
    const udp = [...macs, 8, 0, 0x45, 0, 0, 40, 0, 0, 0, 0, 64, 17, ...new Array<number>(30).fill(0)];
    const fragment = [...macs, 8, 0, 0x45, 0, 0, 40, 0, 0, 0x20, 0, 64, 6, ...new Array<number>(30).fill(0)];
    const arp = [...macs, 8, 6, ...new Array<number>(28).fill(0)];
    const { report } = load(pcapOf([...good, broken(udp), broken(arp), broken(arp), broken(fragment)]));
    expect(skippedIn(report)).toEqual({
      'packets that are no TCP': 1,
      'packets that are no IP': 2,
      'fragments of IP packets': 1,
    });
    const unread = load(pcapOf(good, { link: 195 }));
    expect(skippedIn(unread.report)).toEqual({ 'packets of a link type that is not read': good.length });
  });

  test('garbage between packets', () => {
    const garbage = new Uint8Array(100).fill(0xee);
    const packets = conversation(TWO, { segmentBytes: 2000 });
    const head = pcapOf(written(packets.slice(0, 4)));
    const tail = pcapOf(written(packets.slice(4))).subarray(24);
    for (const chunk of [1, 5000]) {
      const { exchanges, report } = load(Uint8Array.from([...head, ...garbage, ...tail]), 'pcap', chunk);
      expect(said(report)).toEqual(['packet 5 has an impossible header; it is passed over']);
      expect(gist(exchanges)).toEqual(['1 ok', '2 ok']);
    }
    const ngHead = pcapngOf(written(packets.slice(0, 4)));
    const ngTail = pcapngOf(written(packets.slice(4)));
    for (const chunk of [1, 5000]) {
      const { exchanges, report } = load(
        Uint8Array.from([...ngHead, ...garbage, ...ngTail]),
        'pcapng',
        chunk,
      );
      expect(said(report)).toEqual(['packet 5 or the block before it is damaged; it is passed over']);
      expect(gist(exchanges)).toEqual(['1 ok', '2 ok']);
    }
  });

  test('a file that is cut off anywhere', () => {
    for (const [format, file] of [
      ['pcap', pcapOf(good)],
      ['pcapng', pcapngOf(good)],
    ] as const)
      for (let length = 4; length < file.length; length += 3) {
        const { report } = load(file.subarray(0, length), format);
        expect(report.problems.length).toBeLessThan(5);
      }
    const { exchanges, report } = load(pcapOf(good).subarray(0, -10));
    expect(said(report)).toEqual([`packet ${good.length} is cut off: the file ends inside it`]);
    expect(gist(exchanges)).toEqual(['1 ok', '2 ok']);
  });

  test('bytes changed anywhere: never a throw', () => {
    for (const [format, file] of [
      ['pcap', pcapOf(good)],
      ['pcapng', pcapngOf(good)],
    ] as const)
      fc.assert(
        fc.property(
          fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { maxLength: 20 }),
          (changes) => {
            const copy = file.slice();
            for (const [at, byte] of changes) copy[at] = byte;
            load(copy, format);
          },
        ),
        { numRuns: 200 },
      );
  });
});

test('many connections at once, none of which ends', () => {
  const packets: WrittenPacket[] = [];
  for (let port = 1; port <= 20_000; port++)
    packets.push(
      ...written([{ side: 0, sequence: 5, flags: SYN, payload: new Uint8Array(), time: 1_795_000_000_000 }], {
        ...ETHERNET,
        port,
      }),
    );
  packets.push(...written(conversation(TWO), { ...ETHERNET, port: 30_000 }));
  expect(gist(load(pcapOf(packets)).exchanges)).toEqual(['1 ok', '2 ok']);
});

test('a real capture by tcpdump of the tracker on loopback', () => {
  const file = readFileSync(new URL('../fixtures/loopback.pcap', import.meta.url));
  const { exchanges, report } = load(file, 'pcap', 1000);
  expect(
    exchanges.map(({ edition, method, transactionId, verdict, error }) =>
      [edition, method, transactionId, error ?? verdict].join(' '),
    ),
  ).toEqual([
    'rfc7846 CONNECT c1 ok',
    'rfc7846 FIND c2 ok',
    'base-1.0 CONNECT x1 ok',
    'gu-04 CONNECT g1 ok',
    'rfc7846 FIND c3 ok',
    'rfc7846 FIND c4 forbidden',
    'rfc7846   bad-request',
    'rfc7846 STAT_REPORT c5 ok',
    'rfc7846 CONNECT c6 ok',
    'rfc7846 CONNECT c1 ok',
    'rfc7846 FIND c2 ok',
  ]);
  expect(skippedIn(report)).toEqual({ 'HTTP exchanges that are no PPSP-TP': 2 });
  expect(said(report)).toEqual([]);
  for (const { took = 0, remote } of exchanges) {
    expect(took).toBeGreaterThan(0);
    expect(remote).toMatch(/^127\.0\.0\.1:\d+$/);
  }
});
