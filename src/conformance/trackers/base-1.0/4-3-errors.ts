/** base-01 §4.3: what a request that is wrong is answered with. */
import { casesOf } from '../../section.ts';
import { connect, join, joined, leave, report } from '../../requests.ts';
import type { Sent, TrackerBench, TrackerCase } from '../../tracker-bench.ts';
import { expect, expectAnswer, expectStatus, suppose } from '../../verify.ts';
import { elementOf, rewritten, sendRewritten } from '../rewritten.ts';
import type { Change } from '../rewritten.ts';

const { must, should, ours } = casesOf<TrackerBench>('base-1.0', '4.3', 'base-01 §4.3');
const CHECK = 'Check that everything §3.1 and §3.2 demand is there, and answer 400 with no body otherwise.';
const EMPTY = 'Send errors without a message body: the Status-Code and Reason-Phrase say it all.';
const PHRASE = 'Say in the Reason-Phrase what is wrong, behind the standard words.';
const VERSION: Change = [/(<PPSPTrackerProtocol[^>]*) version="[^"]*"/, '$1 version="9.9"'];

function expectEmpty(sent: Sent): void {
  const { length } = expectAnswer(sent).body;
  expect(length === 0, 'an empty body', `${length} bytes`);
}

/** The Reason-Phrase; HTTP/2 has none, and the case then says nothing. */
function reasonOf(sent: Sent): string {
  const { reason } = expectAnswer(sent);
  suppose(reason !== '', 'the answer came without a Reason-Phrase, as over HTTP/2');
  return reason;
}

const connected = (bench: TrackerBench) => connect(bench, bench.peerId(), [join(bench.swarmId())]);
const forbidden = (bench: TrackerBench): Promise<Sent> =>
  bench.send(connect(bench, bench.peerId(), [leave(bench.swarmId())]), { step: 'CONNECT: LEAVE from START' });
const broken = (bench: TrackerBench): Promise<Sent> =>
  sendRewritten(bench, connected(bench), 'CONNECT without its end', ['</PPSPTrackerProtocol>', '']);

/** A CONNECT with that change is answered 400. */
const refused = (name: string, what: string, ...changes: readonly Change[]): TrackerCase =>
  must(name, `A CONNECT ${what} is answered 400.`, CHECK, async (bench) => {
    expectStatus(await sendRewritten(bench, connected(bench), `CONNECT ${what}`, ...changes), 400);
  });

