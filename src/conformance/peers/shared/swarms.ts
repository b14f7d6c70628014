/** What a peer does with its registration and its swarms, judged over a whole life. */
import type { PeerAddress, Request, SwarmAction } from '../../../protocol/message.ts';
import { MAX_PEER_LIST } from '../../../protocol/message.ts';
import { RULES } from '../../../protocol/rules.ts';
import { asksAnew, isJoin, leaves } from '../../desk.ts';
import { held } from '../../good-tracker.ts';
import type { Standing } from '../../good-tracker.ts';
import { lifeOf, understood, which } from '../../peer-body.ts';
import type { PeerBody, Understood } from '../../peer-body.ts';
import type { Urge } from '../../peer-bench.ts';
import type { Life } from '../../peer-life.ts';
import { expect, suppose } from '../../verify.ts';

/** What was asked of it after it was urged; the case says nothing when the peer may not have heard of it. */
function afterUrge(
  life: Life,
  urge: Urge,
): { readonly requests: readonly Understood[]; readonly certain: boolean } {
  const urged = life.urged.get(urge);
  suppose(urged !== undefined && understood(life).length > 0, 'the peer was not brought that far');
  return { requests: understood({ requests: life.requests.slice(urged.after) }), certain: urged.certain };
}

function did(found: boolean, certain: boolean, expected: string, actual: string): void {
  suppose(found || certain, `${actual}, but whether it was told to is not known`);
  expect(found, expected, actual);
}

export const CONNECT_FIRST: PeerBody = [
  'connect-first',
  'A peer registers by CONNECT before it asks for anything else.',
  'Begin with CONNECT, and begin anew with it after the registration has ended.',
  async (bench) => {
    const life = await lifeOf(bench);
    for (const one of understood(life))
      expect(
        one.before.registered || one.request.method === 'CONNECT',
        'CONNECT',
        `${which(life, one)} came first`,
      );
  },
];

/** The mode of its first JOIN. */
function firstMode(life: Life): string | undefined {
  for (const { request } of understood(life)) {
    if (request.method === 'JOIN' || request.method === 'JOIN_CHUNK') return request.mode;
    if (request.method !== 'CONNECT') continue;
    const action = request.actions.find(({ action }) => action === 'JOIN');
    if (action !== undefined) return action.mode;
  }
  return undefined;
}

const told = (mode: 'LEECH' | 'SEED'): PeerBody => [
  mode === 'LEECH' ? 'joins-as-leech' : 'joins-as-seed',
  mode === 'LEECH'
    ? 'A peer that wants content joins as LEECH.'
    : 'A peer that has all the content joins as SEED (RFC 7846: SEEDER).',
  'Set the mode to what the peer is in the swarm at that moment.',
  async (bench) => {
    const first = firstMode(await lifeOf(bench, mode));
    suppose(first !== undefined, 'the peer joined no swarm');
    const is = first === 'LEECH' ? 'LEECH' : 'SEED';
    expect(is === mode, `JOIN as ${mode}`, `JOIN as ${is}`);
  },
];
export const JOINS_AS_LEECH = told('LEECH');
export const JOINS_AS_SEED = told('SEED');

/** Why an action is out of order for whom the tracker knows like this (RFC 7846 table 6; extended-04 §4.3.2 B). */
function fault(request: Request, { swarms }: Standing): string | undefined {
  const rules = RULES[request.edition];
  if (request.method === 'LEAVE')
    return swarms.has(request.swarmId) ? undefined : 'LEAVE of a swarm it is not in';
  if (request.method !== 'CONNECT') return undefined;
  const { actions } = request;
  const joins = actions.filter(({ action }) => action === 'JOIN');
  const leaving = new Set(actions.filter(({ action }) => action === 'LEAVE').map(({ swarmId }) => swarmId));
  if (new Set(actions.map(({ swarmId }) => swarmId)).size < actions.length) return 'the same swarm twice';
  for (const swarmId of leaving) if (!swarms.has(swarmId)) return 'LEAVE of a swarm it is not in';
  if (rules.promotion === 'leave and join' && swarms.size > 0 && joins.some(({ mode }) => mode === 'SEED'))
    return 'JOIN as SEED while TRACKING';
  const leeches = new Set(
    [...swarms].filter(([id, mode]) => mode === 'LEECH' && !leaving.has(id)).map(([id]) => id),
  );
  const inMode = (mode: string) => (action: SwarmAction) => action.mode === mode;
  for (const { swarmId } of joins.filter(inMode('LEECH'))) leeches.add(swarmId);
  for (const { swarmId } of joins.filter(inMode('SEED'))) leeches.delete(swarmId);
  return leeches.size > rules.leechSwarms ? 'LEECH in several swarms' : undefined;
}

export const ACTIONS_VALID: PeerBody = [
  'actions-valid',
  'Swarm actions are valid in the state the peer is in.',
  'Keep note of what the tracker has granted: LEAVE what was joined, and become SEED the way the edition has it.',
  async (bench) => {
    const life = await lifeOf(bench);
    for (const one of understood(life)) {
      const wrong = fault(one.request, one.before);
      expect(wrong === undefined, 'a valid action', `${which(life, one)}: ${wrong ?? ''}`);
    }
  },
];

export const BECOMES_SEED: PeerBody = [
  'becomes-seed',
  'A LEECH that has completed tells the tracker that it is a SEED now.',
  'Where the table has no JOIN as SEED while TRACKING: LEAVE, then CONNECT as SEED. Elsewhere: JOIN as SEED.',
  async (bench) => {
    const life = await lifeOf(bench);
    const { requests, certain } = afterUrge(life, 'complete');
    const seeds = requests.some((one) => [...held(one.before, one.request).swarms.values()].includes('SEED'));
    did(seeds, certain, 'a JOIN as SEED', 'it completed, and no JOIN as SEED came');
  },
];

