/** RFC 7846 §4.1.1: what the answer to a CONNECT holds. */
import type { PeerAddress } from '../../../protocol/message.ts';
import { MAX_PEER_LIST } from '../../../protocol/message.ts';
import { casesOf } from '../../section.ts';
import { connect, crowd, HOST_ADDRESS, join, joined, leave } from '../../requests.ts';
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

const { must, should, ours } = casesOf<TrackerBench>('rfc7846', '4.1.1', 'RFC 7846 §4.1.1');
const LIST = 'Answer a LEECH’s JOIN with a peer_group of peers of that swarm.';

const at = (address: PeerAddress): string => `${shown(address.address)} port ${address.port}`;

/** How `peer` is handed out to a newcomer. */
async function handedOut(
  bench: TrackerBench,
  addresses: readonly PeerAddress[],
): Promise<PeerAddress | undefined> {
  const swarm = bench.swarmId();
  const peer = await joined(bench, swarm, 'SEED', { addresses });
  const answer = given(await bench.send(connect(bench, bench.peerId(), [join(swarm)])));
  const entry = listOf(answer, swarm).find(({ peerId }) => peerId === peer);
  suppose(entry !== undefined, 'the peer whose address is looked at was not on the list');
  return entry.addresses[0];
}

export const CONNECT_ANSWERS: readonly TrackerCase[] = [
  must('leech-gets-list', 'A LEECH’s JOIN is answered with peers of the swarm.', LIST, async (bench) => {
    const swarm = bench.swarmId();
    const seed = await joined(bench, swarm, 'SEED');
    const answer = expectSuccess(await bench.send(connect(bench, bench.peerId(), [join(swarm)])));
    expectListed(answer, swarm, seed, 'the seed');
  }),
  must('list-holds-leeches', 'Lists hold other LEECHes as well as SEEDERs.', LIST, async (bench) => {
    const swarm = bench.swarmId();
    const other = await joined(bench, swarm);
    const answer = expectSuccess(await bench.send(connect(bench, bench.peerId(), [join(swarm)])));
    expectListed(answer, swarm, other, 'the other LEECH');
  }),
  must(
    'list-of-that-swarm-only',
    'A list holds peers of the swarm it is for, and of no other.',
    'Keep one set of peers per swarm ID.',
    async (bench) => {
      const [swarm, other] = [bench.swarmId(), bench.swarmId()];
      const stranger = await joined(bench, other, 'SEED');
      const answer = expectSuccess(await bench.send(connect(bench, bench.peerId(), [join(swarm)])));
      expectNotListed(answer, swarm, stranger, 'a peer of another swarm');
      expect(
        !answer.peerLists.some(({ peers }) => peers.some(({ peerId }) => peerId === stranger)),
        'no peer of a swarm that was not asked for',
        'a peer of another swarm on a list',
      );
    },
  ),
  must(
    'declared-address-handed-out',
    'A listed peer comes with the address and port it declared.',
    'Keep the peer_addr of the CONNECT and hand it out with the peer ID.',
    async (bench) => {
      const address = await handedOut(bench, [HOST_ADDRESS]);
      const same = address?.address === HOST_ADDRESS.address && address.port === HOST_ADDRESS.port;
      expect(same, at(HOST_ADDRESS), address === undefined ? 'no address' : at(address));
    },
  ),
  ours(
    'preferred-address-handed-out',
    'Of several addresses of a peer the one of highest priority is handed out.',
    'peer_info has room for one peer_addr: take the largest priority (table 3).',
    async (bench) => {
      const preferred: PeerAddress = { ...HOST_ADDRESS, address: '192.0.2.9', port: 9009, priority: 9 };
      const address = await handedOut(bench, [HOST_ADDRESS, preferred, { ...HOST_ADDRESS, priority: 3 }]);
      expect(
        address?.address === preferred.address && address.port === preferred.port,
        at(preferred),
        address === undefined ? 'no address' : at(address),
      );
    },
  ),
  ours(
    'seen-address-handed-out',
    'A peer that declared no address is handed out at the one it was seen from.',
    'Fall back to the source address of the request.',
    async (bench) => {
      const address = await handedOut(bench, []);
      expect(address !== undefined, 'an address', 'none');
    },
  ),
  must(
    'ipv6-address-handed-out',
    'An IPv6 address is handed out as declared, in the form of RFC 5952 §4.',
    'Write IPv6 addresses in lower case with the longest run of zeros shortened.',
    async (bench) => {
      const declared: PeerAddress = { ...HOST_ADDRESS, addressType: 'ipv6', address: '2001:db8::7:0:9' };
      const address = await handedOut(bench, [declared]);
      expect(
        address?.address === declared.address && address.addressType === 'ipv6',
        declared.address,
        address === undefined ? 'no address' : at(address),
      );
    },
  ),
  must(
    'peer-count-limits-list',
    'A list has at most as many peers as peer_count asks for.',
    'Cut the list at peer_count.',
    async (bench) => {
      const swarm = bench.swarmId();
      await crowd(bench, swarm, 5);
      const sent = await bench.send(connect(bench, bench.peerId(), [join(swarm)], { peerNum: { count: 3 } }));
      const { length } = listOf(expectSuccess(sent), swarm);
      expect(length <= 3, 'at most 3 peers', `${length} peers`);
    },
  ),
  ours(
    'list-has-as-many-as-asked',
    'A list has as many peers as were asked for, as far as there are any.',
    'Fill the list up at random when fewer peers match the wishes than were asked for.',
    async (bench) => {
      const swarm = bench.swarmId();
      await crowd(bench, swarm, 5);
      const sent = await bench.send(connect(bench, bench.peerId(), [join(swarm)], { peerNum: { count: 3 } }));
      const { length } = listOf(expectSuccess(sent), swarm);
      expect(length === 3, '3 peers', `${length} peers`);
    },
  ),
  ours(
    'list-has-everyone',
    'Without a peer_num a small swarm is listed in whole.',
    'Take 30 for the peer_count that is missing.',
    async (bench) => {
      const swarm = bench.swarmId();
      const others = await crowd(bench, swarm, 4);
      const answer = expectSuccess(await bench.send(connect(bench, bench.peerId(), [join(swarm)])));
      expectList(answer, swarm, others);
    },
  ),
  should(
    'list-of-thirty-at-most',
    'A list has no more than 30 peers, however many are asked for.',
    'Cap peer_count at 30 (§3.2.2).',
    async (bench) => {
      const swarm = bench.swarmId();
      await crowd(bench, swarm, MAX_PEER_LIST + 3);
      const sent = await bench.send(
        connect(bench, bench.peerId(), [join(swarm)], { peerNum: { count: 1000 } }),
      );
      const { length } = listOf(expectSuccess(sent), swarm);
      expect(length <= MAX_PEER_LIST, `at most ${MAX_PEER_LIST} peers`, `${length} peers`);
    },
    { seconds: 10 },
  ),
  should(
    'list-of-thirty-at-most-unasked',
    'A list has no more than 30 peers when no peer_num was sent.',
    'Cap the list at 30 (§3.2.2).',
    async (bench) => {
      const swarm = bench.swarmId();
      await crowd(bench, swarm, MAX_PEER_LIST + 3);
      const sent = await bench.send(connect(bench, bench.peerId(), [join(swarm)]));
      const { length } = listOf(expectSuccess(sent), swarm);
      expect(length <= MAX_PEER_LIST, `at most ${MAX_PEER_LIST} peers`, `${length} peers`);
    },
    { seconds: 10 },
  ),
  ours(
    'count-of-zero',
    'A peer_count of 0 is answered without a list.',
    'Leave peer_group out when it would be empty.',
    async (bench) => {
      const swarm = bench.swarmId();
      await crowd(bench, swarm, 2);
      const sent = await bench.send(connect(bench, bench.peerId(), [join(swarm)], { peerNum: { count: 0 } }));
      const { length } = listOf(expectSuccess(sent), swarm);
      expect(length === 0, 'no peers', `${length} peers`);
    },
  ),
  ours(
    'list-without-asker',
    'The asking peer is not on its own list.',
    'Leave the asker out of the choice, a re-start included.',
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm);
      const answer = expectSuccess(await bench.send(connect(bench, peer, [join(swarm)])));
      expectNotListed(answer, swarm, peer, 'the asker');
    },
  ),
  ours(
    'list-without-doubles',
    'No peer is twice on a list, one that started again included.',
    'Key the peers of a swarm by peer ID, byte for byte.',
    async (bench) => {
      const swarm = bench.swarmId();
      const [first] = await crowd(bench, swarm, 3);
      suppose(first !== undefined, 'nobody joined');
      given(await bench.send(connect(bench, first, [join(swarm)]), { step: 're-start' }));
      const answer = expectSuccess(await bench.send(connect(bench, bench.peerId(), [join(swarm)])));
      const list = listOf(answer, swarm);
      const names = new Set(list.map(({ peerId }) => peerId));
      expect(names.size === list.length, 'every peer once', `${list.length} entries for ${names.size} peers`);
    },
  ),
  should(
    'seed-with-peer-num-gets-list',
    'A SEEDER that sends a peer_num is answered with a list.',
    'The list depends on peer_num for SEEDERs.',
    async (bench) => {
      const swarm = bench.swarmId();
      const leech = await joined(bench, swarm);
      const peerNum = { count: 5 };
      const sent = await bench.send(connect(bench, bench.peerId(), [join(swarm, 'SEED')], { peerNum }));
      expectListed(expectSuccess(sent), swarm, leech, 'the LEECH');
    },
  ),
  ours(
    'seed-without-peer-num-gets-none',
    'A SEEDER that sends no peer_num is answered without a list.',
    'The list depends on peer_num for SEEDERs.',
    async (bench) => {
      const swarm = bench.swarmId();
      await joined(bench, swarm);
      const sent = await bench.send(connect(bench, bench.peerId(), [join(swarm, 'SEED')]));
      const { length } = listOf(expectSuccess(sent), swarm);
      expect(length === 0, 'no list', `${length} peers`);
    },
  ),
  ours(
    'no-seed-for-a-seed',
    'A SEEDER is not handed other SEEDERs: they have nothing for each other.',
    'Choose among the LEECHes only when the asker is a SEEDER.',
    async (bench) => {
      const swarm = bench.swarmId();
      const seed = await joined(bench, swarm, 'SEED');
      const peerNum = { count: 5 };
      const sent = await bench.send(connect(bench, bench.peerId(), [join(swarm, 'SEED')], { peerNum }));
      expectNotListed(expectSuccess(sent), swarm, seed, 'the other SEEDER');
    },
  ),
  should(
    'result-for-join',
    'The answer to a JOIN has a swarm_result for its swarm.',
    'Write one swarm_result per action (§3.3.4).',
    async (bench) => {
      const swarmId = bench.swarmId();
      const answer = expectSuccess(await bench.send(connect(bench, bench.peerId(), [join(swarmId, 'SEED')])));
      expectResult(answer, { swarmId });
    },
  ),
  should(
    'result-for-every-join',
    'The answer to a CONNECT of several actions has a swarm_result for each.',
    'Write one swarm_result per action (§3.3.4).',
    async (bench) => {
      const swarms = [bench.swarmId(), bench.swarmId(), bench.swarmId()];
      const actions = swarms.map((swarm) => join(swarm, 'SEED'));
      const answer = expectSuccess(await bench.send(connect(bench, bench.peerId(), actions)));
      for (const swarmId of swarms) expectResult(answer, { swarmId });
    },
  ),
  should(
    'result-for-leave',
    'The answer to a LEAVE has a swarm_result for its swarm.',
    'Write one swarm_result per action, LEAVE too (§3.3.4).',
    async (bench) => {
      const swarmId = bench.swarmId();
      const peer = await joined(bench, swarmId);
      expectResult(expectSuccess(await bench.send(connect(bench, peer, [leave(swarmId)]))), { swarmId });
    },
  ),
  ours(
    'public-address-told',
    'A peer that declared HOST addresses only is told its public address, as REFLEXIVE.',
    'Work as a "STUN-like" server: the address seen, the port declared.',
    async (bench) => {
      const answer = expectSuccess(await bench.send(connect(bench, bench.peerId(), [join(bench.swarmId())])));
      const { publicAddress } = answer;
      expect(publicAddress !== undefined, 'a peer_addr', 'none');
      expect(publicAddress.type === 'REFLEXIVE', 'type REFLEXIVE', `type ${publicAddress.type}`);
      const { port } = publicAddress;
      expect(port === HOST_ADDRESS.port, `port ${HOST_ADDRESS.port}`, `port ${port}`);
    },
  ),
  should(
    'public-address-not-told-to-who-knows',
    'A peer that declared REFLEXIVE or PROXY addresses itself is not told its public address.',
    'Leave peer_addr out when the peer has used STUN or TURN.',
    async (bench) => {
      for (const type of ['REFLEXIVE', 'PROXY'] as const) {
        const addresses = [HOST_ADDRESS, { ...HOST_ADDRESS, address: '198.51.100.7', priority: 2, type }];
        const sent = await bench.send(connect(bench, bench.peerId(), [join(bench.swarmId())], { addresses }));
        expect(expectSuccess(sent).publicAddress === undefined, `no peer_addr beside ${type}`, 'one');
      }
    },
  ),
];
