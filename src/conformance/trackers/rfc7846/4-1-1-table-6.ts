/** RFC 7846 §4.1.1, table 6: every row, and what the table does not list. */
import type { PeerId, SwarmId } from '../../../protocol/ids.ts';
import { casesOf } from '../../section.ts';
import { connect, find, join, joined, leave, report } from '../../requests.ts';
import type { TrackerBench, TrackerCase } from '../../tracker-bench.ts';
import {
  expectError,
  expectListed,
  expectNotListed,
  expectRefusal,
  expectSuccess,
  given,
} from '../../verify.ts';

const { must, ours } = casesOf<TrackerBench>('rfc7846', '4.1.1', 'RFC 7846 §4.1.1, table 6');
const ROW = (row: number): string =>
  `See row ${row} of table 6: judge a CONNECT by its actions, their mode, and whether the peer is TRACKING.`;
const BESIDE = 'Refuse with error 3 what table 6 does not list.';

/** The peer is registered, and in that swarm: its FIND is answered. */
async function expectTracking(bench: TrackerBench, peer: PeerId, swarm: SwarmId): Promise<void> {
  expectSuccess(await bench.send(find(bench, peer, swarm), { step: 'FIND, for it is TRACKING' }));
}

/** The registration is over: a keep-alive is refused. */
async function expectTerminated(bench: TrackerBench, peer: PeerId): Promise<void> {
  expectRefusal(await bench.send(report(bench, peer), { step: 'keep-alive, for it is no longer TRACKING' }));
}

