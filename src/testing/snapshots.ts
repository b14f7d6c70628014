import type { Counters, PeerBirth, PeerEnd, Snapshot, TrackerSight } from '../simulation/report.ts';

interface Facts {
  /** Swarm and mode of each peer, row by row. */
  readonly swarm?: readonly number[];
  readonly mode?: readonly number[];
  readonly at?: number;
  readonly births?: readonly PeerBirth[];
  readonly ends?: readonly PeerEnd[];
  readonly counters?: Partial<Counters>;
  readonly tracker?: TrackerSight;
}

/** A snapshot of which only the facts named matter. */
export function snapshotOf({
  swarm = [],
  mode = [],
  at = 0,
  births = [],
  ends = [],
  counters,
  tracker,
}: Facts): Snapshot {
  return {
    at,
    peers: {
      handle: Uint32Array.from(swarm.keys()),
      swarm: Uint16Array.from(swarm),
      edition: new Uint8Array(swarm.length),
      mode: Uint8Array.from(mode),
      phase: new Uint8Array(swarm.length),
      share: new Float32Array(swarm.length),
      upload: new Float32Array(swarm.length),
      download: new Float32Array(swarm.length),
    },
    links: new Uint32Array(),
    handedOut: new Uint32Array(),
    births,
    ends,
    exchanges: [],
    exchangesOmitted: 0,
    counters: {
      requests: 0,
      answered: 0,
      errors: 0,
      unreadable: 0,
      failures: 0,
      arrived: 0,
      completed: 0,
      left: 0,
      crashed: 0,
      turnedAway: 0,
      queued: 0,
      ...counters,
    },
    tracker: tracker ?? { state: 'unknown' },
  };
}
