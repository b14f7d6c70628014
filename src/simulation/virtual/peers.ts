/** The peers of one part: how they come, what is due for them and when, how they go. */
import { EDITIONS } from '../../protocol/message.ts';
import { newPeer, wakeAt } from '../../peer/peer.ts';
import type { LinkMessage } from '../../streaming/link-message.ts';
import { endpointOf, preferred } from '../addresses.ts';
import { toMicros } from '../models/distributions.ts';
import type { Observing } from '../observing.ts';
import type { PeerDetail, Snapshot } from '../report.ts';
import { StandingLook, type Standing } from '../standing.ts';
import type { Cast } from './cast.ts';
import { entityOf, type Crowd, type Tally } from './crowd.ts';
import { SECOND, type Departure, type Micros, type PeerIndex, type Totals } from './events.ts';
import type { PeerIds } from './homes.ts';
import { WAKE, type Item, type Life } from './item.ts';
import { columnsOf, detailOf } from './look.ts';
import { ProtocolSide } from './protocol-side.ts';
import type { Entity } from './queue.ts';
import { atRest, identityOf, keepState, Session, stateOf, WISHES } from './session.ts';
import { Stays, type Newcomer } from './stays.ts';
import type { Stories } from './story.ts';
import { StreamingSide } from './streaming-side.ts';
import { FLAGS, type PeerTable, type Row } from './table.ts';
import type { World } from './world.ts';

/** After which a LEECH that never got a list gives up: nobody watches a blank screen for longer. */
const JOIN_PATIENCE: Micros = 60 * SECOND;
/** Added to the count of a message that is sent in the place of somebody who is not there: no peer counts that far. */
const NOBODY = 2 ** 32;

export class Peers implements Crowd {
  readonly world: World;
  readonly cast: Cast;
  readonly ids: PeerIds;
  readonly stories: Stories | undefined;
  readonly observing: Observing | undefined;
  readonly table: PeerTable;
  readonly tally: Tally = {
    arrived: 0,
    completed: 0,
    left: 0,
    crashed: 0,
    requests: 0,
    answered: 0,
    errors: 0,
    unreadable: 0,
    failures: 0,
  };
  readonly #sessions: (Session | undefined)[] = [];
  readonly #streaming: StreamingSide;
  readonly #protocol: ProtocolSide;
  readonly #stays: Stays;

  constructor(
    world: World,
    cast: Cast,
    ids: PeerIds,
    table: PeerTable,
    watchers: Pick<Crowd, 'stories' | 'observing'>,
  ) {
    this.table = table;
    this.world = world;
    this.cast = cast;
    this.ids = ids;
    this.stories = watchers.stories;
    this.observing = watchers.observing;
    this.#stays = new Stays(this);
    this.#streaming = new StreamingSide(this);
    this.#protocol = new ProtocolSide(this, this.#streaming);
  }

  /** Comes into the run: its first event is now. */
  add(newcomer: Newcomer): void {
    const { peer, swarm, origin, fault, life } = newcomer;
    const { table, cast, world } = this;
    const { now, script } = world;
    const row = table.add(peer, now);
    const publisher = origin === 'publisher';
    const completed = publisher || origin === 'early SEED' || origin === 'sybil' || life?.held === 'all';
    const { upload, download } = cast.lineOf(newcomer);
    table.swarm[row] = swarm;
    table.edition[row] = table.speaks[row] = cast.editionOf(peer);
    table.wish[row] = WISHES.indexOf(completed ? 'SEED' : 'LEECH');
    table.upload[row] = upload;
    table.download[row] = download;
    table.set(row, FLAGS.publisher, publisher);
    table.set(row, FLAGS.completed, completed);
    table.set(row, FLAGS.listed, completed);
    table.set(row, FLAGS.mute, fault !== undefined);
    this.#stays.plan(row, newcomer);
    const session = this.#rouse(row);
    const spoiler = script.scenario.faults[fault ?? -1];
    if (spoiler?.kind === 'hostile')
      session.hostility = { behaviour: spoiler.behaviour, every: toMicros(1 / spoiler.rate), sent: 0 };
    const held = life?.held === 'all' ? undefined : life?.held;
    this.#streaming.begin(session, origin, held);
    table.wakeAt[row] = now;
    world.schedule(now, entityOf(peer), this.count(row), WAKE);
  }

