/** RFC 7846 §4.3: error codes, the form of failures, and repeated transactions. */
import { asTransactionId } from '../../../protocol/ids.ts';
import { casesOf } from '../../section.ts';
import { connect, find, join, joined, leave } from '../../requests.ts';
import type { Sent, TrackerBench, TrackerCase } from '../../tracker-bench.ts';
import {
  expect,
  expectAnswer,
  expectError,
  expectListed,
  expectStatus,
  expectStrict,
  expectSuccess,
  given,
  suppose,
} from '../../verify.ts';
import { edited } from './edited.ts';

const { must, should, ours } = casesOf<TrackerBench>('rfc7846', '4.3', 'RFC 7846 §4.3');
const FORMED = 'Answer error 1 to whatever cannot be read as a message.';
const VERSION = 'Look at version before all else, and answer error 2 when it is not one of yours.';
const BARE = 'A failure holds version, response_type, error_code and transaction_id, and nothing more.';
const REPEATED =
  'Keep the last answers of a peer by transaction_id and body, and give them again when the same bytes come again.';
const STATUS = 'Map error codes to HTTP statuses: 1 and 2 to 400, 3 to 403.';

const ofVersion = (bench: TrackerBench, version: unknown): Promise<Sent> => {
  const request = connect(bench, bench.peerId(), [join(bench.swarmId())]);
  const body = edited(bench, request, (root) => (root['version'] = version));
  return bench.send(body, { step: `CONNECT of version ${String(version)}` });
};

const malformed = (bench: TrackerBench): Promise<Sent> =>
  bench.send('{"PPSPTrackerProtocol":{"version":1}}', { step: 'a request with a version and nothing else' });
const forbidden = (bench: TrackerBench): Promise<Sent> =>
  bench.send(connect(bench, bench.peerId(), [leave(bench.swarmId())]));

/** Texts that are no JSON. */
const NOT_JSON: readonly (readonly [name: string, what: string, text: (whole: string) => string])[] = [
  ['cut-off', 'that is cut off', (whole) => whole.slice(0, -2)],
  ['text-behind', 'with text behind its end', (whole) => `${whole} end`],
  ['with-comment', 'with a comment in it', (whole) => whole.replace('{', '{/* a comment */')],
  ['single-quotes', 'in single quotes', (whole) => whole.replaceAll('"', "'")],
  ['trailing-comma', 'with a comma too many', (whole) => whole.replace(/\}\}$/, '},}')],
  ['plain-text', 'that is plain text', () => 'CONNECT'],
  ['empty', 'that is empty', () => ''],
];

/** The same bytes again, as a peer sends them that got no answer. */
async function again(bench: TrackerBench, first: Sent): Promise<Sent> {
  given(first);
  const body = new Uint8Array(first.request.body);
  return bench.send(body, { step: `${first.step}, once more`, answers: 'CONNECT' });
}

const sameBytes = (first: Sent, second: Sent): boolean => {
  const [a, b] = [expectAnswer(first).body, expectAnswer(second).body];
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
};

