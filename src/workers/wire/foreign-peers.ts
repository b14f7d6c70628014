/**
 * Who else is there: peers of others, as far as their exchanges with the tracker show them. One place per peer and
 * swarm, told in the columns that our own peers have, so that whoever draws or lists those needs no second model.
 */
import { EDITIONS, wantedBy } from '../../protocol/message.ts';
import { effectOf, type StepEffect } from '../../recording/steps.ts';
import type { RecordedExchange } from '../../recording/record.ts';
import { answerIn, requestIn } from './foreign-answer.ts';
import { Observing } from '../../simulation/observing.ts';
import type { Outcome } from '../../simulation/observation.ts';
import { FOREIGN_WORKER, HANDLES_PER_WORKER, PHASES } from '../../simulation/report.ts';
import type { PeerHandle, PeerPhase } from '../../simulation/report.ts';
import type { ForeignEnd, ForeignNews, ForeignPulse, ForeignStay } from '../messages.ts';
import { ForeignPlaces } from './foreign-places.ts';

/** What is kept at the most: a stranger may be as many peers as it likes. */
export const MOST_FOREIGN = { peers: 500, stays: 16, exchanges: 12, pulses: 200 } as const;
/** Share of the track timer after which a peer that says nothing is shown as silent. */
const SILENT_AFTER = 2 / 3;

interface Stay {
  readonly handle: PeerHandle;
  /** Undefined: registered, or asking to be, in no swarm so far (gu-04). */
  readonly swarm: string | undefined;
  /** Undefined: it joined before anybody listened. */
  mode: 'SEED' | 'LEECH' | undefined;
  readonly place: number;
  /** Milliseconds of the run. */
  readonly since: number;
  ended: ForeignEnd | undefined;
  /** What can be seen of its state machine from outside. */
  state: 'START' | 'PEER REGISTERED' | 'TRACKING';
}

export interface ForeignPeer {
  readonly peerId: string;
  remote: string | undefined;
  edition: RecordedExchange['edition'];
  /** The tracker has answered it well, and has not thrown it out since. */
  registered: boolean;
  /** Its latest request had no usable answer. */
  unanswered: boolean;
  readonly since: number;
  /** Milliseconds of the run, and by the clock that `take` is told. */
  at: number;
  heardAt: number;
  requests: number;
  errors: number;
  findings: number;
  readonly stays: Map<string | undefined, Stay>;
  /** Rows of its latest exchanges, the newest last. */
  readonly rows: number[];
  /** Row of the latest exchange in which it joined. */
  joined: number | undefined;
}

export class ForeignPeers {
  /** All that they do, for whoever takes it from there. */
  readonly observing = new Observing();
  readonly #trackTimer: number;
  readonly #peers = new Map<string, ForeignPeer>();
  readonly #stays = new Map<PeerHandle, { readonly peer: ForeignPeer; readonly stay: Stay }>();
  readonly #places: ForeignPlaces;
  #serial = 0;
  #births: ForeignNews['births'][number][] = [];
  #ends: ForeignNews['ends'][number][] = [];
  #pulses: ForeignPulse[] = [];
  #omitted = 0;
  #changed = false;
  /** Milliseconds of the run, as far as has been heard. */
  #time = 0;
  /** The stay that is looked at closely, after its end too. */
  #watched: { readonly peer: ForeignPeer; readonly stay: Stay } | undefined;

  /** `own`: swarms of the scenario. `trackTimer`: milliseconds of silence after which a peer is gone. */
  constructor(own: readonly string[], trackTimer: number) {
    this.#trackTimer = trackTimer;
    this.#places = new ForeignPlaces(own);
  }

  /** `row`: of the exchange in its log. `now`: milliseconds from any fixed moment. */
  take(exchange: RecordedExchange, row: number, now: number): void {
    const { peerId } = exchange;
    this.#time = exchange.time;
    if (peerId === undefined) return;
    const known = this.#peers.get(peerId);
    if (known === undefined && this.#peers.size >= MOST_FOREIGN.peers) {
      this.#omitted++;
      return;
    }
    const peer = known ?? newPeer(peerId, exchange.time);
    const effect = effectOf(exchange);
    const before = stayFor(peer, exchange);
    this.#note(peer, exchange, effect, row, now);
    if (effect.ends) this.#end(peer, exchange.verdict === 'ok' ? 'left' : 'refused', now);
    else if (exchange.verdict === 'ok') this.#follow(peer, exchange, effect, now);
    else if (exchange.leaves !== true && !peer.registered)
      this.#enter(peer, named(exchange), exchange.time, now);
    if (peer.stays.size > 0) this.#peers.set(peerId, peer);
    else this.#peers.delete(peerId);
    this.#observe(peer, exchange, stayFor(peer, exchange) ?? before);
    this.#pulse(peer, exchange);
    this.#changed = true;
  }

