/** What hostile peers send: really encoded requests that ask for what they must not, and bytes that are broken. */
import { asSwarmId, asTransactionId, type PeerId } from '../../protocol/ids.ts';
import { codecOf } from '../../protocol/editions/index.ts';
import type { Method, Request } from '../../protocol/message.ts';
import { RULES } from '../../protocol/rules.ts';
import type { PeerIdentity } from '../../peer/state.ts';
import type { Dice } from '../models/dice.ts';
import type { FaultSpec } from '../scenario/schema.ts';

type Hostility = Extract<FaultSpec, { kind: 'hostile' }>['behaviour'];

export interface Attack {
  readonly method: Method;
  readonly contentType: string;
  readonly body: Uint8Array<ArrayBuffer>;
}

const UTF8 = new TextEncoder();
const TEXT = new TextDecoder();

/** Questions after a misplaced one that ends no registration, until it is made anew. */
const PATIENCE = 9;

/**
 * The n-th request, n from 0, of a peer that does nothing else. `invented`: a peer ID that it has never had before, of a
 * flooding peer.
 */
export function attack(
  identity: PeerIdentity,
  hostility: Hostility,
  n: number,
  dice: Dice,
  invented: PeerId,
): Attack {
  const { edition } = identity;
  const codec = codecOf(edition);
  const made = (request: Request, change = (body: Uint8Array<ArrayBuffer>) => body): Attack => ({
    method: request.method,
    contentType: codec.mediaType,
    body: change(codec.encodeRequest(request)),
  });
  switch (hostility) {
    case 'malformed':
      return made(greeting(identity, n), (body) => broken(body, dice));
    case 'wrong-version':
      return made(greeting(identity, n), misversioned);
    case 'unknown-swarm':
      return made(stray(identity, n, dice));
    case 'replayed-transaction':
      return made(greeting(identity, 0));
    case 'flooding':
      return made(greeting({ ...identity, peerId: invented }, n));
    default:
      return hostility satisfies never;
  }
}

const head = ({ edition, peerId }: PeerIdentity, n: number) => ({
  edition,
  version: RULES[edition].version,
  peerId,
  transactionId: asTransactionId(`attack.${n}`),
});

/** CONNECT; where it carries swarm actions, with a JOIN as LEECH. */
function greeting(identity: PeerIdentity, n: number): Request {
  const { edition, swarmId, addresses, peerCount } = identity;
  const { connect, actionTransactions } = RULES[edition];
  const action = { swarmId, action: 'JOIN', mode: 'LEECH' } as const;
  const numbered = { ...action, transactionId: asTransactionId(`attack.${n}.1`) };
  return {
    ...head(identity, n),
    method: 'CONNECT',
    addresses,
    ...(connect === 'alone'
      ? { actions: [], certificate: '' }
      : { actions: [actionTransactions ? numbered : action], peerNum: { count: peerCount } }),
  };
}

/**
 * Registers as its edition demands, so that what is refused is the question, not the asker; then asks about a swarm that
 * nobody is in: FIND, or a report where there is none. Registers again when that has ended its registration, and now
 * and then where it has not, for its timer may have run out.
 */
function stray(identity: PeerIdentity, n: number, dice: Dice): Request {
  const { edition, swarmId, peerCount } = identity;
  const { connect, errorWhileTracking, find } = RULES[edition];
  const steps = connect === 'alone' ? 2 : 1;
  const step = n % (steps + (errorWhileTracking === 'terminate' ? 1 : PATIENCE));
  if (step === 0) return greeting(identity, n);
  const peerNum = { count: peerCount };
  if (step < steps)
    return {
      ...head(identity, n),
      ...{ method: 'JOIN', swarmId, mode: 'LEECH', expireTime: 0, peerNum, properties: [] },
    };
  const unknown = asSwarmId(Math.floor(dice() * 2 ** 32).toString(16));
  return find
    ? { ...head(identity, n), method: 'FIND', swarmId: unknown, peerNum, addresses: [], properties: [] }
    : {
        ...head(identity, n),
        method: 'STAT_REPORT',
        stats: [{ swarmId: unknown, uploadedBytes: 0n, downloadedBytes: 0n }],
        contentMaps: [],
        properties: [],
      };
}

/** Cut short, a byte changed, or a part said twice. */
function broken(body: Uint8Array<ArrayBuffer>, dice: Dice): Uint8Array<ArrayBuffer> {
  const place = Math.floor(dice() * body.length);
  const how = Math.floor(dice() * 3);
  if (how === 0) return body.slice(0, place);
  const out = new Uint8Array(how === 1 ? body.length : 2 * body.length - place);
  out.set(body);
  if (how === 1) out[place] = Math.floor(dice() * 256);
  else out.set(body.subarray(place), body.length);
  return out;
}

/** The version of the protocol, not that of XML, which the declaration before it names. */
function misversioned(body: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const text = TEXT.decode(body);
  const said = text.replace(/("version":\s*)1|(PPSPTrackerProtocol[^>]*version=")[^"]*/, '$1$299');
  return UTF8.encode(said);
}
