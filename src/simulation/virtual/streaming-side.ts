/** What peers do among themselves: a streaming node each, made when there is something to stream, forgotten after. */
import type { ContentMap, PeerInfo } from '../../protocol/message.ts';
import { REPRESENTATION } from '../../peer/write.ts';
import type { LinkMessage } from '../../streaming/link-message.ts';
import { StreamingNode } from '../../streaming/node.ts';
import type { NodeEvent, NodeOptions } from '../../streaming/options.ts';
import { endpointOf, preferred } from '../addresses.ts';
import { Concern } from '../models/dice.ts';
import { entityOf, type Crowd } from './crowd.ts';
import { SECOND, type LinkFailure, type Micros, type PeerIndex, type Totals } from './events.ts';
import { peerAt } from './homes.ts';
import type { Held } from './item.ts';
import type { SwarmScript } from './script.ts';
import type { Session } from './session.ts';
import { FLAGS, type Row } from './table.ts';

/** Between two looks at whether it needs more neighbours, and between two requests for them. */
const LOOK_INTERVAL: Micros = SECOND;
const ASK_INTERVAL: Micros = 10 * SECOND;

export class StreamingSide {
  readonly #crowd: Crowd;
  readonly #dice: Concern;
  readonly #headStarts: Concern;
  readonly #streams: boolean;
  /** What is heard now comes from a place where nobody is. */
  #fromNobody = false;

  constructor(crowd: Crowd) {
    this.#crowd = crowd;
    const { seed, scenario } = crowd.world.script;
    this.#dice = new Concern(seed, 'chunks');
    this.#headStarts = new Concern(seed, 'head start');
    this.#streams = scenario.peers.maxLinks > 0;
  }

  /** Whether the peer takes part at all. */
  takesPart({ row, state }: Session): boolean {
    return this.#streams && state.wish !== 'gone' && !this.#crowd.table.has(row, FLAGS.mute);
  }

