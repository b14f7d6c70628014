/** How long peers stay, whether they crash, zap and come back: drawn for each from numbers of its own. */
import { Concern, type Dice } from '../models/dice.ts';
import type { Arrival } from './arrivals.ts';
import type { Crowd } from './crowd.ts';
import type { Micros, PeerIndex } from './events.ts';
import type { Life } from './item.ts';
import type { SwarmScript } from './script.ts';
import { FLAGS, type Row } from './table.ts';
import { endOf } from './troubles.ts';

export type Newcomer = Omit<Arrival, 'at' | 'source' | 'number'> & { readonly life?: Life };

/** Where the numbers of each draw begin; a draw may take several. */
const DRAWS = { stay: 0, crash: 16, watch: 32, returns: 48, after: 64, channel: 80, seedTime: 96 } as const;

export class Stays {
  readonly #crowd: Crowd;
  readonly #dice: Concern;

  constructor(crowd: Crowd) {
    this.#crowd = crowd;
    this.#dice = new Concern(crowd.world.script.seed, 'stays');
  }

  /** Patience or time as SEED, whether it will crash, when it goes on to another channel. */
  plan(row: Row, { peer, origin, fault, life }: Newcomer): void {
    const { table, world } = this.#crowd;
    const { now, script } = world;
    const spoiler = script.scenario.faults[fault ?? -1];
    if (spoiler !== undefined) {
      table.departAt[row] = endOf(spoiler);
      return;
    }
    if (origin === 'publisher') return;
    const { patience, seedTime, spec } = this.#scriptOf(row);
    const stay = (table.has(row, FLAGS.completed) ? seedTime : patience)(this.#drawing(peer, DRAWS.stay));
    table.departAt[row] = life?.departAt ?? now + stay;
    table.set(row, FLAGS.crashes, this.#drawn(peer, DRAWS.crash) < script.scenario.peers.crash);
    if (script.watch !== undefined && spec.kind === 'live' && origin !== 'early SEED')
      table.zapAt[row] = now + script.watch(this.#drawing(peer, DRAWS.watch));
  }

  /** How long a LEECH that has just completed stays as SEED. */
  seedTime(row: Row): Micros {
    return this.#scriptOf(row).seedTime(this.#drawing(this.#crowd.table.peer[row] ?? 0, DRAWS.seedTime));
  }

  /** After how long a peer that goes now comes back; undefined: it does not. */
  returnsAfter(row: Row): Micros | undefined {
    const { table } = this.#crowd;
    const peer = table.peer[row] ?? 0;
    if (table.has(row, FLAGS.mute) || table.has(row, FLAGS.publisher)) return undefined;
    const { spec, returnAfter } = this.#scriptOf(row);
    if (this.#drawn(peer, DRAWS.returns) >= spec.return.share) return undefined;
    return Math.max(1, returnAfter(this.#drawing(peer, DRAWS.after)));
  }

  /** Uniform in [0, 1): which channel it goes on to. */
  channelDice(peer: PeerIndex): number {
    return this.#drawn(peer, DRAWS.channel);
  }

  #scriptOf(row: Row): SwarmScript {
    const script = this.#crowd.world.script.swarms[this.#crowd.table.swarm[row] ?? 0];
    if (script === undefined) throw new Error('A peer is in a swarm of the scenario.');
    return script;
  }

  #drawing(peer: PeerIndex, first: number): Dice {
    let n = first;
    return () => this.#drawn(peer, n++);
  }

  #drawn(peer: PeerIndex, n: number): number {
    const { directory } = this.#crowd.cast;
    return this.#dice.at(directory.numberOf(peer), n, directory.realmOf(peer));
  }
}
