/**
 * One peer's streaming side: links to listed peers, finite upload and download, chunks, playback. Driven by events:
 * whoever hosts it delivers the messages it posts and calls `step` when `wakeAt` says so (virtual clock), or a few times
 * a second (real clock); between two calls progress is exact, so both come to the same within a step.
 */
import { Asking } from './asking.ts';
import { Choking } from './choking.ts';
import { Chunks } from './chunks.ts';
import type { Endpoint, LinkMessage } from './link-message.ts';
import { newLink, type Link, type Want } from './link.ts';
import { News } from './news.ts';
import type { NodeOptions } from './options.ts';
import { Overlay } from './overlay.ts';
import { Playback } from './playback.ts';
import { Uplink } from './uplink.ts';

export type { NodeOptions } from './options.ts';

/** Time constant of the rates shown, in seconds. */
const SMOOTHING = 3;
/** Links that a peer opens beyond its number to get at a chunk that no neighbour has. */
const SPARE_LINKS = 2;
/** Polluted chunks from one neighbour after which nothing is asked of it any more. */
const BAN_AFTER = 3;

type Said<Kind extends LinkMessage['kind']> = Omit<Extract<LinkMessage, { kind: Kind }>, 'from' | 'to'>;

export class StreamingNode {
  readonly options: NodeOptions;
  readonly chunks: Chunks;
  readonly links = new Map<Endpoint, Link>();
  uploadedBytes = 0;
  /** All that came, thrown away or not. */
  downloadedBytes = 0;
  /** Bytes sent of chunks that were given up half-way, and bytes that came and were polluted or not new. */
  abortedBytes = 0;
  wastedBytes = 0;
  /** Bytes/s, smoothed. */
  uploadRate = 0;
  downloadRate = 0;
  /** Hellos that found nobody: listed peers that were gone. */
  deadCandidates = 0;
  /** Once something is played. */
  playback: Playback | undefined;
  readonly #uplink: Uplink;
  readonly #asking: Asking;
  readonly #overlay: Overlay;
  readonly #news = new News();
  #choking: Choking | undefined;
  /** Links opened by us, answered or not. */
  #ours = 0;
  #received = 0;
  /** Up to when all is accounted for, in milliseconds. */
  #at: number | undefined;

  constructor(options: NodeOptions) {
    this.options = options;
    this.chunks = new Chunks(options.chunks);
    this.#uplink = new Uplink(options.upload, options.chunkBytes, (want) => this.#sent(want));
    this.#asking = new Asking(options, this.chunks, this.links);
    this.#overlay = new Overlay(options);
  }

  /** Share of the chunks held, 0 to 1. */
  get share(): number {
    return this.chunks.count / this.chunks.size;
  }

  get complete(): boolean {
    return this.options.chunkSeconds === undefined && this.chunks.complete;
  }

  get openLinks(): number {
    let open = 0;
    for (const link of this.links.values()) if (link.open) open++;
    return open;
  }

  /** Fewer links than half of what it may keep, and nobody left to try. */
  get shortOfNeighbours(): boolean {
    return (
      !this.complete &&
      this.links.size < Math.max(1, this.options.maxLinks / 2) &&
      this.#overlay.candidates.size === 0
    );
  }

  /**
   * The first missing chunk that no neighbour holds either; undefined without a neighbour, when anybody will do,
   * and live, where all wait for the newest.
   */
  get lacks(): number | undefined {
    if (this.options.chunkSeconds !== undefined || this.openLinks === 0) return undefined;
    return this.#asking.lacks;
  }

