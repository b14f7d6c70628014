import { describe, expect, it } from 'vitest';
import { asChunkId, asPeerId, asSwarmId } from '../protocol/ids.ts';
import type { EditionId, ScopeRange } from '../protocol/message.ts';
import { SELECTIONS, selectionOf } from './policies.ts';
import { MAX_LIVE } from './swarm.ts';
import { errorOf, host, listed, startTracker, success } from './testing-core.ts';
import { chunkMap, connect, dice, find, join, joinOne, leaveOne, report } from './testing.ts';

const holding = (edition: EditionId, peer: string, id: string, held: readonly number[], swarm?: string) =>
  report(
    edition,
    peer,
    [],
    {},
    {
      contentMaps: [
        {
          ...(swarm !== undefined && { swarmId: asSwarmId(swarm) }),
          representations: [{ id, maps: [chunkMap(0, held, 15)] }],
        },
      ],
    },
  );
const scope = (...ranges: readonly (readonly [string, number, number?])[]): ScopeRange[] =>
  ranges.map(([representation, startIndex, endIndex]) => ({
    representation,
    startIndex,
    ...(endIndex !== undefined && { endIndex }),
  }));
const findChunk = (peer: string, chunk: string) =>
  find('gu-04', peer, 'a', undefined, { method: 'FIND_CHUNK', chunkId: asChunkId(chunk) });

describe.each(SELECTIONS)('content under the policy %s', (policy) => {
  const swarm = () => {
    const started = startTracker({}, selectionOf(policy));
    const { say } = started;
    for (const peer of ['me', 'p', 'q', 'r', 'none']) say(connect('extended-1.1', peer, [join('a')]));
    say(connect('rfc7846', 'seed', [join('a', 'SEED')]));
    say(holding('extended-1.1', 'p', 'hd', [1, 2, 3]));
    say(holding('extended-1.1', 'q', 'hd', [2, 3, 4], 'a'));
    say(holding('extended-1.1', 'r', 'sd', [2, 3]));
    say(holding('extended-1.1', 'me', 'hd', [1, 2, 3, 4]));
    return started;
  };

  it.each<[ScopeRange[], string[]]>([
    [scope(['hd', 2, 3]), ['p', 'q', 'seed']],
    [scope(['hd', 1, 3]), ['p', 'seed']],
    [scope(['hd', 4]), ['q', 'seed']],
    [scope(['hd', 1, 4]), ['seed']],
    [scope(['hd', 2], ['sd', 2]), ['seed']],
    [scope(['uhd', 0]), ['seed']],
    [scope(['hd', 0, 1e15]), ['seed']],
  ])('%j lists who reported the whole, and seeds', (wanted, expected) => {
    const { say } = swarm();
    const { response } = say(find('extended-1.1', 'me', 'a', undefined, { scope: wanted }));
    expect(listed(response).sort()).toEqual(expected);
    const anew = say(connect('extended-1.1', 'me', [join('a')], { scope: wanted }));
    expect(listed(anew.response).sort()).toEqual(expected);
    // gu -06 §4.6: a JOIN with a scope of interest.
    const joined = say(joinOne('me', 'a', 'LEECH', { scope: wanted }));
    expect(listed(joined.response).sort()).toEqual(expected);
    const one = say(find('extended-1.1', 'me', 'a', { count: 1 }, { scope: wanted }));
    expect(listed(one.response)).toHaveLength(1);
  });

  it('forgets what a later report takes back, who became SEED, and who left', () => {
    const { say } = swarm();
    const search = () =>
      listed(say(find('extended-1.1', 'me', 'a', undefined, { scope: scope(['hd', 3]) })).response).sort();
    say(holding('extended-1.1', 'p', 'hd', [1]));
    expect(search()).toEqual(['q', 'seed']);
    say(connect('extended-1.1', 'q', [join('a', 'SEED')]));
    expect(search()).toEqual(['q', 'seed']);
    say(connect('extended-1.1', 'q', [join('a')]));
    expect(search()).toEqual(['seed']);
    say(holding('extended-1.1', 'r', 'hd', [3]));
    expect(search()).toEqual(['r', 'seed']);
    say(connect('rfc7846', 'r', [{ ...join('a'), action: 'LEAVE' }]));
    expect(search()).toEqual(['seed']);
  });

  it('always lists the LIVESEED to a LEECH, though only one peer was asked for', () => {
    const { say } = startTracker({}, selectionOf(policy));
    for (let i = 0; i < 60; i++) say(connect('rfc7846', `s${i}`, [join('a', 'SEED')]));
    say(connect('gu-04', 'live', []));
    say(joinOne('live', 'a', 'LIVESEED'));
    const ask = { peerNum: { count: 1 } };
    for (let i = 0; i < 20; i++)
      expect(listed(say(connect('rfc7846', 'me', [join('a')], ask)).response)).toEqual(['live']);
    const all = listed(say(connect('rfc7846', 'me', [join('a')])).response);
    expect([all.length, new Set(all).size, all[0]]).toEqual([30, 30, 'live']);
    say(leaveOne('live', 'a'));
    expect(listed(say(connect('rfc7846', 'me', [join('a')])).response)).not.toContain('live');
  });
});

it('counts a LIVESEED as SEED, says what it is, gives it to no SEED, and never to itself', () => {
  const { say, stats } = startTracker();
  say(connect('gu-04', 'live', []));
  say(joinOne('live', 'a', 'LIVESEED'));
  expect(stats().swarms).toEqual([{ id: 'a', seeds: 1, leeches: 0 }]);
  const [list] = success(say(connect('rfc7846', 'p', [join('a')])).response).peerLists;
  expect(list?.peers).toMatchObject([{ peerId: 'live', mode: 'LIVESEED' }]);
  expect(
    listed(say(connect('rfc7846', 's', [join('a', 'SEED')], { peerNum: { count: 9 } })).response),
  ).toEqual(['p']);
  expect(listed(say(joinOne('live', 'a')).response).sort()).toEqual(['p', 's']);
});

