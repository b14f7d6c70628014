/** What hostile peers send: really encoded requests that ask for what they must not, and bytes that are broken. */
import { asPeerId, asSwarmId, asTransactionId } from '../../protocol/ids.ts';
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

/** The n-th request, n from 0, of a peer that does nothing else. */
export function attack(identity: PeerIdentity, hostility: Hostility, n: number, dice: Dice): Attack {
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
      return made(report(identity, n, invented(dice)));
    case 'replayed-transaction':
      return made(greeting(identity, 0));
    case 'flooding':
      // Under a name that it has never had before: of another length than those of simulated peers.
      return made(greeting({ ...identity, peerId: asPeerId(`flood-${invented(dice)}`) }, n));
    default:
      return hostility satisfies never;
  }
}

const invented = (dice: Dice): string => Math.floor(dice() * 2 ** 32).toString(16);

const head = ({ edition, peerId }: PeerIdentity, n: number) => ({
  edition,
  version: RULES[edition].version,
  peerId,
  transactionId: asTransactionId(`attack.${n}`),
});

/** CONNECT; where it carries swarm actions, with a JOIN as LEECH. */
function greeting(identity: PeerIdentity, n: number): Request {
  const { edition, swarmId, addresses, peerCount } = identity;
  const alone = RULES[edition].connect === 'alone';
  return {
    ...head(identity, n),
    method: 'CONNECT',
    addresses,
    ...(alone
      ? { actions: [], certificate: '' }
      : { actions: [{ swarmId, action: 'JOIN', mode: 'LEECH' }], peerNum: { count: peerCount } }),
  };
}

const report = (identity: PeerIdentity, n: number, swarm: string): Request => ({
  ...head(identity, n),
  method: 'STAT_REPORT',
  stats: [{ swarmId: asSwarmId(swarm), uploadedBytes: 0n, downloadedBytes: 0n }],
  contentMaps: [],
  properties: [],
});

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