  /**
   * When the next thing is due, in milliseconds of the clock that `step` is given, fractional; undefined: nothing,
   * until something is received or learnt. Read it anew after every call. A time in the past: at once.
   */
  get wakeAt(): number | undefined {
    if (this.idle) return undefined;
    const at = this.#at ?? 0;
    if (this.#wantsLinks && this.#overlay.candidates.size > 0) return at;
    const { chunkSeconds } = this.options;
    let next = at + this.#uplink.soonest * 1000;
    next = Math.min(next, this.#news.dueAt ?? Infinity, this.playback?.wakeAt ?? Infinity);
    if (chunkSeconds !== undefined) next = Math.min(next, (this.chunks.base + 1) * chunkSeconds * 1000);
    if (this.links.size > 0) {
      const full = !this.complete && this.#ours >= this.options.maxLinks;
      const replaceAt = full ? this.#overlay.replaceAt : undefined;
      next = Math.min(next, this.#overlay.lookAt, this.#choking?.nextAt ?? Infinity, replaceAt ?? Infinity);
      next = Math.min(next, this.#asking.lookAt ?? Infinity);
    }
    return next === Infinity ? undefined : next;
  }

  /** Nothing is under way: it may be forgotten, and made anew from what it holds. */
  get idle(): boolean {
    const played = this.playback === undefined || this.playback.endedAt !== undefined;
    return this.complete && this.links.size === 0 && !this.options.source && played;
  }

  /** A random part of the chunks, for a peer that is already on its way when the run begins. */
  preload(share: number): void {
    if (share >= 1) this.chunks.fill();
    else
      for (let chunk = this.chunks.base; chunk < this.chunks.base + this.chunks.size; chunk++)
        if (this.options.random() < share) this.chunks.add(chunk);
  }

  /** Peers of a list the tracker gave. */
  learn(peers: readonly { readonly endpoint: Endpoint; readonly peerId: string }[]): void {
    for (const { endpoint, peerId } of peers)
      if (endpoint !== this.options.endpoint && !this.links.has(endpoint))
        this.#overlay.learn(endpoint, peerId);
  }

  /**
   * Everything due by `now`, in milliseconds. `seconds`: how much time it stands for at most; less than has passed
   * where a clock stood still.
   */
  step(now: number, seconds: number): void {
    this.#at ??= now - seconds * 1000;
    this.#pass(now, seconds);
    if (this.#overlay.lookAt <= now)
      for (const link of this.#overlay.overdue(this.links.values(), now)) {
        if (link.open) this.#close(link);
        else this.#failed(link, 'silent');
      }
    if (this.#choking !== undefined && this.#choking.nextAt <= now) this.#choose(this.#choking, now);
    if (!this.complete && this.#ours >= this.options.maxLinks) {
      const replaced = this.#overlay.replaced(this.links.values(), now);
      if (replaced !== undefined) this.#close(replaced);
    }
    this.#tend(now);
  }

  receive(message: LinkMessage, now: number): void {
    this.#pass(now, Infinity);
    const link = this.links.get(message.from);
    if (link !== undefined) link.heard = now;
    if (message.kind === 'hello') this.#hello(message, now);
    else if (link !== undefined) this.#hear(link, message, now);
    this.#tend(now);
  }

  /** Says good-bye to all neighbours. */
  leave(): void {
    for (const link of this.links.values()) this.#close(link);
  }

  #hear(link: Link, message: Exclude<LinkMessage, { kind: 'hello' }>, now: number): void {
    switch (message.kind) {
      case 'welcome':
        if (!link.ours || link.open) return;
        link.theirs.copy(message.base, message.have);
        link.choked = message.choked;
        this.#opened(link, message.fromHandle, now);
        return;
      case 'refuse':
        if (link.open) this.#forget(link);
        else this.#failed(link, 'refused');
        return;
      case 'have':
        for (const chunk of message.chunks) this.#asking.has(link, chunk);
        this.#partIfBothHaveAll(link);
        return;
      case 'request':
        this.#asked(link, message.chunk, message.rate);
        return;
      case 'rate':
        if (message.rate > 0) this.#uplink.change(link, message.chunk, message.rate);
        return;
      case 'cancel':
        this.abortedBytes += this.#uplink.cancel(link, message.chunk);
        return;
      case 'piece':
        this.#piece(link, message.chunk, message.good, now);
        return;
      case 'choke':
        link.choked = true;
        this.#asking.dropped(link, message.dropped);
        return;
      case 'unchoke':
        link.choked = false;
        return;
      case 'bye':
        this.#forget(link);
        return;
      default:
        message satisfies never;
    }
  }

  /** Lets time pass up to `now`, for at most so many seconds. */
  #pass(now: number, most: number): void {
    if (this.#at === undefined) this.#at = now;
    const { playback, source } = this.options;
    // Who has all from the start has seen it.
    if (playback !== undefined && this.playback === undefined && !source && !this.chunks.complete)
      this.playback = this.#player();
    const seconds = Math.min(most, (now - this.#at) / 1000);
    this.#at = now;
    if (seconds > 0) {
      const sent = this.#uplink.advance(seconds);
      this.uploadedBytes += sent;
      const weight = Math.min(1, seconds / SMOOTHING);
      this.uploadRate += (sent / seconds - this.uploadRate) * weight;
      this.downloadRate += (this.#received / seconds - this.downloadRate) * weight;
      this.#received = 0;
    }
    this.#followStream(now);
    this.playback?.advance(now);
  }

  #player(): Playback | undefined {
    const { playback, chunkSeconds, tell } = this.options;
    if (playback === undefined) return undefined;
    return new Playback(this.chunks, chunkSeconds !== undefined, playback, (state, at) =>
      tell?.({ kind: 'playback', state, at }),
    );
  }

  /** After anything that may have made room: new links, new requests, news. */
  #tend(now: number): void {
    this.playback?.advance(now);
    if (!this.complete && !this.options.source) {
      if (this.#wantsLinks) this.#openLinks(now);
      this.#asking.ask(now, this.playback?.playhead);
    }
    const news = this.#news.take(now);
    if (news.length === 0) return;
    for (const link of this.links.values()) {
      const lacking = link.theirs.complete ? [] : news.filter((chunk) => !link.theirs.has(chunk));
      if (lacking.length > 0) this.#say(link.endpoint, { kind: 'have', chunks: lacking });
    }
    this.#offerPlaces(now);
  }

  #say(to: Endpoint, message: Said<'bye' | 'refuse' | 'unchoke'> | Said<'have'> | Said<'choke'>): void {
    this.options.post({ ...message, from: this.options.endpoint, to });
  }

  #close(link: Link): void {
    this.#forget(link);
    this.#say(link.endpoint, { kind: 'bye' });
  }

  #failed(link: Link, why: 'refused' | 'silent'): void {
    this.deadCandidates++;
    this.#forget(link);
    this.options.tell?.({ kind: 'failed', endpoint: link.endpoint, why });
  }

  #forget(link: Link): void {
    if (this.links.get(link.endpoint) !== link) return;
    this.links.delete(link.endpoint);
    if (link.ours) this.#ours--;
    this.abortedBytes += this.#uplink.drop(link);
    this.#asking.closed(link);
    if (link.open && link.ours && link.handle !== undefined)
      this.options.tell?.({ kind: 'link', handle: link.handle, open: false });
  }

  #newLink(endpoint: Endpoint, ours: boolean, now: number): Link {
    const link = newLink(endpoint, ours, now, this.chunks);
    const { incentive } = this.options;
    if (incentive === 'tit-for-tat') {
      this.#choking ??= new Choking(now);
      link.choked = true;
      link.choking = true;
    }
    this.links.set(endpoint, link);
    if (ours) this.#ours++;
    this.#overlay.watch(now);
    return link;
  }

  #opened(link: Link, handle: number, now: number): void {
    link.open = true;
    link.handle = handle;
    if (!this.options.source) this.#asking.opened(link);
    if (link.ours) this.options.tell?.({ kind: 'link', handle, open: true });
    this.#partIfBothHaveAll(link);
    this.#offerPlaces(now);
  }

  /** Two that have everything have nothing to say to each other; nor has a free-rider that has everything. */
  #partIfBothHaveAll(link: Link): void {
    if (this.complete && (link.theirs.complete || this.options.behaviour === 'free-rider')) this.#close(link);
  }