  /** Whether anything came of it: a wake that is out of date is no event. */
  meet(to: Entity, from: Entity, count: number, item: Item): boolean {
    const row = this.table.rowOf(to - 1);
    if (item.kind === 'life') {
      if (row === undefined)
        this.add({ peer: to - 1, swarm: item.life.swarm, origin: 'arrival', life: item.life });
      return false;
    }
    if (row === undefined) {
      if (item.kind === 'link') this.#answerForNobody(to, from, count, item.message);
      return item.kind !== 'wake';
    }
    if (item.kind === 'wake') return this.#wake(row);
    if (item.kind === 'edge') {
      this.#tellTotals(row, item.edge);
      return true;
    }
    const session = this.#rouse(row);
    this.#take(session, item);
    this.#settle(session);
    return true;
  }

  /** A fault strikes those of the part's peers that it is meant for: each meets it as an event of its own. */
  strike(isMeant: (peer: PeerIndex, row: Row) => boolean, how: 'leaves' | 'crashes', count: number): void {
    const { now } = this.world;
    for (const row of this.table.rows()) {
      const peer = this.table.peer[row] ?? 0;
      // Whoever comes this very moment has not come yet.
      if (this.table.bornAt[row] === now || !isMeant(peer, row)) continue;
      this.world.strike(entityOf(peer), count, { kind: 'struck', how });
    }
  }

  /** The measured window begins or ends: whoever sent or got anything tells what, as an event of its own. */
  reach(edge: 'begin' | 'end', count: number): void {
    for (const row of this.table.rows()) {
      if (Object.keys(this.#totals(row)).length === 0) continue;
      this.world.strike(entityOf(this.table.peer[row] ?? 0), count, { kind: 'edge', edge });
    }
  }

  #totals(row: Row): Totals {
    return this.#streaming.totals(row, this.#sessions[row]?.node);
  }

  #tellTotals(row: Row, edge: 'begin' | 'end'): void {
    const peer = this.table.peer[row] ?? 0;
    this.world.tell(entityOf(peer), { at: this.world.now, kind: 'totals', peer, edge, ...this.#totals(row) });
  }

  /** What a page draws of all peers. */
  look(): Pick<Snapshot, 'peers' | 'links'> {
    return columnsOf(this.table, (row) => this.#sessions[row]);
  }

  standing(): Standing {
    const { table } = this;
    const look = new StandingLook(this.world.script.scenario.swarms);
    for (const row of table.rows()) {
      const node = this.#sessions[row]?.node;
      const held = table.has(row, FLAGS.completed) ? 'all' : node?.chunks;
      const share = held === 'all' ? 1 : (node?.share ?? 0);
      look.add(table.peer[row] ?? 0, table.swarm[row] ?? 0, share, held);
    }
    return look.take();
  }

  detail(peer: PeerIndex): PeerDetail | undefined {
    const row = this.table.rowOf(peer);
    if (row === undefined) return undefined;
    const session = this.#sessions[row] ?? this.#make(row);
    return detailOf(this.world.script, this.table, session, this.stories?.of(peer));
  }

  readonly count = (row: Row): number => {
    const count = this.table.count[row] ?? 0;
    this.table.count[row] = count + 1;
    return count;
  };

  readonly note = (peer: PeerIndex, what: string): void => {
    this.stories?.note(peer, this.world.now / 1000, what);
  };

  /** It is gone. */
  end(session: Session, how: Departure): void {
    const { row, peer, node } = session;
    const { table, world, tally } = this;
    if (!this.#isHere(session)) return;
    // A crash says no good-bye: neighbours find out by the silence.
    if (how !== 'crashed') node?.leave();
    this.#planReturn(session, how);
    const totals = this.#totals(row);
    this.#sessions[row] = undefined;
    table.drop(row);
    if (how === 'crashed') tally.crashed++;
    else tally.left++;
    const end = how === 'crashed' ? 'crashed' : 'left';
    this.stories?.ended({ handle: peer, how: end });
    this.observing?.departed(world.now / 1000, peer, end);
    world.tell(entityOf(peer), { at: world.now, kind: 'departed', peer, how, ...totals });
  }

  /** The viewer comes back, perhaps, under another number. */
  #planReturn(session: Session, how: Departure): void {
    const { table, world, cast } = this;
    const { row, peer } = session;
    const after = how === 'gave up' || session.switched ? undefined : this.#stays.returnsAfter(row);
    const next = cast.directory.nextLife(peer);
    if (after === undefined || next === undefined) return;
    const held = this.#streaming.held(session);
    const life: Life = { swarm: table.swarm[row] ?? 0, held, departAt: undefined };
    world.schedule(world.now + after, entityOf(next), 0, { kind: 'life', life });
  }

  #isHere({ row, peer }: Session): boolean {
    return this.table.rowOf(peer) === row;
  }

  /** The peer as objects. */
  #rouse(row: Row): Session {
    return (this.#sessions[row] ??= this.#make(row));
  }

  #make(row: Row): Session {
    const { table, cast, ids, world } = this;
    const peer = table.peer[row] ?? 0;
    const identity = identityOf(world.script, ids, table, row, cast);
    return new Session(row, peer, identity, stateOf(table, row, identity));
  }

  #take(session: Session, item: Exclude<Item, { kind: 'wake' | 'life' | 'edge' }>): void {
    switch (item.kind) {
      case 'answer':
        this.#protocol.answered(session, item);
        return;
      case 'link':
        this.#streaming.hear(session, item.message, item.nobody === true);
        this.#afterStreaming(session);
        return;
      case 'struck':
        if (item.how === 'crashes') this.end(session, 'crashed');
        else if (session.state.wish !== 'gone') this.#leave(session);
        return;
      case 'request':
      case 'serve':
      case 'phase':
      case 'fault':
        return;
      default:
        item satisfies never;
    }
  }

