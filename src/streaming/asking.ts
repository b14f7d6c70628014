/**
 * What a peer asks of whom. Whoever has the fewest requests of ours is asked next, for a chunk that `pick.ts` chooses of
 * those it holds: each link has a few requests on their way (Cohen: Incentives build robustness in BitTorrent, P2PECON
 * 2003, §2.3), so that who answers soon is asked again soon, and a newcomer's uplink is busy from its first chunk on. Where
 * playing sets the order the chunk comes first, then its holder. Each request keeps a part of our own line for its chunk,
 * so that all together never bring more than the line carries: a quarter of what is free, at least a `PARALLEL`th of the
 * line; when nothing more is to be asked for, what is free goes to what is under way. Endgame: once every missing chunk
 * is asked for, one that has not come for 5 s is asked of one more neighbour, and cancelled where it is late (Cohen,
 * §2.4.4, asks everybody at once).
 */
import type { Chunks } from './chunks.ts';
import type { LinkMessage } from './link-message.ts';
import type { Ask, Link } from './link.ts';
import type { NodeOptions } from './options.ts';
import { pickInOrder, pickOf, type PickFrom } from './pick.ts';
import { Rarity } from './rarity.ts';

/** Requests at a time over all links, once all are under way. */
export const PARALLEL = 24;
/** Requests that each neighbour may be given, however many there are. */
const LEAST_PER_LINK = 2;
/** Of what is free, one request gets one part in so many. */
const PORTION = 4;
/** Milliseconds after which a chunk is asked of a second neighbour, and between two looks. */
const ENDGAME_AFTER = 5000;
const ENDGAME_LOOK = 1000;

export class Asking {
  /** When the endgame looks next, in milliseconds. */
  lookAt: number | undefined;
  readonly #options: NodeOptions;
  readonly #chunks: Chunks;
  readonly #links: ReadonlyMap<unknown, Link>;
  readonly #least: number;
  /** Bytes/s of the line that no request keeps. */
  #free: number;
  #rarity: Rarity | undefined;

  constructor(options: NodeOptions, chunks: Chunks, links: ReadonlyMap<unknown, Link>) {
    this.#options = options;
    this.#chunks = chunks;
    this.#links = links;
    this.#free = Math.floor(options.download);
    this.#least = Math.max(1, Math.floor(this.#free / PARALLEL));
  }

  /** Whether there is a chunk missing that no neighbour holds. */
  get lacksAny(): boolean {
    return this.#rarity !== undefined && this.#rarity.unheld > 0;
  }

