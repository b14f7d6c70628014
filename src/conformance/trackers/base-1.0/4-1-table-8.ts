/** base-01 §4.1, table 8: every row, and what the table does not list. */
import type { PeerId, SwarmId } from '../../../protocol/ids.ts';
import { casesOf } from '../../section.ts';
import { connect, join, joined, leave, report } from '../../requests.ts';
import type { TrackerBench, TrackerCase } from '../../tracker-bench.ts';
import { expectListed, expectNotListed, expectStatus, expectSuccess, given } from '../../verify.ts';
import { newcomer } from './newcomer.ts';

const { must, ours } = casesOf<TrackerBench>('base-1.0', '4.1', 'base-01 §4.1, table 8');
const ROW = (row: number): string =>
  `See row ${row} of table 8: judge a CONNECT by its actions, their mode, and whether the peer is TRACKING.`;
const BESIDE = 'Refuse with 403 what table 8 does not list.';

/** It is registered: a keep-alive is answered. */
async function expectTracking(bench: TrackerBench, peer: PeerId): Promise<void> {
  expectSuccess(await bench.send(report(bench, peer), { step: 'keep-alive, for it is TRACKING' }));
}

/** The registration is over: a keep-alive is refused. */
async function expectTerminated(bench: TrackerBench, peer: PeerId): Promise<void> {
  expectStatus(
    await bench.send(report(bench, peer), { step: 'keep-alive, for it is no longer TRACKING' }),
    403,
    401,
  );
}

const seeds = (swarms: readonly SwarmId[]) => swarms.map((swarm) => join(swarm, 'SEED'));
const seedsLeave = (swarms: readonly SwarmId[]) => swarms.map((swarm) => leave(swarm, 'SEED'));

