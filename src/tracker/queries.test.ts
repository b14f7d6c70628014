import { describe, expect, it } from 'vitest';
import { asPeerId } from '../protocol/ids.ts';
import { MAX_QUERIES, MAX_QUERIED } from './queries.ts';
import { errorOf, kinds, startTracker, success } from './testing-core.ts';
import { as } from './testing-http.ts';
import { connect, join, joinOne, keepAlive, report, statAnswer } from './testing.ts';

const p = asPeerId('p');
const NAT = [{ name: 'NAT', value: 'true' }];

const start = () => {
  const started = startTracker();
  started.say(connect('gu-04', 'p', []));
  started.say(joinOne('p', 'a'));
  return started;
};

describe('STAT_QUERY', () => {
  it('rides on the answer to the next KEEPALIVE or STAT_REPORT, once, and is answered', () => {
    const { say, tracker } = start();
    expect(tracker.query(p, ['NAT', 'STUN'])).toBe(true);
    expect(success(say(joinOne('p', 'a')).response).queries).toEqual([]);
    const asked = say(keepAlive('gu-04', 'p'));
    const [query, ...others] = success(asked.response).queries;
    expect(query).toMatchObject({ peerId: 'p', properties: ['NAT', 'STUN'] });
    expect(query?.transactionId).toMatch(/^q\./);
    expect(others).toEqual([]);
    expect(asked.events).toEqual([{ kind: 'queried', ...query }]);
    expect(success(say(report('gu-04', 'p')).response).queries).toEqual([]);
    const answer = statAnswer('p', query?.transactionId ?? '', { properties: NAT });
    const answered = say(answer);
    expect(kinds(answered.events)).toEqual(['answered', 'reported']);
    expect(success(answered.response)).toMatchObject({
      method: 'STAT_QUERY',
      transactionId: query?.transactionId,
    });
    expect(tracker.peer(p)?.properties).toEqual(NAT);
    // Answered is answered.
    expect(errorOf(say(answer).response)).toBe('forbidden');
    expect(tracker.registered(p)).toBe(true);
  });

  it('is answered by a STAT_REPORT with its transaction ID too', () => {
    const { say, tracker } = start();
    tracker.query(p, ['NAT']);
    const [query] = success(say(report('gu-04', 'p')).response).queries;
    const { events } = say(as(report('gu-04', 'p', [], {}, { properties: NAT }), query?.transactionId ?? ''));
    expect(events).toMatchObject([{ kind: 'reported' }, { kind: 'answered', properties: NAT }]);
  });

  it('is asked by the tracker itself when statistics are older than two report intervals', () => {
    const { say, wait } = start();
    const asks = () =>
      success(say(keepAlive('gu-04', 'p')).response).queries.map(({ properties }) => properties);
    wait(60_000);
    expect(asks()).toEqual([]);
    wait(1);
    expect(asks()).toEqual([['StreamStats']]);
    // Not again while it is open; given up after as long again.
    wait(60_000);
    expect(asks()).toEqual([]);
    wait(1);
    expect(asks()).toEqual([['StreamStats']]);
    say(report('gu-04', 'p', ['a'], { uploadedBytes: 1n }));
    wait(60_000);
    expect(asks()).toEqual([]);
  });

  it('is not for peers of other editions, nor without names, nor without end', () => {
    const { say, tracker } = start();
    say(connect('rfc7846', 'q', [join('a')]));
    expect(tracker.query(asPeerId('q'), ['NAT'])).toBe(false);
    expect(tracker.query(p, [])).toBe(false);
    expect(tracker.query(p, ['NAT', ''])).toBe(false);
    expect(
      tracker.query(
        p,
        Array.from({ length: MAX_QUERIED + 1 }, () => 'NAT'),
      ),
    ).toBe(false);
    for (let i = 0; i < MAX_QUERIES; i++) expect(tracker.query(p, ['NAT'])).toBe(true);
    expect(tracker.query(p, ['NAT'])).toBe(false);
    const { queries } = success(say(keepAlive('gu-04', 'p')).response);
    expect(new Set(queries.map(({ transactionId }) => transactionId)).size).toBe(MAX_QUERIES);
    expect(tracker.query(p, ['NAT'])).toBe(false);
    // It speaks another edition now: nothing rides on that.
    say(report('rfc7846', 'p'));
    expect(tracker.query(p, ['NAT'])).toBe(false);
  });

  it('is answered by nobody without a registration, nor for a swarm not joined', () => {
    const { say, tracker } = start();
    tracker.query(p, ['NAT']);
    const [query] = success(say(keepAlive('gu-04', 'p')).response).queries;
    const transaction = query?.transactionId ?? '';
    expect(errorOf(say(statAnswer('stranger', transaction)).response)).toBe('forbidden');
    const { stats } = report('gu-04', 'p', ['b']);
    expect(errorOf(say(statAnswer('p', transaction, { stats })).response)).toBe('forbidden');
    success(say(statAnswer('p', transaction)).response);
  });
});
