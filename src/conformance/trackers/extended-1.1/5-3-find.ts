/** extended-04 §5.3: FIND. */
import { casesOf } from '../../section.ts';
import { crowd, find, HOST_ADDRESS, joined } from '../../requests.ts';
import type { TrackerBench, TrackerCase } from '../../tracker-bench.ts';
import {
  expect,
  expectList,
  expectListed,
  expectNotListed,
  expectStatus,
  expectStrict,
  expectSuccess,
  given,
  listOf,
} from '../../verify.ts';
import { expectAddresses, expectAtMost, expectEachOnce, expectEcho } from '../answers.ts';
import { elementOf, sendRewritten } from '../rewritten.ts';

const { must, should, ours } = casesOf<TrackerBench>('extended-1.1', '5.3', 'extended-04 §5.3');
const LIST = 'Answer with the peers of the swarm, with identifiers and addresses, up to PeerNum.';

export const FIND: readonly TrackerCase[] = [
  must('transaction-id', 'The response has the TransactionID of the FIND.', 'Copy it.', async (bench) => {
    const swarm = bench.swarmId();
    const request = find(bench, await joined(bench, swarm), swarm);
    expectEcho(expectSuccess(await bench.send(request)), request);
  }),
  must('list', 'A FIND is answered with the peers of the swarm.', LIST, async (bench) => {
    const swarm = bench.swarmId();
    const peer = await joined(bench, swarm);
    const others = [await joined(bench, swarm), await joined(bench, swarm, 'SEED')];
    expectList(expectSuccess(await bench.send(find(bench, peer, swarm))), swarm, others);
  }),
  must('listed-with-address', 'Every peer listed has an identifier and an address.', LIST, async (bench) => {
    const swarm = bench.swarmId();
    const peer = await joined(bench, swarm);
    await crowd(bench, swarm, 2);
    expectAddresses(expectSuccess(await bench.send(find(bench, peer, swarm))), swarm);
  }),
  should(
    'response-to-the-letter',
    'The response is as the grammar has it, with nothing for a reader to let pass.',
    'Compare the answer shown with the example of §5.3; name the swarm of each peer (table 2).',
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm);
      await joined(bench, swarm, 'SEED');
      expectStrict(await bench.send(find(bench, peer, swarm)));
    },
  ),
  must('peer-num', 'A list has no more peers than PeerNum says.', LIST, async (bench) => {
    const swarm = bench.swarmId();
    const peer = await joined(bench, swarm);
    await crowd(bench, swarm, 4);
    expectAtMost(expectSuccess(await bench.send(find(bench, peer, swarm, { count: 2 }))), swarm, 2);
  }),
  ours(
    'alone',
    'A FIND of a peer that is alone in its swarm succeeds, with nobody listed.',
    LIST,
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm);
      expectList(expectSuccess(await bench.send(find(bench, peer, swarm))), swarm, []);
    },
  ),
  ours('asker-not-listed', 'A peer is not on its own list.', 'Leave the asking peer out.', async (bench) => {
    const swarm = bench.swarmId();
    const peer = await joined(bench, swarm);
    await joined(bench, swarm, 'SEED');
    expectNotListed(
      expectSuccess(await bench.send(find(bench, peer, swarm))),
      swarm,
      peer,
      'the asking peer',
    );
  }),
  ours(
    'no-seed-for-seeds',
    'A SEED’s FIND lists no seeds.',
    'Leave the seeds out of a seed’s list.',
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm, 'SEED');
      const seed = await joined(bench, swarm, 'SEED');
      expectNotListed(
        expectSuccess(await bench.send(find(bench, peer, swarm))),
        swarm,
        seed,
        'the other seed',
      );
    },
  ),
  ours('each-peer-once', 'No peer is on a list twice.', 'Draw a list without replacement.', async (bench) => {
    const swarm = bench.swarmId();
    const peer = await joined(bench, swarm);
    await crowd(bench, swarm, 4);
    const list = listOf(expectSuccess(await bench.send(find(bench, peer, swarm))), swarm);
    expectEachOnce(list);
  }),
  must(
    'no-swarm-id',
    'A FIND without SwarmID is answered 400.',
    'SwarmID MUST be present (§4.4).',
    async (bench) => {
      const swarm = bench.swarmId();
      const request = find(bench, await joined(bench, swarm), swarm);
      const none: [RegExp, string] = [elementOf('SwarmID'), ''];
      expectStatus(await sendRewritten(bench, request, 'FIND without SwarmID', none), 400);
    },
  ),
  ours(
    'two-swarm-ids',
    'A FIND that names two swarms is answered 400.',
    'A FIND is of one swarm.',
    async (bench) => {
      const swarm = bench.swarmId();
      const request = find(bench, await joined(bench, swarm), swarm);
      const twice: [string, string] = ['<SwarmID>', `<SwarmID>${bench.swarmId()}</SwarmID><SwarmID>`];
      expectStatus(await sendRewritten(bench, request, 'FIND of two swarms', twice), 400);
    },
  ),
  ours(
    'new-addresses',
    'Addresses in a FIND take the place of those declared before.',
    'Read the PeerGroup of a FIND (§4.4) as what the peer is reached at from now on.',
    async (bench) => {
      const swarm = bench.swarmId();
      const watcher = await joined(bench, swarm);
      const peer = await joined(bench, swarm);
      const moved = { ...find(bench, peer, swarm), addresses: [{ ...HOST_ADDRESS, port: 7009 }] };
      given(await bench.send(moved, { step: 'FIND with another address' }));
      const seen = expectSuccess(await bench.send(find(bench, watcher, swarm)));
      const { addresses } = expectListed(seen, swarm, peer, 'the peer that moved');
      const ports = addresses.map(({ port }) => port).join(', ');
      expect(ports === '7009', 'port 7009', `port ${ports}`);
    },
  ),
];
