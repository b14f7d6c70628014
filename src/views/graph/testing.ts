/** Builders for the tests of this folder, and for the benchmark. */
import type { PeerHandle } from '../../dashboard/feed.ts';
import { arrange, boundsOf, placeRadius } from './arrangement.ts';
import { Layout } from './forces.ts';
import type { GraphSnapshot, GraphSwarm } from './messages.ts';
import { GraphModel } from './model.ts';

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
    handedOut: new Uint32Array(),
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

const SNAPSHOTS = 8;
/** Of a large graph, a second: a tick takes two frames. */
const TICKS = 30;
const ROOM = { between: 40, tracker: 84, title: 60 };
const STANCE = { rotation: 2, wide: [true, true, true] };
const SETTLING = 300;

/**
 * How far peers that stay are moved by `perSecond` others that come and as many that go: the median over peers and
 * seconds, as a part of the width of all that is seen.
 */
export function churnDisplacement(peers: number, perSecond: number, seconds: number): number {
  let rows = crowd(peers);
  const model = new GraphModel(SWARMS);
  const layout = new Layout(SWARMS.length, 1);
  model.apply(0, snapshot(rows, { links: links(rows, 5) }), 0);
  const places = arrange(
    model.counts.map((count) => placeRadius(count.peers)),
    ROOM,
    STANCE,
  );
  const { left, right } = boundsOf(places, ROOM.title);
  layout.settle(places, true);
  layout.members(model);
  for (let i = 0; i < SETTLING; i++) layout.tick();
  let next = peers;
  const moves: number[] = [];
  for (let second = 0; second < seconds; second++) {
    const before = new Map(model.nodes.map((node) => [node.handle, { x: node.x, y: node.y }]));
    for (let tick = 0; tick < TICKS; tick++) {
      const now = second * 1000 + (tick * 1000) / TICKS;
      if (Math.floor((tick * SNAPSHOTS) / TICKS) !== Math.floor(((tick - 1) * SNAPSHOTS) / TICKS)) {
        for (let i = 0; i < perSecond / SNAPSHOTS; i++) {
          const place = Math.imul(next, 7919) % rows.length;
          rows = rows.toSpliced(place, 1, { ...(rows[place] as Row), handle: next++ });
        }
        model.apply(0, snapshot(rows, { links: links(rows, 5) }), now);
        layout.members(model);
      }
      if (model.sweep(now)) layout.members(model);
      layout.tick();
    }
    for (const node of model.nodes) {
      const was = before.get(node.handle);
      if (was !== undefined && node.end === undefined) moves.push(Math.hypot(node.x - was.x, node.y - was.y));
    }
  }
  moves.sort((a, b) => a - b);
  return (moves[moves.length >> 1] ?? 0) / (right - left);
}
