import { describe, expect, it } from 'vitest';
import { as, encoded, startEndpoint } from './testing-http.ts';
import { CONNECTING, connect, find, join, leave, report } from './testing.ts';

describe.each(CONNECTING)('a repeated transaction in %s', (edition) => {
  it('gets the same bytes, changes nothing and resets no timer', () => {
    const { say, send, wait, stats, endpoint } = startEndpoint();
    say(as(connect(edition, 'q', [join('a')]), 'q1'));
    const first = say(as(connect(edition, 'p', [join('a')]), '1'));
    wait(30_000);
    say(as(report(edition, 'q'), 'q2'));
    say(as(connect(edition, 'r', [join('a')]), 'r1'));
    wait(30_000);
    const again = say(as(connect(edition, 'p', [join('a')]), '1'));
    expect(again.response).toEqual(first.response);
    expect(again.exchange).toMatchObject({ repeated: true, events: [], edition, method: 'CONNECT' });
    expect(stats().requests.total).toBe(5);
    // Had the repetition reset the timer, p would live on here.
    const gone = endpoint
      .expire(90_000)
      .flatMap((event) => (event.kind === 'deregistered' ? [event.peerId] : []));
    expect(gone).toEqual(['p']);
    // Other content under the same transaction ID is a new request.
    expect(send(encoded(as(connect(edition, 'q', [join('a')]), 'q2'))).exchange.repeated).toBe(false);
  });

  it('is one for one peer only', () => {
    const { say } = startEndpoint();
    say(as(connect(edition, 'p', [join('a')]), '1'));
    expect(say(as(connect(edition, 'q', [join('a')]), '1')).exchange.repeated).toBe(false);
  });

  it('LEAVE: the same answer after the registration has ended; CONNECT: registers', () => {
    const { say, stats } = startEndpoint();
    const connected = as(connect(edition, 'p', [join('a')]), '1');
    const left = as(connect(edition, 'p', [leave('a')]), '2');
    say(connected);
    const answer = say(left);
    const again = say(left);
    expect(again.response).toEqual(answer.response);
    expect(again.exchange).toMatchObject({ repeated: true, events: [] });
    expect(stats().peers).toBe(0);

    const back = say(connected);
    expect(back.exchange.repeated).toBe(false);
    expect(stats().peers).toBe(1);
    // The new registration cleared the answer to the LEAVE: it leaves again.
    expect(say(left).exchange).toMatchObject({ repeated: false, error: undefined });
    expect(stats().peers).toBe(0);
  });

  it('is not remembered over the refusals a stranger gets', () => {
    const { say } = startEndpoint();
    say(as(connect(edition, 'p', [join('a')]), '1'));
    const left = as(connect(edition, 'p', [leave('a')]), '2');
    say(left);
    expect(say(as(report(edition, 'p'), '3')).response.status).toBe(403);
    expect(say(left).exchange.repeated).toBe(true);
  });

  it('is a new request after one track-timer period', () => {
    const { say, wait } = startEndpoint();
    const connected = as(connect(edition, 'p', [join('a')]), '1');
    say(connected);
    wait(60_000);
    say(as(report(edition, 'p'), '2'));
    wait(29_999);
    expect(say(connected).exchange.repeated).toBe(true);
    wait(1);
    expect(say(connected).exchange.repeated).toBe(false);
  });

  it('registers anew after expiry', () => {
    const { say, wait, stats } = startEndpoint();
    const connected = as(connect(edition, 'p', [join('a')]), '1');
    say(connected);
    wait(90_000);
    const { exchange } = say(connected);
    expect(exchange.repeated).toBe(false);
    expect(exchange.events.map(({ kind }) => kind)).toContain('registered');
    expect(stats().peers).toBe(1);
  });

  it('covers refusals too', () => {
    const { say } = startEndpoint();
    const refused = as(connect(edition, 'p', [join('b'), leave('b')]), '2');
    say(as(connect(edition, 'p', [join('a')]), '1'));
    expect(say(refused).response.status).toBe(403);
    expect(say(refused).exchange).toMatchObject({ repeated: true, error: 'forbidden' });
  });

  it('is tried again when the answer was to come back later', () => {
    const { say } = startEndpoint({}, { maxSwarms: 1 });
    say(as(connect(edition, 'p', [join('a')]), '1'));
    say(as(connect(edition, 'q', [join('a')]), '1'));
    const busy = as(connect(edition, 'p', [join('b'), leave('a')]), '2');
    expect(say(busy).response.status).toBe(503);
    // When q is gone, leaving `a` makes the room that `b` needs.
    say(as(connect(edition, 'q', [leave('a')]), '2'));
    expect(say(busy)).toMatchObject({ response: { status: 200 }, exchange: { repeated: false } });
  });

  it('is remembered for a bounded number of answers per peer', () => {
    const { say } = startEndpoint({}, { maxAnswers: 2 });
    const requests = ['1', '2', '3'].map((id) => as(connect(edition, 'p', [join('a')]), id));
    requests.forEach((request) => say(request));
    expect(requests.map((request) => say(request).exchange.repeated).slice(1)).toEqual([
      // Asking the first again was a new request, which pushed the second out.
      false,
      false,
    ]);
    const last = requests.at(-1);
    expect(last && say(last).exchange.repeated).toBe(true);
  });
});

it('is remembered whatever others are answered', () => {
  const { say } = startEndpoint({ maxPeerAnswerBytes: 8_000, maxAnswerBytes: 16_000 });
  for (let i = 0; i < 30; i++) say(as(connect('rfc7846', `p${i}`, [join('a')]), '1'));
  const victim = as(connect('rfc7846', 'seed', [join('b', 'SEED')]), '1');
  expect(say(victim).response.status).toBe(200);
  for (let i = 0; i < 10; i++) say(as(connect('rfc7846', 'greedy', [join('a')]), `t${i}`));
  expect(say(victim).exchange.repeated).toBe(true);
});

it('a FIND repeated is the same list, asked anew another', () => {
  const { say } = startEndpoint();
  for (let i = 0; i < 100; i++) say(as(connect('rfc7846', `p${i}`, [join('a')]), '1'));
  const first = say(as(find('rfc7846', 'p0', 'a', { count: 10 }), 'x'));
  expect(say(as(find('rfc7846', 'p0', 'a', { count: 10 }), 'x')).response.body).toEqual(first.response.body);
  expect(say(as(find('rfc7846', 'p0', 'a', { count: 10 }), 'y')).response.body).not.toEqual(
    first.response.body,
  );
});
