/**
 * What the composer sends, the tracker's events tell of once more: each request that it announced is passed over once
 * when it is told again.
 */
import { bytesOf } from '../../recording/record.ts';
import type { RecordedMessage } from '../../recording/record.ts';

/** Characters of a request that are looked at, fewer than an event holds (src/node/exchange-line.ts). */
const LOOKED_AT = 8 * 1024;
/** Requests remembered at the most: events of a tracker that tells of none are never met. */
const MOST = 2000;

const DECODER = new TextDecoder();
/** Events hold no secrets: what comes from the first one on is not looked at. */
const SECRET = /<(?:[^\s<>/:]+:)?(?:AuthToken|Credentials)\b/i;

const keyOf = (bytes: number, text: string): string => {
  const secret = text.search(SECRET);
  return `${bytes} ${(secret < 0 ? text : text.slice(0, secret)).slice(0, LOOKED_AT)}`;
};

const keyOfSent = ({ body = '', bytes }: RecordedMessage): string =>
  keyOf(bytes, DECODER.decode(bytesOf(body).subarray(0, 4 * LOOKED_AT)));

export class Echoes {
  /** How often each is still to come. */
  readonly #expected = new Map<string, number>();

  /** About to be sent. */
  expect(request: RecordedMessage): void {
    const key = keyOfSent(request);
    this.#expected.set(key, (this.#expected.get(key) ?? 0) + 1);
    for (const [oldest] of this.#expected) {
      if (this.#expected.size <= MOST) return;
      this.#expected.delete(oldest);
    }
  }

  /** It did not get there. */
  giveUp(request: RecordedMessage): void {
    this.#take(keyOfSent(request));
  }

  /** `line`: as told by events. */
  isEcho(line: unknown): boolean {
    if (typeof line !== 'object' || line === null) return false;
    const { request, requestBytes } = line as Readonly<Record<string, unknown>>;
    if (typeof request !== 'string' || typeof requestBytes !== 'number') return false;
    return this.#take(keyOf(requestBytes, request));
  }

  #take(key: string): boolean {
    const count = this.#expected.get(key);
    if (count === undefined) return false;
    if (count > 1) this.#expected.set(key, count - 1);
    else this.#expected.delete(key);
    return true;
  }
}
