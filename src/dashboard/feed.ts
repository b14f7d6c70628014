/**
 * Per-peer data on its way to the graph: passed on as it came, never through React or a store.
 * A listener that comes late is first told what it needs to catch up.
 */
import type { PeerBirth, PeerHandle, Snapshot, SwarmSpec } from '../workers/messages.ts';

export { EDITIONS, PHASES } from '../workers/client.ts';
export type { PeerColumns, PeerEnd, PeerHandle, PeerPhase, Snapshot } from '../workers/messages.ts';

export interface FeedSwarm {
  readonly id: string;
  readonly kind: SwarmSpec['kind'];
}

export type FeedMessage =
  /** A new run: everything known before is void. */
  | { readonly kind: 'reset'; readonly swarms: readonly FeedSwarm[]; readonly seed: number }
  | { readonly kind: 'snapshot'; readonly worker: number; readonly snapshot: Snapshot };

type Listener = (message: FeedMessage) => void;

export interface Feed {
  subscribe(listener: Listener): () => void;
}

export interface FeedSource extends Feed {
  reset(swarms: readonly SwarmSpec[], seed: number): void;
  publish(worker: number, snapshot: Snapshot): void;
}

export function createFeed(): FeedSource {
  const listeners = new Set<Listener>();
  const births = new Map<PeerHandle, PeerBirth>();
  const latest = new Map<number, Snapshot>();
  let start: FeedMessage = { kind: 'reset', swarms: [], seed: 0 };

  return {
    subscribe(listener) {
      listeners.add(listener);
      listener(start);
      const known = [...births.values()];
      let first = true;
      for (const [worker, snapshot] of latest) {
        const caughtUp = { ...snapshot, births: first ? known : [], ends: [], exchanges: [] };
        listener({ kind: 'snapshot', worker, snapshot: caughtUp });
        first = false;
      }
      return () => listeners.delete(listener);
    },
    reset(swarms, seed) {
      births.clear();
      latest.clear();
      start = { kind: 'reset', swarms: swarms.map(({ id, kind }) => ({ id, kind })), seed };
      for (const listener of listeners) listener(start);
    },
    publish(worker, snapshot) {
      for (const birth of snapshot.births) births.set(birth.handle, birth);
      for (const end of snapshot.ends) births.delete(end.handle);
      latest.set(worker, snapshot);
      for (const listener of listeners) listener({ kind: 'snapshot', worker, snapshot });
    },
  };
}
