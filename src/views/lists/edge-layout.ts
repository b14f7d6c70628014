/** Geometry of who was handed to whom: an answer in, coordinates out. Lengths are pixels; `rem` is the size of type. */
import type { PeerHandle } from '../../dashboard/feed.ts';
import type { EdgesAnswer } from '../../dashboard/observed.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
  readonly rem: number;
}

export interface EdgeNode {
  readonly peer: PeerHandle;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly seed: boolean;
  readonly gone: boolean;
}

export interface PlannedEdge {
  /** Places among the nodes. */
  readonly asker: number;
  readonly listed: number;
  readonly times: number;
  /** When last, milliseconds since the run began. */
  readonly last: number;
  readonly stale: boolean;
  readonly seed: boolean;
  /** 0 old, 1, 2 fresh: thirds of the window. */
  readonly fresh: number;
  readonly line: string;
  readonly head: string;
}

/** A row of the picture of one peer: another peer, and what stands beside it. */
export interface EdgeRow {
  readonly peer: PeerHandle;
  readonly x: number;
  readonly y: number;
  readonly side: 'asker' | 'listed';
  readonly times: number;
  readonly last: number;
  readonly stale: boolean;
}

export interface EdgePlan {
  readonly nodes: readonly EdgeNode[];
  readonly edges: readonly PlannedEdge[];
  readonly rows: readonly EdgeRow[];
  /** Rows that there was no room for. */
  readonly more: { readonly asker: number; readonly listed: number };
}

type Point = readonly [x: number, y: number];

const at = (values: ArrayLike<number>, place: number): number => values[place] ?? 0;
const fixed = (value: number): string => value.toFixed(1);

/** Thirds of the window; what is older than it counts as old. */
export function freshness(last: number, from: number, to: number): number {
  const share = to > from ? (last - from) / (to - from) : 1;
  return Math.max(0, Math.min(2, Math.floor(share * 3)));
}

/** 0: once, 1: twice, 2: three times or more. */
export const weight = (times: number): number => Math.min(2, Math.max(0, times - 1));

/** An arrow's head whose tip is at `tip`, coming from `from`. */
export function headAt(tip: Point, from: Point, length: number): string {
  const distance = Math.hypot(tip[0] - from[0], tip[1] - from[1]) || 1;
  const along: Point = [(tip[0] - from[0]) / distance, (tip[1] - from[1]) / distance];
  const base: Point = [tip[0] - along[0] * length, tip[1] - along[1] * length];
  const half = length * 0.45;
  return (
    `M${fixed(tip[0])} ${fixed(tip[1])}` +
    `L${fixed(base[0] - along[1] * half)} ${fixed(base[1] + along[0] * half)}` +
    `L${fixed(base[0] + along[1] * half)} ${fixed(base[1] - along[0] * half)}Z`
  );
}

