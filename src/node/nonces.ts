/**
 * Nonces of Digest (RFC 7616 §3.3). One carries its own time under a signature, so that whoever asks for
 * challenges without end takes no memory; only those that a known user has used are remembered, a bounded number.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Milliseconds for which one may be used. */
export const NONCE_LIFE = 5 * 60_000;
/** Nonces in use that are remembered. */
const MAX_USED = 4096;
/** Counts below the highest that may still come: requests sent at once overtake each other. */
const WINDOW = 256;

export class NonceBook {
  readonly #key = randomBytes(32);
  readonly #used = new Map<string, Counts>();
  readonly #max: number;
  /** Nonces made up to then may have been used and forgotten: they begin no more. */
  #floor = Number.NEGATIVE_INFINITY;

  constructor(max = MAX_USED) {
    this.#max = max;
  }

  /** A new one; `now` in milliseconds, never running backwards. */
  issue(now: number): string {
    const head = `${Math.floor(now)}.${randomBytes(16).toString('base64url')}`;
    return `${head}.${this.#sign(head)}`;
  }

  /** Takes note of a use by who has proved to be known. `false`: not of our making, too old, or the count came before. */
  use(nonce: string, count: number, now: number): boolean {
    const issued = this.#issuedAt(nonce);
    if (issued === undefined || now - issued >= NONCE_LIFE) return false;
    let counts = this.#used.get(nonce);
    if (counts === undefined) {
      if (issued <= this.#floor) return false;
      counts = new Counts(issued);
      this.#used.set(nonce, counts);
      this.#forget();
    }
    return counts.take(count);
  }

  #forget(): void {
    if (this.#used.size <= this.#max) return;
    const [oldest] = this.#used;
    if (oldest === undefined) return;
    this.#used.delete(oldest[0]);
    this.#floor = Math.max(this.#floor, oldest[1].issued);
  }

  #issuedAt(nonce: string): number | undefined {
    const [head = '', time = '', signature = ''] =
      /^((-?\d{1,16})\.[\w-]{22})\.([\w-]{43})$/.exec(nonce)?.slice(1) ?? [];
    const [due, sent] = [Buffer.from(this.#sign(head)), Buffer.from(signature)];
    return due.length === sent.length && timingSafeEqual(due, sent) ? Number(time) : undefined;
  }

  #sign(head: string): string {
    return createHmac('sha256', this.#key).update(head).digest('base64url');
  }
}

/** The counts of one nonce: the highest, and which of those shortly below came. */
class Counts {
  readonly issued: number;
  #highest = 0;
  /** Bit i: the count `highest - i` came. */
  #seen = 0n;

  constructor(issued: number) {
    this.issued = issued;
  }

  take(count: number): boolean {
    const above = count - this.#highest;
    if (above > 0) {
      this.#seen = BigInt.asUintN(WINDOW, (this.#seen << BigInt(Math.min(above, WINDOW))) | 1n);
      this.#highest = count;
      return true;
    }
    const bit = 1n << BigInt(Math.min(-above, WINDOW));
    if (-above >= WINDOW || (this.#seen & bit) !== 0n) return false;
    this.#seen |= bit;
    return true;
  }
}