  /** Those who have said nothing for a track timer go; what is new since the last time, if anything is. */
  news(at: number, now: number): ForeignNews | undefined {
    this.#time = at;
    for (const peer of this.#peers.values()) {
      const silence = now - peer.heardAt;
      if (silence >= this.#trackTimer) {
        this.#end(peer, 'silent', now);
        this.#peers.delete(peer.peerId);
      } else if (!peer.unanswered && silence >= this.#trackTimer * SILENT_AFTER) peer.unanswered = true;
      else continue;
      this.#changed = true;
    }
    if (this.#places.settle(now)) this.#changed = true;
    if (!this.#changed) return undefined;
    const news: ForeignNews = {
      at,
      swarms: this.#places.others,
      count: this.#peers.size,
      omitted: this.#omitted,
      peers: this.#columns(),
      births: this.#births,
      ends: this.#ends,
      pulses: this.#pulses,
    };
    this.#births = [];
    this.#ends = [];
    this.#pulses = [];
    this.#changed = false;
    return news;
  }

  /** There is somebody, or was. */
  get anybody(): boolean {
    return this.#serial > 0;
  }

  /** From now on `watched` tells of this one; nothing of a handle that nobody has. */
  watch(handle: PeerHandle | undefined): void {
    this.#watched = handle === undefined ? undefined : this.#stays.get(handle);
  }

  get watched():
    | { readonly peer: ForeignPeer; readonly stay: ForeignStay; readonly all: readonly ForeignStay[] }
    | undefined {
    if (this.#watched === undefined) return undefined;
    const { peer, stay } = this.#watched;
    return { peer, stay: told(stay), all: [...peer.stays.values()].map(told) };
  }

  #note(
    peer: ForeignPeer,
    exchange: RecordedExchange,
    { joins }: StepEffect,
    row: number,
    now: number,
  ): void {
    const { verdict, findings } = exchange;
    peer.remote = exchange.remote ?? peer.remote;
    peer.edition = exchange.edition ?? peer.edition;
    peer.at = exchange.time;
    peer.heardAt = now;
    peer.requests++;
    if (verdict !== 'ok' && verdict !== 'unknown') peer.errors++;
    peer.findings += findings.request + findings.response;
    peer.unanswered = verdict === 'failed' || verdict === 'unreadable';
    if (verdict === 'ok') peer.registered = true;
    peer.rows.push(row);
    if (peer.rows.length > MOST_FOREIGN.exchanges) peer.rows.shift();
    if (joins.length > 0) peer.joined = row;
  }

  /** A good answer: it is where it says. */
  #follow(peer: ForeignPeer, exchange: RecordedExchange, effect: StepEffect, now: number): void {
    for (const swarm of effect.leaves) this.#leave(peer, swarm, 'left', now);
    for (const { swarm, mode } of effect.joins) this.#stay(peer, swarm, exchange.time, now, mode);
    // Who asks about a swarm, and is answered, has joined it before.
    if (exchange.leaves !== true && effect.joins.length === 0)
      this.#enter(peer, exchange.swarms, exchange.time, now);
    const nowhere = peer.stays.size === 0 && (effect.leaves.length === 0 || effect.stays);
    if (nowhere) this.#stay(peer, undefined, exchange.time, now, undefined);
    else if (peer.stays.size > 1) this.#leave(peer, undefined, 'left', now);
  }

  #enter(peer: ForeignPeer, swarms: readonly (string | undefined)[], time: number, now: number): void {
    for (const swarm of swarms) if (!peer.stays.has(swarm)) this.#stay(peer, swarm, time, now, undefined);
  }

  #stay(peer: ForeignPeer, swarm: string | undefined, time: number, now: number, mode: Stay['mode']): void {
    const known = peer.stays.get(swarm);
    if (known !== undefined) {
      if (mode !== undefined && mode !== (known.mode ?? 'LEECH'))
        this.observing.turned(this.#time, known.handle, mode === 'SEED');
      known.mode = mode ?? known.mode;
      return;
    }
    if (peer.stays.size >= MOST_FOREIGN.stays) return;
    const handle = FOREIGN_WORKER * HANDLES_PER_WORKER + this.#serial++;
    const place = this.#places.enter(swarm, now);
    const stay: Stay = { handle, swarm, mode, place, since: time, ended: undefined, state: 'START' };
    peer.stays.set(swarm, stay);
    this.#stays.set(handle, { peer, stay });
    this.#births.push({ handle, peerId: peer.peerId, swarm: place, endpoint: peer.remote ?? '', asn: 0 });
    const edition = peer.edition ?? EDITIONS[0];
    this.observing.arrived(this.#time, {
      peer: handle,
      peerId: peer.peerId,
      swarm: place,
      edition,
      seed: mode === 'SEED',
      asn: undefined,
    });
  }