export const ASKS_ANEW: PeerBody = [
  'asks-anew',
  'A peer that needs other neighbours asks for them by its edition’s means.',
  'Send FIND where the edition has it; elsewhere CONNECT with a JOIN of the same swarm.',
  async (bench) => {
    const life = await lifeOf(bench);
    const { requests, certain } = afterUrge(life, 'ask anew');
    const asking = requests.find((one) => asksAnew(one.request, one.before));
    did(asking !== undefined, certain, 'a request for peers', 'it needed neighbours, and asked for none');
    if (asking === undefined || !RULES[bench.edition].find) return;
    expect(!isJoin(asking.request), 'FIND', `${which(life, asking)}, a JOIN of the swarm it is in`);
  },
];

export const FINDS_OWN: PeerBody = [
  'finds-in-own-swarm',
  'FIND is about a swarm that the peer has joined.',
  'JOIN the swarm before FIND; a tracker of extended-1.1 ends the registration otherwise.',
  async (bench) => {
    const life = await lifeOf(bench);
    for (const one of understood(life)) {
      const { request, before } = one;
      if (request.method !== 'FIND' && request.method !== 'FIND_CHUNK') continue;
      expect(before.swarms.has(request.swarmId), 'a swarm it is in', `${which(life, one)} names another`);
    }
  },
];

export const AT_MOST_30: PeerBody = [
  'at-most-30',
  `A peer asks for at most ${MAX_PEER_LIST} peers.`,
  'Bound the number in PeerNum (peer_count); ask again when more are needed.',
  async (bench) => {
    const life = await lifeOf(bench);
    for (const one of understood(life)) {
      const count = 'peerNum' in one.request ? one.request.peerNum?.count : undefined;
      const fits = count === undefined || count <= MAX_PEER_LIST;
      expect(fits, `${MAX_PEER_LIST} at most`, `${which(life, one)} asks for ${count ?? 0}`);
    }
  },
];

export const SEED_WANTS_NONE: PeerBody = [
  'seed-wants-no-list',
  'A SEED leaves PeerNum out, unless it wants a list.',
  'Leave out PeerNum (peer_num) when joining as SEED: it makes the tracker search for peers that nobody uses.',
  async (bench) => {
    const life = await lifeOf(bench, 'SEED');
    for (const one of understood(life)) {
      const asks = isJoin(one.request) && 'peerNum' in one.request && one.request.peerNum !== undefined;
      expect(!asks, 'no PeerNum', `${which(life, one)} has one`);
    }
  },
];

/** Unspecified, or of a group: nobody is reached there. Loopback is left alone, for tests on one machine. */
const USELESS = /^(?:0\.|2(?:2[4-9]|[34]\d|5[0-5])\.|::$|ff)/;

const problemOf = ({ address, port, addressType }: PeerAddress): string | undefined => {
  if (port === 0) return 'port 0';
  return USELESS.test(address) ? `${addressType} ${address}, where nobody is reached` : undefined;
};

export const ADDRESSES: PeerBody = [
  'addresses',
  'The peer declares where other peers reach it, each address with its type and a port.',
  'Declare the addresses of the interfaces that the peer listens on, with the port of its peer protocol.',
  async (bench) => {
    const life = await lifeOf(bench);
    const connects = understood(life).flatMap(({ request }) =>
      request.method === 'CONNECT' ? [request] : [],
    );
    suppose(connects.length > 0, 'no CONNECT could be read');
    const declared = connects.flatMap(({ addresses }) => addresses);
    expect(declared.length > 0, 'an address', 'no CONNECT declares one');
    for (const address of declared) {
      const problem = problemOf(address);
      expect(problem === undefined, 'addresses that can be reached', problem ?? '');
    }
  },
];

export const LEAVES: PeerBody = [
  'leaves',
  'A peer that goes says so: LEAVE, or DISCONNECT where the edition has it.',
  'Send the farewell before the peer ends, and give it a few seconds to be answered.',
  async (bench) => {
    const life = await lifeOf(bench);
    const { requests, certain } = afterUrge(life, 'leave');
    const left = requests.some(({ request }) => leaves(request));
    did(left, certain, 'a LEAVE or DISCONNECT', 'it went, and said nothing');
  },
];

export const DISCONNECTS: PeerBody = [
  'disconnects',
  'A peer that goes for good ends its registration by DISCONNECT.',
  'Send DISCONNECT after the last LEAVE: the last LEAVE alone does not end the registration here.',
  async (bench) => {
    const life = await lifeOf(bench);
    const { requests, certain } = afterUrge(life, 'leave');
    const gone = requests.some(({ request }) => request.method === 'DISCONNECT');
    did(gone, certain, 'DISCONNECT', 'it went without one');
  },
];

export const QUIET_WHEN_GONE: PeerBody = [
  'quiet-when-gone',
  'After its farewell was answered, a peer is silent.',
  'Stop the report timer when the peer leaves.',
  async (bench) => {
    const life = await lifeOf(bench);
    const { requests } = afterUrge(life, 'leave');
    const end = requests.findIndex((one) => !held(one.before, one.request).registered);
    suppose(end >= 0, 'the peer did not end its registration');
    const more = requests[end + 1];
    expect(more === undefined, 'silence', more === undefined ? '' : `${which(life, more)} followed`);
  },
];
