import { describe, expect, it } from 'vitest';
import { codecOf } from '../protocol/editions/index.ts';
import type { HttpRequest, HttpResponse } from '../protocol/http.ts';
import { HTTP_FAILURES } from './failures.ts';
import type { FailureStatus } from './failures.ts';
import { bytes, encoded, JSON_TYPE, post, startEndpoint, text, XML_TYPE } from './testing-http.ts';
import { CONNECTING, connect, dice, join, keepAlive, report } from './testing.ts';

/** error_code of a JSON failure, whose body has neither addresses nor results (RFC 7846 §4.3). */
function errorCode({ body }: HttpResponse): unknown {
  const { PPSPTrackerProtocol: root } = JSON.parse(text(body)) as {
    PPSPTrackerProtocol: Record<string, unknown>;
  };
  expect(root['response_type']).toBe(1);
  expect(root).not.toHaveProperty('peer_addr');
  expect(root).not.toHaveProperty('swarm_result');
  return root['error_code'];
}

describe.each(CONNECTING)('exchanges in %s', (edition) => {
  it('answers in the edition and with the media type it was asked with', () => {
    const { send, say } = startEndpoint();
    const codec = codecOf(edition);
    const { response, exchange } = say(connect(edition, 'p', [join('a')]));
    expect(response).toMatchObject({ status: 200, reason: 'OK' });
    expect(response.headers['content-type']).toBe(codec.mediaType);
    expect(codec.decodeResponse(response.body, 'CONNECT')).toMatchObject({
      ok: true,
      message: { outcome: 'success', publicAddress: { address: '198.51.100.7', port: 40_000 } },
    });
    expect(exchange).toMatchObject({
      edition,
      method: 'CONNECT',
      peerId: 'p',
      transactionId: 't',
      error: undefined,
      repeated: false,
    });
    expect(exchange.events.map(({ kind }) => kind)).toEqual(['tracker', 'registered', 'joined', 'listed']);

    const others =
      edition === 'rfc7846' ? ['application/json', 'text/json'] : ['text/xml', 'application/xml'];
    for (const type of others) {
      const asked = { ...encoded(report(edition, 'p')), contentType: `${type.toUpperCase()}; charset=UTF-8` };
      expect(send(asked).response.headers['content-type']).toBe(type);
    }
  });

  it('takes any path and query, up to 8 KiB', () => {
    const { send } = startEndpoint();
    const request = encoded(connect(edition, 'p', [join('a')]));
    expect(send({ ...request, target: '/announce?x=1' }).response.status).toBe(200);
    expect(send({ ...request, target: `/${'x'.repeat(8_192)}` }).response.status).toBe(414);
  });

  it('refuses with the status of the error', () => {
    const { say, stats } = startEndpoint({}, { maxPeers: 1 });
    say(connect(edition, 'p', [join('a')]));
    const forbidden = say(report(edition, 'q'));
    expect(forbidden.response.status).toBe(403);
    expect(forbidden.exchange.error).toBe('forbidden');
    const full = say(connect(edition, 'q', [join('a')]));
    expect(full.response.status).toBe(503);
    expect(full.response.headers['retry-after']).toMatch(/^\d+$/);
    for (const { response } of [forbidden, full]) {
      expect(response.reason).toMatch(/^[\x20-\x7e]+$/);
      if (response.body.byteLength === 0) expect(response.headers).not.toHaveProperty('content-type');
      else expect(response.headers['content-type']).toBe(codecOf(edition).mediaType);
    }
    expect(stats().requests.byError).toEqual({ forbidden: 1, overloaded: 1 });
  });

  it('answers an unexpected exception with 500, and goes on', () => {
    let broken = true;
    const faults: unknown[] = [];
    const onFault = (fault: unknown) => faults.push(fault);
    const { say, stats } = startEndpoint({ onFault }, {}, (tracker) => ({
      ...tracker,
      options: tracker.options,
      expire: (now) => tracker.expire(now),
      stats: (now) => tracker.stats(now),
      registered: (peerId) => tracker.registered(peerId),
      count: (request) => tracker.count(request),
      query: (peerId, properties) => tracker.query(peerId, properties),
      peer: (peerId) => tracker.peer(peerId),
      peersPage: (after, limit) => tracker.peersPage(after, limit),
      handle: (request, context) => {
        if (broken) throw new Error('secret');
        return tracker.handle(request, context);
      },
    }));
    const { response, exchange } = say(connect(edition, 'p', [join('a')]));
    expect(response.status).toBe(500);
    expect(text(response.body) + response.reason).not.toContain('secret');
    expect(exchange.error).toBe('internal');
    expect(stats().requests).toMatchObject({ total: 1, byError: { internal: 1 } });
    expect(faults).toEqual([new Error('secret')]);
    broken = false;
    // The same bytes again: an internal error is no answer to be kept.
    expect(say(connect(edition, 'p', [join('a')])).response.status).toBe(200);
  });
});