  /** What others see of what it holds. */
  #shown(): Uint8Array<ArrayBuffer> {
    return this.options.behaviour === 'free-rider' ? new Uint8Array(0) : this.chunks.share();
  }

  #hello(message: Extract<LinkMessage, { kind: 'hello' }>, now: number): void {
    const { endpoint, peerId, handle, swarm, maxLinks, behaviour, precedes } = this.options;
    const known = this.links.get(message.from);
    // Two that greet each other at once: one hello stands, and both know which.
    if (known !== undefined && !known.open && (precedes?.(message.from) ?? endpoint < message.from)) return;
    // Twice the links it opens itself: room for the others' half, so that newcomers find a place.
    const full = known === undefined && this.links.size >= 2 * maxLinks;
    const unwanted = this.#overlay.isBanned(message.from) || (behaviour === 'free-rider' && this.complete);
    if (message.toPeer !== peerId || message.swarm !== swarm || full || unwanted) {
      this.#say(message.from, { kind: 'refuse' });
      return;
    }
    if (known !== undefined) this.#forget(known);
    const link = this.#newLink(message.from, false, now);
    link.theirs.copy(message.base, message.have);
    this.options.post({
      kind: 'welcome',
      from: endpoint,
      to: message.from,
      fromHandle: handle,
      base: this.chunks.base,
      have: this.#shown(),
      choked: link.choking,
    });
    this.#opened(link, message.fromHandle, now);
  }

  #asked(link: Link, chunk: number, rate: number): void {
    if (!link.open || !this.chunks.has(chunk) || !(rate > 0) || this.options.behaviour === 'free-rider')
      return;
    if (link.choking) this.#say(link.endpoint, { kind: 'choke', dropped: [chunk] });
    else this.#uplink.request(link, chunk, rate);
  }

  #sent({ link, chunk }: Want): void {
    const good = this.options.behaviour !== 'polluter';
    if (good) this.#asking.has(link, chunk);
    this.options.post({ kind: 'piece', from: this.options.endpoint, to: link.endpoint, chunk, good });
  }

  #piece(link: Link, chunk: number, good: boolean, now: number): void {
    const { chunkBytes, tell, behaviour } = this.options;
    link.servedAt = now;
    link.received += chunkBytes;
    link.given += chunkBytes;
    this.downloadedBytes += chunkBytes;
    this.#received += chunkBytes;
    const isNew = this.#asking.came(link, chunk, good);
    if (!isNew) this.wastedBytes += chunkBytes;
    if (link.handle !== undefined) tell?.({ kind: 'chunk', handle: link.handle, chunk, good });
    if (!good && ++link.bad >= BAN_AFTER) {
      this.#overlay.ban(link.endpoint);
      this.#close(link);
      if (link.handle !== undefined) tell?.({ kind: 'banned', handle: link.handle });
    }
    if (!isNew) return;
    if (behaviour !== 'free-rider') this.#news.add(chunk);
    if (this.complete) for (const other of this.links.values()) this.#partIfBothHaveAll(other);
  }

  /** Live: the window ends at the chunk that the source has just finished. */
  #followStream(now: number): void {
    const { chunkSeconds, source } = this.options;
    if (chunkSeconds === undefined) return;
    // The stream began one window before the run, so that there is something to watch at once.
    let base = Math.floor(now / 1000 / chunkSeconds);
    if ((base + 1) * chunkSeconds * 1000 <= now) base++;
    const before = this.chunks.base;
    if (base > before) {
      this.chunks.advance(base);
      // Theirs may be ahead: clocks of two workers differ a little.
      for (const { theirs } of this.links.values()) if (base > theirs.base) theirs.advance(base);
      this.abortedBytes += this.#uplink.dropBefore(base);
      this.#asking.moved(before);
    }
    if (!source || this.chunks.complete) return;
    for (let chunk = this.chunks.base; chunk < this.chunks.base + this.chunks.size; chunk++)
      if (this.chunks.add(chunk)) this.#news.add(chunk);
  }

  #choose(choking: Choking, now: number): void {
    const { random } = this.options;
    const served = choking.choose(this.links.values(), this.chunks, this.complete, random, now);
    for (const link of this.links.values()) {
      if (served.has(link)) this.#unchoke(link, now);
      else if (!link.choking) {
        link.choking = true;
        this.#say(link.endpoint, { kind: 'choke', dropped: this.#uplink.dropWaiting(link) });
      }
    }
  }

  #unchoke(link: Link, now: number): void {
    if (!link.choking) return;
    link.choking = false;
    link.unchokedAt = now;
    this.#say(link.endpoint, { kind: 'unchoke' });
  }

  /** A place that is free is not kept free until the next round. */
  #offerPlaces(now: number): void {
    if (this.#choking === undefined) return;
    let places = this.#choking.places(this.links.values(), this.chunks);
    for (const link of this.links.values()) {
      if (places <= 0) return;
      if (!link.open || !link.choking || !this.chunks.offers(link.theirs)) continue;
      places--;
      this.#unchoke(link, now);
    }
  }

  get #wantsLinks(): boolean {
    if (this.complete || this.options.source) return false;
    const { maxLinks } = this.options;
    const spare = this.options.chunkSeconds === undefined && this.#asking.lacksAny ? SPARE_LINKS : 0;
    return this.#ours < maxLinks + spare && this.links.size < 2 * maxLinks;
  }

  #openLinks(now: number): void {
    const { endpoint, peerId, handle, swarm, reaches } = this.options;
    for (const [to, toPeer] of this.#overlay.candidates) {
      if (!this.#wantsLinks) return;
      this.#overlay.candidates.delete(to);
      if (this.links.has(to)) continue;
      this.#newLink(to, true, now);
      // What does not get through the NATs is lost without a word.
      if (reaches?.(to) === false) continue;
      const { base } = this.chunks;
      this.options.post({
        ...{ kind: 'hello', from: endpoint, to, fromPeer: peerId, fromHandle: handle, toPeer, swarm },
        ...{ base, have: this.#shown() },
      });
    }
  }
}
