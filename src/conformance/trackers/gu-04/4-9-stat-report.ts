/** gu -06 §4.9 and the slides: STAT_REPORT, and STAT_QUERY over HTTP, which is ours. */
import { Stop } from '../../case.ts';
import { casesOf } from '../../section.ts';
import { report } from '../../requests.ts';
import type { TrackerBench, TrackerCase } from '../../tracker-bench.ts';
import { expect, expectError, expectListed, expectSuccess, given } from '../../verify.ts';
import { expectEcho } from '../answers.ts';
import { contentOf, fullMap, reportHeld } from '../content.ts';
import { rewritten, sendRewritten } from '../rewritten.ts';
import { connected, entered, findChunk, keepAlive, statAnswer } from './requests.ts';

const { must, should, ours } = casesOf<TrackerBench>('gu-04', '4.9', 'gu -06 §4.9');
const queries = casesOf<TrackerBench>('gu-04', 'slides', 'gu -04 slides, "STAT_QUERY"; gu -06 §4.9');
const READ = 'Read each Stat by its property; pass over what is not known.';
const QUERY = 'Put questions into Queries of a response; take the RESPONSE document that the peer posts.';
const COUNTERS = { uploadedBytes: 512n, downloadedBytes: 768n, availableBandwidth: 1_024_000 };

/** The tracker's first question to a new peer that stays for two track timers. */
async function questioned(bench: TrackerBench) {
  const peer = await entered(bench, bench.swarmId());
  const step = (bench.trackTimer() * 1000) / 2;
  for (let i = 0; i < 4; i++) {
    await bench.wait(step);
    const { queries: asked } = given(await bench.send(keepAlive(bench, peer)));
    const [query] = asked;
    if (query !== undefined) return { peer, query };
  }
  throw new Stop({ verdict: 'skipped', why: 'the tracker asked nothing within two track timers' });
}