export const ERRORS: readonly TrackerCase[] = [
  must('not-well-formed', 'XML that is not well-formed is answered 400.', CHECK, async (bench) => {
    expectStatus(await broken(bench), 400);
  }),
  must(
    'not-well-formed-empty-body',
    'The answer to XML that is not well-formed has no body.',
    EMPTY,
    async (bench) => {
      expectEmpty(await broken(bench));
    },
  ),
  must('other-root', 'A document with another root element is answered 400.', CHECK, async (bench) => {
    const changes: Change[] = [
      ['<PPSPTrackerProtocol', '<Protocol'],
      ['</PPSPTrackerProtocol>', '</Protocol>'],
    ];
    expectStatus(await sendRewritten(bench, connected(bench), 'CONNECT under another root', ...changes), 400);
  }),
  must('no-xml', 'A body that is no XML at all, sent as XML, is answered 400.', CHECK, async (bench) => {
    expectStatus(await bench.send('CONNECT me, please', { step: 'plain text' }), 400);
  }),
  refused('no-transaction-id', 'without TransactionID', [elementOf('TransactionID'), '']),
  refused('no-peer-id', 'without PeerID', [elementOf('PeerID'), '']),
  refused('no-swarm-id', 'without SwarmID', [elementOf('SwarmID'), '']),
  refused('no-action', 'whose SwarmID has no action', [' action="JOIN"', '']),
  refused('unknown-action', 'with an action other than JOIN and LEAVE', ['"JOIN"', '"STAY"']),
  refused('no-peer-mode', 'whose SwarmID has no peerMode', [' peerMode="LEECH"', '']),
  refused('unknown-peer-mode', 'with a peerMode other than SEED and LEECH', ['"LEECH"', '"LURK"']),
  refused('no-version', 'without version', [/(<PPSPTrackerProtocol[^>]*) version="[^"]*"/, '$1']),
  must('two-transaction-ids', 'A CONNECT with two TransactionIDs is answered 400.', CHECK, async (bench) => {
    const twice: Change = ['<PeerID>', '<TransactionID>another</TransactionID><PeerID>'];
    expectStatus(await sendRewritten(bench, connected(bench), 'CONNECT with two TransactionIDs', twice), 400);
  }),
  ours('empty-identifier', 'An empty SwarmID is answered 400.', CHECK, async (bench) => {
    const empty: Change = [/(<SwarmID[^>]*>)[^<]*/, '$1'];
    expectStatus(await sendRewritten(bench, connected(bench), 'CONNECT with an empty SwarmID', empty), 400);
  }),
  should(
    'reason-phrase',
    'The Reason-Phrase of a 400 says what is wrong in more detail.',
    PHRASE,
    async (bench) => {
      const sent = await sendRewritten(bench, connected(bench), 'CONNECT without PeerID', [
        elementOf('PeerID'),
        '',
      ]);
      expectStatus(sent, 400);
      expect(!/^bad request\.?$/i.test(reasonOf(sent)), 'more than Bad Request', 'just that');
    },
  ),
  must('version', 'A version that the tracker does not speak is answered 400.', CHECK, async (bench) => {
    expectStatus(await sendRewritten(bench, connected(bench), 'CONNECT of version 9.9', VERSION), 400);
  }),
  must('version-empty-body', 'The answer to a foreign version has no body.', EMPTY, async (bench) => {
    expectEmpty(await sendRewritten(bench, connected(bench), 'CONNECT of version 9.9', VERSION));
  }),
  should(
    'version-in-reason',
    'The Reason-Phrase of the answer to a foreign version names the version spoken.',
    'Append "PPSP Version 1.0" to the Reason-Phrase.',
    async (bench) => {
      const sent = await sendRewritten(bench, connected(bench), 'CONNECT of version 9.9', VERSION);
      expect(
        /ppsp.version[^0-9]*\d+\.\d+/i.test(reasonOf(sent)),
        'PPSP Version and its number',
        'no such words',
      );
    },
  ),
  must('forbidden', 'A CONNECT that is not allowed is answered 403.', CHECK, async (bench) => {
    expectStatus(await forbidden(bench), 403);
  }),
  must('forbidden-empty-body', 'A 403 has no body.', EMPTY, async (bench) => {
    const sent = await forbidden(bench);
    suppose(sent.answer?.status === 403, 'it was not answered 403');
    expectEmpty(sent);
  }),
  should(
    'forbidden-reason',
    'The Reason-Phrase of a 403 says what is not allowed in more detail.',
    PHRASE,
    async (bench) => {
      const sent = await forbidden(bench);
      expectStatus(sent, 403);
      expect(!/^forbidden\.?$/i.test(reasonOf(sent)), 'more than Forbidden', 'just that');
    },
  ),
  ours(
    'no-content-type-of-nothing',
    'An answer without a body has no Content-Type.',
    'Leave the header out where there is nothing it could describe.',
    async (bench) => {
      const sent = await forbidden(bench);
      suppose(sent.answer?.body.length === 0, 'the answer has a body');
      expect(sent.header('content-type') === undefined, 'no Content-Type', 'one');
    },
  ),
  must(
    'no-content-length',
    'A request without Content-Length is answered 411.',
    'Demand a length.',
    async (bench) => {
      const text = rewritten(bench, report(bench, await joined(bench, bench.swarmId())), [
        '</PeerID>',
        '</PeerID> ',
      ]);
      const body = Uint8Array.from(text, (unit) => unit.charCodeAt(0));
      const step = 'STAT_REPORT without Content-Length';
      const sent = await bench.raw({
        step,
        body,
        headers: { 'Content-Length': undefined },
        answers: 'STAT_REPORT',
      });
      expectStatus(sent, 411);
      expectEmpty(sent);
    },
  ),
];