export const TABLE_8: readonly TrackerCase[] = [
  must(
    'join-from-start',
    'A LEECH may JOIN one swarm from START, and is TRACKING then.',
    ROW(1),
    async (bench) => {
      const peer = bench.peerId();
      expectSuccess(await bench.send(connect(bench, peer, [join(bench.swarmId())])));
      await expectTracking(bench, peer);
    },
  ),
  must(
    'leave-from-start',
    'A LEAVE from a peer ID that is not registered is answered 403.',
    ROW(2),
    async (bench) => {
      const swarm = bench.swarmId();
      await joined(bench, swarm, 'SEED');
      expectStatus(await bench.send(connect(bench, bench.peerId(), [leave(swarm)])), 403);
    },
  ),
  must('leave-while-tracking', 'A LEECH may LEAVE its swarm while TRACKING.', ROW(3), async (bench) => {
    const swarm = bench.swarmId();
    const peer = await joined(bench, swarm);
    expectSuccess(await bench.send(connect(bench, peer, [leave(swarm)])));
  }),
  must(
    'last-leave-ends-registration',
    'When a LEECH has left its swarm its registration is over.',
    ROW(3),
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm);
      given(await bench.send(connect(bench, peer, [leave(swarm)])));
      await expectTerminated(bench, peer);
    },
  ),
  must(
    'leave-takes-off-lists',
    'A peer that has left a swarm is not handed out any more.',
    ROW(3),
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm);
      given(await bench.send(connect(bench, peer, [leave(swarm)])));
      expectNotListed(await newcomer(bench, swarm), swarm, peer, 'the peer that left');
    },
  ),
  must(
    'switch-from-start',
    'A CONNECT that joins one swarm and leaves another, from START, is answered 403.',
    ROW(4),
    async (bench) => {
      const actions = [join(bench.swarmId()), leave(bench.swarmId())];
      expectStatus(await bench.send(connect(bench, bench.peerId(), actions)), 403);
    },
  ),
  must(
    'switch-while-tracking',
    'A LEECH may leave its swarm and join another in one CONNECT while TRACKING, and is TRACKING then.',
    ROW(5),
    async (bench) => {
      const from = bench.swarmId();
      const peer = await joined(bench, from);
      expectSuccess(await bench.send(connect(bench, peer, [leave(from), join(bench.swarmId())])));
      await expectTracking(bench, peer);
    },
  ),
  must(
    'switch-changes-lists',
    'After a channel switch the peer is handed out in the swarm joined, and not in the one left.',
    ROW(5),
    async (bench) => {
      const [from, to] = [bench.swarmId(), bench.swarmId()];
      const peer = await joined(bench, from);
      given(await bench.send(connect(bench, peer, [join(to), leave(from)])));
      expectListed(await newcomer(bench, to), to, peer, 'the peer that came');
      expectNotListed(await newcomer(bench, from), from, peer, 'the peer that left');
    },
  ),
  must(
    'switch-gets-list',
    'The answer to a channel switch lists the peers of the swarm joined.',
    'A LEECH’s JOIN is answered with a list, beside a LEAVE as well.',
    async (bench) => {
      const [from, to] = [bench.swarmId(), bench.swarmId()];
      const seed = await joined(bench, to, 'SEED');
      const peer = await joined(bench, from);
      const switched = expectSuccess(await bench.send(connect(bench, peer, [leave(from), join(to)])));
      expectListed(switched, to, seed, 'the seed');
    },
  ),
  must(
    'seed-joins-many-from-start',
    'A SEED may JOIN several swarms in one CONNECT from START, and is in all of them then.',
    ROW(6),
    async (bench) => {
      const swarms = [bench.swarmId(), bench.swarmId(), bench.swarmId()];
      const peer = bench.peerId();
      expectSuccess(await bench.send(connect(bench, peer, seeds(swarms))));
      for (const swarm of swarms) expectListed(await newcomer(bench, swarm), swarm, peer, 'the seed');
    },
  ),
  must(
    'seed-joins-while-tracking',
    'A SEED that is TRACKING may not JOIN another swarm: 403.',
    ROW(7),
    async (bench) => {
      const peer = await joined(bench, bench.swarmId(), 'SEED');
      expectStatus(await bench.send(connect(bench, peer, seeds([bench.swarmId()]))), 403);
    },
  ),
  must(
    'seed-joins-own-swarm',
    'A SEED’s JOIN of the swarm it is in is answered 403.',
    ROW(7),
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm, 'SEED');
      expectStatus(await bench.send(connect(bench, peer, seeds([swarm]))), 403);
    },
  ),
  must(
    'leech-turns-seed-by-join',
    'A LEECH that is TRACKING may not JOIN as SEED: 403; it has to leave first.',
    ROW(7),
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm);
      expectStatus(await bench.send(connect(bench, peer, seeds([swarm]))), 403);
    },
  ),
  must('seed-leaves-all', 'A SEED may LEAVE all its swarms in one CONNECT.', ROW(8), async (bench) => {
    const swarms = [bench.swarmId(), bench.swarmId()];
    const peer = await joined(bench, swarms, 'SEED');
    expectSuccess(await bench.send(connect(bench, peer, seedsLeave(swarms))));
  }),
  must(
    'seed-leaves-all-ends-registration',
    'When a SEED has left all its swarms its registration is over.',
    ROW(8),
    async (bench) => {
      const swarms = [bench.swarmId(), bench.swarmId()];
      const peer = await joined(bench, swarms, 'SEED');
      given(await bench.send(connect(bench, peer, seedsLeave(swarms))));
      await expectTerminated(bench, peer);
    },
  ),
  must(
    'seed-after-leaving',
    'A LEECH that has left can JOIN as SEED, as from START.',
    ROW(6),
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm);
      given(await bench.send(connect(bench, peer, [leave(swarm)])));
      expectSuccess(await bench.send(connect(bench, peer, seeds([swarm]))));
    },
  ),
  ours(
    'seed-leaves-some',
    'A SEED that leaves some of its swarms stays TRACKING in the others.',
    'Row 8 speaks of all swarms; end the registration with the last swarm only.',
    async (bench) => {
      const [kept, left] = [bench.swarmId(), bench.swarmId()];
      const peer = await joined(bench, [kept, left], 'SEED');
      expectSuccess(await bench.send(connect(bench, peer, seedsLeave([left]))));
      await expectTracking(bench, peer);
    },
  ),
  ours(
    'leave-in-any-mode',
    'A LEAVE counts whatever peerMode it names.',
    'Match a LEAVE by its swarm alone.',
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm, 'SEED');
      expectSuccess(await bench.send(connect(bench, peer, [leave(swarm, 'LEECH')])));
    },
  ),
  ours(
    'leave-of-other-swarm',
    'A LEAVE of a swarm the peer is not in is answered 403.',
    BESIDE,
    async (bench) => {
      const others = bench.swarmId();
      await joined(bench, others, 'SEED');
      const peer = await joined(bench, bench.swarmId());
      expectStatus(await bench.send(connect(bench, peer, [leave(others)])), 403);
    },
  ),
  ours(
    'leech-joins-two-from-start',
    'A LEECH’s CONNECT that joins two swarms is answered 403.',
    BESIDE,
    async (bench) => {
      const actions = [join(bench.swarmId()), join(bench.swarmId())];
      expectStatus(await bench.send(connect(bench, bench.peerId(), actions)), 403);
    },
  ),
  ours(
    'leech-joins-second-swarm',
    'A LEECH that is TRACKING may not JOIN a second swarm without leaving the first: 403.',
    BESIDE,
    async (bench) => {
      const peer = await joined(bench, bench.swarmId());
      expectStatus(await bench.send(connect(bench, peer, [join(bench.swarmId())])), 403);
    },
  ),
  ours(
    'same-swarm-twice',
    'A CONNECT that names one swarm in two actions is answered 403.',
    'Look for repeated swarm IDs before the actions are judged.',
    async (bench) => {
      const swarm = bench.swarmId();
      expectStatus(await bench.send(connect(bench, bench.peerId(), seeds([swarm, swarm]))), 403);
    },
  ),
  ours(
    'leech-starts-again',
    'A LEECH’s JOIN of the swarm it is in is a re-start, answered with a new list.',
    '§4.1 speaks of a peer that wants to "start (or re-start)"; without FIND it is how a LEECH asks anew.',
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm);
      const seed = await joined(bench, swarm, 'SEED');
      expectListed(
        expectSuccess(await bench.send(connect(bench, peer, [join(swarm)]))),
        swarm,
        seed,
        'the seed',
      );
    },
  ),
];
