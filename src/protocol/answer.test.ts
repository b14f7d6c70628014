import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BASE01_EXAMPLES, EXTENDED11_EXAMPLES, RFC7846_EXAMPLES } from '../testing/golden.ts';
import { readAnswer } from './answer.ts';
import type { HttpAnswer } from './answer.ts';
import type { Decoded } from './codec.ts';
import { codecOf } from './editions/index.ts';
import { ERRORS } from './errors.ts';
import type { ErrorName } from './errors.ts';
import { asPeerId, asSwarmId, asTransactionId } from './ids.ts';
import { EDITIONS } from './message.ts';
import type { Response } from './message.ts';
import { encodeText } from './text.ts';

const JSON_TYPE = 'application/ppsp-tracker+json';
const json = codecOf('rfc7846');
const xml = codecOf('base-1.0');
const http = (status: number, body: string, contentType?: string, reason = ''): HttpAnswer => ({
  status,
  reason,
  contentType,
  body: encodeText(body),
});
const failure = (error: ErrorName): Response => ({
  edition: 'rfc7846',
  version: '1',
  method: 'FIND',
  outcome: 'failure',
  transactionId: '',
  error,
});
/** Those with a code of their own in JSON. */
const CODED = (Object.keys(ERRORS) as ErrorName[]).filter((error) => error !== 'not-found');
const problem = (decoded: Decoded<Response>): string | undefined =>
  decoded.ok ? undefined : decoded.error.problem;

describe('JSON', () => {
  test('a success', () => {
    expect(readAnswer(json, 'FIND', http(200, RFC7846_EXAMPLES.findResponse, JSON_TYPE))).toMatchObject({
      ok: true,
      message: { outcome: 'success', method: 'FIND' },
    });
  });
  test.each(CODED)('failure %s, whatever the status', (error) => {
    const body = new TextDecoder().decode(json.encodeResponse(failure(error)));
    for (const status of [200, ERRORS[error].status, 502])
      expect(readAnswer(json, 'FIND', http(status, body, JSON_TYPE))).toEqual({
        ok: true,
        message: failure(error),
        findings: [],
      });
  });
  test('what is not there has the code of what is forbidden, and a status of its own', () => {
    const body = new TextDecoder().decode(json.encodeResponse(failure('not-found')));
    const error = (status: number): string | undefined => {
      const decoded = readAnswer(json, 'FIND', http(status, body, JSON_TYPE));
      return decoded.ok && decoded.message.outcome === 'failure' ? decoded.message.error : undefined;
    };
    expect([404, 403, 200].map(error)).toEqual(['not-found', 'forbidden', 'forbidden']);
  });
  test('a wrong or missing Content-Type is a finding', () => {
    for (const type of [undefined, 'text/plain', 'text/xml'])
      expect(readAnswer(json, 'STAT_REPORT', http(200, RFC7846_EXAMPLES.statResponse, type))).toMatchObject({
        ok: true,
        findings: [{}, { path: 'Content-Type', expected: JSON_TYPE }],
      });
  });
});

describe('XML', () => {
  test('a success', () => {
    const answer = http(200, BASE01_EXAMPLES.connectResponse, 'application/xml; charset=utf-8');
    expect(readAnswer(xml, 'CONNECT', answer)).toMatchObject({
      ok: true,
      message: { outcome: 'success' },
      findings: [],
    });
  });
  test('lists that do not name their swarm, with what was asked', () => {
    const answer = http(200, EXTENDED11_EXAMPLES.findResponse, 'application/xml');
    const asked = { peerId: asPeerId('656164657221'), swarmId: asSwarmId('1111') };
    expect(readAnswer(codecOf('extended-1.1'), 'FIND', answer, asked)).toMatchObject({
      message: { peerLists: [{ swarmId: '1111', peers: [{}, {}] }] },
    });
  });
  test('what a base-1.0 tracker says to later requests reaches the peer, which then falls back', () => {
    const find = codecOf('extended-1.1').encodeRequest({
      edition: 'extended-1.1',
      version: '1.0',
      method: 'FIND',
      transactionId: asTransactionId('t'),
      peerId: asPeerId('p'),
      swarmId: asSwarmId('s'),
      addresses: [],
      properties: [],
    });
    const read = xml.decodeRequest(find);
    const reason = read.ok ? '' : read.error.problem;
    expect(readAnswer(codecOf('extended-1.1'), 'FIND', http(400, '', undefined, reason))).toMatchObject({
      message: { outcome: 'failure', error: 'bad-request', detail: 'Unknown Messages' },
    });
  });
  test('AUTHENTICATION REQUIRED has a body', () => {
    const body = new TextDecoder().decode(
      xml.encodeResponse({ ...failure('authentication-required'), edition: 'base-1.0', version: '1.0' }),
    );
    expect(readAnswer(xml, 'CONNECT', http(401, body, 'text/xml'))).toMatchObject({
      message: { error: 'authentication-required' },
    });
  });
});

