/** RFC 7846 §4.1.3 and §3.2.5: STAT_REPORT, with statistics and without. */
import type { SwarmId } from '../../../protocol/ids.ts';
import type { StreamStats } from '../../../protocol/message.ts';
import { MAX_COUNTER } from '../../../protocol/reading.ts';
import { casesOf } from '../../section.ts';
import { joined, report } from '../../requests.ts';
import type { TrackerBench, TrackerCase } from '../../tracker-bench.ts';
import { expect, expectResult, expectSuccess } from '../../verify.ts';
import { edited, inside } from './edited.ts';

const { must, should, ours } = casesOf<TrackerBench>('rfc7846', '4.1.3', 'RFC 7846 §4.1.3');

const statsOf = (swarmId: SwarmId, bytes = 512n): StreamStats => ({
  swarmId,
  uploadedBytes: bytes,
  downloadedBytes: bytes,
  availableBandwidth: 1_024_000,
  concurrentLinks: 5,
});

export const STAT_REPORT: readonly TrackerCase[] = [
  must(
    'keep-alive',
    'A STAT_REPORT without stat_report is a keep-alive, and succeeds while TRACKING.',
    'Do not require stat_report.',
    async (bench) => {
      const peer = await joined(bench, bench.swarmId());
      expectSuccess(await bench.send(report(bench, peer)));
    },
  ),
  must(
    'statistics-of-own-swarm',
    'A STAT_REPORT about the swarm the peer is in succeeds.',
    'Take one stat element per swarm of the peer.',
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm);
      expectSuccess(await bench.send(report(bench, peer, [statsOf(swarm)])));
    },
  ),
  must(
    'statistics-of-several-swarms',
    'A SEEDER may report on all its swarms in one STAT_REPORT.',
    'Take an array of stat elements (§3.2.5).',
    async (bench) => {
      const swarms = [bench.swarmId(), bench.swarmId()];
      const peer = await joined(bench, swarms, 'SEED');
      expectSuccess(
        await bench.send(
          report(
            bench,
            peer,
            swarms.map((swarm) => statsOf(swarm)),
          ),
        ),
      );
    },
  ),
  must(
    'statistics-of-some-swarms',
    'A SEEDER may report on some of its swarms only.',
    'Ask for no complete report: "some or all the swarms" (§3.2.5).',
    async (bench) => {
      const swarms = [bench.swarmId(), bench.swarmId()] as const;
      const peer = await joined(bench, swarms, 'SEED');
      expectSuccess(await bench.send(report(bench, peer, [statsOf(swarms[1])])));
    },
  ),
  should(
    'result-per-swarm',
    'The answer has a swarm_result for every swarm reported on.',
    'Write one swarm_result per stat element (§3.3.4).',
    async (bench) => {
      const swarms = [bench.swarmId(), bench.swarmId()];
      const peer = await joined(bench, swarms, 'SEED');
      const sent = await bench.send(
        report(
          bench,
          peer,
          swarms.map((swarm) => statsOf(swarm)),
        ),
      );
      for (const swarmId of swarms) expectResult(expectSuccess(sent), { swarmId });
    },
  ),
  should(
    'no-list-in-answer',
    'The answer to a STAT_REPORT holds no peer_group.',
    'Hand out lists for CONNECT and FIND only (§3.3.4).',
    async (bench) => {
      const swarm = bench.swarmId();
      await joined(bench, swarm, 'SEED');
      const peer = await joined(bench, swarm);
      const { peerLists } = expectSuccess(await bench.send(report(bench, peer, [statsOf(swarm)])));
      expect(peerLists.length === 0, 'no peer_group', `${peerLists.length}`);
    },
  ),
  ours(
    'counters-of-64-bits',
    'Byte counters up to 2^64 - 1 are taken.',
    'Keep the counters in 64 bits, unsigned.',
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm);
      expectSuccess(await bench.send(report(bench, peer, [statsOf(swarm, MAX_COUNTER)])));
    },
  ),
  should(
    'other-property-type',
    'A STAT_REPORT of a property type other than STREAM_STATS counts as a sign of life.',
    'Other properties may be defined (§3.2.5): ignore what is not known, and reset the timer.',
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm);
      const body = edited(bench, report(bench, peer, [statsOf(swarm)]), (root) => {
        inside(root, 'stat_report')['type'] = 'LINK_STATUS';
      });
      expectSuccess(
        await bench.send(body, { answers: 'STAT_REPORT', step: 'STAT_REPORT of type LINK_STATUS' }),
      );
    },
  ),
];
