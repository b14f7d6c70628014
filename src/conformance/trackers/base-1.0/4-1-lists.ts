/** base-01 §4.1: which peers a CONNECT is answered with. */
import { casesOf } from '../../section.ts';
import { connect, crowd, join, joined } from '../../requests.ts';
import type { TrackerBench, TrackerCase } from '../../tracker-bench.ts';
import { expect, expectList, expectListed, expectNotListed, expectSuccess, listOf } from '../../verify.ts';
import { expectAddresses, expectAtMost, expectEachOnce } from '../answers.ts';
import { newcomer } from './newcomer.ts';

const { must, should, ours } = casesOf<TrackerBench>('base-1.0', '4.1', 'base-01 §4.1');
const LIST = 'Answer a LEECH’s JOIN with the peers of that swarm, up to PeerNum.';

export const LISTS: readonly TrackerCase[] = [
  must('leech-gets-list', 'A LEECH’s JOIN is answered with the peers of the swarm.', LIST, async (bench) => {
    const swarm = bench.swarmId();
    const peers = [
      await joined(bench, swarm),
      await joined(bench, swarm, 'SEED'),
      await joined(bench, swarm),
    ];
    expectList(expectSuccess(await bench.send(connect(bench, bench.peerId(), [join(swarm)]))), swarm, peers);
  }),
  must('listed-with-address', 'Every peer listed has an identifier and an address.', LIST, async (bench) => {
    const swarm = bench.swarmId();
    await crowd(bench, swarm, 2);
    expectAddresses(expectSuccess(await bench.send(connect(bench, bench.peerId(), [join(swarm)]))), swarm);
  }),
  must(
    'peers-of-that-swarm',
    'A list holds no peers of other swarms.',
    'Keep a list of peers per swarm.',
    async (bench) => {
      const [swarm, other] = [bench.swarmId(), bench.swarmId()];
      const stranger = await joined(bench, other, 'SEED');
      expectNotListed(await newcomer(bench, swarm), swarm, stranger, 'a peer of another swarm');
    },
  ),
  must('peer-num', 'A list has no more peers than PeerNum says.', LIST, async (bench) => {
    const swarm = bench.swarmId();
    await crowd(bench, swarm, 4);
    const request = connect(bench, bench.peerId(), [join(swarm)], { peerNum: { count: 2 } });
    expectAtMost(expectSuccess(await bench.send(request)), swarm, 2);
  }),
  ours(
    'peer-num-filled',
    'A list has as many peers as asked when there are so many.',
    'Fill up the list, with peers that do not match the attributes if need be.',
    async (bench) => {
      const swarm = bench.swarmId();
      await crowd(bench, swarm, 4);
      const request = connect(bench, bench.peerId(), [join(swarm)], { peerNum: { count: 3 } });
      const { length } = listOf(expectSuccess(await bench.send(request)), swarm);
      expect(length === 3, '3 peers', `${length} peers`);
    },
  ),
  must(
    'peer-num-attributes',
    'PeerNum with all its attributes is taken.',
    'Read abilityNAT, concurrentLinks, onlineTime and uploadBWlevel; a tracker may do without them.',
    async (bench) => {
      const swarm = bench.swarmId();
      await joined(bench, swarm, 'SEED');
      const peerNum = {
        count: 5,
        abilityNat: 'STUN',
        concurrentLinks: 'HIGH',
        onlineTime: 'NORMAL',
        uploadBandwidth: 'NORMAL',
      } as const;
      expectSuccess(await bench.send(connect(bench, bench.peerId(), [join(swarm)], { peerNum })));
    },
  ),
  should(
    'seed-with-peer-num-gets-list',
    'A SEED that sends PeerNum is answered with a list.',
    'Treat a SEED’s PeerNum as a wish for a list, in each swarm it joins.',
    async (bench) => {
      const [one, two] = [bench.swarmId(), bench.swarmId()];
      const [first, second] = [await joined(bench, one), await joined(bench, two)];
      const actions = [join(one, 'SEED'), join(two, 'SEED')];
      const request = connect(bench, bench.peerId(), actions, { peerNum: { count: 5 } });
      const response = expectSuccess(await bench.send(request));
      expectListed(response, one, first, 'the leech');
      expectListed(response, two, second, 'the leech');
    },
  ),
  ours(
    'seed-without-peer-num',
    'A SEED that sends no PeerNum is answered with no list.',
    'Search for peers for LEECHes, and for SEEDs that ask.',
    async (bench) => {
      const swarm = bench.swarmId();
      await joined(bench, swarm);
      const response = expectSuccess(await bench.send(connect(bench, bench.peerId(), [join(swarm, 'SEED')])));
      const { length } = listOf(response, swarm);
      expect(length === 0, 'no list', `${length} peers`);
    },
  ),
  ours(
    'asker-not-listed',
    'A peer is not on its own list.',
    'Leave the asking peer out of its own list.',
    async (bench) => {
      const swarm = bench.swarmId();
      await joined(bench, swarm, 'SEED');
      const peer = bench.peerId();
      const response = expectSuccess(await bench.send(connect(bench, peer, [join(swarm)])));
      expectNotListed(response, swarm, peer, 'the asking peer');
    },
  ),
  ours(
    'no-seed-for-seeds',
    'A SEED is not listed to a SEED.',
    'Leave the seeds out of a seed’s list: neither needs the other.',
    async (bench) => {
      const swarm = bench.swarmId();
      const seed = await joined(bench, swarm, 'SEED');
      const request = connect(bench, bench.peerId(), [join(swarm, 'SEED')], { peerNum: { count: 5 } });
      expectNotListed(expectSuccess(await bench.send(request)), swarm, seed, 'the other seed');
    },
  ),
  ours('each-peer-once', 'No peer is on a list twice.', 'Draw a list without replacement.', async (bench) => {
    const swarm = bench.swarmId();
    await crowd(bench, swarm, 4);
    const list = listOf(await newcomer(bench, swarm), swarm);
    expectEachOnce(list);
  }),
];