describe('no body: the status speaks', () => {
  test.each<[number, string, ErrorName]>([
    [400, 'Bad Request', 'bad-request'],
    [400, 'Unsupported Version Number', 'unsupported-version'],
    [400, 'PPSP Version 1.1', 'unsupported-version'],
    [401, 'Unauthorized', 'authentication-required'],
    [403, 'Forbidden', 'forbidden'],
    [404, 'Not Found', 'not-found'],
    [405, '', 'bad-request'],
    [411, '', 'bad-request'],
    [413, '', 'bad-request'],
    [415, '', 'bad-request'],
    [429, '', 'overloaded'],
    [500, '', 'internal'],
    [502, '', 'internal'],
    [503, '', 'overloaded'],
  ])('%i %s', (status, reason, error) => {
    for (const edition of EDITIONS) {
      const codec = codecOf(edition);
      expect(readAnswer(codec, 'CONNECT', http(status, '', undefined, reason))).toEqual({
        ok: true,
        message: {
          edition,
          version: codec.version,
          method: 'CONNECT',
          outcome: 'failure',
          transactionId: '',
          error,
          ...(reason === '' ? {} : { detail: reason }),
        },
        findings: [],
      });
    }
  });
  test('every error of ours is read back from its status', () => {
    for (const { status, phrase } of Object.values(ERRORS)) {
      const decoded = readAnswer(xml, 'CONNECT', http(status, '', undefined, phrase));
      expect(
        decoded.ok && decoded.message.outcome === 'failure' && ERRORS[decoded.message.error].status,
      ).toBe(status);
    }
  });
  test('a detail is bounded, printable ASCII', () => {
    const decoded = readAnswer(xml, 'CONNECT', http(400, '', undefined, `a\u0000é${'b'.repeat(500)}`));
    expect(decoded.ok && decoded.message.outcome === 'failure' && decoded.message.detail).toBe(
      `a${'b'.repeat(199)}`,
    );
  });
  test.each([200, 204, 302])('%i says nothing', (status) => {
    expect(problem(readAnswer(xml, 'CONNECT', http(status, '')))).toMatch(/^answers with no body/);
  });
});

describe('what is not PPSP-TP', () => {
  const page = '<!DOCTYPE html><html><body>502</body></html>';
  test.each([
    [json, http(200, page, 'text/html'), 'answers with HTML, not PPSP-TP'],
    [xml, http(502, page, 'text/html'), 'answers with HTML, not PPSP-TP (HTTP 502)'],
    [xml, http(200, `\ufeff\n${page}`), 'answers with HTML, not PPSP-TP'],
    [xml, http(200, 'Hello', 'text/html; charset=utf-8'), 'answers with HTML, not PPSP-TP'],
    [json, http(200, 'd8:intervali1800e5:peers0:e'), 'answers with something else, not PPSP-TP'],
    [json, http(200, BASE01_EXAMPLES.statResponse), 'answers with XML, not PPSP-TP'],
    [xml, http(200, RFC7846_EXAMPLES.statResponse), 'answers with JSON, not PPSP-TP'],
    [json, http(200, '{"error":"x"}', 'application/json'), 'is missing'],
    [xml, http(200, '<a/>', 'text/xml'), 'has a root element other than PPSPTrackerProtocol'],
    [
      xml,
      http(403, BASE01_EXAMPLES.statResponse, 'text/xml'),
      'answers with a successful response (HTTP 403)',
    ],
  ])('%#', (codec, answer, expected) => {
    expect(problem(readAnswer(codec, 'CONNECT', answer))).toBe(expected);
  });
  test('nothing throws, whatever the answer', () => {
    fc.assert(
      fc.property(
        fc.nat(599),
        fc.uint8Array(),
        fc.string(),
        fc.option(fc.string()),
        (status, body, reason, type) => {
          for (const edition of EDITIONS)
            readAnswer(codecOf(edition), 'CONNECT', { status, reason, contentType: type ?? undefined, body });
        },
      ),
    );
  });
});