export const STAT_REPORT: readonly TrackerCase[] = [
  must(
    'transaction-id',
    'The response has the TransactionID of the STAT_REPORT.',
    'Copy it.',
    async (bench) => {
      const request = report(bench, await entered(bench, bench.swarmId()));
      expectEcho(expectSuccess(await bench.send(request)), request);
    },
  ),
  must('stream-stats', 'StreamStats of a swarm the peer is in are taken.', READ, async (bench) => {
    const swarmId = bench.swarmId();
    const peer = await entered(bench, swarmId);
    expectSuccess(await bench.send(report(bench, peer, [{ swarmId, ...COUNTERS }])));
  }),
  must('chunk-map', 'A ChunkMap of a swarm the peer is in is taken.', READ, async (bench) => {
    const swarm = bench.swarmId();
    const peer = await entered(bench, swarm);
    expectSuccess(await bench.send(reportHeld(bench, peer, contentOf(swarm, 'film', fullMap(0, 19)))));
  }),
  must(
    'undeclared-prefix',
    'The elements of a report may have the prefix report, undeclared as in the text’s own example.',
    'Read report:ChunkMapReport and report:StreamStatsReport by their local names.',
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await entered(bench, swarm);
      const request = reportHeld(bench, peer, contentOf(swarm, 'film', fullMap(0, 19)));
      const undeclared: [RegExp, string] = [/ xmlns:report="[^"]*"/, ''];
      expectSuccess(await sendRewritten(bench, request, 'STAT_REPORT with an undeclared prefix', undeclared));
    },
  ),
  ours('undeclared-prefix-is-read', 'What stands under that prefix counts.', READ, async (bench) => {
    const swarm = bench.swarmId();
    const peer = await entered(bench, swarm);
    const request = reportHeld(bench, peer, contentOf(swarm, 'film', fullMap(0, 19)));
    given(
      await sendRewritten(bench, request, 'STAT_REPORT with an undeclared prefix', [
        / xmlns:report="[^"]*"/,
        '',
      ]),
    );
    const watcher = await entered(bench, swarm);
    const seen = expectSuccess(await bench.send(findChunk(bench, watcher, swarm, '17')));
    expectListed(seen, swarm, peer, 'the peer that holds it');
  }),
  must(
    'flat-properties',
    'Properties with a plain value, such as NAT and STUN, are taken.',
    READ,
    async (bench) => {
      const request = report(bench, await entered(bench, bench.swarmId()));
      const properties = [
        { name: 'NAT', value: 'true' },
        { name: 'STUN', value: 'true' },
      ];
      expectSuccess(await bench.send({ ...request, properties }));
    },
  ),
  should(
    'other-properties',
    'A property that the text does not define is passed over.',
    READ,
    async (bench) => {
      const request = report(bench, await entered(bench, bench.swarmId()));
      expectSuccess(await bench.send({ ...request, properties: [{ name: 'Mood', value: 'fair' }] }));
    },
  ),
  ours('empty-report', 'A STAT_REPORT without Stats is taken.', READ, async (bench) => {
    expectSuccess(await bench.send(report(bench, await entered(bench, bench.swarmId()))));
  }),
  ours(
    'with-space',
    'A Method of STAT REPORT, as on the slides, means STAT_REPORT.',
    'Read both.',
    async (bench) => {
      const request = report(bench, await entered(bench, bench.swarmId()));
      const spaced: [string, string] = ['STAT_REPORT', 'STAT REPORT'];
      expectSuccess(await sendRewritten(bench, request, 'STAT REPORT with a space', spaced));
    },
  ),
  ours(
    'of-swarm-not-joined',
    'Statistics of a swarm the peer is not in are answered 403.',
    'Check it.',
    async (bench) => {
      const others = bench.swarmId();
      await entered(bench, others, 'SEED');
      const peer = await entered(bench, bench.swarmId());
      expectError(await bench.send(report(bench, peer, [{ swarmId: others, ...COUNTERS }])), 'forbidden');
    },
  ),
  ours(
    'unregistered',
    'A STAT_REPORT from a peer that has not connected is answered 403.',
    'Check it.',
    async (bench) => {
      expectError(await bench.send(report(bench, bench.peerId())), 'forbidden', 'authentication-required');
    },
  ),
  must('broken-map', 'A ChunkMap that is no Base64 is answered 400.', 'Check it.', async (bench) => {
    const swarm = bench.swarmId();
    const request = reportHeld(bench, await entered(bench, swarm), contentOf(swarm, 'film', fullMap(8, 15)));
    const wrong: [string, string] = ['>/w==<', '>****<'];
    expectError(await sendRewritten(bench, request, 'ChunkMap that is no Base64', wrong), 'bad-request');
  }),
  queries.ours(
    'answer-taken',
    'The answer to a question of the tracker, posted as a RESPONSE document, is taken.',
    QUERY,
    async (bench) => {
      const { peer, query } = await questioned(bench);
      expectSuccess(await bench.send(statAnswer(bench, peer, query.transactionId)));
    },
    { trackTimers: 3 },
  ),
  queries.ours(
    'report-answers',
    'A STAT_REPORT with the TransactionID of a question is taken as its answer.',
    QUERY,
    async (bench) => {
      const { peer, query } = await questioned(bench);
      const request = { ...report(bench, peer), transactionId: query.transactionId };
      expectSuccess(await bench.send(request, { step: 'STAT_REPORT that answers' }));
      const late = statAnswer(bench, peer, query.transactionId);
      expectError(await bench.send(late, { step: 'a second answer to the same question' }), 'forbidden');
    },
    { trackTimers: 3 },
  ),
  queries.ours(
    'question-by-q',
    'A question’s TransactionID begins with q., and it names properties.',
    QUERY,
    async (bench) => {
      const { query } = await questioned(bench);
      expect(query.transactionId.startsWith('q.'), 'a TransactionID that begins with q.', 'another');
      expect(query.properties.length > 0, 'properties asked for', 'none');
    },
    { trackTimers: 3 },
  ),
  queries.ours(
    'answer-to-nothing',
    'An answer to a question that was not asked is answered 403.',
    QUERY,
    async (bench) => {
      const peer = await entered(bench, bench.swarmId());
      expectError(await bench.send(statAnswer(bench, peer, bench.transactionId())), 'forbidden');
    },
  ),
  queries.ours(
    'query-from-a-peer',
    'A STAT_QUERY as Method is answered 400: it is the tracker’s to ask.',
    QUERY,
    async (bench) => {
      const request = keepAlive(bench, await connected(bench));
      const asked = rewritten(bench, request, ['KEEPALIVE', 'STAT_QUERY']);
      expectError(await bench.send(asked, { step: 'STAT_QUERY from a peer' }), 'bad-request');
    },
  ),
];
