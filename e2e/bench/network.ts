/** The graph that every picture of the benchmark shows: three swarms, `each` links a peer within its swarm. */
import { crowd, links, type Row } from '../../src/views/graph/testing.ts';

export interface Node {
  readonly id: number;
  readonly swarm: number;
  readonly seed: boolean;
  x: number;
  y: number;
}

export interface Network {
  /** Links a peer. */
  readonly each: number;
  readonly rows: readonly Row[];
  /** Handles, a pair a link. */
  readonly pairs: Uint32Array<ArrayBuffer>;
}

/** Space between neighbours in the sunflower that everybody begins with. */
const SPACING = 20;
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));
/** Colours of SEED and LEECH. */
export const COLOURS = { seed: '#009e73', leech: '#e69f00', link: '#9eabb8' } as const;

export function network(peers: number, each: number): Network {
  const rows = crowd(peers);
  return { each, rows, pairs: links(rows, each) };
}

/** For pictures with objects a node: already spread, so that nobody has to untangle first. */
export const spreadNodes = ({ rows }: Network): Node[] =>
  rows.map((row, i) => ({
    id: row.handle,
    swarm: row.swarm ?? 0,
    seed: row.seed === true,
    x: SPACING * Math.sqrt(i / Math.PI) * Math.cos(i * GOLDEN_ANGLE),
    y: SPACING * Math.sqrt(i / Math.PI) * Math.sin(i * GOLDEN_ANGLE),
  }));

export const linksOf = ({ pairs }: Network): { source: number; target: number }[] =>
  Array.from({ length: pairs.length / 2 }, (_, i) => ({
    source: pairs[2 * i] as number,
    target: pairs[2 * i + 1] as number,
  }));

/** Radius of the disc that all of them fill. */
export const reachOf = ({ rows }: Network): number => SPACING * Math.sqrt(rows.length / Math.PI);