  /** Nobody there: a connection refused. All else to the dead is lost, as it would be. */
  #answerForNobody(to: Entity, from: Entity, count: number, said: LinkMessage): void {
    if (said.kind !== 'hello') return;
    const message: LinkMessage = { kind: 'refuse', from: said.to, to: said.from };
    this.world.send(to, from, { kind: 'link', message, nobody: true }, () => NOBODY + count);
  }

  /** Plans the next wake, and lets the objects go where nothing is under way. */
  #settle(session: Session): void {
    if (!this.#isHere(session)) return;
    const { table } = this;
    const { row } = session;
    this.#streaming.tidy(session);
    this.#schedule(session);
    if (session.node !== undefined || session.hostility !== undefined || !atRest(session.state)) return;
    keepState(table, row, session.state);
    this.#sessions[row] = undefined;
  }

  #schedule(session: Session): void {
    const { table, world } = this;
    const { row, state, peer, hostility } = session;
    const protocol = wakeAt(state);
    let at = Math.min(session.timeoutAt, this.#streaming.nextStep(session));
    if (protocol !== undefined) at = Math.min(at, Math.ceil(protocol * 1000));
    if (state.wish !== 'gone')
      at = Math.min(at, table.departAt[row] ?? Infinity, table.zapAt[row] ?? Infinity);
    if (state.registered === 'LEECH' && state.wish === 'LEECH')
      at = Math.min(at, table.refreshAt[row] ?? Infinity);
    if (!table.has(row, FLAGS.listed)) at = Math.min(at, (table.bornAt[row] ?? 0) + JOIN_PATIENCE);
    if (hostility !== undefined)
      at = Math.min(
        (table.bornAt[row] ?? 0) + hostility.sent * hostility.every,
        table.departAt[row] ?? Infinity,
      );
    at = Math.max(at, world.now + 1);
    if (at >= (table.wakeAt[row] ?? Infinity)) return;
    table.wakeAt[row] = at;
    world.schedule(at, entityOf(peer), this.count(row), WAKE);
  }

  #wake(row: Row): boolean {
    const { table, world } = this;
    if (table.wakeAt[row] !== world.now) return false;
    table.wakeAt[row] = Infinity;
    const session = this.#rouse(row);
    const done = session.hostility === undefined ? this.#live(session) : this.#harm(session);
    this.#settle(session);
    return done;
  }

  /** All that is due. */
  #live(session: Session): boolean {
    const { table, world } = this;
    const { row, state } = session;
    const { now } = world;
    if (!session.arrived && table.bornAt[row] === now && state.transactions === 0) {
      this.#arrive(session);
      this.#protocol.apply(session, { kind: 'begin' });
      return true;
    }
    const staying = state.wish !== 'gone';
    if (staying && (table.departAt[row] ?? Infinity) <= now) {
      if (table.has(row, FLAGS.crashes)) this.end(session, 'crashed');
      else this.#leave(session);
      return true;
    }
    if (staying && (table.zapAt[row] ?? Infinity) <= now) {
      this.#zap(session);
      return true;
    }
    if (!table.has(row, FLAGS.listed) && now >= (table.bornAt[row] ?? 0) + JOIN_PATIENCE) {
      this.end(session, 'gave up');
      return true;
    }
    let done = false;
    if (session.timeoutAt <= now) {
      this.#protocol.expire(session);
      done = true;
    }
    const protocol = wakeAt(session.state);
    if (protocol !== undefined && protocol <= now / 1000) {
      this.#protocol.apply(session, { kind: 'wake' });
      done = true;
    }
    if (this.#isHere(session)) done = this.#protocol.refresh(session) || done;
    if (this.#isHere(session) && this.#streaming.nextStep(session) <= now) {
      this.#streaming.step(session);
      this.#afterStreaming(session);
      done = true;
    }
    return done;
  }

  /** A hostile peer knows no protocol: it sends what it sends, until its time is over. */
  #harm(session: Session): boolean {
    const { table, world } = this;
    if (!session.arrived) this.#arrive(session);
    if ((table.departAt[session.row] ?? Infinity) <= world.now) this.end(session, 'crashed');
    else this.#protocol.attack(session);
    return true;
  }

  #arrive(session: Session): void {
    const { table, cast, world, stories } = this;
    const { identity, peer, row } = session;
    const completed = table.has(row, FLAGS.completed);
    const publisher = table.has(row, FLAGS.publisher);
    const asn = cast.network.asnOf(entityOf(peer));
    session.arrived = true;
    this.tally.arrived++;
    world.tell(entityOf(peer), {
      at: world.now,
      kind: 'arrived',
      peer,
      peerId: identity.peerId,
      swarm: table.swarm[row] ?? 0,
      edition: identity.edition,
      mode: completed ? 'SEED' : 'LEECH',
      upload: table.upload[row] ?? 0,
      download: table.download[row] ?? 0,
      asn,
      nat: cast.natOf(peer, publisher).name,
      behaviour: this.#behaviourOf(session, publisher),
    });
    const home = preferred(identity.addresses);
    const endpoint = home === undefined ? '' : endpointOf(home);
    const swarm = table.swarm[row] ?? 0;
    stories?.born({ handle: peer, peerId: identity.peerId, swarm, endpoint, asn });
    this.observing?.arrived(world.now / 1000, {
      peer,
      peerId: identity.peerId,
      swarm,
      edition: identity.edition,
      seed: completed,
      asn,
    });
    this.note(peer, `came to swarm ${identity.swarmId}`);
    session.state = newPeer(
      EDITIONS[table.speaks[row] ?? 0] ?? identity.edition,
      completed ? 'SEED' : 'LEECH',
    );
  }

  #behaviourOf({ peer, row, hostility }: Session, publisher: boolean): string {
    if (hostility !== undefined) return 'hostile';
    if (this.table.has(row, FLAGS.mute)) return 'sybil';
    return this.cast.behaviourOf(peer, publisher ? 'publisher' : 'arrival');
  }

  #leave(session: Session): void {
    const completed = this.table.has(session.row, FLAGS.completed);
    this.note(session.peer, completed ? 'has seeded long enough' : 'gives up');
    session.node?.leave();
    this.#protocol.apply(session, { kind: 'leave' });
  }

  /** The viewer goes on to another channel, where it begins anew; its patience goes on. */
  #zap(session: Session): void {
    const { table, world, cast } = this;
    const { row, peer } = session;
    table.zapAt[row] = Infinity;
    const next = cast.directory.nextLife(peer);
    const swarm = cast.nextChannel(table.swarm[row] ?? 0, this.#stays.channelDice(peer));
    if (next === undefined || swarm === undefined) return;
    session.switched = true;
    this.note(peer, 'switches to another channel');
    world.tell(entityOf(peer), { at: world.now, kind: 'switched', peer, to: next });
    const life: Life = { swarm, held: undefined, departAt: table.departAt[row] };
    world.schedule(world.now + 1, entityOf(next), 0, { kind: 'life', life });
    this.#leave(session);
  }

  /** The streaming may have come to its end, or to want of neighbours. */
  #afterStreaming(session: Session): void {
    const { row, peer } = session;
    const { table, world } = this;
    if (this.#streaming.completes(session)) {
      table.set(row, FLAGS.completed, true);
      table.set(row, FLAGS.switching, true);
      this.tally.completed++;
      this.observing?.turned(world.now / 1000, peer, true);
      this.note(peer, 'has every chunk: becomes SEED');
      table.departAt[row] = world.now + this.#stays.seedTime(row);
      const took = world.now - (table.bornAt[row] ?? 0);
      world.tell(entityOf(peer), { at: world.now, kind: 'completed', peer, took, ...this.#totals(row) });
      this.#protocol.apply(session, { kind: 'completed' });
      return;
    }
    if (session.state.registered !== 'LEECH' || world.now < (table.nextAskAt[row] ?? 0)) return;
    const wants = this.#streaming.wants(session);
    this.#streaming.looked(session, wants !== undefined, () => this.#protocol.random(row));
    if (wants !== undefined)
      this.#protocol.apply(session, { kind: 'short of neighbours', lacks: wants.lacks });
  }
}
