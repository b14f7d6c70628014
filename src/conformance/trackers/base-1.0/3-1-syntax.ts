/** base-01 §3.1: the form of a message, whatever it says. */
import { asSwarmId } from '../../../protocol/ids.ts';
import { casesOf } from '../../section.ts';
import { connect, crowd, join, joined } from '../../requests.ts';
import type { TrackerBench, TrackerCase } from '../../tracker-bench.ts';
import {
  expect,
  expectAnswer,
  expectListed,
  expectNotListed,
  expectStrict,
  expectSuccess,
  given,
  listOf,
} from '../../verify.ts';
import { expectAtMost } from '../answers.ts';
import { bodyOf, elementOf, sendRewritten } from '../rewritten.ts';
import { newcomer } from './newcomer.ts';

const { must, should, ours } = casesOf<TrackerBench>('base-1.0', '3.1', 'base-01 §3.1');
const READ = 'Read elements by their names, in any order, and pass over what is not known.';
const IDS = 'Take identifiers as text: compare them as they are, and escape them where they are written.';

export const SYNTAX: readonly TrackerCase[] = [
  must(
    'xml-declaration',
    'The body of a response begins with an XML declaration.',
    'Write <?xml version="1.0" encoding="UTF-8"?> before the root element.',
    async (bench) => {
      const sent = await bench.send(connect(bench, bench.peerId(), [join(bench.swarmId())]));
      expectAnswer(sent);
      expect(/^<\?xml\s/.test(bodyOf(sent)), 'a body that begins with <?xml', 'one that does not');
    },
  ),
  should(
    'encoding-utf-8',
    'The XML declaration of a response names UTF-8.',
    'Write encoding="UTF-8" into the XML declaration.',
    async (bench) => {
      const sent = await bench.send(connect(bench, bench.peerId(), [join(bench.swarmId())]));
      const [declaration = ''] = /^<\?xml[^>]*>/.exec(bodyOf(sent)) ?? [];
      expect(
        /encoding\s*=\s*["']utf-8["']/i.test(declaration),
        'encoding="UTF-8"',
        'another encoding, or none',
      );
    },
  ),
  must(
    'response-to-the-letter',
    'The response to a CONNECT is as §3.1 and §4.1 have it, with nothing for a reader to let pass.',
    'Compare the answer shown with the example of §4.1.',
    async (bench) => {
      const swarm = bench.swarmId();
      await joined(bench, swarm, 'SEED');
      expectStrict(await bench.send(connect(bench, bench.peerId(), [join(swarm)])));
    },
  ),
  should(
    'order-of-the-examples',
    'A request with its elements in the order of §4.1’s examples, TransactionID last, is read as any other.',
    READ,
    async (bench) => {
      const request = connect(bench, bench.peerId(), [join(bench.swarmId())]);
      const id = `<TransactionID>${request.transactionId}</TransactionID>`;
      const sent = await sendRewritten(
        bench,
        request,
        'CONNECT with TransactionID last',
        [id, ''],
        ['</PPSPTrackerProtocol>', `${id}</PPSPTrackerProtocol>`],
      );
      expectSuccess(sent);
    },
  ),
  should(
    'namespace-and-location',
    'A request whose root has xmlns and schemaLocation, as the generic format shows, is read.',
    'Match elements by their local names; the draft leaves the namespace "TBD".',
    async (bench) => {
      const request = connect(bench, bench.peerId(), [join(bench.swarmId())]);
      const named: [string, string] = [
        '<PPSPTrackerProtocol ',
        '<PPSPTrackerProtocol xmlns="TBD" schemaLocation="TBD" ',
      ];
      expectSuccess(await sendRewritten(bench, request, 'CONNECT with xmlns and schemaLocation', named));
    },
  ),
  ours(
    'unknown-elements-ignored',
    'An element that the text does not know is passed over.',
    READ,
    async (bench) => {
      const request = connect(bench, bench.peerId(), [join(bench.swarmId())]);
      const more: [string, string] = ['</PeerID>', '</PeerID><Mood colour="blue">fair</Mood>'];
      expectSuccess(await sendRewritten(bench, request, 'CONNECT with an unknown element', more));
    },
  ),
  ours(
    'comments-and-space',
    'Comments and white space between elements are passed over.',
    READ,
    async (bench) => {
      const request = connect(bench, bench.peerId(), [join(bench.swarmId())]);
      const spaced: [RegExp, string] = [/></g, '>\n  <!-- between -->\n  <'];
      expectSuccess(await sendRewritten(bench, request, 'CONNECT with comments', spaced));
    },
  ),
  must(
    'escaped-identifiers',
    'An identifier with &, < and quotes in it is written escaped, and kept.',
    IDS,
    async (bench) => {
      const swarm = asSwarmId(`${bench.swarmId()}<&"'>`);
      const seed = await joined(bench, swarm, 'SEED');
      const sent = await bench.send(connect(bench, bench.peerId(), [join(swarm)]));
      expectListed(expectSuccess(sent), swarm, seed, 'the seed');
    },
  ),
  ours(
    'identifiers-are-text',
    'Swarms 000…7 and 7 are two: identifiers are text, never numbers.',
    IDS,
    async (bench) => {
      const name = bench.swarmId();
      const seed = await joined(bench, asSwarmId(`000${name}`), 'SEED');
      const seen = await newcomer(bench, name);
      expectNotListed(seen, name, seed, 'the seed of the other swarm');
    },
  ),
  should(
    'list-of-thirty',
    'A list holds no more than 30 peers, however many there are.',
    'Cut each list at 30 (§3.1): it then fits one TCP packet in binary form.',
    async (bench) => {
      const swarm = bench.swarmId();
      await crowd(bench, swarm, 32);
      const sent = await bench.send(connect(bench, bench.peerId(), [join(swarm)]));
      expectAtMost(expectSuccess(sent), swarm, 30);
    },
  ),
  ours(
    'peer-num-beyond-thirty',
    'A PeerNum of 50 is no error; it gets at most 30 peers.',
    'Take min(asked, 30).',
    async (bench) => {
      const swarm = bench.swarmId();
      await crowd(bench, swarm, 31);
      const request = connect(bench, bench.peerId(), [join(swarm)], { peerNum: { count: 50 } });
      expectAtMost(expectSuccess(await bench.send(request)), swarm, 30);
    },
  ),
  ours(
    'peer-num-spelling',
    'PeerNUM, as table 2 spells it, counts like PeerNum of the examples.',
    'Read both spellings of the element.',
    async (bench) => {
      const swarm = bench.swarmId();
      await crowd(bench, swarm, 3);
      const request = connect(bench, bench.peerId(), [join(swarm)], { peerNum: { count: 2 } });
      const sent = await sendRewritten(bench, request, 'CONNECT with PeerNUM', [
        elementOf('PeerNum'),
        '<PeerNUM>2</PeerNUM>',
      ]);
      const { length } = listOf(expectSuccess(sent), swarm);
      expect(length === 2, '2 peers', `${length} peers`);
    },
  ),
  ours(
    'content-type-as-asked',
    'A request sent as text/xml is answered as text/xml.',
    'Answer with the media type the request came with.',
    async (bench) => {
      const request = connect(bench, bench.peerId(), [join(bench.swarmId())]);
      const sent = await bench.send(request, { contentType: 'text/xml; charset=utf-8' });
      given(sent);
      const type = sent.header('content-type') ?? 'none';
      expect(/^text\/xml\b/i.test(type), 'Content-Type text/xml', 'another, or none');
    },
  ),
];
