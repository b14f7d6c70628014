/** RFC 7846 §2.3.1 (3), (4) and §2.3.2 D: what resets the track timer, and what becomes of a silent peer. */
import type { PeerId, SwarmId } from '../../../protocol/ids.ts';
import { casesOf } from '../../section.ts';
import { connect, find, join, joined, leave, report } from '../../requests.ts';
import { outlast, stayWith } from '../../track-timer.ts';
import type { TrackerBench, TrackerCase } from '../../tracker-bench.ts';
import { expectError, expectNotListed, expectRefusal, expectSuccess, given, suppose } from '../../verify.ts';

const expiry = casesOf<TrackerBench>('rfc7846', '2.3.2-d', 'RFC 7846 §2.3.2 D');
const reset = casesOf<TrackerBench>('rfc7846', '2.3.1', 'RFC 7846 §2.3.1');
const RESET = 'Start the track timer anew whenever a valid request of that peer ID is answered.';
const CLEAN = 'When the track timer runs out, take the peer out of every swarm and forget its registration.';
/** A LEECH that does something at 0.6 of its track timer is registered still after 1.2 of it. */
async function expectAliveBy(
  bench: TrackerBench,
  action: (peer: PeerId, swarm: SwarmId) => Promise<unknown>,
): Promise<void> {
  const part = bench.trackTimer() * 600;
  const swarm = bench.swarmId();
  const peer = await joined(bench, swarm);
  await bench.wait(part);
  await action(peer, swarm);
  await bench.wait(part);
  expectSuccess(await bench.send(report(bench, peer), { step: 'keep-alive after 1.2 track timers' }));
}

export const TIMERS: readonly TrackerCase[] = [
  expiry.must(
    'silent-peer-leaves-lists',
    'A peer that is silent until its track timer runs out is on no list afterwards.',
    CLEAN,
    async (bench) => {
      const silence = outlast(bench.trackTimer());
      const swarm = bench.swarmId();
      const silent = await joined(bench, swarm, 'SEED');
      const watcher = await joined(bench, swarm);
      await stayWith(bench, silence, () => bench.send(report(bench, watcher)));
      const found = expectSuccess(await bench.send(find(bench, watcher, swarm)));
      expectNotListed(found, swarm, silent, 'the silent peer');
    },
    { trackTimers: 2 },
  ),
  expiry.must(
    'silent-peer-leaves-every-swarm',
    'A silent seed is cleaned out of all the swarms it was in.',
    CLEAN,
    async (bench) => {
      const silence = outlast(bench.trackTimer());
      const swarms = [bench.swarmId(), bench.swarmId(), bench.swarmId()];
      const silent = await joined(bench, swarms, 'SEED');
      await bench.wait(silence);
      for (const swarm of swarms) {
        const sent = await bench.send(connect(bench, bench.peerId(), [join(swarm)]));
        expectNotListed(expectSuccess(sent), swarm, silent, 'the silent seed');
      }
    },
    { trackTimers: 2 },
  ),
  expiry.must(
    'silent-peer-is-refused',
    'After its track timer ran out a peer is not registered: its FIND is refused with error 3 or 6.',
    CLEAN,
    async (bench) => {
      const silence = outlast(bench.trackTimer());
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm);
      await bench.wait(silence);
      expectError(await bench.send(find(bench, peer, swarm)), 'forbidden', 'authentication-required');
    },
    { trackTimers: 2 },
  ),
  expiry.must(
    'silent-peer-registers-anew',
    'After its track timer ran out a peer can register again, a seed as well, as from START.',
    CLEAN,
    async (bench) => {
      const silence = outlast(bench.trackTimer());
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm, 'SEED');
      await bench.wait(silence);
      expectSuccess(await bench.send(connect(bench, peer, [join(swarm, 'SEED')])));
    },
    { trackTimers: 2 },
  ),
  reset.must(
    'find-resets-timer',
    'A FIND resets the track timer.',
    RESET,
    async (bench) => {
      await expectAliveBy(bench, async (peer, swarm) => given(await bench.send(find(bench, peer, swarm))));
    },
    { trackTimers: 2 },
  ),
  reset.must(
    'stat-report-resets-timer',
    'A STAT_REPORT with statistics resets the track timer.',
    RESET,
    async (bench) => {
      await expectAliveBy(bench, async (peer, swarmId) => {
        const stats = [
          { swarmId, uploadedBytes: 1n, downloadedBytes: 2n, availableBandwidth: 3, concurrentLinks: 4 },
        ];
        given(await bench.send(report(bench, peer, stats)));
      });
    },
    { trackTimers: 2 },
  ),
  reset.must(
    'keep-alive-resets-timer',
    'A STAT_REPORT without statistics, the keep-alive, resets the track timer.',
    RESET,
    async (bench) => {
      await expectAliveBy(bench, async (peer) => given(await bench.send(report(bench, peer))));
    },
    { trackTimers: 2 },
  ),
  reset.must(
    'connect-resets-timer',
    'A valid CONNECT while TRACKING, a channel switch, resets the track timer.',
    RESET,
    async (bench) => {
      await expectAliveBy(bench, async (peer, swarm) => {
        given(await bench.send(connect(bench, peer, [leave(swarm), join(bench.swarmId())])));
      });
    },
    { trackTimers: 2 },
  ),
  reset.must(
    'still-there-before-timer',
    'A peer is not cleaned out before its track timer runs out.',
    'Clean a peer out when its own timer runs out, not at fixed moments that may come sooner.',
    async (bench) => {
      const timer = bench.trackTimer();
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm);
      await bench.wait(timer * 700);
      expectSuccess(await bench.send(find(bench, peer, swarm), { step: 'FIND after 0.7 track timers' }));
    },
    { trackTimers: 2 },
  ),
  reset.ours(
    'refused-request-resets-nothing',
    'A request that is refused does not reset the track timer.',
    'Reset the timer where a request is found valid, not where it arrives.',
    async (bench) => {
      const silence = outlast(bench.trackTimer()) - bench.trackTimer() * 600;
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm);
      await bench.wait(bench.trackTimer() * 600);
      const refused = await bench.send(find(bench, peer, bench.swarmId()), {
        step: 'FIND of an unknown swarm',
      });
      suppose(
        refused.tolerant?.ok === true && refused.tolerant.message.outcome === 'failure',
        'it was not refused',
      );
      await bench.wait(silence);
      expectRefusal(await bench.send(find(bench, peer, swarm)));
    },
    { trackTimers: 2 },
  ),
  reset.ours(
    'repeated-request-resets-nothing',
    'A repeated transaction is answered again and does not reset the track timer.',
    'Answer what was answered before from memory, before any of the tracker’s rules are asked.',
    async (bench) => {
      const timer = bench.trackTimer();
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm);
      const request = report(bench, peer);
      given(await bench.send(request));
      await bench.wait(timer * 600);
      given(await bench.send(request, { step: 'the same keep-alive again' }));
      await bench.wait(outlast(timer) - timer * 600);
      expectRefusal(await bench.send(find(bench, peer, swarm)));
    },
    { trackTimers: 2 },
  ),
];
