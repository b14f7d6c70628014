/** What peers and the tracker say to each other: the state machine of `src/peer`, its requests as real bytes. */
import { codecOf } from '../../protocol/editions/index.ts';
import type { PeerId } from '../../protocol/ids.ts';
import type { PeerInfo, Property, StreamStats } from '../../protocol/message.ts';
import { protocolState, step } from '../../peer/peer.ts';
import type { PeerEffect, PeerEvent, PeerMoment, PeerState, Pending } from '../../peer/state.ts';
import type { WireAnswer } from '../../transport/transport.ts';
import { endpointOf, preferred } from '../addresses.ts';
import { Concern } from '../models/dice.ts';
import { noteOf } from '../notes.ts';
import { methodOf, outcomeOf } from '../observing.ts';
import type { Outcome } from '../observation.ts';
import { judge } from '../verdict.ts';
import { entityOf, type Crowd } from './crowd.ts';
import { SECOND, type Micros } from './events.ts';
import { ipv4Of } from './homes.ts';
import { attack } from './hostile.ts';
import { TRACKER, type Item } from './item.ts';
import type { Session } from './session.ts';
import type { StreamingSide } from './streaming-side.ts';
import { FLAGS, type Row } from './table.ts';

/** From sending a request to giving up on its answer. */
const REQUEST_TIMEOUT: Micros = 8 * SECOND;
/** gu -06 table 4: what peers tell of the network they are in. */
const OPEN_PROPERTIES: readonly Property[] = [
  { name: 'NAT', value: 'false' },
  { name: 'STUN', value: 'false' },
];

export class ProtocolSide {
  readonly #crowd: Crowd;
  readonly #streaming: StreamingSide;
  readonly #dice: Concern;
  /** Whose turn it is: what the one moment stands for. */
  #session: Session | undefined;
  #row: Row = 0;
  readonly #moment: PeerMoment & { now: number };
  readonly #nextCount = (): number => this.#crowd.count(this.#row);

