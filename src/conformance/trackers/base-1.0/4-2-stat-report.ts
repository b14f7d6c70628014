/** base-01 §4.2: STAT_REPORT. */
import { casesOf } from '../../section.ts';
import { joined, report } from '../../requests.ts';
import type { TrackerBench, TrackerCase } from '../../tracker-bench.ts';
import { expectStatus, expectStrict, expectSuccess } from '../../verify.ts';
import { expectEcho } from '../answers.ts';
import { sendRewritten } from '../rewritten.ts';

const { must, should, ours } = casesOf<TrackerBench>('base-1.0', '4.2', 'base-01 §4.2');
const OPTIONAL = 'Read each Stat for what it has: everything in it but @property may be left out (table 5).';
const COUNTERS = { uploadedBytes: 512n, downloadedBytes: 768n, availableBandwidth: 1_024_000 };

export const STAT_REPORT: readonly TrackerCase[] = [
  must('statistics-of-swarm', 'Statistics of a swarm the peer is in are taken.', OPTIONAL, async (bench) => {
    const swarmId = bench.swarmId();
    const peer = await joined(bench, swarmId);
    expectSuccess(await bench.send(report(bench, peer, [{ swarmId, ...COUNTERS }])));
  }),
  must('statistics-without-swarm', 'Statistics that name no swarm are taken.', OPTIONAL, async (bench) => {
    const peer = await joined(bench, bench.swarmId());
    expectSuccess(await bench.send(report(bench, peer, [COUNTERS])));
  }),
  must(
    'statistics-without-counters',
    'Statistics with some counters left out are taken.',
    OPTIONAL,
    async (bench) => {
      const swarmId = bench.swarmId();
      const peer = await joined(bench, swarmId);
      expectSuccess(await bench.send(report(bench, peer, [{ swarmId, downloadedBytes: 1n }])));
    },
  ),
  must(
    'statistics-of-several-swarms',
    'One STAT_REPORT may hold statistics of several swarms.',
    'Read every Stat of the StatisticsGroup.',
    async (bench) => {
      const swarms = [bench.swarmId(), bench.swarmId()];
      const peer = await joined(bench, swarms, 'SEED');
      const stats = swarms.map((swarmId) => ({ swarmId, ...COUNTERS }));
      expectSuccess(await bench.send(report(bench, peer, stats)));
    },
  ),
  must(
    'keep-alive',
    'A STAT_REPORT without StatisticsGroup is a keep-alive, and succeeds.',
    'Do not demand a StatisticsGroup.',
    async (bench) => {
      const peer = await joined(bench, bench.swarmId());
      expectSuccess(await bench.send(report(bench, peer)));
    },
  ),
  must(
    'transaction-id',
    'The response has the TransactionID of the STAT_REPORT.',
    'Copy the TransactionID of the request.',
    async (bench) => {
      const request = report(bench, await joined(bench, bench.swarmId()));
      expectEcho(expectSuccess(await bench.send(request)), request);
    },
  ),
  should(
    'response-to-the-letter',
    'The response is as the example has it: SUCCESSFUL and the TransactionID as plain text.',
    'Results are for the actions of a CONNECT.',
    async (bench) => {
      expectStrict(await bench.send(report(bench, await joined(bench, bench.swarmId()))));
    },
  ),
  should(
    'other-properties',
    'A Stat of a property that the text does not define is passed over.',
    'Other properties may be defined (§3.2); ignore what is not known.',
    async (bench) => {
      const swarmId = bench.swarmId();
      const request = report(bench, await joined(bench, swarmId), [{ swarmId, ...COUNTERS }]);
      const more: [string, string] = [
        '<StatisticsGroup>',
        '<StatisticsGroup><Stat property="Mood"><Colour>blue</Colour></Stat>',
      ];
      expectSuccess(await sendRewritten(bench, request, 'STAT_REPORT with another property', more));
    },
  ),
  ours(
    'counters-of-64-bits',
    'Byte counters up to 2^64 - 1 are taken.',
    'Read byte counters as 64-bit integers.',
    async (bench) => {
      const swarmId = bench.swarmId();
      const stats = [{ swarmId, uploadedBytes: 2n ** 64n - 1n, downloadedBytes: 2n ** 53n + 1n }];
      expectSuccess(await bench.send(report(bench, await joined(bench, swarmId), stats)));
    },
  ),
  ours('counter-not-a-number', 'A counter that is no number is answered 400.', OPTIONAL, async (bench) => {
    const swarmId = bench.swarmId();
    const request = report(bench, await joined(bench, swarmId), [{ swarmId, ...COUNTERS }]);
    const wrong: [string, string] = ['>512<', '>many<'];
    expectStatus(await sendRewritten(bench, request, 'UploadedBytes of many', wrong), 400);
  }),
  ours(
    'statistics-of-other-swarm',
    'Statistics of a swarm the peer is not in are answered 403.',
    'Check each SwarmID of the report against those the peer is in.',
    async (bench) => {
      const others = bench.swarmId();
      await joined(bench, others, 'SEED');
      const peer = await joined(bench, bench.swarmId());
      expectStatus(await bench.send(report(bench, peer, [{ swarmId: others, ...COUNTERS }])), 403);
    },
  ),
];
