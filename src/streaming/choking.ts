/**
 * Tit-for-tat by choking (Cohen: Incentives build robustness in BitTorrent, P2PECON 2003, §3): every 10 s a peer that
 * downloads serves the `REGULAR` interested neighbours that it got most from, counting this round and half of what it
 * counted before; one more, the optimistic unchoke, is drawn by lot every third round. A SEED gets nothing, so it serves
 * by rotation: those it has not served for longest. Between rounds a place that is free goes to whoever wants it.
 */
import type { Chunks } from './chunks.ts';
import type { Link } from './link.ts';

/** Neighbours served for what they give; one more is served by lot. */
const REGULAR = 4;
/** Milliseconds between two rounds, and rounds between two draws. */
const ROUND = 10_000;
const ROUNDS_PER_DRAW = 3;

export class Choking {
  #round = 0;
  #optimistic: Link | undefined;
  /** When the next round is, in milliseconds. */
  nextAt: number;

  constructor(now: number) {
    this.nextAt = now + ROUND;
  }

  /** For how many more of the links there is a place. */
  places(links: Iterable<Link>, mine: Chunks): number {
    let served = 0;
    for (const link of links) if (link.open && !link.choking && mine.offers(link.theirs)) served++;
    return REGULAR + 1 - served;
  }

  /** Who is to be served from now on. */
  choose(
    links: Iterable<Link>,
    mine: Chunks,
    seeding: boolean,
    random: () => number,
    now: number,
  ): Set<Link> {
    this.nextAt = now + ROUND;
    const interested: Link[] = [];
    for (const link of links) {
      link.receivedBefore = link.received + link.receivedBefore / 2;
      link.received = 0;
      if (link.open && mine.offers(link.theirs)) interested.push(link);
    }
    if (seeding) {
      interested.sort((a, b) => a.unchokedAt - b.unchokedAt);
      return new Set(interested.slice(0, REGULAR + 1));
    }
    interested.sort((a, b) => b.receivedBefore - a.receivedBefore);
    const served = new Set(interested.filter(({ receivedBefore }) => receivedBefore > 0).slice(0, REGULAR));
    const others = interested.filter((link) => !served.has(link));
    const stays = this.#optimistic !== undefined && others.includes(this.#optimistic);
    if (this.#round++ % ROUNDS_PER_DRAW === 0 || !stays)
      this.#optimistic = others[Math.floor(random() * others.length)];
    if (this.#optimistic !== undefined) served.add(this.#optimistic);
    // Places that nobody has earned go by lot as well.
    const first = Math.floor(random() * others.length);
    for (let i = 0; i < others.length && served.size <= REGULAR; i++) {
      const link = others[(first + i) % others.length];
      if (link !== undefined) served.add(link);
    }
    return served;
  }
}
