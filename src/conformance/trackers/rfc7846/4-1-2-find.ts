/** RFC 7846 §4.1.2: FIND and the list it is answered with. */
import { MAX_PEER_LIST } from '../../../protocol/message.ts';
import { casesOf } from '../../section.ts';
import { connect, crowd, find, HOST_ADDRESS, joined, leave } from '../../requests.ts';
import type { TrackerBench, TrackerCase } from '../../tracker-bench.ts';
import {
  expect,
  expectList,
  expectListed,
  expectNotListed,
  expectResult,
  expectSuccess,
  given,
  listOf,
  shown,
  suppose,
} from '../../verify.ts';

const { must, should, ours } = casesOf<TrackerBench>('rfc7846', '4.1.2', 'RFC 7846 §4.1.2');

export const FIND: readonly TrackerCase[] = [
  must(
    'lists-peers',
    'A FIND of the swarm a LEECH is in is answered with its peers.',
    'Answer with a peer_group in the swarm_result of that swarm.',
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm);
      const seed = await joined(bench, swarm, 'SEED');
      expectListed(expectSuccess(await bench.send(find(bench, peer, swarm))), swarm, seed, 'the seed');
    },
  ),
  must(
    'lists-addresses',
    'The peers listed come with the addresses they declared.',
    'Write ip_address and port of every peer listed.',
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm);
      const seed = await joined(bench, swarm, 'SEED');
      const entry = listOf(given(await bench.send(find(bench, peer, swarm))), swarm).find(
        ({ peerId }) => peerId === seed,
      );
      suppose(entry !== undefined, 'the seed was not on the list');
      const [address] = entry.addresses;
      expect(
        address?.address === HOST_ADDRESS.address && address.port === HOST_ADDRESS.port,
        `${HOST_ADDRESS.address} port ${HOST_ADDRESS.port}`,
        address === undefined ? 'no address' : `${shown(address.address)} port ${address.port}`,
      );
    },
  ),
  must(
    'lists-who-came-later',
    'A FIND lists peers that joined after the asker.',
    'Choose from the swarm as it is when the FIND arrives.',
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm);
      given(await bench.send(find(bench, peer, swarm), { step: 'FIND while alone' }));
      const late = await joined(bench, swarm);
      expectListed(expectSuccess(await bench.send(find(bench, peer, swarm))), swarm, late, 'the later LEECH');
    },
  ),
  must(
    'peer-count-limits-list',
    'The list has at most as many peers as peer_count asks for.',
    'Cut the list at peer_count.',
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm);
      await crowd(bench, swarm, 5);
      const sent = await bench.send(find(bench, peer, swarm, { count: 2 }));
      const { length } = listOf(expectSuccess(sent), swarm);
      expect(length <= 2, 'at most 2 peers', `${length} peers`);
    },
  ),
  should(
    'list-of-thirty-at-most',
    'The list has no more than 30 peers, however many are asked for.',
    'Cap peer_count at 30 (§3.2.2).',
    async (bench) => {
      const swarm = bench.swarmId();
      await crowd(bench, swarm, MAX_PEER_LIST + 2);
      const peer = await joined(bench, swarm);
      const sent = await bench.send(find(bench, peer, swarm, { count: 1000 }));
      const { length } = listOf(expectSuccess(sent), swarm);
      expect(length <= MAX_PEER_LIST, `at most ${MAX_PEER_LIST} peers`, `${length} peers`);
    },
    { seconds: 10 },
  ),
  must(
    'list-without-who-left',
    'A peer that left between two FINDs is not on the second list.',
    'Choose from the swarm as it is when the FIND arrives.',
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm);
      const seed = await joined(bench, swarm, 'SEED');
      given(await bench.send(find(bench, peer, swarm)));
      given(await bench.send(connect(bench, seed, [leave(swarm, 'SEED')])));
      expectNotListed(
        expectSuccess(await bench.send(find(bench, peer, swarm))),
        swarm,
        seed,
        'the seed that left',
      );
    },
  ),
  ours(
    'list-without-asker',
    'The asking peer is not on its own list.',
    'Leave the asker out of the choice, though the example of §4.1.2.1 lists it.',
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm);
      await joined(bench, swarm, 'SEED');
      expectNotListed(expectSuccess(await bench.send(find(bench, peer, swarm))), swarm, peer, 'the asker');
    },
  ),
  ours(
    'seed-finds-leeches-only',
    'A SEEDER’s FIND lists the LEECHes of the swarm, and no other SEEDERs.',
    'Choose among the LEECHes only when the asker is a SEEDER.',
    async (bench) => {
      const swarm = bench.swarmId();
      const seed = await joined(bench, swarm, 'SEED');
      await joined(bench, swarm, 'SEED');
      const leech = await joined(bench, swarm);
      expectList(expectSuccess(await bench.send(find(bench, seed, swarm))), swarm, [leech]);
    },
  ),
  ours(
    'alone-in-swarm',
    'A FIND by the only peer of a swarm succeeds, with no list.',
    'An empty list is no error: leave peer_group out.',
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm);
      const { length } = listOf(expectSuccess(await bench.send(find(bench, peer, swarm))), swarm);
      expect(length === 0, 'no peers', `${length} peers`);
    },
  ),
  should(
    'result-for-swarm',
    'The answer to a FIND has a swarm_result for the swarm, a successful one.',
    'Write the swarm_result even when there is nobody to list (§3.3.4).',
    async (bench) => {
      const swarmId = bench.swarmId();
      const peer = await joined(bench, swarmId);
      expectResult(expectSuccess(await bench.send(find(bench, peer, swarmId))), { swarmId });
    },
  ),
  ours(
    'any-of-a-seeds-swarms',
    'A SEEDER of several swarms may FIND in each of them, and gets the peers of that one.',
    'Look the swarm of the FIND up among all the peer is in.',
    async (bench) => {
      const swarms = [bench.swarmId(), bench.swarmId()] as const;
      const seed = await joined(bench, swarms, 'SEED');
      const leeches = [await joined(bench, swarms[0]), await joined(bench, swarms[1])] as const;
      expectList(expectSuccess(await bench.send(find(bench, seed, swarms[0]))), swarms[0], [leeches[0]]);
      expectList(expectSuccess(await bench.send(find(bench, seed, swarms[1]))), swarms[1], [leeches[1]]);
    },
  ),
];