describe('requests that are no message', () => {
  const good = encoded(connect('rfc7846', 'p', [join('a')]));
  const cases: readonly { name: string; request: HttpRequest; status: number }[] = [
    { name: 'GET', request: { ...good, method: 'GET' }, status: 405 },
    { name: 'lower-case post', request: { ...good, method: 'post' }, status: 405 },
    { name: 'no media type', request: { ...good, contentType: undefined }, status: 400 },
    { name: 'empty media type', request: { ...good, contentType: '' }, status: 400 },
    { name: 'wrong media type', request: { ...good, contentType: 'text/plain' }, status: 415 },
    { name: 'too long', request: { ...good, body: new Uint8Array((1 << 20) + 1) }, status: 413 },
    { name: 'empty body', request: { ...good, body: new Uint8Array() }, status: 400 },
    { name: 'JSON as XML', request: { ...good, contentType: XML_TYPE }, status: 400 },
  ];

  it.each(cases)('$name: $status', ({ request, status }) => {
    const { send, stats } = startEndpoint();
    const { response, exchange } = send(request);
    expect(response.status).toBe(status);
    expect(exchange).toMatchObject({ response, edition: undefined, peerId: undefined, error: 'bad-request' });
    expect(stats().requests).toMatchObject({ total: 1, byError: { 'bad-request': 1 } });
    if (response.body.byteLength > 0) expect(errorCode(response)).toBe(1);
    else expect(response.headers).not.toHaveProperty('content-type');
  });

  it.each([undefined, 'text/plain'])(
    'takes the form of the body when the media type is %s',
    (contentType) => {
      const { send } = startEndpoint();
      const json = send({ ...good, contentType }).response;
      expect(errorCode(json)).toBe(1);
      expect(json.headers['content-type']).toBe(JSON_TYPE);
      const xml = send({ ...encoded(connect('base-1.0', 'p', [join('a')])), contentType }).response;
      expect([xml.body.byteLength, xml.headers]).toEqual([0, {}]);
    },
  );

  it('refuses gu-04 with a body that says so, and XML of no edition with none', () => {
    const { send, say } = startEndpoint();
    const stranger = say(keepAlive('gu-04', 'p')).response;
    expect([stranger.status, text(stranger.body)]).toEqual([
      403,
      expect.stringContaining('MESSAGE FORBIDDEN'),
    ]);
    const request = encoded(keepAlive('gu-04', 'p'));
    const long = send({ ...request, target: '/'.repeat(9_000) }).response;
    expect([long.status, text(long.body)]).toEqual([414, expect.stringContaining('INVALID SYNTAX')]);
    expect(long.headers['content-type']).toBe(XML_TYPE);
    const foreign = send({ ...request, body: bytes('<html/>') }).response;
    expect([foreign.status, foreign.body.byteLength, foreign.headers]).toEqual([400, 0, {}]);
  });

  it.each([
    [[], 'body is empty'],
    [[0xff, 0xfe, 0x7b, 0], 'body is UTF-16 or UTF-32, not UTF-8'],
    [[0xfe, 0xff, 0, 0x3c], 'body is UTF-16 or UTF-32, not UTF-8'],
    [[0x7b], 'body is not JSON'],
    [[0x78], 'no PPSP-TP message'],
  ])('says what the bytes %j are', (body, problem) => {
    const { response } = startEndpoint().send(post(new Uint8Array(body), JSON_TYPE));
    expect(response.reason).toBe(`Bad Request: ${problem}`);
  });

  it('names the method allowed', () => {
    expect(startEndpoint().send({ ...good, method: 'PUT' }).response.headers['allow']).toBe('POST');
  });

  it.each(Object.keys(HTTP_FAILURES).map((status) => Number(status) as FailureStatus))(
    'the host refuses with %i in the form of the media type',
    (status) => {
      const { endpoint } = startEndpoint();
      const json = endpoint.failure(status, 'application/json; charset=utf-8');
      expect(json).toMatchObject({ status, headers: { 'content-type': 'application/json' } });
      expect(errorCode(json)).toBe(
        {
          forbidden: 3,
          internal: 4,
          overloaded: 5,
          'bad-request': 1,
          'not-found': 3,
          'authentication-required': 6,
        }[HTTP_FAILURES[status].error],
      );
      for (const type of [XML_TYPE, undefined, 'text/html']) {
        const empty = endpoint.failure(status, type, 'line\r\nset-cookie: x');
        expect(empty.body.byteLength).toBe(0);
        expect(empty.headers).not.toHaveProperty('content-type');
        expect(empty.reason).toBe(`${HTTP_FAILURES[status].phrase}: line??set-cookie: x`);
      }
      expect('retry-after' in json.headers).toBe(status === 503);
    },
  );
});

