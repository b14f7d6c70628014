/** gu -06 §4.1 to §4.3: the form of the messages, the words in them, and what is wrong with a request. */
import type { Request } from '../../../protocol/message.ts';
import { casesOf } from '../../section.ts';
import { connect } from '../../requests.ts';
import type { Sent, TrackerBench, TrackerCase } from '../../tracker-bench.ts';
import {
  expect,
  expectAnswer,
  expectError,
  expectResponse,
  expectStatus,
  expectSuccess,
} from '../../verify.ts';
import { expectEcho } from '../answers.ts';
import { bodyOf, elementOf, rewritten, sendRewritten } from '../rewritten.ts';
import type { Change } from '../rewritten.ts';
import { connected, entered, joinAs, keepAlive } from './requests.ts';

const encoding = casesOf<TrackerBench>('gu-04', '4.1', 'gu -06 §4.1');
const words = casesOf<TrackerBench>('gu-04', '4.2', 'gu -06 §4.2, tables 2 and 3');
const checks = casesOf<TrackerBench>('gu-04', '4.3', 'gu -06 §4.3');
const CASE = 'Fold the case of a Method before it is looked up.';
const READ = 'Read elements by their names, in any order, and pass over what is not known.';
const INVALID = 'Answer 400 with a body whose Response is INVALID SYNTAX.';
const VERSION: Change = [/(<PPSPTrackerProtocol[^>]*) version="[^"]*"/, '$1 version="9.9"'];

const method = (word: string): Change => [elementOf('Method'), `<Method>${word}</Method>`];
const first = (bench: TrackerBench): Request => connect(bench, bench.peerId(), []);

/** A body whose Response is this, in any case and layout. */
function expectWord(sent: Sent, word: string): void {
  expectAnswer(sent);
  const [, text = ''] = /<Response[^>]*>([^<]*)</i.exec(bodyOf(sent)) ?? [];
  expect(text.trim().replace(/\s+/g, ' ').toUpperCase() === word, `Response ${word}`, 'another, or none');
}

/** A first CONNECT with that change is answered 400, INVALID SYNTAX. */
const refused = (name: string, what: string, ...changes: readonly Change[]): TrackerCase =>
  checks.must(name, `A message ${what} is answered 400 with INVALID SYNTAX.`, INVALID, async (bench) => {
    const sent = await sendRewritten(bench, first(bench), `CONNECT ${what}`, ...changes);
    expectStatus(sent, 400);
    expectWord(sent, 'INVALID SYNTAX');
  });

export const ENCODING: readonly TrackerCase[] = [
  encoding.must(
    'transaction-id',
    'A response has the TransactionID of its request.',
    'Copy it.',
    async (bench) => {
      const request = first(bench);
      expectEcho(expectSuccess(await bench.send(request)), request);
    },
  ),
  encoding.must(
    'method-and-response',
    'A message with both Method and Response is an error.',
    'Answer 400 to a message that is request and response at once.',
    async (bench) => {
      const both: Change = ['</Method>', '</Method><Response>OK</Response>'];
      expectError(await sendRewritten(bench, first(bench), 'CONNECT with a Response', both), 'bad-request');
    },
  ),
  encoding.should(
    'order-of-elements',
    'A message with its elements in the order of §4.4’s example is read.',
    READ,
    async (bench) => {
      const request = first(bench);
      const id = `<TransactionID>${request.transactionId}</TransactionID>`;
      const end: Change = ['</PPSPTrackerProtocol>', `${id}</PPSPTrackerProtocol>`];
      expectSuccess(await sendRewritten(bench, request, 'CONNECT with TransactionID last', [id, ''], end));
    },
  ),
  encoding.should('auth-token', 'A message with an AuthToken is read.', READ, async (bench) => {
    const request = keepAlive(bench, await entered(bench, bench.swarmId()));
    expectSuccess(await bench.send({ ...request, authToken: 'AG1hZ251cwAxMjM0NT' }));
  }),
  encoding.ours(
    'no-declaration',
    'A message without XML declaration, as on the slides, is read.',
    READ,
    async (bench) => {
      const bare: Change = [/^<\?xml[^>]*>\s*/, ''];
      expectSuccess(await sendRewritten(bench, first(bench), 'CONNECT without XML declaration', bare));
    },
  ),
  encoding.ours(
    'unknown-elements-ignored',
    'An element that the text does not know is passed over.',
    READ,
    async (bench) => {
      const more: Change = ['</PeerID>', '</PeerID><Mood colour="blue">fair</Mood>'];
      expectSuccess(await sendRewritten(bench, first(bench), 'CONNECT with an unknown element', more));
    },
  ),
  words.must('connect-in-small-letters', 'A Method of connect means CONNECT.', CASE, async (bench) => {
    expectSuccess(await sendRewritten(bench, first(bench), 'connect in small letters', method('connect')));
  }),
  words.must('join-in-mixed-letters', 'A Method of Join means JOIN.', CASE, async (bench) => {
    const request = joinAs(bench, await connected(bench), bench.swarmId());
    expectSuccess(await sendRewritten(bench, request, 'Join in mixed letters', method('Join')));
  }),
  words.must('ok', 'A success has the Response OK.', 'Write OK, the string of table 3.', async (bench) => {
    const sent = await bench.send(first(bench));
    expectSuccess(sent);
    expectWord(sent, 'OK');
  }),
  words.must(
    'error-body',
    'A refusal has a body, with the Response of table 3: MESSAGE FORBIDDEN for a 403.',
    'Write the response value string of the error into a body.',
    async (bench) => {
      const sent = await bench.send(keepAlive(bench, bench.peerId()), { step: 'KEEPALIVE of nobody' });
      expectStatus(sent, 403);
      expectWord(sent, 'MESSAGE FORBIDDEN');
    },
  ),
  words.ours(
    'error-transaction-id',
    'The body of a refusal has the TransactionID of the request.',
    'Copy it.',
    async (bench) => {
      const request = keepAlive(bench, bench.peerId());
      const response = expectResponse(await bench.send(request, { step: 'KEEPALIVE of nobody' }));
      expect(
        response.transactionId === request.transactionId,
        'the transaction ID of the request',
        'another, or none',
      );
    },
  ),
  checks.must(
    'not-well-formed',
    'A message that is cut off is answered 400 with INVALID SYNTAX.',
    INVALID,
    async (bench) => {
      const text = rewritten(bench, first(bench), ['</PPSPTrackerProtocol>', '']);
      const sent = await bench.send(text, { step: 'CONNECT without its end' });
      expectStatus(sent, 400);
      expectWord(sent, 'INVALID SYNTAX');
    },
  ),
  refused('no-transaction-id', 'without TransactionID', [elementOf('TransactionID'), '']),
  refused('no-peer-id', 'without PeerID', [elementOf('PeerID'), '']),
  refused('no-version', 'without version', [/(<PPSPTrackerProtocol[^>]*) version="[^"]*"/, '$1']),
  refused('unknown-method', 'of a Method that table 2 does not have', method('PING')),
  checks.must(
    'version',
    'A version that the tracker does not speak is answered 400 with VERSION NOT SUPPORTED.',
    'Say so in a body.',
    async (bench) => {
      const sent = await sendRewritten(bench, first(bench), 'CONNECT of version 9.9', VERSION);
      expectStatus(sent, 400);
      expectWord(sent, 'VERSION NOT SUPPORTED');
    },
  ),
];
