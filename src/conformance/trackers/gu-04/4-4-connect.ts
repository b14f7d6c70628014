/** gu -06 §4.4 and the slides: CONNECT registers a peer, and nothing more. */
import type { PeerAddress } from '../../../protocol/message.ts';
import { casesOf } from '../../section.ts';
import { connect, find, HOST_ADDRESS } from '../../requests.ts';
import type { TrackerBench, TrackerCase } from '../../tracker-bench.ts';
import { expect, expectError, expectListed, expectSuccess, given } from '../../verify.ts';
import { sendRewritten } from '../rewritten.ts';
import { connected, entered, joinAs, keepAlive } from './requests.ts';

const { must, should, ours } = casesOf<TrackerBench>('gu-04', '4.4', 'gu -06 §4.4');
const FIRST = 'Register a peer ID on CONNECT, and refuse with 403 whatever comes before.';
const ADDRESSES = 'Hand out the addresses that a peer declared.';
const IPV6: PeerAddress = { ...HOST_ADDRESS, addressType: 'ipv6', address: '2001:db8::7', port: 7008 };

/** The addresses that another peer is given of one that declared these. */
async function handedOut(
  bench: TrackerBench,
  addresses: readonly PeerAddress[],
): Promise<readonly PeerAddress[]> {
  const swarm = bench.swarmId();
  const peer = await entered(bench, swarm, 'LEECH', { addresses });
  const watcher = await entered(bench, swarm);
  const seen = expectSuccess(await bench.send(find(bench, watcher, swarm)));
  return expectListed(seen, swarm, peer, 'the peer').addresses;
}

const has = (among: readonly PeerAddress[], { address, port }: PeerAddress): boolean =>
  among.some((each) => each.address === address && each.port === port);

export const CONNECT: readonly TrackerCase[] = [
  must('connect', 'A CONNECT is answered with success.', FIRST, async (bench) => {
    expectSuccess(await bench.send(connect(bench, bench.peerId(), [])));
  }),
  must('connect-then-join', 'A peer that has connected can JOIN.', FIRST, async (bench) => {
    expectSuccess(await bench.send(joinAs(bench, await connected(bench), bench.swarmId())));
  }),
  ours(
    'join-before-connect',
    'A JOIN from a peer that has not connected is answered 403.',
    FIRST,
    async (bench) => {
      const sent = await bench.send(joinAs(bench, bench.peerId(), bench.swarmId()));
      expectError(sent, 'forbidden', 'authentication-required');
    },
  ),
  ours(
    'find-before-connect',
    'A FIND from a peer that has not connected is answered 403.',
    FIRST,
    async (bench) => {
      const swarm = bench.swarmId();
      await entered(bench, swarm, 'SEED');
      const sent = await bench.send(find(bench, bench.peerId(), swarm));
      expectError(sent, 'forbidden', 'authentication-required');
    },
  ),
  ours(
    'connect-again',
    'A CONNECT of a peer that is connected is a refresh.',
    'Take it as one.',
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await entered(bench, swarm);
      expectSuccess(await bench.send(connect(bench, peer, []), { step: 'CONNECT again' }));
      expectSuccess(
        await bench.send(find(bench, peer, swarm), { step: 'FIND, for it is still in the swarm' }),
      );
    },
  ),
  ours('connect-joins-nothing', 'A CONNECT alone puts a peer on no list.', FIRST, async (bench) => {
    const swarm = bench.swarmId();
    const watcher = await entered(bench, swarm);
    const peer = await connected(bench);
    const { peerLists } = expectSuccess(await bench.send(find(bench, watcher, swarm)));
    const listed = peerLists.some(({ peers }) => peers.some(({ peerId }) => peerId === peer));
    expect(!listed, 'a list without the peer that only connected', 'it is on the list');
  }),
  should(
    'reflexive-address',
    'A tracker that works STUN-like tells a peer its reflexive address.',
    'Put a ReflexiveAddress into the response, unless the tracker is not STUN-like at all.',
    async (bench) => {
      const { publicAddress } = expectSuccess(await bench.send(connect(bench, bench.peerId(), [])));
      expect(publicAddress !== undefined, 'a ReflexiveAddress', 'none');
    },
  ),
  must(
    'address-as-declared',
    'A peer is handed out at the address it declared.',
    ADDRESSES,
    async (bench) => {
      const addresses = await handedOut(bench, [HOST_ADDRESS]);
      expect(has(addresses, HOST_ADDRESS), 'the address declared', `${addresses.length} others`);
    },
  ),
  must('ipv6-address', 'An IPv6 address is taken and handed out.', ADDRESSES, async (bench) => {
    const addresses = await handedOut(bench, [HOST_ADDRESS, IPV6]);
    expect(has(addresses, IPV6), 'the address declared', `${addresses.length} others`);
  }),
  ours(
    'no-address-declared',
    'A peer that declared no address is handed out as seen.',
    ADDRESSES,
    async (bench) => {
      const addresses = await handedOut(bench, []);
      expect(addresses.length > 0, 'an address', 'none');
    },
  ),
  ours('address-no-ip', 'An address that is no IP address is answered 400.', 'Check it.', async (bench) => {
    const wrong: [string, string] = [HOST_ADDRESS.address, 'example.org'];
    const request = connect(bench, bench.peerId(), []);
    expectError(await sendRewritten(bench, request, 'CONNECT with a host name', wrong), 'bad-request');
  }),
  ours(
    'certificate',
    'A CONNECT with Cer, filled or empty, is taken.',
    'Read <Cer> of the slides.',
    async (bench) => {
      const request = connect(bench, bench.peerId(), []);
      given(await bench.send({ ...request, certificate: '' }, { step: 'CONNECT with an empty Cer' }));
      const other = connect(bench, bench.peerId(), []);
      expectSuccess(await bench.send({ ...other, certificate: 'MIIB' }, { step: 'CONNECT with Cer' }));
      expectSuccess(
        await bench.send(keepAlive(bench, other.peerId), { step: 'KEEPALIVE, for it is connected' }),
      );
    },
  ),
];
