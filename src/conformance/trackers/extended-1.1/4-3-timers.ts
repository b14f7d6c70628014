/** extended-04 §4.3.1 (3) to (5) and (7): what resets the track timer, and what becomes of a silent peer. */
import { casesOf } from '../../section.ts';
import { connect, find, join, joined, report } from '../../requests.ts';
import { outlast, stayWith } from '../../track-timer.ts';
import type { TrackerBench, TrackerCase } from '../../tracker-bench.ts';
import { expectNotListed, expectStatus, expectSuccess } from '../../verify.ts';
import { expectReset } from '../base-1.0/reset.ts';

const { must } = casesOf<TrackerBench>('extended-1.1', '4.3.1', 'extended-04 §4.3.1');
const TAKES = { trackTimers: 2 };
const RESET = 'Start the track timer anew whenever a valid request of that peer ID is answered.';
const CLEAN = 'When the track timer runs out, take the peer out of every swarm and forget its registration.';

export const TIMERS: readonly TrackerCase[] = [
  must(
    'find-resets-timer',
    'A valid FIND resets the track timer.',
    RESET,
    (bench) => expectReset(bench, (peer, swarm) => bench.send(find(bench, peer, swarm))),
    TAKES,
  ),
  must(
    'report-resets-timer',
    'A STAT_REPORT resets the track timer.',
    RESET,
    (bench) => expectReset(bench, (peer) => bench.send(report(bench, peer))),
    TAKES,
  ),
  must(
    'connect-resets-timer',
    'A valid CONNECT resets the track timer.',
    RESET,
    (bench) => expectReset(bench, (peer, swarm) => bench.send(connect(bench, peer, [join(swarm)]))),
    TAKES,
  ),
  must(
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
  must(
    'silent-peer-leaves-lists',
    'A peer that is silent until its track timer runs out is on no list afterwards.',
    CLEAN,
    async (bench) => {
      const silence = outlast(bench.trackTimer());
      const swarm = bench.swarmId();
      const silent = await joined(bench, swarm, 'SEED');
      const watcher = await joined(bench, swarm);
      await stayWith(bench, silence, () => bench.send(report(bench, watcher)));
      expectNotListed(
        expectSuccess(await bench.send(find(bench, watcher, swarm))),
        swarm,
        silent,
        'the silent peer',
      );
    },
    TAKES,
  ),
];
