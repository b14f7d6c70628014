/** base-01 §3.3 and §3.4: the words in Request and Response. */
import { casesOf } from '../../section.ts';
import { connect, join, joined, report } from '../../requests.ts';
import type { TrackerBench, TrackerCase } from '../../tracker-bench.ts';
import { expect, expectStatus, expectSuccess } from '../../verify.ts';
import { bodyOf, elementOf, sendRewritten } from '../rewritten.ts';

const asked = casesOf<TrackerBench>('base-1.0', '3.3', 'base-01 §3.3, table 6');
const answered = casesOf<TrackerBench>('base-1.0', '3.4', 'base-01 §3.4, table 7');
const WORDS =
  'Compare the text of Request with CONNECT and STAT_REPORT, case and all; answer 400 to anything else.';

const word = (text: string): [RegExp, string] => [elementOf('Request'), `<Request>${text}</Request>`];

export const METHODS: readonly TrackerCase[] = [
  asked.must(
    'connect-in-small-letters',
    'A Request of connect, in small letters, is answered 400.',
    WORDS,
    async (bench) => {
      const request = connect(bench, bench.peerId(), [join(bench.swarmId())]);
      expectStatus(await sendRewritten(bench, request, 'connect in small letters', word('connect')), 400);
    },
  ),
  asked.must(
    'stat-report-in-small-letters',
    'A Request of Stat_Report is answered 400.',
    WORDS,
    async (bench) => {
      const peer = await joined(bench, bench.swarmId());
      const request = report(bench, peer);
      expectStatus(await sendRewritten(bench, request, 'Stat_Report', word('Stat_Report')), 400);
    },
  ),
  asked.must(
    'unknown-method',
    'A Request that table 6 does not have is answered 400.',
    WORDS,
    async (bench) => {
      const request = report(bench, await joined(bench, bench.swarmId()));
      expectStatus(await sendRewritten(bench, request, 'Request PING', word('PING')), 400);
    },
  ),
  asked.must('request-missing', 'A message without Request is answered 400.', WORDS, async (bench) => {
    const request = report(bench, await joined(bench, bench.swarmId()));
    const none: [RegExp, string] = [elementOf('Request'), ''];
    expectStatus(await sendRewritten(bench, request, 'no Request', none), 400);
  }),
  asked.must(
    'response-as-request',
    'A message with Response in place of Request is answered 400.',
    WORDS,
    async (bench) => {
      const request = report(bench, await joined(bench, bench.swarmId()));
      const other: [RegExp, string] = [elementOf('Request'), '<Response>SUCCESSFUL</Response>'];
      expectStatus(await sendRewritten(bench, request, 'Response in place of Request', other), 400);
    },
  ),
  answered.must(
    'successful-to-connect',
    'A CONNECT that succeeds is answered 200 with Response SUCCESSFUL.',
    'Write SUCCESSFUL in capitals, and HTTP status 200.',
    async (bench) => {
      const sent = await bench.send(connect(bench, bench.peerId(), [join(bench.swarmId())]));
      expectSuccess(sent);
      expect(/>\s*SUCCESSFUL\s*</.test(bodyOf(sent)), 'SUCCESSFUL in Response', 'another word');
    },
  ),
  answered.must(
    'successful-to-stat-report',
    'A STAT_REPORT that succeeds is answered 200 with Response SUCCESSFUL.',
    'Write SUCCESSFUL in capitals, and HTTP status 200.',
    async (bench) => {
      const sent = await bench.send(report(bench, await joined(bench, bench.swarmId())));
      expectSuccess(sent);
      expect(/>\s*SUCCESSFUL\s*</.test(bodyOf(sent)), 'SUCCESSFUL in Response', 'another word');
    },
  ),
];
