/** The tracker among the entities: the real core behind the real endpoint, bytes in and bytes out. */
import type { SwarmId } from '../../protocol/ids.ts';
import type { TrackerEvent } from '../../tracker/api.ts';
import type { TrackerEndpoint } from '../../tracker/http.ts';
import { createTrackerEndpoint } from '../../tracker/http.ts';
import { createTracker } from '../../tracker/tracker.ts';
import { dice, type Dice } from '../models/dice.ts';
import { SECOND, type Micros, type PeerIndex, type SwarmIndex } from './events.ts';
import type { PeerIds } from './homes.ts';
import { TRACKER, WAKE, type Item } from './item.ts';
import type { Entity } from './queue.ts';
import type { World } from './world.ts';

/** Between two looks at whose timer has run out while nobody asks anything. */
const TICK: Micros = SECOND;

export class TrackerEntity {
  readonly #world: World;
  readonly #ids: PeerIds;
  readonly #swarms: ReadonlyMap<SwarmId | string, SwarmIndex>;
  readonly #moment: { now: number; readonly random: Dice };
  readonly #nextCount: () => number;
  #endpoint: TrackerEndpoint;
  #count = 0;

  constructor(world: World, ids: PeerIds) {
    this.#world = world;
    this.#ids = ids;
    const { seed, scenario } = world.script;
    this.#swarms = new Map(scenario.swarms.map(({ id }, index) => [id, index]));
    this.#moment = { now: 0, random: dice(seed, 'tracker', 0) };
    this.#nextCount = () => this.#count++;
    for (const { at, phase } of world.script.phases)
      world.schedule(at, TRACKER, this.#count++, { kind: 'phase', phase });
    this.#endpoint = createTrackerEndpoint(createTracker({}, 0));
    world.tell(TRACKER, { at: 0, kind: 'tracker', state: 'started', kept: false });
    this.#tick(TICK);
  }

  meet(from: Entity, item: Item): void {
    const { now } = this.#world;
    this.#moment.now = now / 1000;
    switch (item.kind) {
      case 'wake':
        this.#follow(this.#endpoint.expire(this.#moment.now));
        this.#tick(now + TICK);
        return;
      case 'request':
        this.#answer(from, item);
        return;
      case 'phase':
        this.#world.tell(TRACKER, { at: now, kind: 'phase', phase: item.phase });
        return;
      case 'answer':
      case 'link':
        return;
      default:
        item satisfies never;
    }
  }

  #tick(at: Micros): void {
    this.#world.schedule(at, TRACKER, this.#count++, WAKE);
  }

  #answer(from: Entity, item: Extract<Item, { kind: 'request' }>): void {
    const { body, contentType, remote } = item;
    const request = { method: 'POST', target: '/', contentType, body, remote };
    const { response, exchange } = this.#endpoint.answer(request, this.#moment);
    this.#follow(exchange.events);
    const listed = this.#listed(exchange.events);
    this.#world.tell(TRACKER, {
      at: this.#world.now,
      kind: 'handled',
      peer: from - 1,
      method: exchange.method ?? 'none',
      status: response.status,
      bytes: response.body.length,
      ...(exchange.error !== undefined && { error: exchange.error }),
      ...(listed !== undefined && { listed }),
    });
    const retryAfter = Number(response.headers['retry-after'] ?? NaN);
    const answer: Item = {
      kind: 'answer',
      status: response.status,
      reason: response.reason,
      contentType: response.headers['content-type'],
      ...(!Number.isNaN(retryAfter) && { retryAfter }),
      body: response.body,
    };
    this.#world.send(TRACKER, from, answer, this.#nextCount);
  }

  /** What the tracker holds of its peers has changed. */
  #follow(events: readonly TrackerEvent[]): void {
    for (const event of events) {
      if (event.kind !== 'joined' && event.kind !== 'left') continue;
      const peer = this.#ids.peerOf(event.peerId);
      const swarm = this.#swarms.get(event.swarmId);
      if (peer === undefined || swarm === undefined) continue;
      const told = { at: this.#world.now, peer, swarm, mode: event.mode };
      if (event.kind === 'joined') this.#world.tell(TRACKER, { ...told, kind: 'joined' });
      else this.#world.tell(TRACKER, { ...told, kind: 'unjoined', reason: event.reason });
    }
  }

  #listed(events: readonly TrackerEvent[]): readonly PeerIndex[] | undefined {
    let listed: PeerIndex[] | undefined;
    for (const event of events) {
      if (event.kind !== 'listed') continue;
      listed ??= [];
      for (const id of event.peers) {
        const peer = this.#ids.peerOf(id);
        if (peer !== undefined) listed.push(peer);
      }
    }
    return listed;
  }
}
