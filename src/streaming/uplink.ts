/**
 * A peer's uplink: fluid max-min fair sharing of `capacity` bytes/s among the chunks being sent, each capped by what
 * its asker can take. Between two events the rates are constant, so progress is exact: they are computed anew when a
 * chunk begins, is through, is given up, or its cap changes. At least `SLOTS` chunks are sent at a time, and more as
 * long as their caps leave some of the line idle; the links take turns, each in the order of its asking.
 */
import type { Link, Want } from './link.ts';
import { shareFairly } from './share.ts';

const SLOTS = 4;
/** Bytes below which a chunk counts as through: times are whole microseconds, and the sums floating-point. */
const CRUMB = 0.5;

export class Uplink {
  /** Bytes/s. */
  readonly #capacity: number;
  readonly #chunkBytes: number;
  readonly #through: (want: Want) => void;
  readonly #sending: Want[] = [];
  /** Links with chunks that wait, in turn. */
  readonly #turn: Link[] = [];
  /** Seconds until the first of those being sent is through, at the rates of now. */
  #soonest = Infinity;

  /** `through` is told of each chunk that is through; it may ask for nothing of the uplink. */
  constructor(capacity: number, chunkBytes: number, through: (want: Want) => void) {
    this.#capacity = capacity;
    this.#chunkBytes = chunkBytes;
    this.#through = through;
  }

  /** Seconds until the next chunk is through; `Infinity`: none is under way. */
  get soonest(): number {
    return this.#soonest;
  }

  /** Asked for twice, a chunk is sent once. `cap`: bytes/s that the asker can take for it. */
  request(link: Link, chunk: number, cap: number): void {
    if (this.#find(link, chunk) !== undefined) return;
    if (link.wants.length === 0) this.#turn.push(link);
    link.wants.push({ link, chunk, left: this.#chunkBytes, cap, rate: 0 });
    if (link.sending === 0) {
      if (this.#fill()) this.#share();
    } else if (!this.#full()) {
      // Its second waits until all who ask at this moment have asked.
      this.#soonest = 0;
    }
  }

  /** The asker can take more, or less; nothing happens when the chunk is through already. */
  change(link: Link, chunk: number, cap: number): void {
    const want = this.#find(link, chunk);
    if (want === undefined) return;
    want.cap = cap;
    if (want.rate > 0) this.#share();
  }

  #find(link: Link, chunk: number): Want | undefined {
    const waiting = link.wants.find((want) => want.chunk === chunk);
    if (waiting !== undefined || link.sending === 0) return waiting;
    return this.#sending.find((want) => want.link === link && want.chunk === chunk);
  }

  /** Takes the chunk back, whether it waits or is being sent. Returns the bytes that were sent of it for nothing. */
  cancel(link: Link, chunk: number): number {
    const waiting = link.wants.findIndex((want) => want.chunk === chunk);
    if (waiting >= 0) {
      link.wants.splice(waiting, 1);
      if (link.wants.length === 0) this.#unqueue(link);
      return 0;
    }
    return this.#giveUp((want) => want.link === link && want.chunk === chunk);
  }

  /** Drops what waits for the link. Returns which chunks these were. */
  dropWaiting(link: Link): number[] {
    if (link.wants.length === 0) return [];
    this.#unqueue(link);
    return link.wants.splice(0).map(({ chunk }) => chunk);
  }

  /** Drops all of a link that has ended. Returns the bytes that were sent for nothing. */
  drop(link: Link): number {
    this.dropWaiting(link);
    return this.#giveUp((want) => want.link === link);
  }

  /** Drops chunks that have left the window. Returns the bytes that were sent for nothing. */
  dropBefore(base: number): number {
    for (const link of [...this.#turn]) {
      const kept = link.wants.filter(({ chunk }) => chunk >= base);
      if (kept.length === link.wants.length) continue;
      link.wants.splice(0, link.wants.length, ...kept);
      if (kept.length === 0) this.#unqueue(link);
    }
    return this.#giveUp((want) => want.chunk < base);
  }

  /** Lets so many seconds pass. Returns the bytes sent. */
  advance(seconds: number): number {
    let sent = 0;
    if (seconds > 0 && this.#turn.length > 0 && this.#fill()) this.#share();
    for (let left = seconds; left > 0 && this.#sending.length > 0;) {
      const span = Math.min(left, this.#soonest);
      left -= span;
      let through = false;
      for (const want of this.#sending) {
        const bytes = Math.min(want.left, want.rate * span);
        want.left -= bytes;
        sent += bytes;
        if (want.left > CRUMB) continue;
        sent += want.left;
        want.left = 0;
        through = true;
      }
      this.#soonest -= span;
      if (!through) {
        // Rounding left a little more than a crumb of what should be through.
        if (this.#soonest <= 0) this.#look();
        continue;
      }
      for (let i = 0; i < this.#sending.length; i++) {
        const want = this.#sending[i];
        if (want?.left !== 0) continue;
        this.#sending.splice(i--, 1);
        want.link.sending--;
        this.#through(want);
      }
      this.#fill();
      this.#share();
    }
    return sent;
  }

  #unqueue(link: Link): void {
    const at = this.#turn.indexOf(link);
    if (at >= 0) this.#turn.splice(at, 1);
  }

  #giveUp(which: (want: Want) => boolean): number {
    let sent = 0;
    let any = false;
    for (let i = this.#sending.length - 1; i >= 0; i--) {
      const want = this.#sending[i];
      if (want === undefined || !which(want)) continue;
      this.#sending.splice(i, 1);
      want.link.sending--;
      sent += this.#chunkBytes - want.left;
      any = true;
    }
    if (any) {
      this.#fill();
      this.#share();
    }
    return sent;
  }

  #full(): boolean {
    if (this.#sending.length < SLOTS) return false;
    let caps = 0;
    for (const { cap } of this.#sending) caps += cap;
    return caps >= this.#capacity;
  }

  /**
   * Whose turn it is: of those of whom the fewest chunks are being sent, who has had the fewest; so a newcomer has
   * something to give to others soon.
   */
  #next(): Link | undefined {
    let at = 0;
    let best = this.#turn[0];
    for (let i = 1; i < this.#turn.length; i++) {
      const link = this.#turn[i];
      if (link === undefined || best === undefined) break;
      if (link.sending > best.sending || (link.sending === best.sending && link.served >= best.served))
        continue;
      at = i;
      best = link;
    }
    this.#turn.splice(at, 1);
    return best;
  }

  /** Begins to send as many as there is room for. False: no new one. */
  #fill(): boolean {
    let begun = false;
    while (this.#turn.length > 0 && !this.#full()) {
      const link = this.#next();
      const want = link?.wants.shift();
      if (link === undefined || want === undefined) continue;
      if (link.wants.length > 0) this.#turn.push(link);
      this.#sending.push(want);
      link.sending++;
      link.served++;
      begun = true;
    }
    return begun;
  }

  #share(): void {
    const rates = new Float64Array(this.#sending.length);
    shareFairly(
      this.#capacity,
      this.#sending.map(({ cap }) => cap),
      rates,
    );
    for (let i = 0; i < rates.length; i++) {
      const want = this.#sending[i];
      if (want !== undefined) want.rate = rates[i] ?? 0;
    }
    this.#look();
  }

  #look(): void {
    this.#soonest = Infinity;
    for (const { left, rate } of this.#sending)
      if (rate > 0) this.#soonest = Math.min(this.#soonest, left / rate);
  }
}