  /** A peer that comes in; `held`: what it brings from a life before. */
  begin(session: Session, origin: string, held: Held | undefined): void {
    const { spec } = this.#scriptOf(session);
    const completed = this.#crowd.table.has(session.row, FLAGS.completed);
    if (!this.takesPart(session) || (completed && spec.kind === 'vod')) return;
    const node = this.#nodeOf(session);
    if (held !== undefined) node.chunks.copy(held.base, held.slots);
    // Who watches live holds most of the window; who downloads is anywhere between nothing and nearly all.
    if (origin !== 'early LEECH') return;
    node.preload(spec.kind === 'live' ? 0.8 : 0.9 * this.#headStart(session.peer));
  }

  learn(session: Session, peers: readonly PeerInfo[]): void {
    if (!this.takesPart(session) || this.#crowd.table.has(session.row, FLAGS.completed)) return;
    const known = peers.flatMap(({ peerId, addresses }) => {
      const home = preferred(addresses);
      return home === undefined ? [] : [{ peerId, endpoint: endpointOf(home) }];
    });
    this.#nodeOf(session).learn(known);
  }

  /** What another peer says; `nobody`: what is said in the place of one who is not there. */
  hear(session: Session, message: LinkMessage, nobody: boolean): void {
    // To somebody who has no link, only a hello is news.
    if (!this.takesPart(session) || (session.node === undefined && message.kind !== 'hello')) return;
    this.#fromNobody = nobody;
    this.#nodeOf(session).receive(message, this.#crowd.world.now / 1000);
    this.#fromNobody = false;
  }

  /** Bytes that a peer sent and got since it came, as of its last event. */
  totals(row: Row, node: StreamingNode | undefined): Totals {
    const { table } = this.#crowd;
    const sent = node === undefined ? (table.uploaded[row] ?? 0) : node.uploadedBytes;
    const aborted = node === undefined ? (table.aborted.get(row) ?? 0) : node.abortedBytes;
    const uploaded = Math.max(0, Math.round(sent - aborted));
    const downloaded = Math.round(node === undefined ? (table.downloaded[row] ?? 0) : node.downloadedBytes);
    const polluted = table.polluted.get(row) ?? 0;
    return {
      ...(uploaded > 0 && { uploaded }),
      ...(downloaded > 0 && { downloaded }),
      ...(polluted > 0 && { polluted }),
    };
  }

  /** When its node wants to be stepped; `Infinity`: it does not. */
  nextStep({ node, state, row }: Session): Micros {
    if (node === undefined || state.wish === 'gone') return Infinity;
    const { table } = this.#crowd;
    const due = node.wakeAt;
    const look =
      state.registered === 'LEECH' && !table.has(row, FLAGS.completed)
        ? (table.nextAskAt[row] ?? Infinity)
        : Infinity;
    return Math.min(due === undefined ? Infinity : Math.ceil(due * 1000), look);
  }

  step(session: Session): void {
    const { node, steppedAt } = session;
    const { now } = this.#crowd.world;
    if (node === undefined || node.wakeAt === undefined || now <= steppedAt) return;
    session.steppedAt = now;
    node.step(now / 1000, (now - steppedAt) / SECOND);
  }

  /** True when it has every chunk, the first time it is asked then. */
  completes({ node, row }: Session): boolean {
    const { table } = this.#crowd;
    return node?.complete === true && !table.has(row, FLAGS.completed);
  }

  /** What a LEECH lacks that it should ask the tracker for more neighbours; undefined: nothing, or not now. */
  wants(session: Session): { readonly lacks: number | undefined } | undefined {
    const { node, state, row } = session;
    const { table, world } = this.#crowd;
    if (node === undefined || state.registered !== 'LEECH' || table.has(row, FLAGS.completed))
      return undefined;
    if (world.now < (table.nextAskAt[row] ?? 0)) return undefined;
    const { lacks, shortOfNeighbours } = node;
    return lacks === undefined && !shortOfNeighbours ? undefined : { lacks };
  }

  /** Lets the node go where it has nothing to do and could be made anew. */
  tidy(session: Session): void {
    const { node, row } = session;
    const { table } = this.#crowd;
    if (node === undefined || !table.has(row, FLAGS.completed) || !node.idle) return;
    table.uploaded[row] = Math.round(node.uploadedBytes);
    table.downloaded[row] = Math.round(node.downloadedBytes);
    if (node.abortedBytes >= 0.5) table.aborted.set(row, Math.round(node.abortedBytes));
    session.node = undefined;
  }

  /** What it would bring if it came back. */
  held({ node, row }: Session): Held | 'all' | undefined {
    if (this.#crowd.table.has(row, FLAGS.completed)) return 'all';
    if (node === undefined || node.options.chunkSeconds !== undefined || node.chunks.count === 0)
      return undefined;
    return { base: node.chunks.base, slots: node.chunks.share() };
  }

  /** Uniform in [0, 1): how much of its download a LEECH of time 0 has behind it. */
  #headStart(peer: PeerIndex): number {
    const { directory } = this.#crowd.cast;
    return this.#headStarts.at(directory.numberOf(peer), 0, directory.realmOf(peer));
  }

  content(session: Session): ContentMap {
    const { chunks } = session.node ?? this.#make(session);
    const run = { startIndex: chunks.base, endIndex: chunks.base + chunks.size - 1, bitmap: chunks.bitmap() };
    return { swarmId: session.identity.swarmId, representations: [{ id: REPRESENTATION, maps: [run] }] };
  }

  /** All who watch live are at the same place: only on demand does it matter who has what. */
  playsFrom({ node }: Session): number | undefined {
    if (node === undefined || node.options.chunkSeconds !== undefined || node.chunks.count === 0)
      return undefined;
    return node.chunks.firstLacking();
  }

  #scriptOf({ row }: Session): SwarmScript {
    const { table, world } = this.#crowd;
    const script = world.script.swarms[table.swarm[row] ?? 0];
    if (script === undefined) throw new Error('A peer is in a swarm of the scenario.');
    return script;
  }

  #nodeOf(session: Session): StreamingNode {
    if (session.node !== undefined) return session.node;
    session.steppedAt = this.#crowd.world.now;
    return (session.node = this.#make(session));
  }

  #make(session: Session): StreamingNode {
    const { row } = session;
    const { table } = this.#crowd;
    const node = new StreamingNode(this.#optionsOf(session));
    node.uploadedBytes = table.uploaded[row] ?? 0;
    node.downloadedBytes = table.downloaded[row] ?? 0;
    node.abortedBytes = table.aborted.get(row) ?? 0;
    if (table.has(row, FLAGS.completed)) node.chunks.fill();
    return node;
  }

  #optionsOf(session: Session): NodeOptions {
    const { row, peer, identity } = session;
    const { table, world, cast } = this.#crowd;
    const { spec } = this.#scriptOf(session);
    const { peers } = world.script.scenario;
    const home = preferred(identity.addresses);
    if (home === undefined) throw new Error('A peer has an address.');
    const live = spec.kind === 'live';
    const chunkSeconds = live ? (spec.chunkSeconds ?? 1) : undefined;
    const played = chunkSeconds ?? spec.chunkBytes / (spec.playback?.bitrate ?? Infinity);
    const publisher = table.has(row, FLAGS.publisher);
    const behaviour = cast.behaviourOf(peer, publisher ? 'publisher' : 'arrival');
    const source = live && table.has(row, FLAGS.completed);
    const { directory } = cast;
    const [number, realm] = [directory.numberOf(peer), directory.realmOf(peer)];
    return {
      endpoint: endpointOf(home),
      peerId: identity.peerId,
      handle: peer,
      swarm: table.swarm[row] ?? 0,
      chunks: spec.chunks,
      chunkBytes: spec.chunkBytes,
      chunkSeconds,
      source,
      upload: table.upload[row] ?? 0,
      download: table.download[row] ?? 0,
      maxLinks: peers.maxLinks,
      random: () => {
        const drawn = table.drawnChunks[row] ?? 0;
        table.drawnChunks[row] = drawn + 1;
        return this.#dice.at(number, drawn, realm);
      },
      post: (message) => this.#post(session, message),
      selection: spec.selection,
      window: spec.window,
      incentive: peers.incentive,
      behaviour: behaviour === 'free-rider' || behaviour === 'polluter' ? behaviour : 'regular',
      replace: peers.replace,
      replaceEvery: peers.replaceEvery,
      ...(spec.playback !== undefined &&
        played > 0 &&
        !source && { playback: { chunkSeconds: played, startUp: spec.playback.startUp } }),
      precedes: (other) => {
        const there = peerAt(other);
        return there !== undefined && directory.precedes(peer, there);
      },
      reaches: (to) => this.#reaches(session, to),
      tell: (event) => this.#tell(session, event),
    };
  }

