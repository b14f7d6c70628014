/** What of a message cannot last: an edition that has no place for something writes the message without it. */
import { toLevel, toNumber } from '../../protocol/capability.ts';
import type { CapabilityKind } from '../../protocol/capability.ts';
import type { Finding } from '../../protocol/codec.ts';
import type {
  Capability,
  ConnectRequest,
  PeerAddress,
  PeerNum,
  Request,
  Response,
  SuccessResponse,
} from '../../protocol/message.ts';
import { present } from '../../protocol/reading.ts';
import type { Writable } from '../../protocol/reading.ts';
import type { Target } from './sources.ts';

/** What findings expect that are about the message itself, so that writing it again cannot mend them. */
const LASTING: ReadonlySet<string> = new Set([
  // More peers asked for or listed than there may be.
  'at most 30',
  'at most 30 peers of a swarm',
  // Left out, and nothing to put there.
  'a number',
  'an identifier of the action',
  'the swarm',
  'SEED, LIVESEED or LEECH',
  'at least one map',
  'a StreamStatsReport',
  'a ChunkMapReport',
  // More than the draft has room for.
  'one Clip',
  // The version is answered as asked (digest, "Errors").
  '1.1',
  'an identifier that starts with q.',
  // A method that has no place for what stands there.
  'JOIN_CHUNK for a chunk',
]);

export const isLasting = ({ expected }: Finding): boolean => LASTING.has(expected);

/** The message as it is once written and read; `undefined` when it names one swarm's peers twice. */
export function kept<M extends Request | Response>(message: M, target: Target): M | undefined {
  if (target === 'packed') return message;
  const left: Writable<Parts> = { ...(message as Parts) };
  if (left.peerNum) {
    const peerNum = target === 'rfc7846' ? numbers(left.peerNum) : levels(left.peerNum);
    // gu -06 §4.6: a number alone.
    left.peerNum = target === 'gu-04' ? { count: peerNum.count } : peerNum;
  }
  const address = target === 'gu-04' ? bare : (address: PeerAddress): PeerAddress => address;
  if (left.addresses) left.addresses = left.addresses.map(address);
  if (left.publicAddress) left.publicAddress = address(left.publicAddress);
  if (left.peerLists) {
    if (new Set(left.peerLists.map(({ swarmId }) => swarmId)).size < left.peerLists.length) return undefined;
    left.peerLists = left.peerLists.map(({ peers, ...list }) => ({
      ...list,
      peers: peers.map(({ addresses, ...peer }) => ({ ...peer, addresses: addresses.map(address) })),
    }));
  }
  // base-01 §4.1: only a CONNECT's actions have results.
  if ((target === 'base-1.0' || target === 'extended-1.1') && left.results && left.method !== 'CONNECT')
    left.results = [];
  return { ...message, ...left };
}

/** Of any message, where it has them. */
type Parts = Pick<Request | Response, 'method'> &
  Partial<Pick<ConnectRequest, 'peerNum' | 'addresses'>> &
  Partial<Pick<SuccessResponse, 'publicAddress' | 'peerLists' | 'results'>>;

/** gu -06 §4.4 has no more. */
const bare = ({ addressType, address, port, priority, type }: PeerAddress): PeerAddress => ({
  addressType,
  address,
  port,
  priority,
  type,
});

/** RFC 7846 §3.2.2: numbers, and no word for PROXY. */
function numbers({ abilityNat, ...wanted }: PeerNum): PeerNum {
  return {
    ...capabilities(wanted, toNumber),
    ...(abilityNat !== 'PROXY' && present('abilityNat', abilityNat)),
  };
}

/** base-01 table 2: levels, LOW of the links alone. */
function levels(wanted: PeerNum): PeerNum {
  const { onlineTime, uploadBandwidth, ...rest } = capabilities(wanted, toLevel);
  return {
    ...rest,
    ...(onlineTime !== 'LOW' && present('onlineTime', onlineTime)),
    ...(uploadBandwidth !== 'LOW' && present('uploadBandwidth', uploadBandwidth)),
  };
}

function capabilities(
  wanted: PeerNum,
  to: (kind: CapabilityKind, capability: Capability) => Capability,
): PeerNum {
  const given = (['concurrentLinks', 'onlineTime', 'uploadBandwidth'] as const).flatMap((kind) => {
    const capability = wanted[kind];
    return capability === undefined ? [] : [[kind, to(kind, capability)] as const];
  });
  return { ...wanted, ...Object.fromEntries(given) };
}