it('keeps a few places for LIVESEEDs, however many say they are', () => {
  const { say } = startTracker();
  for (let i = 0; i < 40; i++) {
    say(connect('gu-04', `live${i}`, []));
    say(joinOne(`live${i}`, 'a', 'LIVESEED'));
    say(connect('rfc7846', `p${i}`, [join('a')]));
  }
  let fromTheSource = 0;
  for (let i = 0; i < 200; i++) {
    const first = listed(say(connect('rfc7846', 'me', [join('a')])).response);
    expect(first.slice(0, MAX_LIVE).every((peer) => peer.startsWith('live'))).toBe(true);
    fromTheSource += first.filter((peer) => peer.startsWith('live')).length;
  }
  // Four for sure, and about half of the 26 drawn from all.
  expect(fromTheSource / 200).toBeGreaterThan(12);
  expect(fromTheSource / 200).toBeLessThan(22);
});

describe('FIND_CHUNK', () => {
  it('lists who declared the chunk by JOIN_CHUNK or by a map, and seeds', () => {
    const { say } = startTracker();
    for (const peer of ['me', 'p', 'q', 'r']) {
      say(connect('gu-04', peer, []));
      say(joinOne(peer, 'a'));
    }
    say(joinOne('p', 'a', 'LEECH', { chunkId: asChunkId('film-L0-00007.264') }));
    say(holding('gu-04', 'q', 'film-L0', [7]));
    say(holding('gu-04', 'r', 'other', [7]));
    const found = (chunk: string) => listed(say(findChunk('me', chunk)).response).sort();
    expect(found('film-L0-00007.264')).toEqual(['p', 'q']);
    expect(found('film-L0-7')).toEqual(['q']);
    expect(found('7')).toEqual(['q', 'r']);
    expect(errorOf(say(findChunk('me', 'film-L0-8')).response)).toBe('not-found');
    say(joinOne('p', 'a', 'SEED'));
    expect(found('film-L0-8')).toEqual(['p']);
    const [list] = success(say(findChunk('me', 'film-L0-8')).response).peerLists;
    expect(list?.chunkId).toBe('film-L0-8');
  });

  it('prefers peers that said of themselves what is required', () => {
    const { say } = startTracker();
    const stun = [{ name: 'STUN', value: 'true' }];
    for (let i = 0; i < 60; i++) {
      say(connect('gu-04', `p${i}`, []));
      say(joinOne(`p${i}`, 'a', 'LEECH', i < 2 ? { properties: stun } : {}));
    }
    const list = listed(say(find('gu-04', 'p59', 'a', { count: 20 }, { properties: stun })).response);
    expect(list.slice(0, 2).sort()).toEqual(['p0', 'p1']);
    expect(list).toHaveLength(20);
  });
});

it('refuses a map of a swarm not joined', () => {
  const { say, stats } = startTracker();
  say(connect('extended-1.1', 'p', [join('a')]));
  expect(errorOf(say(holding('extended-1.1', 'p', 'hd', [1], 'b')).response)).toBe('forbidden');
  expect(stats().peers).toBe(0);
});

it('takes the addresses a FIND of extended-1.1 declares', () => {
  const { say } = startTracker();
  say(connect('extended-1.1', 'p', [join('a')], { addresses: [host(1)] }));
  say(find('extended-1.1', 'p', 'a', undefined, { addresses: [host(2)] }));
  say(find('extended-1.1', 'p', 'a'));
  const [list] = success(say(connect('extended-1.1', 'q', [join('a')])).response).peerLists;
  expect(list?.peers[0]?.addresses).toEqual([host(2)]);
});

describe('the work of one list', () => {
  /** Draws counted, for a swarm of which everyone holds the segment and a few the rare one. */
  const thrown = (policy: (typeof SELECTIONS)[number], size: number, wanted: ScopeRange[] | undefined) => {
    const { say, tracker } = startTracker({}, selectionOf(policy));
    for (let i = 0; i < size; i++) {
      say(
        connect('extended-1.1', `p${i}`, [join('a', i % 4 === 0 ? 'SEED' : 'LEECH')], {
          peerNum: { count: 0 },
        }),
      );
      if (i % 4 !== 0) say(holding('extended-1.1', `p${i}`, 'hd', i < 40 ? [1, 2] : [1]));
    }
    say(connect('extended-1.1', 'me', [join('a')]));
    let count = 0;
    const random = dice(5);
    const request = find('extended-1.1', 'me', 'a', undefined, wanted ? { scope: wanted } : {});
    const remote = { address: '192.0.2.9', port: 1 };
    const { response } = tracker.handle(request, { now: 0, remote, random: () => (count++, random()) });
    expect(listed(response)).toHaveLength(30);
    return count;
  };

  it.each(SELECTIONS)(
    '%s throws no more dice in a swarm of 3,000 than in one of 600',
    (policy) => {
      for (const wanted of [undefined, scope(['hd', 1]), scope(['hd', 1, 2])])
        expect(thrown(policy, 3_000, wanted)).toBeLessThanOrEqual(thrown(policy, 600, wanted));
    },
    30_000,
  );
});

it('asks a peer it does not know nothing', () => {
  const { tracker } = startTracker();
  expect(tracker.query(asPeerId('p'), ['StreamStats'])).toBe(false);
});