  #leave(peer: ForeignPeer, swarm: string | undefined, how: ForeignEnd, now: number): void {
    const stay = peer.stays.get(swarm);
    if (stay === undefined) return;
    peer.stays.delete(swarm);
    this.#stays.delete(stay.handle);
    this.#places.leave(stay.place, now);
    stay.ended = how;
    this.#ends.push({ handle: stay.handle, how: how === 'left' ? 'left' : 'crashed' });
    this.observing.departed(this.#time, stay.handle, how);
  }

  #end(peer: ForeignPeer, how: ForeignEnd, now: number): void {
    for (const swarm of [...peer.stays.keys()]) this.#leave(peer, swarm, how, now);
  }

  /** `stay`: where it is, or was until this. */
  #observe(peer: ForeignPeer, exchange: RecordedExchange, stay: Stay | undefined): void {
    const { method, verdict, edition, took = NaN } = exchange;
    const outcome = outcomeOf(exchange);
    if (stay === undefined || method === undefined || outcome === undefined) return;
    this.observing.asked(this.#time, { peer: stay.handle, swarm: stay.place, method, outcome, took });
    if (verdict !== 'ok' || edition === undefined) return;
    const request = requestIn(exchange);
    const wanted = request === undefined ? undefined : wantedBy(request);
    for (const { swarmId, peers } of answerIn(exchange)?.peerLists ?? []) {
      const asker = peer.stays.get(swarmId) ?? stay;
      const facts = { asker: asker.handle, swarm: asker.place, method, wanted };
      this.observing.listedByName(this.#time, facts, peers);
    }
    for (const one of peer.stays.values()) {
      const from = one.state;
      one.state = one.swarm === undefined ? 'PEER REGISTERED' : 'TRACKING';
      this.observing.stepped(this.#time, one.handle, edition, { from, to: one.state, by: method });
    }
  }

  #pulse(peer: ForeignPeer, { time, verdict, swarms }: RecordedExchange): void {
    const stay = stayFor(peer, { swarms });
    if (stay === undefined || this.#pulses.length >= MOST_FOREIGN.pulses) return;
    const outcome = verdict === 'failed' ? 'failed' : verdict === 'ok' ? 'ok' : 'error';
    this.#pulses.push({ peer: stay.handle, swarm: stay.place, at: time, outcome });
  }

  #columns(): ForeignNews['peers'] {
    const size = this.#stays.size;
    const peers: ForeignNews['peers'] = {
      handle: new Uint32Array(size),
      swarm: new Uint16Array(size),
      edition: new Uint8Array(size),
      mode: new Uint8Array(size),
      phase: new Uint8Array(size),
      // Nobody sees from outside what it holds, and how fast.
      share: new Float32Array(size),
      upload: new Float32Array(size),
      download: new Float32Array(size),
    };
    let row = 0;
    for (const { peer, stay } of this.#stays.values()) {
      peers.handle[row] = stay.handle;
      peers.swarm[row] = stay.place;
      peers.edition[row] = peer.edition === undefined ? 0 : EDITIONS.indexOf(peer.edition);
      peers.mode[row] = stay.mode === 'SEED' ? 1 : 0;
      peers.phase[row] = PHASES.indexOf(phaseOf(peer));
      row++;
    }
    return peers;
  }
}

function newPeer(peerId: string, since: number): ForeignPeer {
  return {
    peerId,
    remote: undefined,
    edition: undefined,
    registered: false,
    unanswered: false,
    since,
    at: since,
    heardAt: 0,
    requests: 0,
    errors: 0,
    findings: 0,
    stays: new Map(),
    rows: [],
    joined: undefined,
  };
}

/** Where it is of the swarms that a request is about; else anywhere. */
const stayFor = ({ stays }: ForeignPeer, { swarms }: Pick<RecordedExchange, 'swarms'>): Stay | undefined =>
  stays.get(swarms[0]) ?? [...stays.values()][0];

/** Undefined: nobody can tell. */
function outcomeOf({ verdict, error, result }: RecordedExchange): Outcome | undefined {
  if (verdict === 'unknown') return undefined;
  if (verdict === 'error') return error ?? 'unreadable';
  if (verdict !== 'failed') return verdict;
  // It may have had an answer that the recording missed.
  if (result.kind !== 'failed') return undefined;
  return result.failure === 'no-answer' ? 'timeout' : result.failure;
}

/** Where a request wants to be, or nowhere in particular. */
const named = ({ swarms }: RecordedExchange): readonly (string | undefined)[] =>
  swarms.length > 0 ? swarms : [undefined];

export const phaseOf = ({ registered, unanswered }: ForeignPeer): PeerPhase =>
  unanswered ? 'silent' : registered ? 'tracking' : 'joining';

const told = ({ handle, swarm, mode, since, ended }: Stay): ForeignStay => ({
  handle,
  swarm,
  mode,
  since,
  ended,
});
