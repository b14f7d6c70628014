import { describe, expect, it } from 'vitest';
import { codecOf } from '../protocol/editions/index.ts';
import { EDITIONS } from '../protocol/message.ts';
import type { EditionId } from '../protocol/message.ts';
import { RULES } from '../protocol/rules.ts';
import { as, startEndpoint } from './testing-http.ts';
import { connect, entering, find, join, joinOne, keepAlive } from './testing.ts';

/** What a peer of each edition asks for a list with, once it is in the swarm. */
const asking = (edition: EditionId) => {
  if (RULES[edition].find) return as(find(edition, edition, 'film'), 'f');
  return as(connect(edition, edition, [join('film')]), 'f');
};

describe('one swarm, a peer of each edition, one endpoint', () => {
  const meet = () => {
    const started = startEndpoint();
    for (const edition of EDITIONS)
      for (const [index, request] of entering(edition, edition, 'film').entries())
        expect(started.say(as(request, `t${index}`)).response).toMatchObject({ status: 200 });
    return started;
  };

  it.each(EDITIONS)('%s sees the other three', (edition) => {
    const { say } = meet();
    const { response, exchange } = say(asking(edition));
    expect(exchange.edition).toBe(edition);
    const decoded = codecOf(edition).decodeResponse(response.body, exchange.method ?? 'FIND');
    if (!decoded.ok || decoded.message.outcome !== 'success') throw new Error('no list');
    const [list, ...others] = decoded.message.peerLists;
    expect(others).toEqual([]);
    expect(list?.peers.map(({ peerId }) => String(peerId)).sort()).toEqual(
      EDITIONS.filter((other) => other !== edition).sort(),
    );
    for (const { addresses } of list?.peers ?? [])
      expect(addresses).toMatchObject([{ address: '198.51.100.7', port: 40_000 }]);
  });

  it('is counted by edition and method', () => {
    const { say, stats } = meet();
    say(as(keepAlive('gu-04', 'gu-04'), 'k'));
    expect(stats().requests).toEqual({
      total: 6,
      byMethod: { CONNECT: 4, JOIN: 1, KEEPALIVE: 1 },
      byEdition: { rfc7846: 1, 'extended-1.1': 1, 'base-1.0': 1, 'gu-04': 3 },
      byError: {},
    });
  });
});

describe('a repeated transaction of gu-04', () => {
  it('gets the same bytes, JOIN as LEECH with its list and 404 with its body, and resets no timer', () => {
    const { say, wait, stats, endpoint } = startEndpoint();
    say(as(connect('gu-04', 'p', []), '1'));
    const joined = say(as(joinOne('p', 'film'), '2'));
    const missed = say(as(find('gu-04', 'p', 'other'), '3'));
    expect(missed.response.status).toBe(404);
    wait(80_000);
    for (const [before, request] of [
      [joined, as(joinOne('p', 'film'), '2')],
      [missed, as(find('gu-04', 'p', 'other'), '3')],
    ] as const) {
      const again = say(request);
      expect(again.exchange).toMatchObject({ repeated: true, events: [] });
      expect(again.response).toEqual(before.response);
    }
    endpoint.expire(90_000);
    expect(stats().peers).toBe(0);
  });
});
