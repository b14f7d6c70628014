/** base-01 §3.2: what the elements and attributes say, above all the addresses. */
import type { PeerAddress } from '../../../protocol/message.ts';
import { casesOf } from '../../section.ts';
import { connect, HOST_ADDRESS, join, joined } from '../../requests.ts';
import type { TrackerBench, TrackerCase } from '../../tracker-bench.ts';
import { expect, expectListed, expectStatus, expectSuccess } from '../../verify.ts';
import { sendRewritten } from '../rewritten.ts';
import { newcomer } from './newcomer.ts';

const { must, should, ours } = casesOf<TrackerBench>('base-1.0', '3.2', 'base-01 §3.2');
const AS_DECLARED = 'Hand out the addresses that a peer declared, with their attributes.';
const CHECKED = 'Check an address against its addrType, and a port against 65535; answer 400 otherwise.';
const IPV6: PeerAddress = {
  ...HOST_ADDRESS,
  addressType: 'ipv6',
  address: '2001:db8::7',
  port: 7008,
  priority: 2,
};

/** The addresses that a newcomer is given of a peer that declared these. */
async function handedOut(
  bench: TrackerBench,
  addresses: readonly PeerAddress[],
): Promise<readonly PeerAddress[]> {
  const swarm = bench.swarmId();
  const peer = await joined(bench, swarm, 'LEECH', { addresses });
  return expectListed(await newcomer(bench, swarm), swarm, peer, 'the peer').addresses;
}

const has = (among: readonly PeerAddress[], { address, port }: PeerAddress): boolean =>
  among.some((each) => each.address === address && each.port === port);

export const SEMANTICS: readonly TrackerCase[] = [
  must(
    'address-as-declared',
    'A listed peer has the IP address and port it declared.',
    AS_DECLARED,
    async (bench) => {
      const addresses = await handedOut(bench, [HOST_ADDRESS]);
      expect(has(addresses, HOST_ADDRESS), 'the address declared', `${addresses.length} others`);
    },
  ),
  must('ipv6-address', 'An address of addrType ipv6 is taken and handed out.', AS_DECLARED, async (bench) => {
    const addresses = await handedOut(bench, [IPV6]);
    expect(has(addresses, IPV6), 'the address declared', `${addresses.length} others`);
  }),
  ours(
    'every-address',
    'A peer with several interfaces is listed with all of them.',
    AS_DECLARED,
    async (bench) => {
      const addresses = await handedOut(bench, [HOST_ADDRESS, IPV6]);
      expect(
        has(addresses, HOST_ADDRESS) && has(addresses, IPV6),
        'both addresses',
        `${addresses.length} of them`,
      );
    },
  ),
  should(
    'type-and-priority-kept',
    'The type and priority of a declared candidate are returned with it.',
    'Keep @type and @priority of each PeerAddress: NAT traversal needs them.',
    async (bench) => {
      const [first] = await handedOut(bench, [{ ...HOST_ADDRESS, type: 'PROXY', priority: 9 }]);
      expect(first?.type === 'PROXY', 'type PROXY', first?.type ?? 'no address');
      expect(first.priority === 9, 'priority 9', `priority ${first.priority}`);
    },
  ),
  should(
    'asn-and-connection-kept',
    'The attributes asn, connection and peerProtocol of a declared address are returned with it.',
    'Keep the optional attributes of each PeerAddress.',
    async (bench) => {
      const declared = { ...HOST_ADDRESS, asn: '64496', connection: 'ADSL', peerProtocol: 'PPSP-PP' };
      const [first] = await handedOut(bench, [declared]);
      const kept = [first?.asn, first?.connection, first?.peerProtocol].filter(
        (value) => value !== undefined,
      );
      expect(
        kept.join(' ') === '64496 ADSL PPSP-PP',
        'the three attributes as declared',
        `${kept.length} of them`,
      );
    },
  ),
  must(
    'type-and-priority-optional',
    'An address without type and priority, as in §4.1’s examples, is taken.',
    'Both are conditionally mandatory (table 3): without ICE there is neither.',
    async (bench) => {
      const request = connect(bench, bench.peerId(), [join(bench.swarmId())]);
      const bare: [RegExp, string] = [/ priority="[^"]*" type="[^"]*"/, ''];
      expectSuccess(await sendRewritten(bench, request, 'CONNECT with ip and port alone', bare));
    },
  ),
  ours(
    'no-address-declared',
    'A peer that declared no address is listed at the one it was seen from.',
    'Fall back on the source of the request.',
    async (bench) => {
      const addresses = await handedOut(bench, []);
      expect(addresses.length > 0, 'an address', 'none');
    },
  ),
  ours(
    'address-of-other-type',
    'An ipv6 address declared as ipv4 is answered 400.',
    CHECKED,
    async (bench) => {
      const request = connect(bench, bench.peerId(), [join(bench.swarmId())], { addresses: [IPV6] });
      const wrong: [string, string] = ['addrType="ipv6"', 'addrType="ipv4"'];
      expectStatus(
        await sendRewritten(bench, request, 'CONNECT with an address of the other type', wrong),
        400,
      );
    },
  ),
  ours('port-out-of-range', 'A port over 65535 is answered 400.', CHECKED, async (bench) => {
    const request = connect(bench, bench.peerId(), [join(bench.swarmId())]);
    const wrong: [string, string] = ['port="7007"', 'port="70000"'];
    expectStatus(await sendRewritten(bench, request, 'CONNECT with port 70000', wrong), 400);
  }),
];
