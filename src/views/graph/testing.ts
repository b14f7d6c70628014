/** Builders for the tests of this folder. */
import type { PeerHandle } from '../../dashboard/feed.ts';
import type { GraphSnapshot, GraphSwarm } from './messages.ts';

export interface Row {
  readonly handle: PeerHandle;
  readonly swarm?: number;
  readonly seed?: boolean;
  /** Index into EDITIONS. */
  readonly edition?: number;
  readonly phase?: number;
  readonly share?: number;
}

export const SWARMS: readonly GraphSwarm[] = [
  { id: 'film', kind: 'vod' },
  { id: 'launch', kind: 'vod' },
  { id: 'news', kind: 'live' },
];

export function snapshot(rows: readonly Row[], rest: Partial<GraphSnapshot> = {}): GraphSnapshot {
  return {
    at: 0,
    peers: {
      handle: Uint32Array.from(rows, (row) => row.handle),
      swarm: Uint16Array.from(rows, (row) => row.swarm ?? 0),
      edition: Uint8Array.from(rows, (row) => row.edition ?? 0),
      mode: Uint8Array.from(rows, (row) => (row.seed === true ? 1 : 0)),
      phase: Uint8Array.from(rows, (row) => row.phase ?? 1),
      share: Float32Array.from(rows, (row) => row.share ?? 0),
      upload: new Float32Array(rows.length),
      download: new Float32Array(rows.length),
    },
    links: new Uint32Array(),
    births: [],
    ends: [],
    pulses: [],
    omitted: 0,
    tracker: 'ok',
    ...rest,
  };
}

/** `peers` peers over three swarms, half, a third and the rest, every fourth a SEED. */
export const crowd = (peers: number): Row[] =>
  Array.from({ length: peers }, (_, i) => ({
    handle: i,
    swarm: [0, 0, 0, 1, 1, 2][i % 6] ?? 0,
    seed: i % 4 === 0,
    share: i % 4 === 0 ? 1 : (i % 97) / 97,
  }));

/** Pairs of members of one swarm, `each` per peer, the same every time. */
export function links(rows: readonly Row[], each: number): Uint32Array<ArrayBuffer> {
  const pairs: number[] = [];
  for (const [i, row] of rows.entries()) {
    for (let n = 1; n <= each; n++) {
      const other = rows[(i + 6 * n * 7) % rows.length];
      if (other !== undefined && other.swarm === row.swarm && other !== row)
        pairs.push(row.handle, other.handle);
    }
  }
  return Uint32Array.from(pairs);
}
