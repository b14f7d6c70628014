/** extended-04 §4.3: what FIND and DISCONNECT add to the state machine; figure 2 and the error conditions. */
import type { PeerId, SwarmId } from '../../../protocol/ids.ts';
import { casesOf } from '../../section.ts';
import { connect, find, join, joined, leave, report } from '../../requests.ts';
import type { TrackerBench, TrackerCase } from '../../tracker-bench.ts';
import { expectListed, expectNotListed, expectStatus, expectSuccess, given } from '../../verify.ts';
import { disconnect } from './requests.ts';

const normal = casesOf<TrackerBench>('extended-1.1', '4.3.1', 'extended-04 §4.3.1');
const errors = casesOf<TrackerBench>('extended-1.1', '4.3.2', 'extended-04 §4.3.2');
const FIND = 'Answer a FIND of a swarm that the peer is in.';
const LEAVES = 'Delete the registration on DISCONNECT, and with the last swarm that is left.';
const ENDS = 'Answer 403, delete the registration and clean the peer’s data (§4.3.2 B).';
const FREE = 'Let a peer that is TRACKING join further swarms, as long as it is LEECH in one at most.';

async function expectTracking(bench: TrackerBench, peer: PeerId, swarm: SwarmId): Promise<void> {
  expectSuccess(await bench.send(find(bench, peer, swarm), { step: 'FIND, for it is TRACKING' }));
}

async function expectTerminated(bench: TrackerBench, peer: PeerId): Promise<void> {
  expectStatus(
    await bench.send(report(bench, peer), { step: 'keep-alive, for it is no longer TRACKING' }),
    403,
    401,
  );
}

const findOfAnother = (bench: TrackerBench, peer: PeerId) =>
  bench.send(find(bench, peer, bench.swarmId()), { step: 'FIND of a swarm not joined' });

