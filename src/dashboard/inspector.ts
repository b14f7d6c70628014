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

/** In the order in which they are offered. */
const RELATIONS = [
  'try before',
  'next try',
  'peer before',
  'peer same method',
  'others same method',
] as const;
type Relation = (typeof RELATIONS)[number];

/**
 * What an exchange is best compared with, among others in whatever order: the try before it and the one after, what its
 * peer asked before, and the latest earlier one of the same method by anybody else. No exchange comes twice.
 */
export function comparableWith<One extends Comparable>(
  exchange: Comparable,
  others: Iterable<One>,
): readonly Found<One>[] {
  const latest = new Map<Relation, One>();
  for (const one of others)
    for (const relation of relationsOf(one, exchange))
      if (one.time >= (latest.get(relation)?.time ?? -Infinity)) latest.set(relation, one);
  const found: Found<One>[] = [];
  for (const relation of RELATIONS) {
    const one = latest.get(relation);
    if (one === undefined || found.some((known) => known.one.id === one.id)) continue;
    found.push({
      name: nameOf(relation, exchange),
      one,
      retry: relation === 'try before' || relation === 'next try',
    });
  }
  return found;
}

function relationsOf(one: Comparable, exchange: Comparable): readonly Relation[] {
  const { peerId, transactionId, method, attempt } = exchange;
  if (one.id === exchange.id) return [];
  const ofPeer = peerId !== undefined && one.peerId === peerId;
  if (ofPeer && transactionId !== undefined && one.transactionId === transactionId) {
    if (one.attempt === attempt - 1) return ['try before'];
    if (one.attempt === attempt + 1) return ['next try'];
  }
  const earlier = one.time < exchange.time || (one.time === exchange.time && one.id < exchange.id);
  if (!earlier) return [];
  const sameMethod = method !== undefined && one.method === method;
  if (ofPeer) return sameMethod ? ['peer before', 'peer same method'] : ['peer before'];
  return sameMethod ? ['others same method'] : [];
}

function nameOf(relation: Relation, { method }: Comparable): string {
  switch (relation) {
    case 'try before':
      return 'the try before';
    case 'next try':
      return 'the next try';
    case 'peer before':
      return 'this peer’s request before';
    case 'peer same method':
      return `this peer’s ${method} before`;
    case 'others same method':
      return `the latest ${method} before, of another peer`;
    default:
      return relation satisfies never;
  }
}
