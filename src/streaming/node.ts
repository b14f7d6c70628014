/**
 * One peer's streaming side: links to listed peers, finite upload and download, chunks. Time-stepped; whoever
 * hosts it delivers the messages it posts and calls `step` a few times a second.
 */
import { rarest } from './choose.ts';
import { Chunks } from './chunks.ts';
import type { Endpoint, LinkMessage } from './link-message.ts';
import { newLink, type Link } from './link.ts';
import type { NodeOptions } from './options.ts';
import { serve } from './upload.ts';

export type { NodeOptions } from './options.ts';

/** Chunks asked for at a time, over all links; the download limit is split over them. */
const PARALLEL_REQUESTS = 8;
/** Milliseconds until an unanswered hello counts as refused, and a chunk that did not come is asked elsewhere. */
const HELLO_TIMEOUT = 3000;
const CHUNK_TIMEOUT = 20_000;
/** Milliseconds of silence after which the other end is taken for gone: a crash says no good-bye. */
const IDLE_TIMEOUT = 45_000;
/** Time constant of the rates shown, in seconds. */
const SMOOTHING = 3;
/** Links that a peer opens beyond its number to get at a chunk that no neighbour has. */
const SPARE_LINKS = 2;
/** Candidates remembered from lists. */
const MAX_CANDIDATES = 60;

export class StreamingNode {
  readonly options: NodeOptions;
  readonly chunks: Chunks;
  readonly links = new Map<Endpoint, Link>();
  uploadedBytes = 0;
  downloadedBytes = 0;
  /** Bytes/s, smoothed. */
  uploadRate = 0;
  downloadRate = 0;
  /** Hellos that found nobody: listed peers that were gone. */
  deadCandidates = 0;
  #candidates = new Map<Endpoint, string>();
  #received = 0;
  #steppedAt: number | undefined;