export const STATE_MACHINE: readonly TrackerCase[] = [
  normal.must(
    'connect-registers',
    'A first CONNECT with a valid action is answered SUCCESSFUL.',
    FREE,
    async (bench) => {
      expectSuccess(await bench.send(connect(bench, bench.peerId(), [join(bench.swarmId())])));
    },
  ),
  normal.must(
    'find-while-tracking',
    'A FIND of a swarm the peer is in is answered with success.',
    FIND,
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm);
      expectSuccess(await bench.send(find(bench, peer, swarm)));
    },
  ),
  normal.must(
    'report-while-tracking',
    'A STAT_REPORT from a peer that is TRACKING is answered with success.',
    'Take STAT_REPORT as base-01 has it.',
    async (bench) => {
      const swarmId = bench.swarmId();
      const peer = await joined(bench, swarmId);
      expectSuccess(await bench.send(report(bench, peer, [{ swarmId, uploadedBytes: 1n }])));
    },
  ),
  normal.must(
    'switch-while-tracking',
    'A LEECH may leave its swarm and join another in one CONNECT.',
    FREE,
    async (bench) => {
      const [from, to] = [bench.swarmId(), bench.swarmId()];
      const peer = await joined(bench, from);
      expectSuccess(await bench.send(connect(bench, peer, [leave(from), join(to)])));
      await expectTracking(bench, peer, to);
    },
  ),
  normal.must('last-leave', 'A LEAVE of the last swarm ends the registration.', LEAVES, async (bench) => {
    const swarm = bench.swarmId();
    const peer = await joined(bench, swarm);
    expectSuccess(await bench.send(connect(bench, peer, [leave(swarm)])));
    await expectTerminated(bench, peer);
  }),
  normal.must(
    'disconnect',
    'A DISCONNECT is answered with success, and ends the registration.',
    LEAVES,
    async (bench) => {
      const peer = await joined(bench, bench.swarmId());
      expectSuccess(await bench.send(disconnect(bench, peer)));
      await expectTerminated(bench, peer);
    },
  ),
  normal.ours(
    'seed-joins-further',
    'A SEED that is TRACKING may JOIN a further swarm.',
    FREE,
    async (bench) => {
      const [first, second] = [bench.swarmId(), bench.swarmId()];
      const peer = await joined(bench, first, 'SEED');
      expectSuccess(await bench.send(connect(bench, peer, [join(second, 'SEED')])));
      await expectTracking(bench, peer, first);
      await expectTracking(bench, peer, second);
    },
  ),
  normal.ours('leech-seeds-another', 'A LEECH may JOIN another swarm as SEED.', FREE, async (bench) => {
    const peer = await joined(bench, bench.swarmId());
    expectSuccess(await bench.send(connect(bench, peer, [join(bench.swarmId(), 'SEED')])));
  }),
  normal.ours(
    'leech-turns-seed',
    'A LEECH that has all of the content JOINs its swarm as SEED, and is listed as one.',
    'Take a JOIN in the other mode as a change of mode.',
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm);
      expectSuccess(await bench.send(connect(bench, peer, [join(swarm, 'SEED')])));
      const seed = await joined(bench, swarm, 'SEED');
      const seen = given(await bench.send(find(bench, seed, swarm), { step: 'FIND of another seed' }));
      expectNotListed(seen, swarm, peer, 'the peer that has become a seed');
    },
  ),
  normal.ours(
    'seed-joins-own-swarm',
    'A SEED’s JOIN of the swarm it is in is a refresh.',
    FREE,
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm, 'SEED');
      expectSuccess(await bench.send(connect(bench, peer, [join(swarm, 'SEED')])));
      await expectTracking(bench, peer, swarm);
    },
  ),
  normal.ours(
    'leaves-some',
    'A peer that leaves one of two swarms stays in the other.',
    LEAVES,
    async (bench) => {
      const [kept, left] = [bench.swarmId(), bench.swarmId()];
      const peer = await joined(bench, [kept, left], 'SEED');
      expectSuccess(await bench.send(connect(bench, peer, [leave(left, 'SEED')])));
      await expectTracking(bench, peer, kept);
    },
  ),
  errors.must(
    'leave-from-start',
    'A CONNECT of nothing but invalid actions is answered 403.',
    ENDS,
    async (bench) => {
      expectStatus(await bench.send(connect(bench, bench.peerId(), [leave(bench.swarmId())])), 403);
    },
  ),
  errors.must(
    'report-unregistered',
    'A STAT_REPORT from a peer ID that is not registered is answered 401 or 403.',
    'Look a peer ID up before anything else.',
    async (bench) => {
      expectStatus(await bench.send(report(bench, bench.peerId())), 403, 401);
    },
  ),
  errors.ours(
    'find-unregistered',
    'A FIND from a peer ID that is not registered is answered 401 or 403.',
    'Look a peer ID up before anything else.',
    async (bench) => {
      const swarm = bench.swarmId();
      await joined(bench, swarm, 'SEED');
      expectStatus(await bench.send(find(bench, bench.peerId(), swarm)), 403, 401);
    },
  ),
  errors.ours(
    'disconnect-unregistered',
    'A DISCONNECT from a peer ID that is not registered is answered 401 or 403.',
    'Look a peer ID up before anything else.',
    async (bench) => {
      const sent = await bench.send(disconnect(bench, bench.peerId()));
      expectStatus(sent, 403, 401);
    },
  ),
  errors.must(
    'leech-in-two-swarms',
    'A LEECH that is TRACKING may not JOIN a second swarm as LEECH: 403.',
    ENDS,
    async (bench) => {
      const peer = await joined(bench, bench.swarmId());
      expectStatus(await bench.send(connect(bench, peer, [join(bench.swarmId())])), 403);
    },
  ),
  errors.must(
    'invalid-connect-ends-registration',
    'A CONNECT with invalid actions ends the registration.',
    ENDS,
    async (bench) => {
      const peer = await joined(bench, bench.swarmId());
      expectStatus(await bench.send(connect(bench, peer, [join(bench.swarmId())])), 403, 401);
      await expectTerminated(bench, peer);
    },
  ),
  errors.must(
    'find-of-swarm-not-joined',
    'A FIND of a swarm the peer is not in is answered 403.',
    ENDS,
    async (bench) => {
      const others = bench.swarmId();
      await joined(bench, others, 'SEED');
      const peer = await joined(bench, bench.swarmId());
      expectStatus(await bench.send(find(bench, peer, others)), 403);
    },
  ),
  errors.must(
    'find-of-unknown-swarm',
    'A FIND of a swarm that nobody is in is answered 403.',
    ENDS,
    async (bench) => {
      expectStatus(await findOfAnother(bench, await joined(bench, bench.swarmId())), 403);
    },
  ),
  errors.must(
    'invalid-find-ends-registration',
    'A FIND of a swarm not joined ends the registration.',
    ENDS,
    async (bench) => {
      const peer = await joined(bench, bench.swarmId());
      expectStatus(await findOfAnother(bench, peer), 403, 401);
      await expectTerminated(bench, peer);
    },
  ),
  errors.must(
    'invalid-find-cleans-lists',
    'A peer that an invalid FIND has ended is on no list.',
    ENDS,
    async (bench) => {
      const swarm = bench.swarmId();
      const watcher = await joined(bench, swarm);
      const peer = await joined(bench, swarm, 'SEED');
      await findOfAnother(bench, peer);
      const seen = given(await bench.send(find(bench, watcher, swarm), { step: 'FIND of another peer' }));
      expectNotListed(seen, swarm, peer, 'the peer that was refused');
    },
  ),
  errors.must(
    'registers-anew',
    'After an error ended its registration a peer can register again.',
    ENDS,
    async (bench) => {
      const swarm = bench.swarmId();
      const watcher = await joined(bench, swarm);
      const peer = await joined(bench, swarm, 'SEED');
      await findOfAnother(bench, peer);
      expectSuccess(await bench.send(connect(bench, peer, [join(swarm, 'SEED')])));
      const seen = given(await bench.send(find(bench, watcher, swarm), { step: 'FIND of another peer' }));
      expectListed(seen, swarm, peer, 'the peer that came back');
    },
  ),
];
