/** gu -06 §4.10 and the slides: KEEPALIVE, and the timer that it is for. */
import { casesOf } from '../../section.ts';
import { find, report } from '../../requests.ts';
import { outlast, stayWith } from '../../track-timer.ts';
import type { TrackerBench, TrackerCase } from '../../tracker-bench.ts';
import { expectError, expectNotListed, expectRefusal, expectSuccess, given } from '../../verify.ts';
import { expectEcho } from '../answers.ts';
import { connected, entered, keepAlive, leaveSwarm } from './requests.ts';

const { must, should, ours } = casesOf<TrackerBench>('gu-04', '4.10', 'gu -06 §4.10');
const TAKES = { trackTimers: 2 };
const RESET = 'Note the time of each valid request of a peer.';
const CLEAN = 'Disconnect a peer that has been silent for the time configured.';

export const KEEPALIVE: readonly TrackerCase[] = [
  must(
    'answered',
    'A KEEPALIVE of a connected peer is answered with success, and its TransactionID.',
    RESET,
    async (bench) => {
      const request = keepAlive(bench, await entered(bench, bench.swarmId()));
      expectEcho(expectSuccess(await bench.send(request)), request);
    },
  ),
  ours(
    'in-no-swarm',
    'A KEEPALIVE of a peer that is in no swarm is answered with success.',
    RESET,
    async (bench) => {
      expectSuccess(await bench.send(keepAlive(bench, await connected(bench))));
    },
  ),
  ours(
    'unregistered',
    'A KEEPALIVE from a peer that has not connected is answered 403.',
    'Check it.',
    async (bench) => {
      const sent = await bench.send(keepAlive(bench, bench.peerId()));
      expectError(sent, 'forbidden', 'authentication-required');
    },
  ),
  should(
    'resets-timer',
    'A KEEPALIVE keeps a peer connected beyond the time configured.',
    RESET,
    async (bench) => {
      const part = bench.trackTimer() * 600;
      const peer = await entered(bench, bench.swarmId());
      await bench.wait(part);
      given(await bench.send(keepAlive(bench, peer)));
      await bench.wait(part);
      expectSuccess(await bench.send(keepAlive(bench, peer), { step: 'KEEPALIVE after 1.2 track timers' }));
    },
    TAKES,
  ),
  should(
    'report-resets-timer',
    'A STAT_REPORT keeps a peer connected as a KEEPALIVE does.',
    RESET,
    async (bench) => {
      const part = bench.trackTimer() * 600;
      const peer = await entered(bench, bench.swarmId());
      await bench.wait(part);
      given(await bench.send(report(bench, peer)));
      await bench.wait(part);
      expectSuccess(await bench.send(keepAlive(bench, peer), { step: 'KEEPALIVE after 1.2 track timers' }));
    },
    TAKES,
  ),
  should(
    'silent-peer-leaves-lists',
    'A peer that is silent for the time configured is on no list afterwards.',
    CLEAN,
    async (bench) => {
      const silence = outlast(bench.trackTimer());
      const swarm = bench.swarmId();
      const silent = await entered(bench, swarm, 'SEED');
      const watcher = await entered(bench, swarm);
      await stayWith(bench, silence, () => bench.send(keepAlive(bench, watcher)));
      expectNotListed(
        expectSuccess(await bench.send(find(bench, watcher, swarm))),
        swarm,
        silent,
        'the silent peer',
      );
    },
    TAKES,
  ),
  should(
    'silent-peer-is-refused',
    'A peer that is silent for the time configured has to CONNECT again.',
    CLEAN,
    async (bench) => {
      const silence = outlast(bench.trackTimer());
      const peer = await entered(bench, bench.swarmId());
      await bench.wait(silence);
      expectRefusal(await bench.send(keepAlive(bench, peer)));
    },
    TAKES,
  ),
  ours(
    'refused-request-resets-nothing',
    'A request that is refused does not keep a peer connected.',
    'Note the time where a request is found valid, not where it arrives.',
    async (bench) => {
      const part = bench.trackTimer() * 600;
      const peer = await entered(bench, bench.swarmId());
      await bench.wait(part);
      const refused = leaveSwarm(bench, peer, bench.swarmId());
      expectRefusal(await bench.send(refused, { step: 'LEAVE of a swarm not joined' }));
      await bench.wait(outlast(bench.trackTimer()) - part);
      expectRefusal(await bench.send(keepAlive(bench, peer)));
    },
    TAKES,
  ),
];