  constructor(crowd: Crowd, streaming: StreamingSide) {
    this.#crowd = crowd;
    this.#streaming = streaming;
    this.#dice = new Concern(crowd.world.script.seed, 'protocol');
    this.#moment = {
      now: 0,
      random: () => this.random(this.#row),
      stats: () => this.#stats(this.#turn),
      content: () => streaming.content(this.#turn),
      playsFrom: () => streaming.playsFrom(this.#turn),
      properties: OPEN_PROPERTIES,
    };
  }

  get #turn(): Session {
    if (this.#session === undefined) throw new Error('It is nobody\u2019s turn.');
    return this.#session;
  }

  /** The peer's next number of this concern. */
  random(row: Row): number {
    const { table } = this.#crowd;
    const drawn = table.drawnProtocol[row] ?? 0;
    table.drawnProtocol[row] = drawn + 1;
    const { directory } = this.#crowd.cast;
    const peer = table.peer[row] ?? 0;
    return this.#dice.at(directory.numberOf(peer), drawn, directory.realmOf(peer));
  }

  apply(session: Session, event: PeerEvent): void {
    this.#session = session;
    this.#row = session.row;
    this.#moment.now = this.#crowd.world.now / 1000;
    const { state, effects } = step(session.identity, session.state, event, this.#moment);
    this.#noteTransition(session, event, state);
    session.state = state;
    for (const effect of effects) this.#perform(session, effect);
  }

  /** The pending request's time is over. */
  expire(session: Session): void {
    const { pending } = session.state;
    session.timeoutAt = Infinity;
    if (pending === undefined) return;
    this.#crowd.tally.failures++;
    const silence = { kind: 'failed', failure: 'timeout', detail: 'no answer' } as const;
    this.#noteExchange(session, pending, silence, silence);
    this.#observeEnd(session, pending, 'timeout');
    this.#tellUnanswered(session, pending);
    this.apply(session, { kind: 'no-answer' });
  }

  answered(session: Session, answer: Extract<Item, { kind: 'answer' }>): void {
    const { pending } = session.state;
    // Whoever answers twice, or too late, is not listened to.
    if (pending === undefined || pending.retryAt !== undefined) return;
    const { world, tally } = this.#crowd;
    const { peer } = session;
    const wire: WireAnswer = { ...answer, kind: 'answered' };
    const { event, result } = judge(pending, wire);
    this.#noteExchange(session, pending, wire, result);
    this.#observeEnd(session, pending, outcomeOf(result, event));
    session.timeoutAt = Infinity;
    tally.answered++;
    if (event.kind === 'answer') {
      const ok = event.response.outcome === 'success';
      if (!ok) tally.errors++;
      const { method } = pending.request;
      const took = world.now - session.sentAt;
      world.tell(entityOf(peer), { at: world.now, kind: 'answered', peer, method, ok, took });
    } else {
      tally.unreadable++;
      this.#tellUnanswered(session, pending);
    }
    this.apply(session, event);
  }

  /** A LEECH whose time for it has come asks for a fresh list; true when it did. */
  refresh(session: Session): boolean {
    const { table, world } = this.#crowd;
    const { row, state } = session;
    if (state.registered !== 'LEECH' || state.wish !== 'LEECH') return false;
    if ((table.refreshAt[row] ?? Infinity) > world.now) return false;
    this.#planRefresh(row, 0.9, 0.2);
    this.apply(session, { kind: 'short of neighbours', lacks: undefined });
    return true;
  }

  /** After between `least` and `least + spread` intervals, so that those who came together do not ask together. */
  #planRefresh(row: Row, least: number, spread: number): void {
    const { table, world } = this.#crowd;
    const { refreshInterval } = world.script;
    if (refreshInterval === undefined) return;
    table.refreshAt[row] = world.now + Math.round(refreshInterval * (least + spread * this.random(row)));
  }

  /** The next request of a hostile peer, which cares for no answer. */
  attack(session: Session): void {
    const { hostility, identity, row } = session;
    if (hostility === undefined) return;
    const random = () => this.random(row);
    const n = hostility.sent++;
    const invented = hostility.behaviour === 'flooding' ? this.#invented(session, n) : identity.peerId;
    const { method, body, contentType } = attack(identity, hostility.behaviour, n, random, invented);
    this.#row = row;
    this.#post(session, method, body, contentType, 1);
  }

  /** Another peer ID for each request, of the further lives that a hostile peer never has, as far as there are such. */
  #invented({ peer }: Session, n: number): PeerId {
    const { world, cast, ids } = this.#crowd;
    const { viewers, lives } = cast.directory;
    const as = peer + viewers * (lives > 1 ? 1 + (n % (lives - 1)) : 0);
    const peerId = ids.of(as);
    world.tell(entityOf(peer), { at: world.now, kind: 'invented', peer, as, peerId });
    return peerId;
  }

  #perform(session: Session, effect: PeerEffect): void {
    const { table, note } = this.#crowd;
    const { peer, row } = session;
    switch (effect.kind) {
      case 'send':
        this.#send(session, effect.pending);
        return;
      case 'registered':
        if (effect.mode !== 'connected') table.set(row, FLAGS.switching, false);
        if (effect.mode === 'LEECH') this.#planRefresh(row, 0.3, 0.7);
        note(peer, noteOf(effect));
        return;
      case 'listed':
        table.set(row, FLAGS.listed, true);
        this.#noteList(session, effect.peers);
        this.#streaming.learn(session, effect.peers);
        return;
      case 'gone':
        this.#crowd.end(session, 'left');
        return;
      case 'forgotten':
      case 'fell back':
      case 'queried':
        note(peer, noteOf(effect));
        return;
      default:
        effect satisfies never;
    }
  }

