/**
 * Keeping up the overlay: whom to try, whom to give up. A link ends when its hello is not answered, when the other end
 * has been silent for long, and when a chunk does not come; beyond that, a peer with as many links as it may open and
 * others to try gives one up every `replaceEvery` seconds: the one it got least from (`worst`), or any (`random`).
 */
import type { Endpoint } from './link-message.ts';
import type { Link } from './link.ts';
import type { NodeOptions } from './options.ts';
import { PARALLEL } from './asking.ts';

/** Milliseconds until an unanswered hello counts as refused. */
const HELLO_TIMEOUT = 3000;
/** Milliseconds until a chunk that did not come is asked elsewhere: at least. */
const CHUNK_TIMEOUT = 20_000;
/** So many times what a chunk takes at the least rate it is asked for. */
const PATIENCE = 4;
/** Milliseconds of silence after which the other end is taken for gone: a crash says no good-bye. */
const IDLE_TIMEOUT = 45_000;
/** Milliseconds between two looks, at least: a time-out is noticed so late at most. */
const LOOK = 1000;
/** Candidates remembered from lists. */
const MAX_CANDIDATES = 60;
/** Seconds. */
const REPLACE_EVERY = 30;

export class Overlay {
  /** Listed peers not tried yet, and the peer IDs promised there. */
  readonly candidates = new Map<Endpoint, string>();
  /** Milliseconds; no time-out is due before. */
  lookAt = Infinity;
  /** Milliseconds; when a link is given up next. */
  replaceAt: number | undefined;
  readonly #options: NodeOptions;
  readonly #patience: number;
  /** Peers that served polluted chunks. */
  #banned: Set<Endpoint> | undefined;

  constructor(options: NodeOptions) {
    this.#options = options;
    this.#patience = Math.max(
      CHUNK_TIMEOUT,
      (PATIENCE * PARALLEL * 1000 * options.chunkBytes) / Math.max(1, options.download),
    );
  }

  ban(endpoint: Endpoint): void {
    (this.#banned ??= new Set()).add(endpoint);
  }

  isBanned(endpoint: Endpoint): boolean {
    return this.#banned?.has(endpoint) ?? false;
  }

  learn(endpoint: Endpoint, peerId: string): void {
    if (this.candidates.size < MAX_CANDIDATES && !this.isBanned(endpoint))
      this.candidates.set(endpoint, peerId);
  }

  /** A hello was sent, or answered. */
  watch(now: number): void {
    this.lookAt = Math.min(this.lookAt, now + HELLO_TIMEOUT);
  }

  /** Which links are to end at `now`; `lookAt` is when to look again. */
  overdue(links: Iterable<Link>, now: number): Link[] {
    const ending: Link[] = [];
    let next = Infinity;
    for (const link of links) {
      let due = link.open
        ? link.heard + Math.max(IDLE_TIMEOUT, 2 * this.#patience)
        : link.since + HELLO_TIMEOUT;
      for (const { at } of link.asks) due = Math.min(due, Math.max(at, link.servedAt) + this.#patience);
      if (due <= now) ending.push(link);
      else next = Math.min(next, due);
    }
    // What is asked later than now cannot be overdue before then.
    this.lookAt = Math.max(Math.min(next, now + this.#patience), now + LOOK);
    return ending;
  }

  /** The link to give up for a new one, if it is time for it. */
  replaced(links: Iterable<Link>, now: number): Link | undefined {
    const { replace = 'silent', replaceEvery = REPLACE_EVERY, random } = this.#options;
    if (replace === 'silent') return undefined;
    const every = replaceEvery * 1000;
    // Not all at the same moment.
    this.replaceAt ??= now + every * (0.5 + random());
    if (this.replaceAt > now) return undefined;
    this.replaceAt = now + every;
    // Who came only just now had no time to show what it is worth.
    const old: Link[] = [];
    for (const link of links) if (link.open && link.ours && now - link.since >= every / 2) old.push(link);
    if (this.candidates.size === 0) return undefined;
    const victim =
      replace === 'random'
        ? old[Math.floor(random() * old.length)]
        : old.reduce<Link | undefined>(
            (worst, link) => (worst && worst.given <= link.given ? worst : link),
            undefined,
          );
    for (const link of old) link.given = 0;
    return victim;
  }
}
