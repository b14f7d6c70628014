/** gu -06 §4.7: LEAVE. */
import { casesOf } from '../../section.ts';
import { find } from '../../requests.ts';
import type { TrackerBench, TrackerCase } from '../../tracker-bench.ts';
import { expectError, expectNotListed, expectSuccess, given } from '../../verify.ts';
import { expectEcho } from '../answers.ts';
import { elementOf, sendRewritten } from '../rewritten.ts';
import { connected, entered, joinAs, keepAlive, leaveSwarm } from './requests.ts';

const { must, ours } = casesOf<TrackerBench>('gu-04', '4.7', 'gu -06 §4.7');
const OUT = 'Take the peer out of that swarm.';
const KEEPS = 'End a registration on DISCONNECT or when the timer runs out, on nothing else.';

export const LEAVE: readonly TrackerCase[] = [
  must('answered', 'A LEAVE of a swarm the peer is in is answered with success.', OUT, async (bench) => {
    const swarm = bench.swarmId();
    const request = leaveSwarm(bench, await entered(bench, swarm), swarm);
    expectEcho(expectSuccess(await bench.send(request)), request);
  }),
  must('leaves-lists', 'A peer that has left a swarm is on no list of it.', OUT, async (bench) => {
    const swarm = bench.swarmId();
    const watcher = await entered(bench, swarm);
    const peer = await entered(bench, swarm, 'SEED');
    given(await bench.send(leaveSwarm(bench, peer, swarm)));
    const seen = expectSuccess(await bench.send(find(bench, watcher, swarm)));
    expectNotListed(seen, swarm, peer, 'the peer that left');
  }),
  must('keeps-other-swarms', 'A peer that leaves one swarm stays in its others.', OUT, async (bench) => {
    const [kept, left] = [bench.swarmId(), bench.swarmId()];
    const peer = await entered(bench, kept);
    given(await bench.send(joinAs(bench, peer, left)));
    given(await bench.send(leaveSwarm(bench, peer, left)));
    expectSuccess(await bench.send(find(bench, peer, kept), { step: 'FIND in the swarm kept' }));
  }),
  ours(
    'last-leave-keeps',
    'A peer that has left its last swarm is still connected.',
    KEEPS,
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await entered(bench, swarm);
      given(await bench.send(leaveSwarm(bench, peer, swarm)));
      expectSuccess(await bench.send(keepAlive(bench, peer)));
    },
  ),
  ours('joins-after-last-leave', 'It can JOIN again without a CONNECT.', KEEPS, async (bench) => {
    const swarm = bench.swarmId();
    const peer = await entered(bench, swarm);
    given(await bench.send(leaveSwarm(bench, peer, swarm)));
    expectSuccess(await bench.send(joinAs(bench, peer, swarm)));
  }),
  ours(
    'of-swarm-not-joined',
    'A LEAVE of a swarm the peer is not in is answered 403.',
    OUT,
    async (bench) => {
      const others = bench.swarmId();
      await entered(bench, others, 'SEED');
      const peer = await entered(bench, bench.swarmId());
      expectError(await bench.send(leaveSwarm(bench, peer, others)), 'forbidden');
    },
  ),
  ours(
    'error-keeps-registration',
    'A peer whose request is refused stays connected.',
    KEEPS,
    async (bench) => {
      const peer = await entered(bench, bench.swarmId());
      await bench.send(leaveSwarm(bench, peer, bench.swarmId()), { step: 'LEAVE of a swarm not joined' });
      expectSuccess(await bench.send(keepAlive(bench, peer)));
    },
  ),
  must('no-swarm-id', 'A LEAVE without SwarmID is answered 400.', 'Demand a SwarmID.', async (bench) => {
    const swarm = bench.swarmId();
    const request = leaveSwarm(bench, await connected(bench), swarm);
    const none: [RegExp, string] = [elementOf('SwarmID'), ''];
    expectError(await sendRewritten(bench, request, 'LEAVE without SwarmID', none), 'bad-request');
  }),
];
