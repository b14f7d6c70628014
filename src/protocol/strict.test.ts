import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryRequest, arbitraryResponse } from '../testing/arbitraries.ts';
import { nearRequest, nearResponse } from '../testing/arbitrary-json.ts';
import { BASE01_EXAMPLES, RFC7846_EXAMPLES } from '../testing/golden.ts';
import { codecOf } from './editions/index.ts';
import { rfc7846 } from './editions/rfc7846.ts';
import type { Codec, Decoded } from './codec.ts';
import { EDITIONS } from './message.ts';
import type { PeerInfo, Request, Response } from './message.ts';
import { strictly } from './strict.ts';
import { encodeText } from './text.ts';

/**
 * Departures of the message itself, which no writing can mend: more than 30 peers asked for, a number left out
 * that JSON's grammar has due, an action of XML without its transaction, several ranges where gu-04 has one.
 */
const OF_THE_MESSAGE =
  /(?:peer_count|PeerNum|uploaded_bytes|downloaded_bytes|available_bandwidth|stat\[[0-9]+\]\.concurrent_links|@transactionID|Clip)$/;

/** gu -06 §4.6 has a mode with every peer listed; a message without one departs before it is written. */
function withModes(message: Response): Response {
  if (message.edition !== 'gu-04' || message.outcome === 'failure') return message;
  const peerLists = message.peerLists.map(({ peers, ...list }) => ({
    ...list,
    peers: peers.map((peer): PeerInfo => ({ mode: 'LEECH', ...peer })),
  }));
  return { ...message, peerLists };
}

describe.each(EDITIONS)('%s: what we write is read identically by both readers', (edition) => {
  const tolerant = codecOf(edition);
  const strict = strictly(tolerant);
  test('requests', () => {
    fc.assert(
      fc.property(arbitraryRequest(edition), (message) => {
        const bytes = tolerant.encodeRequest(message);
        const decoded = tolerant.decodeRequest(bytes);
        if (!decoded.ok) throw new Error(decoded.error.problem);
        const departures = decoded.findings.filter(({ path }) => !OF_THE_MESSAGE.test(path));
        expect(departures).toEqual([]);
        fc.pre(decoded.findings.length === 0);
        expect(strict.decodeRequest(bytes)).toEqual(decoded);
        expect(strict.encodeRequest(message)).toEqual(bytes);
      }),
    );
  });
  test('responses', () => {
    fc.assert(
      fc.property(arbitraryResponse(edition).map(withModes), (message) => {
        const bytes = tolerant.encodeResponse(message);
        // Failures of the editions that say them in the status line alone have no bytes.
        fc.pre(bytes.length > 0);
        const decoded = tolerant.decodeResponse(bytes, message.method);
        expect(decoded).toMatchObject({ ok: true, findings: [] });
        expect(strict.decodeResponse(bytes, message.method)).toEqual(decoded);
        expect(strict.encodeResponse(message)).toEqual(bytes);
      }),
    );
  });
});

/** What strict reading makes of the tolerant one's answer. */
function compare(
  tolerant: Decoded<Request | Response>,
  strict: Decoded<Request | Response>,
): 'read' | 'found' | 'refused' {
  if (!tolerant.ok) {
    expect(strict).toEqual(tolerant);
    return 'refused';
  }
  const [first] = tolerant.findings;
  if (first === undefined) {
    expect(strict).toEqual(tolerant);
    return 'read';
  }
  const { transactionId } = tolerant.message;
  expect(strict).toEqual({
    ok: false,
    error: {
      error: 'bad-request',
      path: first.path,
      problem: `is not as the text asks: ${first.expected}`,
      section: first.section,
      findings: tolerant.findings,
      ...(transactionId === '' ? {} : { transactionId }),
    },
  });
  return 'found';
}

const compared = (codec: Codec, body: Uint8Array): string[] => [
  compare(codec.decodeRequest(body), strictly(codec).decodeRequest(body)),
  compare(codec.decodeResponse(body, 'CONNECT'), strictly(codec).decodeResponse(body, 'CONNECT')),
];

test('whatever has findings is refused at the first, and whatever is refused is refused the same', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(fc.oneof(nearRequest, nearResponse), (text) => {
      for (const what of compared(rfc7846, encodeText(text))) seen.add(what);
    }),
    { numRuns: 1000 },
  );
  expect(seen).toEqual(new Set(['read', 'found', 'refused']));
});

test.each(EDITIONS)('%s: the same of the texts’ own examples and what is left of them', (edition) => {
  const texts = [...Object.values(RFC7846_EXAMPLES), ...Object.values(BASE01_EXAMPLES)];
  fc.assert(
    fc.property(fc.constantFrom(...texts), fc.nat(3000), fc.nat(30), (text, at, length) => {
      compared(codecOf(edition), encodeText(text));
      compared(codecOf(edition), encodeText(text.slice(0, at) + text.slice(at + length)));
    }),
    { numRuns: 100 },
  );
});

test('an example of the RFC, refused', () => {
  expect(strictly(rfc7846).decodeRequest(encodeText(RFC7846_EXAMPLES.connectSeeder))).toEqual({
    ok: false,
    error: {
      error: 'bad-request',
      path: 'PPSPTrackerProtocol.connect.peer_addr',
      problem: 'is not as the text asks: an array, even of one',
      section: 'RFC 7846 §3.3.3',
      findings: [
        {
          path: 'PPSPTrackerProtocol.connect.peer_addr',
          expected: 'an array, even of one',
          section: 'RFC 7846 §3.3.3',
        },
      ],
      transactionId: '12345',
    },
  });
});

test('a failure that echoes no transaction is refused without one', () => {
  const text = '{"PPSPTrackerProtocol":{"version":1,"response_type":1,"error_code":77,"transaction_id":""}}';
  const refused = strictly(rfc7846).decodeResponse(encodeText(text), 'CONNECT');
  expect(refused).toMatchObject({
    error: { path: 'PPSPTrackerProtocol.error_code', section: 'RFC 7846 §4.3' },
  });
  expect(!refused.ok && 'transactionId' in refused.error).toBe(false);
});