describe('hostile bodies', () => {
  const deep = '['.repeat(100_000);
  const JSON_BODIES = [
    'null',
    '[]',
    '{}',
    '{',
    '"',
    '\u0000',
    '{"PPSPTrackerProtocol":null}',
    '{"PPSPTrackerProtocol":[]}',
    `{"PPSPTrackerProtocol":${deep}`,
    `{"__proto__":{"PPSPTrackerProtocol":1}}`,
    '{"PPSPTrackerProtocol":{"version":1,"request_type":"CONNECT","transaction_id":"<b>\\r\\nx: y","peer_id":"p"}}',
    '{"PPSPTrackerProtocol":{"version":1,"request_type":"__proto__","transaction_id":"t","peer_id":"p"}}',
    '{"PPSPTrackerProtocol":{"version":9,"request_type":"CONNECT","transaction_id":"t","peer_id":"p"}}',
  ];
  const XML_BODIES = [
    '<',
    '<a/>',
    '<?xml version="1.0"?>',
    '<PPSPTrackerProtocol/>',
    '<a>'.repeat(50_000),
    '<!DOCTYPE a [<!ENTITY b "c">]><PPSPTrackerProtocol version="1.0"><Request>&b;</Request></PPSPTrackerProtocol>',
    '<PPSPTrackerProtocol version="9"><Request>CONNECT</Request></PPSPTrackerProtocol>',
    '<PPSPTrackerProtocol version="1.0"><Request>FIND</Request><PeerID>p</PeerID><TransactionID>t</TransactionID></PPSPTrackerProtocol>',
  ];

  it.each(JSON_BODIES)('JSON %#: 400 in JSON, harmless', (body) => {
    const { send, stats } = startEndpoint();
    const { response } = send(post(bytes(body), JSON_TYPE));
    expect(response.status).toBe(400);
    expect(errorCode(response)).toBe(body.includes('"version":9') ? 2 : 1);
    expect(response.reason).toMatch(/^[\x20-\x7e]+$/);
    expect(response.reason).not.toContain('<b>');
    expect(stats()).toMatchObject({ peers: 0, requests: { total: 1 } });
  });

  it.each(XML_BODIES)('XML %#: 400, empty body', (body) => {
    const { send, stats } = startEndpoint();
    const { response } = send(post(bytes(body), XML_TYPE));
    expect(response.status).toBe(400);
    expect(response.body.byteLength).toBe(0);
    expect(response.headers).toEqual({});
    expect(response.reason).toMatch(/^[\x20-\x7e]+$/);
    expect(stats()).toMatchObject({ peers: 0, requests: { total: 1 } });
  });

  it('never crashes on noise', () => {
    const { send } = startEndpoint();
    const random = dice(99);
    const good = encoded(connect('rfc7846', 'p', [join('a')])).body;
    const xml = encoded(connect('base-1.0', 'p', [join('a')])).body;
    for (let i = 0; i < 600; i++) {
      const spoiled = new Uint8Array(i % 2 ? good : xml);
      for (let n = 0; n < 4; n++) spoiled[Math.floor(random() * spoiled.length)] = Math.floor(random() * 256);
      const { response } = send(post(spoiled, i % 2 ? JSON_TYPE : XML_TYPE));
      expect([200, 400, 403]).toContain(response.status);
      expect(response.reason).toMatch(/^[\x20-\x7e]+$/);
    }
  });

  it('echoes the transaction of JSON that could be read so far', () => {
    const { send } = startEndpoint();
    const body =
      '{"PPSPTrackerProtocol":{"version":1,"request_type":"CONNECT","transaction_id":"t7","peer_id":"p"}}';
    expect(text(send(post(bytes(body), JSON_TYPE)).response.body)).toContain('"t7"');
  });

  it('names in the Reason-Phrase the version that is spoken', () => {
    const { send } = startEndpoint();
    const body = '<PPSPTrackerProtocol version="9"><Request>CONNECT</Request></PPSPTrackerProtocol>';
    expect(send(post(bytes(body), XML_TYPE)).response.reason).toContain('PPSP Version 1.0');
  });
});
