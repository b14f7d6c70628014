/** RFC 7846 §4.2 and §3.3.4: the form of responses. */
import type { Request } from '../../../protocol/message.ts';
import { decodeText } from '../../../protocol/text.ts';
import { casesOf } from '../../section.ts';
import { connect, find, join, joined, leave, report } from '../../requests.ts';
import type { Sent, TrackerBench, TrackerCase } from '../../tracker-bench.ts';
import {
  expect,
  expectAnswer,
  expectResponse,
  expectStrict,
  expectSuccess,
  given,
  shown,
} from '../../verify.ts';
import { edited } from './edited.ts';
import type { Tree } from './edited.ts';

const { must, should, ours } = casesOf<TrackerBench>('rfc7846', '4.2', 'RFC 7846 §4.2');
const form = casesOf<TrackerBench>('rfc7846', '3.3.4', 'RFC 7846 §3.3.4');
const ECHO = 'Copy transaction_id from the request into the response, byte for byte.';
const TO_THE_LETTER =
  'Follow the grammar: arrays where it has arrays, numbers where it has numbers, all that is not optional.';

/** One request of every kind, each of which is to succeed. */
const KINDS: readonly {
  readonly name: string;
  readonly what: string;
  readonly make: (bench: TrackerBench) => Promise<Request>;
}[] = [
  {
    name: 'join',
    what: 'a LEECH’s JOIN of a swarm with others',
    make: async (bench) => {
      const swarm = bench.swarmId();
      await joined(bench, swarm, 'SEED');
      await joined(bench, swarm);
      return connect(bench, bench.peerId(), [join(swarm)]);
    },
  },
  {
    name: 'seed-join',
    what: 'a SEEDER’s JOIN of two swarms',
    make: (bench) =>
      Promise.resolve(
        connect(bench, bench.peerId(), [join(bench.swarmId(), 'SEED'), join(bench.swarmId(), 'SEED')]),
      ),
  },
  {
    name: 'leave',
    what: 'a LEAVE',
    make: async (bench) => {
      const swarm = bench.swarmId();
      return connect(bench, await joined(bench, swarm), [leave(swarm)]);
    },
  },
  {
    name: 'find',
    what: 'a FIND in a swarm with others',
    make: async (bench) => {
      const swarm = bench.swarmId();
      await joined(bench, swarm, 'SEED');
      return find(bench, await joined(bench, swarm), swarm);
    },
  },
  {
    name: 'stat-report',
    what: 'a STAT_REPORT with statistics',
    make: async (bench) => {
      const swarmId = bench.swarmId();
      const stats = [
        { swarmId, uploadedBytes: 1n, downloadedBytes: 2n, availableBandwidth: 3, concurrentLinks: 4 },
      ];
      return report(bench, await joined(bench, swarmId), stats);
    },
  },
  {
    name: 'keep-alive',
    what: 'a keep-alive',
    make: async (bench) => report(bench, await joined(bench, bench.swarmId())),
  },
];

/** The members of the response as they stand; `undefined` when it is no JSON object. */
function members(sent: Sent): Tree | undefined {
  const text = decodeText(expectAnswer(sent).body);
  if (!text.ok) return undefined;
  try {
    const root = (JSON.parse(text.text) as { readonly PPSPTrackerProtocol?: unknown } | null)
      ?.PPSPTrackerProtocol;
    return typeof root === 'object' && root !== null ? (root as Tree) : undefined;
  } catch {
    return undefined;
  }
}

export const RESPONSES: readonly TrackerCase[] = [
  ...KINDS.map(({ name, what, make }) =>
    must(
      `echo-${name}`,
      `The response to ${what} has the transaction_id of its request.`,
      ECHO,
      async (bench) => {
        const request = await make(bench);
        const { transactionId } = expectSuccess(await bench.send(request));
        expect(transactionId === request.transactionId, request.transactionId, shown(transactionId));
      },
    ),
  ),
  ...KINDS.map(({ name, what, make }) =>
    form.must(`form-${name}`, `The response to ${what} is to the letter.`, TO_THE_LETTER, async (bench) => {
      const sent = await bench.send(await make(bench));
      given(sent);
      expectStrict(sent);
    }),
  ),
  form.must(
    'success-codes',
    'A successful response has response_type 0 and error_code 0, both as numbers.',
    'Write error_code in every response.',
    async (bench) => {
      const sent = await bench.send(connect(bench, bench.peerId(), [join(bench.swarmId())]));
      given(sent);
      const root = members(sent);
      expect(
        root?.['response_type'] === 0,
        'response_type 0',
        `response_type ${shown(root?.['response_type'])}`,
      );
      expect(root['error_code'] === 0, 'error_code 0', `error_code ${shown(root['error_code'])}`);
    },
  ),
  form.must(
    'version-in-success',
    'A successful response has version 1, as a number.',
    'Write version in every response (§3.2.1).',
    async (bench) => {
      const sent = await bench.send(connect(bench, bench.peerId(), [join(bench.swarmId())]));
      const version = members(sent)?.['version'];
      expect(version === 1, 'version 1', `version ${shown(version)}`);
    },
  ),
  form.must(
    'version-in-failure',
    'A failed response has version 1, as a number.',
    'Write version in every response (§3.2.1).',
    async (bench) => {
      const sent = await bench.send(connect(bench, bench.peerId(), [leave(bench.swarmId())]));
      const version = members(sent)?.['version'];
      expect(version === 1, 'version 1', `version ${shown(version)}`);
    },
  ),
  should(
    'echo-refusal',
    'A refusal has the transaction_id of the request it refuses.',
    ECHO,
    async (bench) => {
      const request = connect(bench, bench.peerId(), [leave(bench.swarmId())]);
      const { transactionId } = expectResponse(await bench.send(request));
      expect(transactionId === request.transactionId, request.transactionId, shown(transactionId));
    },
  ),
  ours(
    'echo-malformed',
    'The refusal of a malformed request has its transaction_id, where that can be read.',
    'Read transaction_id first, so that whatever is wrong with the rest it can be told which request it was.',
    async (bench) => {
      const request = connect(bench, bench.peerId(), [join(bench.swarmId())]);
      const body = edited(bench, request, (root) => delete root['connect']);
      const { transactionId } = expectResponse(await bench.send(body, { step: 'CONNECT without connect' }));
      expect(transactionId === request.transactionId, request.transactionId, shown(transactionId));
    },
  ),
  must(
    'echo-strange-text',
    'A transaction_id of quotes, markup and letters beyond ASCII comes back as it was.',
    'Write strings with a JSON encoder, never by putting text together.',
    async (bench) => {
      const strange = `"\\/</script><!--&é漢😀\u2028'${bench.transactionId()}`;
      const body = edited(bench, connect(bench, bench.peerId(), [join(bench.swarmId())]), (root) => {
        root['transaction_id'] = strange;
      });
      const { transactionId } = expectResponse(await bench.send(body, { step: 'CONNECT with a strange ID' }));
      expect(transactionId === strange, shown(strange), shown(transactionId));
    },
  ),
];
