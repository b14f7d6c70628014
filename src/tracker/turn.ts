/** One request in the tracker's hands: what it is answered by, and what it comes to. */
import type { ErrorName } from '../protocol/errors.ts';
import type {
  ActionResult,
  PeerAddress,
  PeerList,
  Request,
  Response,
  StatQuery,
  SuccessResponse,
} from '../protocol/message.ts';
import { wantedBy } from '../protocol/message.ts';
import type { Writable } from '../protocol/reading.ts';
import { RULES } from '../protocol/rules.ts';
import type { EditionRules } from '../protocol/rules.ts';
import { publicAddress } from './addresses.ts';
import type { RequestContext, TrackerEvent, TrackerOptions } from './api.ts';
import { drawList } from './lists.ts';
import type { DrawnList, Want } from './lists.ts';
import type { Queries } from './queries.ts';
import type { Registration } from './registration.ts';
import type { Registry } from './registry.ts';
import type { PeerSelection } from './selection.ts';

/** What all requests share. */
export interface Desk {
  readonly options: TrackerOptions;
  readonly selection: PeerSelection;
  readonly registry: Registry;
  readonly queries: Queries;
}

export interface Success {
  readonly ok: true;
  readonly publicAddress?: PeerAddress | undefined;
  readonly results?: readonly ActionResult[];
  /** Empty lists are left out of the response. */
  readonly peerLists?: readonly PeerList[];
  readonly queries?: readonly StatQuery[];
}

export interface Failure {
  readonly ok: false;
  readonly error: ErrorName;
  /** For people: holds nothing of the request. */
  readonly detail: string;
}

export type Outcome = Success | Failure;

export const failed = (error: ErrorName, detail: string): Failure => ({ ok: false, error, detail });

export class Turn<R extends Request = Request> {
  readonly request: R;
  /** Of the request's edition, whatever the peer spoke before (digest, top). */
  readonly rules: EditionRules;
  readonly context: RequestContext;
  readonly desk: Desk;
  /** What changed, in the order in which it did. */
  readonly events: TrackerEvent[];

  constructor(request: R, context: RequestContext, desk: Desk, events: TrackerEvent[]) {
    this.request = request;
    this.rules = RULES[request.edition];
    this.context = context;
    this.desk = desk;
    this.events = events;
  }

  /** The registration of whoever asks, if it has one. */
  get known(): Registration | undefined {
    return this.desk.registry.find(this.request.peerId);
  }

  /** A request other than CONNECT of a peer ID without registration (RFC 7846 §2.3.2 B): a transition of nobody. */
  stray(): Failure {
    const { registry } = this.desk;
    const { peerId, edition } = this.request;
    const nobody = registry.create(peerId, edition, this.context);
    registry.step(nobody, 'request from unregistered peer', this.context.now);
    return failed('forbidden', 'peer not registered');
  }

  /** An invalid request of a registered peer: some editions end its registration, others keep it. */
  refuse(peer: Registration, problem: string, error: ErrorName = 'forbidden'): Failure {
    this.desk.registry.invalid(peer, this.rules, this.context.now, this.events);
    return failed(error, problem);
  }

  /** Where CONNECT carries the swarm actions, nothing else is in its place before them (extended-04 §4.3.2 A). */
  comesTooSoon({ state }: Registration): boolean {
    return state === 'PEER REGISTERED' && this.rules.connect === 'with actions';
  }

  /** It was heard: where from, and what it speaks. */
  heard(peer: Registration): void {
    const { remote } = this.context;
    // The same again would only keep what came with this request.
    if (peer.remote.address !== remote.address || peer.remote.port !== remote.port) peer.remote = remote;
    peer.edition = this.request.edition;
  }

  publicAddress(declared: readonly PeerAddress[]): PeerAddress | undefined {
    const { rules, request, context, desk } = this;
    return publicAddress(rules, request.method, declared, context.remote, desk.options);
  }

  list(want: Want, events: TrackerEvent[]): DrawnList {
    const { swarmId, peer } = want;
    const drawn = drawList(want, this.desk, this.context);
    const { serials } = drawn;
    const peers = drawn.list.peers.map(({ peerId }) => peerId);
    const wanted = wantedBy(this.request);
    const { peerId } = peer;
    events.push(
      wanted === undefined
        ? { kind: 'listed', peerId, swarmId, peers, serials }
        : { kind: 'listed', peerId, swarmId, peers, serials, wanted },
    );
    return drawn;
  }

  handedOut({ list, chosen }: DrawnList): void {
    const { registry } = this.desk;
    registry.swarms.handedOut(chosen, list.swarmId, ({ peerId }) => registry.find(peerId));
  }
}

export function respond(request: Request, outcome: Outcome): Response {
  const { edition, version, method, transactionId } = request;
  if (!outcome.ok) {
    const { error, detail } = outcome;
    return { edition, version, method, transactionId, outcome: 'failure', error, detail };
  }
  const { publicAddress, results = [], queries = [] } = outcome;
  const peerLists = (outcome.peerLists ?? []).filter(({ peers }) => peers.length > 0);
  const told: Writable<SuccessResponse> = {
    edition,
    version,
    method,
    transactionId,
    outcome: 'success',
    results,
    peerLists,
    queries,
  };
  if (publicAddress !== undefined) told.publicAddress = publicAddress;
  return told;
}