export const TABLE_6: readonly TrackerCase[] = [
  must(
    'join-from-start',
    'A LEECH may JOIN one swarm from START, and is TRACKING then.',
    ROW(1),
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = bench.peerId();
      expectSuccess(await bench.send(connect(bench, peer, [join(swarm)])));
      await expectTracking(bench, peer, swarm);
    },
  ),
  must(
    'leave-from-start',
    'A LEAVE from a peer ID that is not registered is refused with error 3.',
    ROW(2),
    async (bench) => {
      const swarm = bench.swarmId();
      await joined(bench, swarm, 'SEED');
      expectError(await bench.send(connect(bench, bench.peerId(), [leave(swarm)])), 'forbidden');
    },
  ),
  must('leave-while-tracking', 'A LEECH may LEAVE its swarm while TRACKING.', ROW(3), async (bench) => {
    const swarm = bench.swarmId();
    const peer = await joined(bench, swarm);
    expectSuccess(await bench.send(connect(bench, peer, [leave(swarm)])));
  }),
  must(
    'leave-takes-off-lists',
    'A peer that has left a swarm is not handed out any more.',
    ROW(3),
    async (bench) => {
      const swarm = bench.swarmId();
      const watcher = await joined(bench, swarm, 'SEED');
      const peer = await joined(bench, swarm);
      given(await bench.send(connect(bench, peer, [leave(swarm)])));
      const found = expectSuccess(await bench.send(find(bench, watcher, swarm)));
      expectNotListed(found, swarm, peer, 'the peer that left');
    },
  ),
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
    'join-again-after-leave',
    'A LEECH that has left can JOIN again, as from START.',
    ROW(1),
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm);
      given(await bench.send(connect(bench, peer, [leave(swarm)])));
      expectSuccess(await bench.send(connect(bench, peer, [join(swarm)])));
      await expectTracking(bench, peer, swarm);
    },
  ),
  must(
    'switch-from-start',
    'A CONNECT that joins one swarm and leaves another, from START, is refused with error 3.',
    ROW(4),
    async (bench) => {
      const [from, to] = [bench.swarmId(), bench.swarmId()];
      const peer = bench.peerId();
      expectError(await bench.send(connect(bench, peer, [join(to), leave(from)])), 'forbidden');
    },
  ),
  must(
    'switch-from-start-registers-nobody',
    'A channel switch refused in START leaves its peer ID unregistered.',
    ROW(4),
    async (bench) => {
      const peer = bench.peerId();
      await bench.send(connect(bench, peer, [join(bench.swarmId()), leave(bench.swarmId())]));
      await expectTerminated(bench, peer);
    },
  ),
  must(
    'switch-while-tracking',
    'A LEECH may join one swarm and leave its own in one CONNECT while TRACKING.',
    ROW(5),
    async (bench) => {
      const [from, to] = [bench.swarmId(), bench.swarmId()];
      const peer = await joined(bench, from);
      expectSuccess(await bench.send(connect(bench, peer, [leave(from), join(to)])));
      await expectTracking(bench, peer, to);
    },
  ),
  must(
    'switch-join-first',
    'The two actions of a channel switch may stand in either order.',
    ROW(5),
    async (bench) => {
      const [from, to] = [bench.swarmId(), bench.swarmId()];
      const peer = await joined(bench, from);
      expectSuccess(await bench.send(connect(bench, peer, [join(to), leave(from)])));
    },
  ),
  must(
    'switch-takes-off-lists',
    'After a channel switch the peer is not handed out in the swarm it left.',
    ROW(5),
    async (bench) => {
      const [from, to] = [bench.swarmId(), bench.swarmId()];
      const watcher = await joined(bench, from, 'SEED');
      const peer = await joined(bench, from);
      given(await bench.send(connect(bench, peer, [leave(from), join(to)])));
      const found = expectSuccess(await bench.send(find(bench, watcher, from)));
      expectNotListed(found, from, peer, 'the peer that switched');
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
  must('seed-join-from-start', 'A SEEDER may JOIN a swarm from START.', ROW(6), async (bench) => {
    const swarm = bench.swarmId();
    const peer = bench.peerId();
    expectSuccess(await bench.send(connect(bench, peer, [join(swarm, 'SEED')])));
    await expectTracking(bench, peer, swarm);
  }),
  must(
    'seed-joins-many-from-start',
    'A SEEDER may JOIN several swarms in one CONNECT from START, and is in all of them then.',
    ROW(6),
    async (bench) => {
      const swarms = [bench.swarmId(), bench.swarmId(), bench.swarmId()];
      const peer = bench.peerId();
      expectSuccess(
        await bench.send(
          connect(
            bench,
            peer,
            swarms.map((swarm) => join(swarm, 'SEED')),
          ),
        ),
      );
      for (const swarm of swarms) await expectTracking(bench, peer, swarm);
    },
  ),
  must(
    'seed-joins-while-tracking',
    'A SEEDER that is TRACKING may not JOIN another swarm: refused with error 3.',
    ROW(7),
    async (bench) => {
      const peer = await joined(bench, bench.swarmId(), 'SEED');
      expectError(await bench.send(connect(bench, peer, [join(bench.swarmId(), 'SEED')])), 'forbidden');
    },
  ),
  must(
    'seed-joins-own-swarm',
    'A SEEDER’s JOIN of the swarm it is in is refused with error 3.',
    ROW(7),
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm, 'SEED');
      expectError(await bench.send(connect(bench, peer, [join(swarm, 'SEED')])), 'forbidden');
    },
  ),
  must(
    'leech-turns-seed-by-join',
    'A LEECH that is TRACKING may not JOIN as SEEDER: refused with error 3; it has to leave first.',
    ROW(7),
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm);
      expectError(await bench.send(connect(bench, peer, [join(swarm, 'SEED')])), 'forbidden');
    },
  ),
  must(
    'leech-turns-seed-by-leave-and-join',
    'A LEECH that has left its swarm can JOIN it as SEEDER.',
    ROW(6),
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm);
      given(await bench.send(connect(bench, peer, [leave(swarm)])));
      expectSuccess(await bench.send(connect(bench, peer, [join(swarm, 'SEED')])));
    },
  ),
  must('seed-leaves-all', 'A SEEDER may LEAVE all its swarms in one CONNECT.', ROW(8), async (bench) => {
    const swarms = [bench.swarmId(), bench.swarmId(), bench.swarmId()];
    const peer = await joined(bench, swarms, 'SEED');
    expectSuccess(
      await bench.send(
        connect(
          bench,
          peer,
          swarms.map((swarm) => leave(swarm, 'SEED')),
        ),
      ),
    );
  }),
  must(
    'seed-leaves-all-ends-registration',
    'When a SEEDER has left all its swarms its registration is over.',
    ROW(8),
    async (bench) => {
      const swarms = [bench.swarmId(), bench.swarmId()];
      const peer = await joined(bench, swarms, 'SEED');
      given(
        await bench.send(
          connect(
            bench,
            peer,
            swarms.map((swarm) => leave(swarm, 'SEED')),
          ),
        ),
      );
      await expectTerminated(bench, peer);
    },
  ),
  ours(
    'seed-leaves-some',
    'A SEEDER that leaves some of its swarms stays TRACKING in the others.',
    'Row 8 speaks of all swarms; end the registration with the last swarm only.',
    async (bench) => {
      const [kept, left] = [bench.swarmId(), bench.swarmId()];
      const peer = await joined(bench, [kept, left], 'SEED');
      expectSuccess(await bench.send(connect(bench, peer, [leave(left, 'SEED')])));
      await expectTracking(bench, peer, kept);
    },
  ),
  ours(
    'leave-in-any-mode',
    'A LEAVE counts whatever peer_mode it names.',
    'Match a LEAVE by its swarm alone: §4.1.1 sets the action to LEAVE "regardless of the peer mode".',
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm, 'SEED');
      expectSuccess(await bench.send(connect(bench, peer, [leave(swarm, 'LEECH')])));
    },
  ),
  ours(
    'leave-of-other-swarm',
    'A LEAVE of a swarm the peer is not in is refused with error 3.',
    BESIDE,
    async (bench) => {
      const others = bench.swarmId();
      await joined(bench, others, 'SEED');
      const peer = await joined(bench, bench.swarmId());
      expectError(await bench.send(connect(bench, peer, [leave(others)])), 'forbidden');
    },
  ),
  ours(
    'leech-joins-two-from-start',
    'A LEECH’s CONNECT that joins two swarms is refused with error 3.',
    BESIDE,
    async (bench) => {
      const actions = [join(bench.swarmId()), join(bench.swarmId())];
      expectError(await bench.send(connect(bench, bench.peerId(), actions)), 'forbidden');
    },
  ),
  ours(
    'leech-joins-second-swarm',
    'A LEECH that is TRACKING may not JOIN a second swarm without leaving the first: error 3.',
    BESIDE,
    async (bench) => {
      const peer = await joined(bench, bench.swarmId());
      expectError(await bench.send(connect(bench, peer, [join(bench.swarmId())])), 'forbidden');
    },
  ),
  ours(
    'same-swarm-twice',
    'A CONNECT that names one swarm in two actions is refused with error 3.',
    'Look for repeated swarm IDs before the actions are judged.',
    async (bench) => {
      const swarm = bench.swarmId();
      const actions = [join(swarm, 'SEED'), join(swarm, 'SEED')];
      expectError(await bench.send(connect(bench, bench.peerId(), actions)), 'forbidden');
    },
  ),
  ours(
    'leech-starts-again',
    'A LEECH’s JOIN of the swarm it is in is a re-start, answered with a new list.',
    '§4.1.1 speaks of a "start (or re-start) period": take it as a refresh, not as row 7.',
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