  /** The first missing chunk that no neighbour holds and nobody is asked for. */
  get lacks(): number | undefined {
    const rarity = this.#rarity;
    if (rarity === undefined || rarity.unheld === 0) return undefined;
    let first = Infinity;
    for (let place = 0; place < rarity.unheld; place++)
      first = Math.min(first, this.#chunks.chunkIn(rarity.order[place] ?? 0));
    return first;
  }

  /** The link is open: `theirs` counts. */
  opened(link: Link): void {
    if (this.#rarity === undefined) {
      if (this.#chunks.complete && this.#options.chunkSeconds === undefined) return;
      this.#rarity = new Rarity(this.#chunks.size);
      for (let slot = 0; slot < this.#chunks.size; slot++)
        if (!this.#chunks.has(this.#chunks.chunkIn(slot))) this.#rarity.put(slot);
    }
    this.#count(link, 1);
  }

  /** The link has ended: `theirs` counts no more, and what was asked there is asked elsewhere. */
  closed(link: Link): void {
    if (link.open) this.#count(link, -1);
    for (const ask of link.asks.splice(0)) this.#release(ask);
  }

  /** The other end holds one more. */
  has(link: Link, chunk: number): void {
    if (link.theirs.behind(chunk)) {
      if (link.open) this.#count(link, -1);
      link.theirs.advance(chunk - link.theirs.size + 1);
      if (link.open) this.#count(link, 1);
    }
    if (link.theirs.add(chunk) && link.open && this.#chunks.inWindow(chunk))
      this.#rarity?.change(chunk % this.#chunks.size, 1);
  }

  /** These will not come from there. */
  dropped(link: Link, chunks: readonly number[]): void {
    for (const chunk of chunks) {
      const at = link.asks.findIndex((ask) => ask.chunk === chunk);
      for (const ask of at < 0 ? [] : link.asks.splice(at, 1)) this.#release(ask);
    }
  }

  /** The chunk has come whole from the link. True: good, and new. */
  came(link: Link, chunk: number, good: boolean): boolean {
    this.dropped(link, [chunk]);
    if (!good || !this.#chunks.add(chunk)) return false;
    this.#rarity?.take(chunk % this.#chunks.size);
    for (const other of this.#links.values()) {
      if (!other.asks.some((ask) => ask.chunk === chunk)) continue;
      this.dropped(other, [chunk]);
      this.#post({ kind: 'cancel', from: this.#options.endpoint, to: other.endpoint, chunk });
    }
    if (this.#chunks.complete && this.#options.chunkSeconds === undefined) {
      this.#rarity = undefined;
      this.lookAt = undefined;
    }
    return true;
  }

  /** The window of our own chunks, and those of the links, have moved on from `base`. */
  moved(base: number): void {
    const { size } = this.#chunks;
    for (const link of this.#links.values())
      this.dropped(
        link,
        link.asks.flatMap(({ chunk }) => (chunk < this.#chunks.base ? [chunk] : [])),
      );
    for (let chunk = Math.max(base, this.#chunks.base - size); chunk < this.#chunks.base; chunk++) {
      const slot = chunk % size;
      const entered = this.#chunks.chunkIn(slot);
      let holders = 0;
      for (const { open, theirs } of this.#links.values()) if (open && theirs.has(entered)) holders++;
      this.#rarity?.renew(slot, holders);
    }
  }

  /** Asks for as much as the line can take. `playhead`: chunk that is played next. */
  ask(now: number, playhead: number | undefined): void {
    const rarity = this.#rarity;
    this.lookAt = undefined;
    if (rarity === undefined || this.#free < this.#least) return;
    const allAsked = () => rarity.size === 0 && this.#options.chunkSeconds === undefined;
    if (!this.#canAsk(rarity) && !allAsked()) return;
    const usable: Link[] = [];
    for (const link of this.#links.values())
      if (link.open && !link.choked && link.theirs.count > 0) usable.push(link);
    if (usable.length === 0) return;
    const { selection, window, random } = this.#options;
    this.#fill(usable, { chunks: this.#chunks, rarity, selection, window, playhead, random }, now);
    if (!allAsked()) return;
    this.#endgame(usable, now);
    this.#widen();
  }

  /** Room on the line, and a chunk to ask for. */
  #canAsk(rarity: Rarity): boolean {
    return this.#free >= this.#least && rarity.size > rarity.unheld;
  }

  /** Requests until the line is taken, or nobody has anything more. */
  #fill(usable: readonly Link[], want: PickFrom, now: number): void {
    const { rarity } = want;
    // Nobody is asked for so much that there is no room for what others hold.
    const most = Math.max(LEAST_PER_LINK, Math.ceil(PARALLEL / usable.length));
    while (this.#canAsk(rarity)) {
      let from: Link | undefined;
      const chunk = pickInOrder(want, (each) => {
        from = leastAsked(usable, each);
        return from !== undefined && from.asks.length < most;
      });
      if (chunk === undefined || from === undefined) break;
      this.#request(from, chunk, now);
    }
    if (!this.#canAsk(rarity)) return;
    // Of those with as many requests, who holds the fewest chunks: the others can be asked for something else.
    const order = usable.toSorted((a, b) => a.theirs.count - b.theirs.count);
    for (let asks = 0; asks < most; asks++)
      for (const link of order) {
        if (!this.#canAsk(rarity)) return;
        // Who had nothing to be asked for stays behind with fewer.
        const chunk = link.asks.length === asks ? pickOf(want, link.theirs) : undefined;
        if (chunk !== undefined) this.#request(link, chunk, now);
      }
  }

  #request(link: Link, chunk: number, now: number): void {
    const rate = Math.max(this.#least, Math.floor(this.#free / PORTION));
    this.#rarity?.take(chunk % this.#chunks.size);
    link.asks.push({ chunk, at: now, rate });
    this.#free -= rate;
    this.#post({ kind: 'request', from: this.#options.endpoint, to: link.endpoint, chunk, rate });
  }

  #endgame(usable: readonly Link[], now: number): void {
    const single = new Map<number, Ask | undefined>();
    for (const link of this.#links.values())
      for (const ask of link.asks) single.set(ask.chunk, single.has(ask.chunk) ? undefined : ask);
    for (const ask of single.values()) {
      if (ask === undefined) continue;
      const due = ask.at + ENDGAME_AFTER;
      if (due > now) {
        this.lookAt = Math.min(this.lookAt ?? Infinity, due);
        continue;
      }
      this.lookAt = Math.min(this.lookAt ?? Infinity, now + ENDGAME_LOOK);
      if (this.#free < this.#least) continue;
      const others = usable.filter(({ asks }) => !asks.includes(ask));
      const other = leastAsked(others, ask.chunk);
      if (other !== undefined) this.#request(other, ask.chunk, now);
    }
  }

  /** Nothing more is to be asked for: what is free of the line goes to what is under way, once that doubles a rate. */
  #widen(): void {
    let [count, slowest] = [0, Infinity];
    for (const { asks } of this.#links.values())
      for (const { rate } of asks) {
        count++;
        slowest = Math.min(slowest, rate);
      }
    const more = Math.floor(this.#free / count);
    if (count === 0 || more < slowest) return;
    for (const { endpoint, asks } of this.#links.values())
      for (const ask of asks) {
        const { chunk } = ask;
        ask.rate += more;
        this.#free -= more;
        this.#post({ kind: 'rate', from: this.#options.endpoint, to: endpoint, chunk, rate: ask.rate });
      }
  }

  #release(ask: Ask): void {
    this.#free += ask.rate;
    if (this.#rarity === undefined || this.#chunks.has(ask.chunk) || !this.#chunks.inWindow(ask.chunk))
      return;
    for (const link of this.#links.values()) if (link.asks.some(({ chunk }) => chunk === ask.chunk)) return;
    this.#rarity.put(ask.chunk % this.#chunks.size);
  }

  #count(link: Link, by: 1 | -1): void {
    const { base, size } = this.#chunks;
    if (this.#rarity === undefined || link.theirs.count === 0) return;
    for (let chunk = base; chunk < base + size; chunk++)
      if (link.theirs.has(chunk)) this.#rarity.change(chunk % size, by);
  }

  #post(message: LinkMessage): void {
    this.#options.post(message);
  }
}

/** Who of those that hold the chunk has the fewest requests of ours; of these, who holds the fewest chunks. */
function leastAsked(links: readonly Link[], chunk: number): Link | undefined {
  let best: Link | undefined;
  for (const link of links) {
    if (!link.theirs.has(chunk)) continue;
    const fewer = best === undefined ? -1 : link.asks.length - best.asks.length;
    if (fewer < 0 || (fewer === 0 && link.theirs.count < (best?.theirs.count ?? 0))) best = link;
  }
  return best;
}
