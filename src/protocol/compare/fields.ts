/** Two messages field by field: what one has that the other lacks, and what differs. */
import type { ExplainedNode } from '../explain/explanation.ts';
import { textOf, type Span } from '../explain/wire-tree.ts';

export interface FieldChange {
  readonly kind: 'added' | 'removed' | 'changed';
  /** In the later message, except for what was removed: in the earlier one. */
  readonly path: string;
  /** Values, cut where they are long; absent where the field holds others. */
  readonly before?: string;
  readonly after?: string;
  /** Of what was added or removed whole: how many fields it holds. */
  readonly fields?: number;
}

export interface FieldComparison {
  /** In the order of the message, at most `MAX_CHANGES`. */
  readonly changes: readonly FieldChange[];
  /** Found beyond those. */
  readonly more: number;
  /** Entries of a list stand in another order. */
  readonly reordered: boolean;
}

export interface Explained {
  readonly root: ExplainedNode;
  readonly body: Uint8Array;
}

export const MAX_CHANGES = 1000;
/** Characters of a value that are kept. */
const MAX_VALUE = 300;
/** What tells one entry of a list from another, in the order of preference: lists are sets, and come in any order. */
const IDENTITIES = ['peer_id', 'PeerID', 'swarm_id', 'SwarmID', 'swarmID', 'property', 'id', 'transactionID'];

export function compareFields(before: Explained, after: Explained): FieldComparison {
  const comparison = new Comparison(before.body, after.body);
  comparison.node(before.root, after.root);
  const { changes, more, reordered } = comparison;
  return { changes, more, reordered };
}

class Comparison {
  readonly changes: FieldChange[] = [];
  more = 0;
  reordered = false;
  private readonly before: Uint8Array;
  private readonly after: Uint8Array;

  constructor(before: Uint8Array, after: Uint8Array) {
    this.before = before;
    this.after = after;
  }

  node(before: ExplainedNode, after: ExplainedNode): void {
    const leaf = before.children.length === 0 || after.children.length === 0;
    const valued = before.valueBytes !== undefined && after.valueBytes !== undefined;
    const differs = leaf || valued ? !this.same(before, after) : false;
    if (differs)
      this.add({
        kind: 'changed',
        path: after.path,
        ...valueOf('before', before, this.before),
        ...valueOf('after', after, this.after),
      });
    if (leaf && differs) return;
    this.children(present(before), present(after));
  }

  private children(before: readonly ExplainedNode[], after: readonly ExplainedNode[]): void {
    const earlier = grouped(before);
    const later = grouped(after);
    // In the order of the later message; what it lacks stands before what follows that in the earlier one.
    for (const [group, nodes] of earlier) if (!later.has(group)) for (const node of nodes) this.removed(node);
    for (const [group, nodes] of later) this.pair(earlier.get(group) ?? [], nodes);
  }

  private pair(before: readonly ExplainedNode[], after: readonly ExplainedNode[]): void {
    const single = before.length <= 1 && after.length <= 1 && after[0]?.name !== '';
    const earlier = single ? undefined : identified(before);
    const later = single ? undefined : identified(after);
    if (earlier === undefined || later === undefined) {
      after.forEach((node, index) => {
        const partner = before[index];
        if (partner === undefined) this.added(node);
        else this.node(partner, node);
      });
      before.slice(after.length).forEach((node) => this.removed(node));
      return;
    }
    let last = -1;
    for (const [id, node] of earlier) if (!later.has(id)) this.removed(node);
    for (const [id, node] of later) {
      const partner = earlier.get(id);
      if (partner === undefined) {
        this.added(node);
        continue;
      }
      if (partner.bytes.start < last) this.reordered = true;
      last = Math.max(last, partner.bytes.start);
      this.node(partner, node);
    }
  }

  private same(before: ExplainedNode, after: ExplainedNode): boolean {
    if (before.kind === 'header' || after.kind === 'header') return before.value === after.value;
    const [a, b] = [before.valueBytes ?? before.bytes, after.valueBytes ?? after.bytes];
    return sameBytes(this.before.subarray(a.start, a.end), this.after.subarray(b.start, b.end));
  }

  private added(node: ExplainedNode): void {
    this.add({ kind: 'added', path: node.path, ...fieldsOf(node), ...valueOf('after', node, this.after) });
  }

  private removed(node: ExplainedNode): void {
    this.add({
      kind: 'removed',
      path: node.path,
      ...fieldsOf(node),
      ...valueOf('before', node, this.before),
    });
  }

  private add(change: FieldChange): void {
    if (this.changes.length < MAX_CHANGES) this.changes.push(change);
    else this.more++;
  }
}

/** Without the nodes that stand for what is missing. */
const present = ({ children }: ExplainedNode): readonly ExplainedNode[] =>
  children.filter(({ kind, bytes }) => kind === 'header' || bytes.start < bytes.end);

/** A value of JSON that changes its type is the same field still. */
const groupOf = ({ kind, name }: ExplainedNode): string =>
  `${kind === 'object' || kind === 'array' ? 'member' : kind} ${name}`;

function grouped(nodes: readonly ExplainedNode[]): ReadonlyMap<string, readonly ExplainedNode[]> {
  const groups = new Map<string, ExplainedNode[]>();
  for (const node of nodes) {
    const group = groups.get(groupOf(node));
    if (group === undefined) groups.set(groupOf(node), [node]);
    else group.push(node);
  }
  return groups;
}

/** By identity; `undefined` when one has none, or two have the same. */
function identified(nodes: readonly ExplainedNode[]): ReadonlyMap<string, ExplainedNode> | undefined {
  const byId = new Map<string, ExplainedNode>();
  for (const node of nodes) {
    const id = identityOf(node);
    if (id === undefined || byId.has(id)) return undefined;
    byId.set(id, node);
  }
  return byId;
}

function identityOf(node: ExplainedNode): string | undefined {
  for (const name of IDENTITIES) {
    const value = node.children.find((child) => child.name === name)?.value;
    if (value !== undefined) return value;
  }
  return node.cut ? undefined : node.value;
}

const countOf = (node: ExplainedNode): number =>
  present(node).reduce((sum, child) => sum + Math.max(1, countOf(child)), 0);

const fieldsOf = (node: ExplainedNode): Pick<FieldChange, 'fields'> =>
  node.children.length === 0 ? {} : { fields: countOf(node) };

function valueOf(
  side: 'before' | 'after',
  { kind, value, valueBytes, children }: ExplainedNode,
  body: Uint8Array,
): Pick<FieldChange, 'before' | 'after'> {
  if (value === undefined || (children.length > 0 && kind !== 'element')) return {};
  return { [side]: valueBytes === undefined ? value : shortened(body, valueBytes) };
}

function shortened(body: Uint8Array, { start, end }: Span): string {
  const signs = Array.from(textOf(body, { start, end: Math.min(end, start + MAX_VALUE * 4) }));
  return signs.length > MAX_VALUE ? `${signs.slice(0, MAX_VALUE).join('')}…` : signs.join('');
}

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => firstDifference(a, b) === undefined;

/** Where two byte strings part; `undefined`: nowhere. */
export function firstDifference(a: Uint8Array, b: Uint8Array): number | undefined {
  const shorter = Math.min(a.length, b.length);
  for (let at = 0; at < shorter; at++) if (a[at] !== b[at]) return at;
  return a.length === b.length ? undefined : shorter;
}
