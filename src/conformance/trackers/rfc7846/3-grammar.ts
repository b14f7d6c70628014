/** RFC 7846 §3: what a request has to hold, and of which type. */
import type { Request } from '../../../protocol/message.ts';
import { casesOf } from '../../section.ts';
import { connect, find, join, joined } from '../../requests.ts';
import type { TrackerBench, TrackerCase } from '../../tracker-bench.ts';
import { expectError } from '../../verify.ts';
import { edited, inside, treeOf, textOf } from './edited.ts';
import type { Tree } from './edited.ts';

const { must, ours } = casesOf<TrackerBench>('rfc7846', '3', 'RFC 7846 §3');
const ADVICE = 'Check a request against the grammar of §3 before anything is done, and answer error 1.';

/** A LEECH's JOIN with all that it may hold. */
const full = (bench: TrackerBench): Request =>
  connect(bench, bench.peerId(), [join(bench.swarmId())], { peerNum: { count: 5, onlineTime: 200 } });

interface Wrong {
  readonly name: string;
  /** Goes on from "A CONNECT". */
  readonly what: string;
  readonly change: (root: Tree) => void;
}

const ACTION = ['connect', 'swarm_action', 0] as const;
const ADDRESS = ['connect', 'peer_addr', 0] as const;
const IP = [...ADDRESS, 'ip_address'] as const;
const PEER_NUM = ['connect', 'peer_num'] as const;

const without = (name: string, ...path: readonly (string | number)[]): Wrong => ({
  name: `without-${name.replaceAll('_', '-')}`,
  what: `without ${name}`,
  change: (root) => delete inside(root, ...path)[name],
});

const having = (
  name: string,
  what: string,
  member: string,
  value: unknown,
  ...path: readonly (string | number)[]
): Wrong => ({ name, what, change: (root) => (inside(root, ...path)[member] = value) });

/** The grammar refuses these in so many words. */
const REFUSED: readonly Wrong[] = [
  without('version'),
  without('request_type'),
  without('transaction_id'),
  without('peer_id'),
  without('connect'),
  without('swarm_action', 'connect'),
  without('swarm_id', ...ACTION),
  without('action', ...ACTION),
  without('peer_mode', ...ACTION),
  without('address', ...IP),
  without('ip_address', ...ADDRESS),
  having('no-swarm-actions', 'with an empty swarm_action', 'swarm_action', [], 'connect'),
  having('unknown-request-type', 'whose request_type is unknown', 'request_type', 'REGISTER'),
  having('unknown-action', 'with an action that is neither JOIN nor LEAVE', 'action', 'STAY', ...ACTION),
  having(
    'unknown-peer-mode',
    'with a peer_mode that is neither SEEDER nor LEECH',
    'peer_mode',
    'PEER',
    ...ACTION,
  ),
  having('peer-id-as-number', 'whose peer_id is a number', 'peer_id', 656_164_657_220),
  having('peer-id-as-null', 'whose peer_id is null', 'peer_id', null),
  having('transaction-id-as-number', 'whose transaction_id is a number', 'transaction_id', 12_345),
  having('swarm-id-as-number', 'whose swarm_id is a number', 'swarm_id', 1111, ...ACTION),
  having('connect-as-text', 'whose connect is a string', 'connect', 'JOIN'),
  having('version-as-word', 'whose version is a word', 'version', 'one'),
  having('peer-count-as-word', 'whose peer_count is a word', 'peer_count', 'many', ...PEER_NUM),
  having('ipv4-out-of-range', 'with an IPv4 address that is none', 'address', '192.0.2.256', ...IP),
  having('ipv4-as-name', 'with a host name for an address', 'address', 'peer.example', ...IP),
  having('port-as-word', 'whose port is a word', 'port', 'http', ...ADDRESS),
];

/** The grammar has integers and strings only; what their ranges are is this project's reading. */
const REFUSED_BY_US: readonly Wrong[] = [
  having('peer-count-negative', 'whose peer_count is negative', 'peer_count', -1, ...PEER_NUM),
  having('peer-count-fraction', 'whose peer_count is a fraction', 'peer_count', 2.5, ...PEER_NUM),
  having('port-too-large', 'whose port is over 65535', 'port', 65_536, ...ADDRESS),
  having('port-negative', 'whose port is negative', 'port', -1, ...ADDRESS),
  having(
    'address-of-other-type',
    'whose address_type is ipv6 and address IPv4',
    'address_type',
    'ipv6',
    ...IP,
  ),
  having('unknown-address-type', 'whose address_type is unknown', 'address_type', 'ipx', ...IP),
  having('unknown-type-of-address', 'with a peer_addr of unknown type', 'type', 'RELAY', ...ADDRESS),
  having('request-type-in-lower-case', 'whose request_type is in lower case', 'request_type', 'connect'),
  having('peer-id-empty', 'whose peer_id is empty', 'peer_id', ''),
  having('swarm-id-empty', 'whose swarm_id is empty', 'swarm_id', '', ...ACTION),
];

const refuses =
  ({ what, change }: Wrong) =>
  async (bench: TrackerBench): Promise<void> => {
    expectError(
      await bench.send(edited(bench, full(bench), change), { step: `CONNECT ${what}` }),
      'bad-request',
    );
  };

export const GRAMMAR: readonly TrackerCase[] = [
  ...REFUSED.map((wrong) =>
    must(wrong.name, `A CONNECT ${wrong.what} is refused with error 1.`, ADVICE, refuses(wrong)),
  ),
  ...REFUSED_BY_US.map((wrong) =>
    ours(wrong.name, `A CONNECT ${wrong.what} is refused with error 1.`, ADVICE, refuses(wrong)),
  ),
  must(
    'request-data-of-other-type',
    'A CONNECT that holds find in place of connect is refused with error 1.',
    'Look for the member that table 5 has for the request_type.',
    async (bench) => {
      const body = edited(bench, full(bench), (root) => {
        delete root['connect'];
        root['find'] = { swarm_id: bench.swarmId() };
      });
      expectError(await bench.send(body, { step: 'CONNECT with find' }), 'bad-request');
    },
  ),
  must(
    'find-without-swarm-id',
    'A FIND that names no swarm is refused with error 1.',
    ADVICE,
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm);
      const body = edited(bench, find(bench, peer, swarm), (root) => delete inside(root, 'find')['swarm_id']);
      expectError(await bench.send(body, { answers: 'FIND', step: 'FIND without swarm_id' }), 'bad-request');
    },
  ),
  must(
    'other-root',
    'A message whose root is not PPSPTrackerProtocol is refused with error 1.',
    ADVICE,
    async (bench) => {
      const tree = treeOf(bench, full(bench));
      const body = textOf(tree).replace('PPSPTrackerProtocol', 'TrackerProtocol');
      expectError(await bench.send(body, { step: 'another root' }), 'bad-request');
    },
  ),
  must(
    'root-not-an-object',
    'A message whose PPSPTrackerProtocol is no object is refused with error 1.',
    ADVICE,
    async (bench) => {
      expectError(
        await bench.send('{"PPSPTrackerProtocol":[]}', { step: 'an array for a root' }),
        'bad-request',
      );
    },
  ),
  must(
    'response-for-request',
    'A response that is sent to the tracker is refused with error 1.',
    ADVICE,
    async (bench) => {
      const body = textOf({
        version: 1,
        response_type: 0,
        error_code: 0,
        transaction_id: bench.transactionId(),
      });
      expectError(await bench.send(body, { step: 'a response' }), 'bad-request');
    },
  ),
];