/** Everybody on a ring, in order, from the top clockwise; edges bend towards the middle. */
export function ringPlan(answer: EdgesAnswer, { width, height, rem }: Size): EdgePlan {
  const { peers, mode, gone } = answer;
  const count = peers.length;
  const [cx, cy] = [width / 2, height / 2];
  const radius = Math.max(10, Math.min(width, height) / 2 - 1.1 * rem);
  const listings = new Uint32Array(count);
  answer.listed.forEach((place, edge) => {
    listings[place] = at(listings, place) + at(answer.times, edge);
  });
  // So many have room side by side; more lie over each other, small.
  const roomy = (Math.PI * radius) / Math.max(1, count);
  const nodes = Array.from(peers, (peer, place): EdgeNode => {
    const angle = (2 * Math.PI * place) / Math.max(1, count) - Math.PI / 2;
    const size = rem * (0.16 + 0.07 * Math.sqrt(at(listings, place)));
    return {
      peer,
      x: cx + radius * Math.cos(angle),
      y: cy + radius * Math.sin(angle),
      radius: Math.max(1.6, Math.min(size, 0.55 * rem, Math.max(2.4, roomy * 1.3))),
      seed: at(mode, place) === 1,
      gone: at(gone, place) === 1,
    };
  });
  const edges = Array.from(answer.asker, (asker, edge): PlannedEdge => {
    const listed = at(answer.listed, edge);
    const [from, to] = [nodes[asker], nodes[listed]];
    const fate = fateOf(answer, edge);
    if (from === undefined || to === undefined)
      return { asker, listed, ...fate, seed: false, line: '', head: '' };
    // Neighbours on the ring: a small bow; opposite ones: nearly straight through the middle.
    const middle: Point = [(from.x + to.x) / 2, (from.y + to.y) / 2];
    const bend: Point = [middle[0] + (cx - middle[0]) * 0.55, middle[1] + (cy - middle[1]) * 0.55];
    const end = shortened([to.x, to.y], bend, to.radius + 1);
    const line = `M${fixed(from.x)} ${fixed(from.y)}Q${fixed(bend[0])} ${fixed(bend[1])} ${fixed(end[0])} ${fixed(end[1])}`;
    return { asker, listed, ...fate, seed: to.seed, line, head: headAt(end, bend, 0.36 * rem) };
  });
  return { nodes, edges, rows: [], more: { asker: 0, listed: 0 } };
}

const fateOf = (
  { times, last, stale, looked }: EdgesAnswer,
  edge: number,
): Pick<PlannedEdge, 'times' | 'last' | 'stale' | 'fresh'> => ({
  times: at(times, edge),
  last: at(last, edge),
  stale: at(stale, edge) === 1,
  fresh: freshness(at(last, edge), looked.from, looked.to),
});

const shortened = (tip: Point, from: Point, by: number): Point => {
  const distance = Math.hypot(tip[0] - from[0], tip[1] - from[1]) || 1;
  const share = Math.max(0, 1 - by / distance);
  return [from[0] + (tip[0] - from[0]) * share, from[1] + (tip[1] - from[1]) * share];
};

/** Room for what stands beside a row. */
export const rowLabelWidth = (width: number, rem: number): number =>
  Math.min(15 * rem, 0.4 * width, Math.max(7.2 * rem, width * 0.34));

