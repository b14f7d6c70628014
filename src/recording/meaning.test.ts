import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { askedBy } from '../protocol/codec.ts';
import { codecOf } from '../protocol/editions/index.ts';
import { ERRORS } from '../protocol/errors.ts';
import { EDITIONS } from '../protocol/message.ts';
import { arbitraryRequest, arbitraryResponse } from '../testing/arbitraries.ts';
import { RFC7846_EXAMPLES } from '../testing/golden.ts';
import { isPpsp, meaningOf } from './meaning.ts';
import { bodyOf } from './record.ts';
import type { RecordedMessage, RecordedResult } from './record.ts';

const message = (bytes: Uint8Array, contentType?: string): RecordedMessage => ({
  ...(contentType === undefined ? {} : { contentType }),
  body: bodyOf(bytes),
  bytes: bytes.length,
});
const textMessage = (text: string, contentType?: string): RecordedMessage =>
  message(new TextEncoder().encode(text), contentType);
const NONE: RecordedResult = { kind: 'failed', failure: 'no-answer', detail: '' };

describe.each(EDITIONS)('%s', (edition) => {
  const codec = codecOf(edition);

  test('who asks, in what words, about which swarms', () => {
    fc.assert(
      fc.property(arbitraryRequest(edition), (request) => {
        const bytes = codec.encodeRequest(request);
        const sent = message(bytes);
        const decoded = codec.decodeRequest(bytes);
        const departures = decoded.ok ? decoded.findings.length : -1;
        expect(isPpsp('POST', sent)).toBe(true);
        const meaning = meaningOf(sent, NONE);
        expect(meaning).toMatchObject({
          edition,
          method: request.method,
          peerId: request.peerId,
          transactionId: request.transactionId,
          verdict: 'failed',
          findings: { request: departures, response: 0 },
        });
        const { swarmId } = askedBy(request);
        if (swarmId !== undefined) expect(meaning.swarms).toContain(swarmId);
        expect(new Set(meaning.swarms).size).toBe(meaning.swarms.length);
      }),
    );
  });

  test('what the answer says', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(arbitraryRequest(edition), arbitraryResponse(edition), (request, response) => {
        const { method } = request;
        const bytes = codec.encodeResponse({ ...response, method });
        const status = response.outcome === 'success' ? 200 : ERRORS[response.error].status;
        const meaning = meaningOf(message(codec.encodeRequest(request)), {
          kind: 'answered',
          status,
          reason: '',
          ...message(bytes, codec.mediaType),
        });
        // Another kind of request's answer may be unreadable to this one, but is never taken for an error.
        if (response.outcome === 'failure') expect(meaning.verdict).toBe('error');
        else expect(meaning.verdict).not.toBe('error');
        seen.add(meaning.verdict);
      }),
    );
    expect(seen).toContain('ok');
    expect(seen).toContain('error');
  });
});

test('departures are counted on the side that departs', () => {
  const example = Object.values(RFC7846_EXAMPLES).find((text) => text.includes('FIND'));
  expect(meaningOf(textMessage(example ?? ''), NONE).findings.request).toBeGreaterThan(0);
});

test('a LEAVE is one in whatever edition', () => {
  const connect = (action: string): RecordedMessage =>
    textMessage(
      `{"PPSPTrackerProtocol":{"version":1,"request_type":"CONNECT","transaction_id":"t","peer_id":"p","connect":{"swarm_action":[{"swarm_id":"s","action":"${action}","peer_mode":"LEECH"}]}}}`,
    );
  expect(meaningOf(connect('LEAVE'), NONE).leaves).toBe(true);
  expect(meaningOf(connect('JOIN'), NONE).leaves).toBeUndefined();
});

test('what is no PPSP-TP', () => {
  expect(isPpsp('POST', textMessage('{"query": "{ a }"}', 'application/json'))).toBe(false);
  expect(isPpsp('POST', textMessage('<a><Method>JOIN</Method></a>', 'application/xml'))).toBe(false);
  expect(isPpsp('GET', textMessage('PPSPTrackerProtocol'))).toBe(false);
  expect(isPpsp('POST', textMessage('', 'application/ppsp-tracker+json; charset=utf-8'))).toBe(true);
  expect(isPpsp('POST', textMessage('{"PPSPTrackerProtocol', 'application/json'))).toBe(true);
});

test('a request that cannot be read has a finding, and its answer is an error or unknown', () => {
  const broken = textMessage('{"PPSPTrackerProtocol": {"version": 1, "transaction_id": "t"');
  const answer = (status: number): RecordedResult => ({
    kind: 'answered',
    status,
    reason: 'Bad Request',
    ...textMessage(''),
  });
  expect(meaningOf(broken, answer(400))).toMatchObject({
    verdict: 'error',
    error: 'bad-request',
    findings: { request: 1, response: 0 },
  });
  expect(meaningOf(broken, answer(200)).verdict).toBe('unknown');
});