export const ERROR_CASES: readonly TrackerCase[] = [
  ...NOT_JSON.map(([name, what, text]) =>
    must(`not-json-${name}`, `A body ${what} is refused with error 1.`, FORMED, async (bench) => {
      const whole = edited(bench, connect(bench, bench.peerId(), [join(bench.swarmId())]), () => undefined);
      expectError(await bench.send(text(whole), { step: `a body ${what}` }), 'bad-request');
    }),
  ),
  must('version-2', 'A request of version 2 is refused with error 2.', VERSION, async (bench) => {
    expectError(await ofVersion(bench, 2), 'unsupported-version');
  }),
  must('version-255', 'A request of version 255 is refused with error 2.', VERSION, async (bench) => {
    expectError(await ofVersion(bench, 255), 'unsupported-version');
  }),
  must(
    'version-0',
    'A request of version 0, which is reserved, is refused with error 2.',
    VERSION,
    async (bench) => {
      expectError(await ofVersion(bench, 0), 'unsupported-version');
    },
  ),
  ours(
    'version-before-grammar',
    'A request of version 2 is refused with error 2 even where it holds what version 1 does not know.',
    VERSION,
    async (bench) => {
      const body = `{"PPSPTrackerProtocol":{"version":2,"hello":{"transaction_id":"${bench.transactionId()}"}}}`;
      expectError(await bench.send(body, { step: 'something of version 2' }), 'unsupported-version');
    },
  ),
  ...(
    [
      ['bad-request', 1, malformed],
      ['unsupported-version', 2, (bench: TrackerBench) => ofVersion(bench, 2)],
      ['forbidden', 3, forbidden],
    ] as const
  ).map(([error, code, send]) =>
    must(
      `failure-${code}-is-bare`,
      `A response with error ${code} is to the letter, without peer_addr and swarm_result.`,
      BARE,
      async (bench) => {
        const sent = await send(bench);
        suppose(
          sent.tolerant?.ok === true && sent.tolerant.message.outcome === 'failure',
          'it was not refused',
        );
        expectStrict(sent);
        expectError(sent, error);
      },
    ),
  ),
  ours('status-of-success', 'A successful response comes with HTTP 200.', STATUS, async (bench) => {
    const sent = await bench.send(connect(bench, bench.peerId(), [join(bench.swarmId())]));
    given(sent);
    expectStatus(sent, 200);
  }),
  ours('status-of-bad-request', 'Error 1 comes with HTTP 400.', STATUS, async (bench) => {
    expectStatus(await malformed(bench), 400);
  }),
  ours('status-of-version', 'Error 2 comes with HTTP 400.', STATUS, async (bench) => {
    expectStatus(await ofVersion(bench, 2), 400);
  }),
  ours('status-of-forbidden', 'Error 3 comes with HTTP 403.', STATUS, async (bench) => {
    expectStatus(await forbidden(bench), 403);
  }),
  must(
    'repeated-seed-join',
    'A SEEDER’s JOIN that is sent twice, byte for byte, succeeds twice.',
    `${REPEATED} A peer whose answer got lost must repeat; taken as new, its second JOIN would break row 7 of table 6.`,
    async (bench) => {
      const request = connect(bench, bench.peerId(), [join(bench.swarmId(), 'SEED')]);
      expectSuccess(await again(bench, await bench.send(request)));
    },
  ),
  should(
    'repeated-leave',
    'A LEAVE that is sent twice, byte for byte, succeeds twice.',
    `${REPEATED} Keep the last one after the registration has ended.`,
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm);
      expectSuccess(await again(bench, await bench.send(connect(bench, peer, [leave(swarm)]))));
    },
  ),
  should(
    'repeated-switch',
    'A channel switch that is sent twice, byte for byte, succeeds twice.',
    REPEATED,
    async (bench) => {
      const [from, to] = [bench.swarmId(), bench.swarmId()];
      const peer = await joined(bench, from);
      expectSuccess(await again(bench, await bench.send(connect(bench, peer, [leave(from), join(to)]))));
    },
  ),
  ours(
    'repeated-answer-is-the-same',
    'A repeated transaction is answered with the same bytes, whoever joined meanwhile.',
    REPEATED,
    async (bench) => {
      const swarm = bench.swarmId();
      const first = await bench.send(connect(bench, bench.peerId(), [join(swarm)]));
      given(first);
      await joined(bench, swarm, 'SEED');
      const second = await again(bench, first);
      given(second);
      expect(sameBytes(first, second), 'the same bytes', 'others');
    },
  ),
  ours(
    'repeated-join-after-leave',
    'A JOIN with the bytes of an earlier one registers again after a LEAVE.',
    'Forget the earlier answers of a peer when its registration ends, but for the last.',
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = bench.peerId();
      const watcher = await joined(bench, swarm, 'SEED');
      const first = await bench.send(connect(bench, peer, [join(swarm)]));
      given(first);
      given(await bench.send(connect(bench, peer, [leave(swarm)])));
      given(await again(bench, first));
      expectListed(
        expectSuccess(await bench.send(find(bench, watcher, swarm))),
        swarm,
        peer,
        'the LEECH that is back',
      );
    },
  ),
  should(
    'same-transaction-other-content',
    'A request with the transaction_id of an earlier one and other content is a new request.',
    'Compare the whole body, not the transaction_id alone: the RFC’s own examples are all "12345".',
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = bench.peerId();
      const seed = await joined(bench, swarm, 'SEED');
      const transactionId = asTransactionId(bench.transactionId());
      given(await bench.send({ ...connect(bench, peer, [join(swarm)]), transactionId }));
      const found = await bench.send({ ...find(bench, peer, swarm), transactionId });
      expectListed(expectSuccess(found), swarm, seed, 'the seed');
      const left = await bench.send({ ...connect(bench, peer, [leave(swarm)]), transactionId });
      expectSuccess(left);
    },
  ),
  should(
    'same-transaction-of-two-peers',
    'Two peers may use the same transaction_id.',
    'A transaction_id counts beside its peer_id.',
    async (bench) => {
      const swarm = bench.swarmId();
      const transactionId = bench.transactionId();
      const first = bench.peerId();
      given(await bench.send({ ...connect(bench, first, [join(swarm)]), transactionId }));
      const sent = await bench.send({ ...connect(bench, bench.peerId(), [join(swarm)]), transactionId });
      expectListed(expectSuccess(sent), swarm, first, 'the first of the two');
    },
  ),
];
