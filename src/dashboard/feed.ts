/**
 * Per-peer data on its way to the graph: passed on as it came, never through React or a store.
 * A listener that comes late is first told what it needs to catch up.
 */
import type { ForeignNews, PeerBirth, PeerHandle, Snapshot, SwarmSpec } from '../workers/messages.ts';

export { EDITIONS, FOREIGN_WORKER, isForeign, PHASES } from '../workers/client.ts';
export type {
  ForeignNews,
  PeerBirth,
  PeerColumns,
  PeerEnd,
  PeerHandle,
  PeerPhase,
  Snapshot,
} from '../workers/messages.ts';

export interface FeedSwarm {
  readonly id: string;
  readonly kind: SwarmSpec['kind'];
}

export type FeedMessage =
  /** A new run: everything known before is void. */
  | { readonly kind: 'reset'; readonly swarms: readonly FeedSwarm[]; readonly seed: number }
  | { readonly kind: 'snapshot'; readonly worker: number; readonly snapshot: Snapshot }
  /** What came before the listener did: whom answers listed, and how often, handle and number. */
  | { readonly kind: 'handed out before'; readonly pairs: Uint32Array<ArrayBuffer> }
  /** Peers of others: all of them, in the swarms of the reset and in places after those. */
  | { readonly kind: 'foreign'; readonly swarms: readonly FeedSwarm[]; readonly news: ForeignNews };

type Listener = (message: FeedMessage) => void;

export interface Feed {
  subscribe(listener: Listener): () => void;
}

export interface FeedSource extends Feed {
  reset(swarms: readonly SwarmSpec[], seed: number): void;
  publish(worker: number, snapshot: Snapshot): void;
  publishForeign(news: ForeignNews): void;
}

export function createFeed(): FeedSource {
  const listeners = new Set<Listener>();
  const births = new Map<PeerHandle, PeerBirth>();
  const handedOut = new Map<PeerHandle, number>();
  const latest = new Map<number, Snapshot>();
  const foreignBirths = new Map<PeerHandle, PeerBirth>();
  let foreign: ForeignNews | undefined;
  let start: Extract<FeedMessage, { kind: 'reset' }> = { kind: 'reset', swarms: [], seed: 0 };

  const ofForeign = (news: ForeignNews): FeedMessage => ({
    kind: 'foreign',
    swarms: [...start.swarms, ...news.swarms.map((id) => ({ id, kind: 'vod' as const }))],
    news,
  });

  return {
    subscribe(listener) {
      listeners.add(listener);
      listener(start);
      if (handedOut.size > 0)
        listener({ kind: 'handed out before', pairs: Uint32Array.from([...handedOut].flat()) });
      const known = [...births.values()];
      let first = true;
      for (const [worker, snapshot] of latest) {
        const caughtUp = {
          ...snapshot,
          births: first ? known : [],
          handedOut: new Uint32Array(),
          ends: [],
          exchanges: [],
        };
        listener({ kind: 'snapshot', worker, snapshot: caughtUp });
        first = false;
      }
      if (foreign !== undefined)
        listener(ofForeign({ ...foreign, births: [...foreignBirths.values()], ends: [], pulses: [] }));
      return () => listeners.delete(listener);
    },
    reset(swarms, seed) {
      births.clear();
      handedOut.clear();
      latest.clear();
      foreignBirths.clear();
      foreign = undefined;
      start = { kind: 'reset', swarms: swarms.map(({ id, kind }) => ({ id, kind })), seed };
      for (const listener of listeners) listener(start);
    },
    publish(worker, snapshot) {
      for (const birth of snapshot.births) births.set(birth.handle, birth);
      for (let at = 0; at + 1 < snapshot.handedOut.length; at += 2) {
        const [peer, times] = [snapshot.handedOut[at] ?? 0, snapshot.handedOut[at + 1] ?? 0];
        handedOut.set(peer, (handedOut.get(peer) ?? 0) + times);
      }
      for (const { handle } of snapshot.ends) {
        births.delete(handle);
        handedOut.delete(handle);
      }
      latest.set(worker, snapshot);
      for (const listener of listeners) listener({ kind: 'snapshot', worker, snapshot });
    },
    publishForeign(news) {
      for (const birth of news.births) foreignBirths.set(birth.handle, birth);
      for (const end of news.ends) foreignBirths.delete(end.handle);
      foreign = news;
      for (const listener of listeners) listener(ofForeign(news));
    },
  };
}
