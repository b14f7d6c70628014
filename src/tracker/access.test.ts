import { describe, expect, it } from 'vitest';
import { codecOf } from '../protocol/editions/index.ts';
import type { HttpResponse } from '../protocol/http.ts';
import type { EditionId, Request } from '../protocol/message.ts';
import { EDITIONS } from '../protocol/message.ts';
import type { Access, Identity } from './access.ts';
import { as, bytes, encoded, JSON_TYPE, post, startEndpoint, text, XML_TYPE } from './testing-http.ts';
import { connect, dice, entering, join, keepAlive, report } from './testing.ts';

const UNKNOWN: Access = { kind: 'unknown' };
const anyone = (name: string): Identity => ({ name, mayActAs: () => true });
const only = (name: string): Identity => ({ name, mayActAs: (peerId) => peerId === name });
const known = (identity: Identity): Access => ({ kind: 'known', identity });

function start() {
  const { endpoint, tracker, stats } = startEndpoint();
  const random = dice(3);
  const ask = (asked: ReturnType<typeof post>, access: Access) =>
    endpoint.answer(asked, { now: 0, random }, access);
  return { tracker, stats, ask, say: (request: Request, access: Access) => ask(encoded(request), access) };
}

const readFailure = (edition: EditionId, { body }: HttpResponse): unknown => {
  const read = codecOf(edition).decodeResponse(body, 'CONNECT');
  return read.ok && { ...read.message, findings: read.findings.length };
};

describe.each(EDITIONS)('in %s', (edition) => {
  const [first] = entering(edition, 'p', 'film');
  const connecting = as(first ?? connect(edition, 'p', []), 't7');

  it('who is not known is told so in the form of the edition, and nothing happens', () => {
    const { say, tracker, stats } = start();
    const { response, exchange } = say(connecting, UNKNOWN);
    expect(response).toMatchObject({ status: 401, reason: 'Authentication Required' });
    expect(response.headers['content-type']).toBe(codecOf(edition).mediaType);
    expect(readFailure(edition, response)).toMatchObject({
      outcome: 'failure',
      error: 'authentication-required',
      transactionId: 't7',
      findings: 0,
    });
    expect(exchange).toMatchObject({
      edition,
      method: 'CONNECT',
      peerId: 'p',
      transactionId: 't7',
      error: 'authentication-required',
      repeated: false,
      events: [],
    });
    expect(tracker.registered(connecting.peerId)).toBe(false);
    expect(stats().requests).toEqual({
      total: 1,
      byMethod: { CONNECT: 1 },
      byEdition: { [edition]: 1 },
      byError: { 'authentication-required': 1 },
    });
  });

  it('who is known acts as its own peer, and as no other', () => {
    const { say, tracker, stats } = start();
    const other = say(connecting, known(only('q')));
    expect(other.response.status).toBe(403);
    expect(other.exchange).toMatchObject({
      error: 'forbidden',
      peerId: 'p',
      transactionId: 't7',
      events: [],
    });
    expect(tracker.registered(connecting.peerId)).toBe(false);
    expect(stats().requests.byError).toEqual({ forbidden: 1 });
    expect(say(connecting, known(only('p'))).response.status).toBe(200);
    expect(tracker.registered(connecting.peerId)).toBe(true);
    // What was kept for it is not for others either.
    expect(say(connecting, UNKNOWN).response.status).toBe(401);
    expect(say(connecting, known(only('q'))).exchange).toMatchObject({ error: 'forbidden', repeated: false });
  });

  it('what one was answered is given again to that one alone', () => {
    const { say } = start();
    const [one, two] = [known(anyone('one')), known(anyone('two'))];
    expect(say(connecting, one).response.status).toBe(200);
    expect(say(connecting, two).exchange.repeated).toBe(false);
    expect(say(connecting, one).exchange.repeated).toBe(true);
    expect(say(connecting, two).exchange.repeated).toBe(true);
  });
});

it('a body without an edition is refused in the form of its media type, XML in the status line alone', () => {
  const { ask } = start();
  const json = ask(post(bytes('{'), JSON_TYPE), UNKNOWN).response;
  expect([json.status, readFailure('rfc7846', json)]).toMatchObject([
    401,
    { error: 'authentication-required', transactionId: '' },
  ]);
  for (const [body, type] of [
    ['<a/>', XML_TYPE],
    ['', XML_TYPE],
    ['x', 'text/html'],
    ['', undefined],
  ] as const) {
    const { response } = ask(post(bytes(body), type), UNKNOWN);
    expect([response.status, text(response.body)]).toEqual([401, '']);
    expect(response.headers).not.toHaveProperty('content-type');
  }
  // What is not read at all comes first.
  expect(ask(post(bytes('{}'), JSON_TYPE, { method: 'PUT' }), UNKNOWN).response.status).toBe(405);
  expect(ask(post(new Uint8Array((1 << 20) + 1), JSON_TYPE), UNKNOWN).response.status).toBe(413);
});

it('the transaction ID of a message that says too little is echoed all the same', () => {
  const body =
    '{"PPSPTrackerProtocol":{"version":1,"transaction_id":"t9","peer_id":"p","request_type":"FIND"}}';
  const { response, exchange } = start().ask(post(bytes(body), JSON_TYPE), UNKNOWN);
  expect(readFailure('rfc7846', response)).toMatchObject({ transactionId: 't9' });
  expect(exchange).toMatchObject({ transactionId: 't9', edition: 'rfc7846', peerId: undefined });
});

it('an AuthToken says who asks where the host takes it (gu -06 §4.1), and the peer ID still has to be its own', () => {
  const { say } = start();
  const asked: string[] = [];
  const access: Access = {
    kind: 'unknown',
    byToken: (token) => (asked.push(token), token === 'good' ? only('p') : undefined),
  };
  const withToken = (peer: string, authToken: string): Request => ({
    ...connect('gu-04', peer, []),
    authToken,
  });
  expect(say(withToken('p', 'bad'), access).response.status).toBe(401);
  expect(say(withToken('q', 'good'), access).response.status).toBe(403);
  expect(say(withToken('p', 'good'), access).response.status).toBe(200);
  expect(say(keepAlive('gu-04', 'p'), access).response.status).toBe(401);
  expect(say(withToken('p', 'good'), UNKNOWN).response.status).toBe(401);
  expect(asked).toEqual(['bad', 'good', 'good']);
});

it('without authentication everybody is answered as before', () => {
  const { say } = startEndpoint();
  expect(say(connect('rfc7846', 'p', [join('a')])).response.status).toBe(200);
  expect(say(as(report('rfc7846', 'p', ['a']), 't2')).response.status).toBe(200);
});