  constructor(options: NodeOptions) {
    this.options = options;
    this.chunks = new Chunks(options.chunks);
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
      this.#candidates.size === 0
    );
  }

  /**
   * The first missing chunk that no neighbour holds either; undefined without a neighbour, when anybody will do,
   * and live, where all wait for the newest.
   */
  get lacks(): number | undefined {
    if (this.options.chunkSeconds !== undefined) return undefined;
    const open = [...this.links.values()].filter((link) => link.open).map(({ theirs }) => theirs);
    return open.length === 0 ? undefined : this.chunks.firstLacking(open);
  }

  /** A random part of the chunks, for a peer that is already on its way when the run begins. */
  preload(share: number): void {
    for (let chunk = this.chunks.base; chunk < this.chunks.base + this.chunks.size; chunk++)
      if (this.options.random() < share) this.chunks.add(chunk);
  }

  /** Peers of a list the tracker gave. */
  learn(peers: readonly { readonly endpoint: Endpoint; readonly peerId: string }[]): void {
    for (const { endpoint, peerId } of peers) {
      if (this.#candidates.size >= MAX_CANDIDATES) return;
      if (endpoint !== this.options.endpoint && !this.links.has(endpoint))
        this.#candidates.set(endpoint, peerId);
    }
  }

  /**
   * When the next thing is due, in milliseconds of the clock that `step` is given, fractional; undefined: nothing,
   * until something is received or learnt. Read it anew after every call. A time in the past: at once.
   */
  get wakeAt(): number | undefined {
    if (this.idle) return undefined;
    return (this.#steppedAt ?? 0) + 250;
  }

  /** Nothing is under way: it may be forgotten, and made anew from what it holds. */
  get idle(): boolean {
    return this.complete && this.links.size === 0 && !this.options.source;
  }

  step(now: number, seconds: number): void {
    this.#steppedAt = now;
    this.#followStream(now);
    this.#upload(seconds);
    this.#dropSilent(now);
    if (!this.complete && !this.options.source) {
      this.#openLinks(now);
      this.#ask(now);
    }
    const weight = Math.min(1, seconds / SMOOTHING);
    this.downloadRate += (this.#received / seconds - this.downloadRate) * weight;
    this.#received = 0;
  }

  receive(message: LinkMessage, now: number): void {
    const link = this.links.get(message.from);
    if (link !== undefined) link.heard = now;
    switch (message.kind) {
      case 'hello':
        this.#hello(message, now);
        return;
      case 'welcome':
        if (link === undefined || !link.ours) return;
        link.open = true;
        link.handle = message.fromHandle;
        link.theirs.copy(message.base, message.have);
        if (this.complete && link.theirs.complete) this.#close(link);
        return;
      case 'refuse':
        if (link === undefined) return;
        if (!link.open) this.deadCandidates++;
        this.links.delete(message.from);
        return;
      case 'have':
        link?.theirs.follow(message.chunk);
        link?.theirs.add(message.chunk);
        // Two that have everything have nothing to say to each other.
        if (link !== undefined && this.complete && link.theirs.complete) this.#close(link);
        return;
      case 'request':
        if (link?.open === true && this.chunks.has(message.chunk) && message.rate > 0)
          link.wanted.set(message.chunk, { left: this.options.chunkBytes, rate: message.rate });
        return;
      case 'piece':
        if (link !== undefined) link.servedAt = now;
        this.#piece(link, message.chunk);
        return;
      case 'bye':
        this.links.delete(message.from);
        return;
      default:
        message satisfies never;
    }
  }

  /** Says good-bye to all neighbours. */
  leave(): void {
    for (const link of this.links.values()) this.#close(link);
  }

  #post(to: Endpoint, message: Omit<Extract<LinkMessage, { kind: 'bye' | 'refuse' }>, 'from' | 'to'>): void {
    this.options.post({ ...message, from: this.options.endpoint, to });
  }

  #close(link: Link): void {
    this.links.delete(link.endpoint);
    this.#post(link.endpoint, { kind: 'bye' });
  }

  #newLink(endpoint: Endpoint, ours: boolean, now: number): Link {
    const link = newLink(endpoint, ours, now, this.chunks);
    this.links.set(endpoint, link);
    return link;
  }

  #hello(message: Extract<LinkMessage, { kind: 'hello' }>, now: number): void {
    const { endpoint, peerId, handle, swarm, maxLinks } = this.options;
    const known = this.links.get(message.from);
    // Two that greet each other at once: the hello of the smaller endpoint stands.
    if (known !== undefined && !known.open && endpoint < message.from) return;
    // Twice the links it opens itself: room for the others' half, so that newcomers find a place.
    const full = known === undefined && this.links.size >= 2 * maxLinks;
    if (message.toPeer !== peerId || message.swarm !== swarm || full) {
      this.#post(message.from, { kind: 'refuse' });
      return;
    }
    const link = this.#newLink(message.from, false, now);
    link.open = true;
    link.handle = message.fromHandle;
    link.theirs.copy(message.base, message.have);
    this.options.post({
      kind: 'welcome',
      from: endpoint,
      to: message.from,
      fromHandle: handle,
      base: this.chunks.base,
      have: this.chunks.held.slice(),
    });
  }

  #piece(link: Link | undefined, chunk: number): void {
    if (link === undefined || !link.asked.delete(chunk)) return;
    this.downloadedBytes += this.options.chunkBytes;
    this.#received += this.options.chunkBytes;
    if (!this.chunks.add(chunk)) return;
    this.#announce(chunk);
    if (!this.complete) return;
    for (const other of this.links.values()) if (other.theirs.complete) this.#close(other);
  }

  #announce(chunk: number): void {
    for (const link of this.links.values())
      if (link.open && !link.theirs.has(chunk))
        this.options.post({ kind: 'have', from: this.options.endpoint, to: link.endpoint, chunk });
  }

  /** Live: the window ends at the chunk that the source has just finished. */
  #followStream(now: number): void {
    const { chunkSeconds, source } = this.options;
    if (chunkSeconds === undefined) return;
    // The stream began one window before the run, so that there is something to watch at once.
    const base = Math.floor(now / 1000 / chunkSeconds);
    if (base > this.chunks.base) {
      this.chunks.advance(base);
      for (const link of this.links.values()) {
        // Theirs may be ahead: clocks of two workers differ a little.
        if (base > link.theirs.base) link.theirs.advance(base);
        for (const chunk of link.asked.keys()) if (chunk < base) link.asked.delete(chunk);
        for (const chunk of link.wanted.keys()) if (chunk < base) link.wanted.delete(chunk);
      }
    }
    if (!source) return;
    for (let chunk = base; chunk < base + this.chunks.size; chunk++)
      if (this.chunks.add(chunk)) this.#announce(chunk);
  }

  #upload(seconds: number): void {
    const { upload, endpoint, post } = this.options;
    const sent = serve(this.links.values(), upload * seconds, seconds, (link, chunk) => {
      link.theirs.add(chunk);
      // Round robin: who was served goes to the end of the line.
      this.links.delete(link.endpoint);
      this.links.set(link.endpoint, link);
      post({ kind: 'piece', from: endpoint, to: link.endpoint, chunk });
    });
    this.uploadedBytes += sent;
    this.uploadRate += (sent / seconds - this.uploadRate) * Math.min(1, seconds / SMOOTHING);
  }

  #dropSilent(now: number): void {
    for (const link of this.links.values()) {
      if (!link.open && now - link.since > HELLO_TIMEOUT) {
        this.deadCandidates++;
        this.links.delete(link.endpoint);
        continue;
      }
      if (now - link.heard > IDLE_TIMEOUT) {
        this.#close(link);
        continue;
      }
      for (const asked of link.asked.values()) {
        if (now - Math.max(asked, link.servedAt) <= CHUNK_TIMEOUT) continue;
        // A neighbour that let a chunk go unserved for so long is gone or swamped: look for another.
        this.#close(link);
        break;
      }
    }
  }

  #openLinks(now: number): void {
    if (this.#candidates.size === 0) return;
    const most = this.options.maxLinks + (this.lacks === undefined ? 0 : SPARE_LINKS);
    for (const [endpoint, peerId] of this.#candidates) {
      if (this.links.size >= most) return;
      this.#candidates.delete(endpoint);
      if (this.links.has(endpoint)) continue;
      this.#newLink(endpoint, true, now);
      this.options.post({
        kind: 'hello',
        from: this.options.endpoint,
        to: endpoint,
        fromPeer: this.options.peerId,
        fromHandle: this.options.handle,
        toPeer: peerId,
        swarm: this.options.swarm,
        base: this.chunks.base,
        have: this.chunks.held.slice(),
      });
    }
  }

  /** Rarest first among the neighbours, ties by lot; each from the neighbour asked least. */
  #ask(now: number): void {
    const asked = new Set<number>();
    for (const link of this.links.values()) for (const chunk of link.asked.keys()) asked.add(chunk);
    if (asked.size >= PARALLEL_REQUESTS) return;
    const open = [...this.links.values()].filter((link) => link.open);
    while (asked.size < PARALLEL_REQUESTS) {
      const chunk = rarest(this.chunks, asked, open, this.options.random);
      if (chunk === undefined) return;
      let from: Link | undefined;
      for (const link of open)
        if (link.theirs.has(chunk) && (from === undefined || link.asked.size < from.asked.size)) from = link;
      if (from === undefined) return;
      from.asked.set(chunk, now);
      asked.add(chunk);
      this.options.post({
        kind: 'request',
        from: this.options.endpoint,
        to: from.endpoint,
        chunk,
        rate: this.options.download / PARALLEL_REQUESTS,
      });
    }
  }
}