/** One peer in the middle; at its left those on whose lists it stood, at its right those it was handed. Most often first. */
export function egoPlan(answer: EdgesAnswer, { width, height, rem }: Size): EdgePlan {
  const centre = answer.peers.indexOf(answer.peer ?? -1);
  const [cx, cy] = [width / 2, height / 2];
  const edges = Array.from(answer.asker, (_, edge) => edge);
  const rank = (a: number, b: number): number =>
    at(answer.times, b) - at(answer.times, a) || at(answer.last, b) - at(answer.last, a) || a - b;
  const sides = {
    asker: edges.filter((edge) => at(answer.listed, edge) === centre).sort(rank),
    listed: edges.filter((edge) => at(answer.asker, edge) === centre).sort(rank),
  } as const;
  const nodes: EdgeNode[] = [];
  const rows: EdgeRow[] = [];
  const planned: PlannedEdge[] = [];
  const nodeOf = (place: number, x: number, y: number, radius: number): EdgeNode => ({
    peer: at(answer.peers, place),
    x,
    y,
    radius,
    seed: at(answer.mode, place) === 1,
    gone: at(answer.gone, place) === 1,
  });
  if (centre >= 0) nodes.push(nodeOf(centre, cx, cy, 0.62 * rem));
  const line = 1.25 * rem;
  const [top, bottom] = [2.6 * rem, height - 1.6 * rem];
  const room = Math.max(1, Math.floor((bottom - top) / line));
  const margin = rowLabelWidth(width, rem);
  const more = { asker: 0, listed: 0 };
  for (const side of ['asker', 'listed'] as const) {
    const shown = sides[side].slice(0, room);
    more[side] = sides[side].length - shown.length;
    const x = side === 'asker' ? margin : width - margin;
    const gap = Math.min(line * 1.6, (bottom - top) / Math.max(1, shown.length));
    shown.forEach((edge, index) => {
      const y = (top + bottom) / 2 + (index - (shown.length - 1) / 2) * gap;
      const place = at(side === 'asker' ? answer.asker : answer.listed, edge);
      const node = nodeOf(place, x, y, 0.34 * rem);
      nodes.push(node);
      const { fresh, ...fate } = fateOf(answer, edge);
      rows.push({ peer: node.peer, x, y, side, ...fate });
      const inward = side === 'asker' ? 1 : -1;
      const outer: Point = [x + inward * 0.5 * rem, y];
      const inner: Point = [cx - inward * 0.8 * rem, cy];
      const half = (outer[0] + inner[0]) / 2;
      const path = [outer, [half, outer[1]], [half, inner[1]], inner].map((point) =>
        point.map(fixed).join(' '),
      );
      // Half way in, where lines are still apart; the curve's direction there. At the listed peer's end it is level.
      const middle: Point = [half, (outer[1] + inner[1]) / 2];
      const [tip, before]: readonly [Point, Point] =
        side === 'asker'
          ? [middle, [middle[0] - (inner[0] - outer[0]), middle[1] - 2 * (inner[1] - outer[1])]]
          : [outer, [outer[0] - 1, outer[1]]];
      const own = nodes.length - 1;
      planned.push({
        asker: side === 'asker' ? own : 0,
        listed: side === 'asker' ? 0 : own,
        ...fate,
        fresh,
        seed: (side === 'asker' ? nodes[0] : node)?.seed === true,
        line: `M${path[0]}C${path.slice(1).join(' ')}`,
        head: headAt(tip, before, 0.5 * rem),
      });
    });
  }
  return { nodes, edges: planned, rows, more };
}

/** The node under a point, the nearest of several; within `reach` pixels of its rim. */
export function nodeAt(plan: EdgePlan, x: number, y: number, reach: number): number | undefined {
  let best: number | undefined;
  let nearest = reach;
  plan.nodes.forEach((node, place) => {
    const distance = Math.hypot(node.x - x, node.y - y) - node.radius;
    if (distance >= nearest) return;
    nearest = distance;
    best = place;
  });
  return best;
}

export interface EdgeGroup {
  readonly key: string;
  readonly seed: boolean;
  readonly stale: boolean;
  readonly weight: number;
  readonly fresh: number;
  readonly line: string;
  readonly head: string;
}

/** Edges that look the same as one drawing: a few dozen elements, however many edges. The freshest last, on top. */
export function grouped(edges: readonly PlannedEdge[]): EdgeGroup[] {
  const groups = new Map<string, { readonly of: PlannedEdge; line: string[]; head: string[] }>();
  for (const edge of edges) {
    const key = `${edge.fresh}${weight(edge.times)}${edge.stale ? 1 : 0}${edge.seed ? 1 : 0}`;
    let group = groups.get(key);
    if (group === undefined) groups.set(key, (group = { of: edge, line: [], head: [] }));
    group.line.push(edge.line);
    group.head.push(edge.head);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, { of, line, head }]) => ({
      key,
      seed: of.seed,
      stale: of.stale,
      weight: weight(of.times),
      fresh: of.fresh,
      line: line.join(''),
      head: head.join(''),
    }));
}

/** Discs as one path. */
export const discs = (nodes: readonly EdgeNode[]): string =>
  nodes
    .map(({ x, y, radius: r }) => {
      const d = fixed(r);
      const full = fixed(2 * r);
      return `M${fixed(x - r)} ${fixed(y)}a${d} ${d} 0 1 0 ${full} 0a${d} ${d} 0 1 0 -${full} 0`;
    })
    .join('');
