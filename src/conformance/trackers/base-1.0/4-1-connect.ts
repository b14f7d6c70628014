/** base-01 §4.1: what the answer to a CONNECT says besides the peers. */
import { casesOf } from '../../section.ts';
import { connect, HOST_ADDRESS, join, joined, leave } from '../../requests.ts';
import type { TrackerBench, TrackerCase } from '../../tracker-bench.ts';
import { expect, expectResult, expectSuccess } from '../../verify.ts';
import { expectEcho } from '../answers.ts';
import { bodyOf } from '../rewritten.ts';

const { must, should, ours } = casesOf<TrackerBench>('base-1.0', '4.1', 'base-01 §4.1');
const RESULTS =
  'Answer with a Result for the request itself and one for each action, by their transaction IDs.';
const ADDRESS =
  'Put a PeerInfo without swarmID, with the address the request was seen from, into the PeerGroup.';
/** Of a peer that is not listed: it names no swarm. */
const OWN_INFO = /<PeerInfo(?![^>]*\sswarmID\s*=)[^>]*>/;

export const CONNECT: readonly TrackerCase[] = [
  must('transaction-id', 'The response has the TransactionID of the CONNECT.', RESULTS, async (bench) => {
    const request = connect(bench, bench.peerId(), [join(bench.swarmId())]);
    expectEcho(expectSuccess(await bench.send(request)), request);
  }),
  must(
    'action-results',
    'The response has a successful Result with the transaction ID of each action.',
    RESULTS,
    async (bench) => {
      const actions = [bench.swarmId(), bench.swarmId(), bench.swarmId()].map((swarm) => join(swarm, 'SEED'));
      const request = connect(bench, bench.peerId(), actions);
      const response = expectSuccess(await bench.send(request));
      for (const { transactionId = '' } of request.actions) expectResult(response, { transactionId });
    },
  ),
  must('leave-result', 'A LEAVE gets its Result as a JOIN does.', RESULTS, async (bench) => {
    const swarm = bench.swarmId();
    const request = connect(bench, await joined(bench, swarm), [leave(swarm)]);
    const response = expectSuccess(await bench.send(request));
    expectResult(response, { transactionId: request.actions[0]?.transactionId ?? '' });
  }),
  ours(
    'results-in-order',
    'The Results stand in the order of the actions.',
    'Write the Results in the order in which the actions stand in the request.',
    async (bench) => {
      const actions = [bench.swarmId(), bench.swarmId(), bench.swarmId()].map((swarm) => join(swarm, 'SEED'));
      const request = connect(bench, bench.peerId(), actions);
      const { results } = expectSuccess(await bench.send(request));
      const wanted = request.actions.map(({ transactionId }) => transactionId);
      const same = results.map(({ transactionId }) => transactionId).join(' ') === wanted.join(' ');
      expect(same, 'one Result per action, in their order', `${results.length} Results otherwise`);
    },
  ),
  must(
    'public-address',
    'The response to a JOIN tells the peer its own public address.',
    ADDRESS,
    async (bench) => {
      const sent = await bench.send(connect(bench, bench.peerId(), [join(bench.swarmId())]));
      expectSuccess(sent);
      expect(OWN_INFO.test(bodyOf(sent)), 'a PeerInfo of the asking peer', 'none');
    },
  ),
  must(
    'public-address-to-leave',
    'The response to a LEAVE tells the peer its own public address.',
    ADDRESS,
    async (bench) => {
      const swarm = bench.swarmId();
      const sent = await bench.send(connect(bench, await joined(bench, swarm), [leave(swarm)]));
      expectSuccess(sent);
      expect(OWN_INFO.test(bodyOf(sent)), 'a PeerInfo of the asking peer', 'none');
    },
  ),
  ours(
    'public-address-first',
    'The PeerInfo of the asking peer stands before those of the peers listed.',
    'Write the asker’s own PeerInfo first: a reader tells it by that.',
    async (bench) => {
      const swarm = bench.swarmId();
      await joined(bench, swarm, 'SEED');
      const sent = await bench.send(connect(bench, bench.peerId(), [join(swarm)]));
      expectSuccess(sent);
      const [first = ''] = /<PeerInfo[^>]*>/.exec(bodyOf(sent)) ?? [];
      expect(OWN_INFO.test(first), 'the asking peer in the first PeerInfo', 'another peer, or nobody');
    },
  ),
  should(
    'public-address-reflexive',
    'A tracker that works STUN-like gives the public address the type REFLEXIVE.',
    'Set type="REFLEXIVE" on the asker’s own address, unless the tracker is not STUN-like at all.',
    async (bench) => {
      const { publicAddress } = expectSuccess(
        await bench.send(connect(bench, bench.peerId(), [join(bench.swarmId())])),
      );
      expect(publicAddress?.type === 'REFLEXIVE', 'type REFLEXIVE', publicAddress?.type ?? 'no address');
    },
  ),
  ours(
    'public-address-port',
    'The public address has the port that the peer declared.',
    'Tell the IP address seen with the port declared: the connection’s own port is of no use to others.',
    async (bench) => {
      const { publicAddress } = expectSuccess(
        await bench.send(connect(bench, bench.peerId(), [join(bench.swarmId())])),
      );
      const port = publicAddress?.port;
      expect(
        port === HOST_ADDRESS.port,
        `port ${HOST_ADDRESS.port}`,
        port === undefined ? 'none' : `port ${port}`,
      );
    },
  ),
];