  #send(session: Session, { request, attempt }: Pending): void {
    const codec = codecOf(request.edition);
    if (attempt === 1 || session.body === undefined) session.body = codec.encodeRequest(request);
    session.sentAt = this.#crowd.world.now;
    session.timeoutAt = session.sentAt + REQUEST_TIMEOUT;
    this.#post(session, request.method, session.body, codec.mediaType, attempt);
  }

  #post(
    { peer }: Session,
    method: Pending['request']['method'],
    body: Uint8Array<ArrayBuffer>,
    contentType: string,
    attempt: number,
  ): void {
    const { world, tally } = this.#crowd;
    tally.requests++;
    world.tell(entityOf(peer), { at: world.now, kind: 'request', peer, method, bytes: body.length, attempt });
    const item: Item = { kind: 'request', body, contentType, remote: ipv4Of(peer) };
    world.send(entityOf(peer), TRACKER, item, this.#nextCount);
  }

  #tellUnanswered({ peer }: Session, { request, attempt }: Pending): void {
    const { world } = this.#crowd;
    const { method } = request;
    world.tell(entityOf(peer), { at: world.now, kind: 'unanswered', peer, method, attempt });
  }

  #stats({ row, node, identity }: Session): StreamStats {
    const { table } = this.#crowd;
    const { uploaded, downloaded } = table;
    const used = node?.uploadRate ?? 0;
    return {
      swarmId: identity.swarmId,
      uploadedBytes: BigInt(Math.round(node?.uploadedBytes ?? uploaded[row] ?? 0)),
      downloadedBytes: BigInt(Math.round(node?.downloadedBytes ?? downloaded[row] ?? 0)),
      // Neither text names a unit; bit/s, as RFC 7846's other bandwidth counts bits.
      availableBandwidth: Math.max(0, Math.round(8 * ((table.upload[row] ?? 0) - used))),
      concurrentLinks: node?.openLinks ?? 0,
    };
  }

  #noteTransition({ peer, state: before }: Session, event: PeerEvent, after: PeerState): void {
    const { stories, observing } = this.#crowd;
    const story = stories?.of(peer);
    if (story === undefined) return;
    const [from, to] = [protocolState(before), protocolState(after)];
    observing?.stepped(this.#moment.now, peer, after.edition, { from, to, by: methodOf(event) });
    const answer = event.kind === 'answer' ? event.response : undefined;
    if (from !== to || answer?.outcome === 'success')
      story.transition = { from, to, by: answer?.method, at: this.#moment.now };
  }

  #noteList({ peer, row }: Session, peers: readonly PeerInfo[]): void {
    const { stories, table, note, ids } = this.#crowd;
    if (stories === undefined) return;
    for (const { peerId } of peers) {
      const one = ids.peerOf(peerId);
      if (one !== undefined) stories.listed(one);
    }
    const story = stories.of(peer);
    if (story === undefined) return;
    const listed = peers.flatMap(({ peerId, addresses }) => {
      const home = preferred(addresses);
      return home === undefined ? [] : [{ peerId, endpoint: endpointOf(home), linked: false }];
    });
    story.list = { at: this.#moment.now, method: story.latest?.method ?? 'CONNECT', peers: listed };
    if (!table.has(row, FLAGS.completed)) note(peer, `was given ${listed.length} peers`);
  }

  #observeEnd({ peer, row, sentAt }: Session, { request }: Pending, outcome: Outcome): void {
    const { observing, table, world } = this.#crowd;
    observing?.asked(world.now / 1000, {
      peer,
      swarm: table.swarm[row] ?? 0,
      method: request.method,
      outcome,
      took: (world.now - sentAt) / 1000,
    });
  }

  #noteExchange(
    session: Session,
    pending: Pending,
    answer: WireAnswer,
    result: ReturnType<typeof judge>['result'],
  ): void {
    const { stories, table, world } = this.#crowd;
    if (stories === undefined) return;
    const swarm = table.swarm[session.row] ?? 0;
    const completed = table.has(session.row, FLAGS.completed);
    const [sentAt, now] = [session.sentAt / 1000, world.now / 1000];
    stories.exchanged({ session, pending, swarm, completed, sentAt, now }, answer, result);
  }
}
