/** base-01 §2.4.1 (3), (4) and §2.4.2 C: what resets the track timer, and what becomes of a silent peer. */
import { casesOf } from '../../section.ts';
import { connect, join, joined, leave, report } from '../../requests.ts';
import { outlast } from '../../track-timer.ts';
import type { TrackerBench, TrackerCase } from '../../tracker-bench.ts';
import { expectNotListed, expectStatus, expectSuccess } from '../../verify.ts';
import { newcomer } from './newcomer.ts';
import { expectReset } from './reset.ts';

const reset = casesOf<TrackerBench>('base-1.0', '2.4.1', 'base-01 §2.4.1');
const expiry = casesOf<TrackerBench>('base-1.0', '2.4.2', 'base-01 §2.4.2');
const TAKES = { trackTimers: 2 };
const RESET = 'Start the track timer anew whenever a valid request of that peer ID is answered.';
const CLEAN = 'When the track timer runs out, take the peer out of every swarm and forget its registration.';

export const TIMERS: readonly TrackerCase[] = [
  reset.must(
    'keep-alive-resets-timer',
    'A STAT_REPORT without statistics resets the track timer.',
    RESET,
    (bench) => expectReset(bench, (peer) => bench.send(report(bench, peer))),
    TAKES,
  ),
  reset.must(
    'stat-report-resets-timer',
    'A STAT_REPORT with statistics resets the track timer.',
    RESET,
    (bench) =>
      expectReset(bench, (peer, swarmId) =>
        bench.send(report(bench, peer, [{ swarmId, uploadedBytes: 1n }])),
      ),
    TAKES,
  ),
  reset.must(
    'connect-resets-timer',
    'A valid CONNECT while TRACKING, a channel switch, resets the track timer.',
    RESET,
    (bench) =>
      expectReset(bench, (peer, swarm) =>
        bench.send(connect(bench, peer, [leave(swarm), join(bench.swarmId())])),
      ),
    TAKES,
  ),
  expiry.must(
    'silent-peer-is-refused',
    'After its track timer ran out a peer is not registered: its STAT_REPORT is answered 401 or 403.',
    CLEAN,
    async (bench) => {
      const silence = outlast(bench.trackTimer());
      const peer = await joined(bench, bench.swarmId());
      await bench.wait(silence);
      expectStatus(await bench.send(report(bench, peer)), 403, 401);
    },
    TAKES,
  ),
  expiry.must(
    'silent-peer-leaves-every-swarm',
    'A silent seed is cleaned out of all the swarms it was in.',
    CLEAN,
    async (bench) => {
      const silence = outlast(bench.trackTimer());
      const swarms = [bench.swarmId(), bench.swarmId()];
      const silent = await joined(bench, swarms, 'SEED');
      await bench.wait(silence);
      for (const swarm of swarms)
        expectNotListed(await newcomer(bench, swarm), swarm, silent, 'the silent seed');
    },
    TAKES,
  ),
  expiry.must(
    'silent-peer-registers-anew',
    'After its track timer ran out a seed can register again, as from START.',
    CLEAN,
    async (bench) => {
      const silence = outlast(bench.trackTimer());
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm, 'SEED');
      await bench.wait(silence);
      expectSuccess(await bench.send(connect(bench, peer, [join(swarm, 'SEED')])));
    },
    TAKES,
  ),
];
