/** extended-04 §4.4 and §4.4.2: the form of the messages, and the words in Request. */
import { casesOf } from '../../section.ts';
import { connect, find, join, joined } from '../../requests.ts';
import type { TrackerBench, TrackerCase } from '../../tracker-bench.ts';
import { expect, expectStatus, expectStrict, expectSuccess } from '../../verify.ts';
import { elementOf, sendRewritten } from '../rewritten.ts';
import type { Change } from '../rewritten.ts';
import { disconnect } from './requests.ts';

const form = casesOf<TrackerBench>('extended-1.1', '4.4', 'extended-04 §4.4');
const words = casesOf<TrackerBench>('extended-1.1', '4.4.2', 'extended-04 §4.4.2, table 5');
const CASE = 'Compare the text of Request with the words of table 5, case and all.';
const VERSION = 'Write the version that the request had.';
const word = (text: string): Change => [elementOf('Request'), `<Request>${text}</Request>`];
const version = (text: string): Change => [
  /(<PPSPTrackerProtocol[^>]*) version="[^"]*"/,
  `$1 version="${text}"`,
];

export const SYNTAX: readonly TrackerCase[] = [
  form.must(
    'response-to-connect-to-the-letter',
    'The response to a CONNECT is as base-01 §4.1 has it, with nothing for a reader to let pass.',
    'Compare the answer shown with the example of base-01 §4.1.',
    async (bench) => {
      const swarm = bench.swarmId();
      await joined(bench, swarm, 'SEED');
      expectStrict(await bench.send(connect(bench, bench.peerId(), [join(swarm)])));
    },
  ),
  form.ours(
    'version-as-asked',
    'A request of version 1.1 is answered in version 1.1.',
    VERSION,
    async (bench) => {
      const sent = await bench.send(connect(bench, bench.peerId(), [join(bench.swarmId())]));
      const answered = expectSuccess(sent).version;
      expect(answered === '1.1', 'version 1.1', answered === '1.0' ? 'version 1.0' : 'another version');
    },
  ),
  form.should(
    'version-of-the-examples',
    'A FIND that calls itself version 1.0, as the draft’s examples do, is taken.',
    'Read 1.0 and 1.1: the draft names itself PPSP-TP/1.1 and writes 1.0.',
    async (bench) => {
      const swarm = bench.swarmId();
      const request = find(bench, await joined(bench, swarm), swarm);
      expectSuccess(await sendRewritten(bench, request, 'FIND of version 1.0', version('1.0')));
    },
  ),
  form.must(
    'foreign-version',
    'A version that the tracker does not speak is answered 400.',
    VERSION,
    async (bench) => {
      const swarm = bench.swarmId();
      const request = find(bench, await joined(bench, swarm), swarm);
      expectStatus(await sendRewritten(bench, request, 'FIND of version 9.9', version('9.9')), 400);
    },
  ),
  words.must(
    'find-in-small-letters',
    'A Request of find, in small letters, is answered 400.',
    CASE,
    async (bench) => {
      const swarm = bench.swarmId();
      const request = find(bench, await joined(bench, swarm), swarm);
      expectStatus(await sendRewritten(bench, request, 'find in small letters', word('find')), 400);
    },
  ),
  words.must(
    'disconnect-in-small-letters',
    'A Request of Disconnect is answered 400.',
    CASE,
    async (bench) => {
      const request = disconnect(bench, await joined(bench, bench.swarmId()));
      expectStatus(await sendRewritten(bench, request, 'Disconnect', word('Disconnect')), 400);
    },
  ),
];
