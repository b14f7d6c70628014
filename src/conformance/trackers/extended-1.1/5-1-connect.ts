/** extended-04 §5.1: the enhanced CONNECT. */
import { casesOf } from '../../section.ts';
import { connect, crowd, join, joined } from '../../requests.ts';
import type { TrackerBench, TrackerCase } from '../../tracker-bench.ts';
import { expect, expectList, expectListed, expectNotListed, expectSuccess } from '../../verify.ts';
import { expectAddresses, expectEcho } from '../answers.ts';
import { bodyOf, sendRewritten } from '../rewritten.ts';
import { contentOf, fullMap } from '../content.ts';
import { holder } from './requests.ts';

const { must, should, ours } = casesOf<TrackerBench>('extended-1.1', '5.1', 'extended-04 §5.1');
const SCOPE = 'Restrict the list of a CONNECT with ContentGroup to the peers that hold it.';
const scope = [{ representation: 'tag0', startIndex: 20 }];

export const CONNECT: readonly TrackerCase[] = [
  must('transaction-id', 'The response has the TransactionID of the CONNECT.', 'Copy it.', async (bench) => {
    const request = connect(bench, bench.peerId(), [join(bench.swarmId())]);
    expectEcho(expectSuccess(await bench.send(request)), request);
  }),
  must(
    'leech-gets-list',
    'A LEECH’s JOIN is answered with the peers of the swarm.',
    'List them.',
    async (bench) => {
      const swarm = bench.swarmId();
      const peers = [await joined(bench, swarm), await joined(bench, swarm, 'SEED')];
      expectList(
        expectSuccess(await bench.send(connect(bench, bench.peerId(), [join(swarm)]))),
        swarm,
        peers,
      );
    },
  ),
  must(
    'listed-with-address',
    'Every peer listed has an identifier and an address.',
    'List both.',
    async (bench) => {
      const swarm = bench.swarmId();
      await crowd(bench, swarm, 2);
      expectAddresses(expectSuccess(await bench.send(connect(bench, bench.peerId(), [join(swarm)]))), swarm);
    },
  ),
  must(
    'peer-group',
    'The response has a PeerGroup, with the asking peer’s own address, even when nobody is listed.',
    'PeerGroup MUST be present in responses to CONNECT (§4.4).',
    async (bench) => {
      const sent = await bench.send(connect(bench, bench.peerId(), [join(bench.swarmId())]));
      expectSuccess(sent);
      expect(/<PeerGroup[\s>]/.test(bodyOf(sent)), 'a PeerGroup', 'none');
    },
  ),
  must('scope-taken', 'A CONNECT with a ContentGroup is answered with success.', SCOPE, async (bench) => {
    const request = connect(bench, bench.peerId(), [join(bench.swarmId())]);
    expectSuccess(await bench.send({ ...request, scope }));
  }),
  should(
    'scope-lists-holders',
    'The list of a CONNECT with a scope has who holds it.',
    SCOPE,
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await holder(bench, swarm, contentOf(swarm, 'tag0', fullMap(20, 29)));
      const request = connect(bench, bench.peerId(), [join(swarm)]);
      const response = expectSuccess(await bench.send({ ...request, scope }));
      expectListed(response, swarm, peer, 'the peer that holds it');
    },
  ),
  should(
    'scope-leaves-others-out',
    'The list of a CONNECT with a scope has nobody who holds nothing of it.',
    SCOPE,
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm);
      const request = connect(bench, bench.peerId(), [join(swarm)]);
      const response = expectSuccess(await bench.send({ ...request, scope }));
      expectNotListed(response, swarm, peer, 'a peer that does not hold it');
    },
  ),
  ours(
    'action-without-number',
    'An action without transactionID is taken, and its Result has none.',
    'Answer each action with a Result, numbered as it was.',
    async (bench) => {
      const request = connect(bench, bench.peerId(), [join(bench.swarmId())]);
      const bare: [RegExp, string] = [/(<SwarmID [^>]*) transactionID="[^"]*"/, '$1'];
      const { results } = expectSuccess(
        await sendRewritten(bench, request, 'CONNECT with a bare action', bare),
      );
      const [first] = results;
      const one = results.length === 1 && first?.ok === true && first.transactionId === undefined;
      expect(one, 'one Result without transactionID', `${results.length} Results otherwise`);
    },
  ),
];
