/** What the inspector needs of an exchange, besides what is to be said of its messages. */
import type { RecordedExchange } from '../workers/messages.ts';

export { FORMS, bytesOf, recordOfSimulated, secretSpans, snippetIn } from '../workers/client.ts';
export type { Form, Snippet } from '../workers/client.ts';
export type { RecordedExchange, RecordedMessage } from '../workers/messages.ts';

/** What tells which exchanges belong together: a record has it, and so has a row of the wire view. */
export type Comparable = Pick<RecordedExchange, 'id' | 'time' | 'attempt'> & {
  readonly peerId?: string | undefined;
  readonly transactionId?: string | undefined;
  readonly method?: string | undefined;
};

export interface Found<One> {
  readonly name: string;
  readonly one: One;
  /** Another try of the same request: the peer must repeat it byte for byte. */
  readonly retry: boolean;
}

/**
 * What an exchange is best compared with, among others in whatever order: the try before it (else the one after), what
 * its peer asked before, and the latest earlier one of the same method by anybody.
 */
export function comparableWith<One extends Comparable>(
  exchange: Comparable,
  others: Iterable<One>,
): Found<One>[] {
  const latest = new Latest<One>();
  const { peerId, transactionId, method, attempt } = exchange;
  for (const one of others) {
    if (one.id === exchange.id) continue;
    const ofPeer = peerId !== undefined && one.peerId === peerId;
    const same = ofPeer && transactionId !== undefined && one.transactionId === transactionId;
    const earlier = one.time < exchange.time || (one.time === exchange.time && one.id < exchange.id);
    if (same && one.attempt === attempt - 1) latest.take('The try before', one);
    else if (same && one.attempt === attempt + 1) latest.take('The next try', one);
    if (!earlier) continue;
    if (ofPeer && !same) latest.take('This peer’s request before', one);
    if (ofPeer && !same && method !== undefined && one.method === method)
      latest.take(`This peer’s ${method} before`, one);
    if (!ofPeer && method !== undefined && one.method === method)
      latest.take(`The latest ${method} before, of another peer`, one);
  }
  return latest.found();
}

class Latest<One extends Comparable> {
  readonly #byName = new Map<string, One>();

  take(name: string, one: One): void {
    const before = this.#byName.get(name);
    if (before === undefined || one.time > before.time) this.#byName.set(name, one);
  }

  /** Retries first; no exchange twice. */
  found(): Found<One>[] {
    const all = [...this.#byName].map(([name, one]) => ({ name, one, retry: / try( |$)/.test(name) }));
    return all
      .filter(({ one }, index) => all.findIndex((other) => other.one.id === one.id) === index)
      .toSorted((a, b) => Number(b.retry) - Number(a.retry));
  }
}
