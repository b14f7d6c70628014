/** Which field a byte belongs to, and which bytes are a field's: what the panes of one message share. */
import type { ExplainedNode } from '../../dashboard/explanations.ts';

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** How a piece of a field is shown: its name or tags, its value, what stands between its parts, what is withheld. */
export const ROLES = ['between', 'name', 'value', 'secret'] as const;
export type Role = (typeof ROLES)[number];

/**
 * The body cut into intervals, none of which lies in two fields. Interval `i` goes from `starts[i]` to
 * `starts[i + 1]`, and belongs to the deepest field there.
 */
export interface FieldMap {
  readonly length: number;
  readonly starts: Uint32Array;
  /** By interval: index into `keys` and `nodes`. */
  readonly owner: Uint32Array;
  /** By interval: index into `ROLES`. */
  readonly role: Uint8Array;
  /** Where in the tree, such as `0.2.1`, in the order of the tree. */
  readonly keys: readonly string[];
  readonly nodes: readonly ExplainedNode[];
  readonly byKey: ReadonlyMap<string, ExplainedNode>;
}

export const ROOT_KEY = '0';

export function fieldMap(root: ExplainedNode, secrets: readonly Span[], length: number): FieldMap {
  const keys: string[] = [];
  const nodes: ExplainedNode[] = [];
  const visit = (node: ExplainedNode, key: string): void => {
    keys.push(key);
    nodes.push(node);
    node.children.forEach((child, index) => visit(child, `${key}.${index}`));
  };
  visit(root, ROOT_KEY);
  const starts = boundaries(nodes, secrets, length);
  const owner = new Uint32Array(starts.length);
  const role = new Uint8Array(starts.length);
  const paint = ({ start, end }: Span, put: (interval: number) => void): void => {
    if (start >= end) return;
    for (let i = intervalIn(starts, start); i < starts.length && (starts[i] ?? end) < end; i++) put(i);
  };
  // Parents come before their children, which paint over them.
  nodes.forEach((node, index) => {
    const { bytes, valueBytes, kind } = node;
    if (kind === 'header' || index === 0) return;
    paint(bytes, (i) => {
      owner[i] = index;
      // Of an element it is the end tag.
      const glue = (kind === 'object' || kind === 'array') && starts[i] !== bytes.start;
      role[i] = ROLES.indexOf(glue ? 'between' : 'name');
    });
    if (valueBytes !== undefined) paint(valueBytes, (i) => (role[i] = ROLES.indexOf('value')));
  });
  for (const secret of secrets) paint(secret, (i) => (role[i] = ROLES.indexOf('secret')));
  return {
    length,
    starts,
    owner,
    role,
    keys,
    nodes,
    byKey: new Map(nodes.map((node, i) => [keys[i] ?? '', node])),
  };
}

function boundaries(nodes: readonly ExplainedNode[], secrets: readonly Span[], length: number): Uint32Array {
  const places = [0];
  const add = (span: Span | undefined): void => {
    if (span !== undefined) places.push(span.start, span.end);
  };
  for (const { bytes, valueBytes, kind } of nodes) {
    if (kind === 'header') continue;
    add(bytes);
    add(valueBytes);
  }
  secrets.forEach(add);
  const sorted = Uint32Array.from(places.filter((place) => place < length)).sort();
  const distinct = sorted.filter((place, index) => index === 0 || place !== sorted[index - 1]);
  return distinct.length === 0 ? new Uint32Array(1) : distinct;
}

/** The last interval that starts at or before the offset. */
export function intervalIn(starts: Uint32Array, offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Key of the deepest field at an offset. */
export const keyAt = ({ starts, owner, keys }: FieldMap, offset: number): string =>
  keys[owner[intervalIn(starts, offset)] ?? 0] ?? ROOT_KEY;

/** Key of the first field with this path: findings and changes name fields so. */
export function keyOfPath({ nodes, keys }: FieldMap, path: string): string | undefined {
  // Superseded members come first; the last one written counts.
  const index = nodes.findLastIndex((node) => node.path === path);
  return keys[index];
}

/** Bytes to mark for a field; `undefined`: the whole body, or nothing in it. */
export function markedBytes(map: FieldMap, key: string | undefined): Span | undefined {
  const node = key === undefined || key === ROOT_KEY ? undefined : map.byKey.get(key);
  return node === undefined || node.kind === 'header' ? undefined : node.bytes;
}

export interface Segment extends Span {
  readonly role: Role;
}

/** A stretch of the body in pieces that belong to one field each. */
export function segmentsIn({ starts, role, length }: FieldMap, { start, end }: Span): readonly Segment[] {
  const segments: Segment[] = [];
  for (let i = intervalIn(starts, start), at = start; at < end; i++) {
    const to = Math.min(end, starts[i + 1] ?? length);
    if (to > at) segments.push({ start: at, end: to, role: ROLES[role[i] ?? 0] ?? 'between' });
    at = Math.max(at, to);
    if (i >= starts.length) break;
  }
  return segments;
}

/** What an arrow key leads to from a place: left and right to the next field, up and down by rows. */
export function stepInBytes(map: FieldMap, offset: number, key: string, rows: Rows): number | undefined {
  const { starts, owner, length } = map;
  const interval = intervalIn(starts, offset);
  const row = rows.rowOf(offset);
  const toRow = (target: number): number => {
    const to = Math.max(0, Math.min(rows.count - 1, target));
    const column = offset - rows.startOf(row);
    return Math.min(rows.startOf(to) + column, Math.max(rows.startOf(to), rows.endOf(to) - 1));
  };
  const sideways = (by: 1 | -1): number => {
    let next = interval + by;
    while (next > 0 && next < starts.length - 1 && owner[next] === owner[interval]) next += by;
    return starts[Math.max(0, Math.min(starts.length - 1, next))] ?? 0;
  };
  switch (key) {
    case 'ArrowRight':
      return sideways(1);
    case 'ArrowLeft':
      return sideways(-1);
    case 'ArrowDown':
      return toRow(row + 1);
    case 'ArrowUp':
      return toRow(row - 1);
    case 'Home':
      return 0;
    case 'End':
      return Math.max(0, length - 1);
    default:
      return undefined;
  }
}

/** A body in rows, each of which goes on where the one before ends. */
export interface Rows {
  readonly count: number;
  readonly rowOf: (offset: number) => number;
  readonly startOf: (row: number) => number;
  /** The first byte that no longer belongs. */
  readonly endOf: (row: number) => number;
}