  /** Through the NATs of both. Publishers are on the open network, and open no links. */
  #reaches({ peer, row }: Session, to: string): boolean {
    const { cast, table, world } = this.#crowd;
    if (world.script.scenario.nat.classes.length === 0) return true;
    const other = peerAt(to);
    if (other === undefined) return false;
    const mine = cast.natOf(peer, table.has(row, FLAGS.publisher));
    return cast.reaches(mine, cast.natOf(other, cast.isPublisher(other)));
  }

  #post({ row, peer }: Session, message: LinkMessage): void {
    const to = peerAt(message.to);
    if (to === undefined) return;
    const { world, count } = this.#crowd;
    world.send(entityOf(peer), entityOf(to), { kind: 'link', message }, () => count(row));
  }

  #tell(session: Session, event: NodeEvent): void {
    const { world } = this.#crowd;
    const { peer } = session;
    const entity = entityOf(peer);
    const at = world.now;
    switch (event.kind) {
      case 'link':
        world.tell(entity, { at, kind: 'link', peer, to: event.handle, open: event.open });
        return;
      case 'failed': {
        const to = peerAt(event.endpoint);
        if (to !== undefined)
          world.tell(entity, { at, kind: 'unlinked', peer, to, why: this.#failure(session, event) });
        return;
      }
      case 'chunk': {
        const { chunkBytes: bytes } = this.#scriptOf(session).spec;
        const { handle: from, chunk, good } = event;
        const { polluted } = this.#crowd.table;
        if (!good) polluted.set(session.row, (polluted.get(session.row) ?? 0) + bytes);
        if (!world.tells('chunk')) return;
        world.tell(entity, { at, kind: 'chunk', peer, from, chunk, bytes, good });
        return;
      }
      case 'playback':
        world.tell(entity, { at, kind: 'playback', peer, state: event.state });
        return;
      case 'banned':
        this.#crowd.note(peer, 'met a polluter, and parts with it');
        return;
      default:
        event satisfies never;
    }
  }

  #failure(session: Session, { endpoint, why }: Extract<NodeEvent, { kind: 'failed' }>): LinkFailure {
    if (why === 'refused') return this.#fromNobody ? 'dead' : 'refused';
    return this.#reaches(session, endpoint) ? 'silent' : 'nat';
  }

  /** Told after a look: when the next one is. `asked`: it asks for more now. */
  looked({ row }: Session, asked: boolean, uniform: () => number): void {
    const { table, world } = this.#crowd;
    table.nextAskAt[row] = world.now + (asked ? Math.round(ASK_INTERVAL * (1 + uniform())) : LOOK_INTERVAL);
  }
}
