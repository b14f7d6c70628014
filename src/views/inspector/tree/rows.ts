/** The tree of an explained message as rows, and how keys move through them. */
import type { ExplainedNode } from '../../../dashboard/explanations.ts';

export interface TreeRow {
  readonly node: ExplainedNode;
  /** Where in the tree, such as `0.2.1`: paths may come twice. */
  readonly key: string;
  /** From 1. */
  readonly level: number;
  /** Its place among its siblings, from 1, and their number. */
  readonly place: number;
  readonly siblings: number;
  readonly open: boolean;
}

/** Messages of no more rows are shown all open. */
const SMALL = 50;
/** Larger ones are opened so far at first, and where there is something to find. */
const LEVELS = 3;
/** Rows drawn before the rest is asked for. */
export const MAX_ROWS = 300;

const size = (node: ExplainedNode): number => node.children.reduce((sum, child) => sum + size(child), 1);

const faulty = ({ verdict, children }: ExplainedNode): boolean =>
  verdict === 'departs' || verdict === 'wrong' || children.some(faulty);

/** Keys of the rows that are open when a message is first shown. */
export function openAtFirst(root: ExplainedNode): ReadonlySet<string> {
  const all = size(root) <= SMALL;
  const open = new Set<string>();
  const visit = (node: ExplainedNode, key: string, level: number): void => {
    if (node.children.length === 0) return;
    if (!all && level > LEVELS && !node.children.some(faulty)) return;
    open.add(key);
    node.children.forEach((child, index) => visit(child, `${key}.${index}`, level + 1));
  };
  visit(root, '0', 1);
  return open;
}

/** What is to be seen, from top to bottom. */
export function rowsOf(root: ExplainedNode, open: ReadonlySet<string>): TreeRow[] {
  const rows: TreeRow[] = [];
  const visit = (node: ExplainedNode, key: string, level: number, place: number, siblings: number): void => {
    const isOpen = open.has(key);
    rows.push({ node, key, level, place, siblings, open: isOpen });
    if (!isOpen) return;
    node.children.forEach((child, index) =>
      visit(child, `${key}.${index}`, level + 1, index + 1, node.children.length),
    );
  };
  visit(root, '0', 1, 1, 1);
  return rows;
}

/** Keys of the rows that a row is in, from the top. */
export function above(key: string): readonly string[] {
  const parts = key.split('.');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('.'));
}

/** The row that stands for another one: itself, or the closed one that hides it. */
export const inSight = (key: string, open: ReadonlySet<string>): string =>
  above(key).find((one) => !open.has(one)) ?? key;

export interface Step {
  readonly active: string;
  /** The row that is to be opened or closed, if one is. */
  readonly toggle?: string;
}

/** What a key does in a tree (ARIA authoring practices); `undefined`: nothing. */
export function step(rows: readonly TreeRow[], active: string, key: string): Step | undefined {
  const at = Math.max(
    0,
    rows.findIndex((row) => row.key === active),
  );
  const row = rows[at];
  if (row === undefined) return undefined;
  const to = (index: number): Step | undefined => {
    const target = rows[Math.min(rows.length - 1, Math.max(0, index))];
    return target && { active: target.key };
  };
  const inner = row.node.children.length > 0;
  switch (key) {
    case 'ArrowDown':
      return to(at + 1);
    case 'ArrowUp':
      return to(at - 1);
    case 'Home':
      return to(0);
    case 'End':
      return to(rows.length - 1);
    case 'ArrowRight':
      if (!inner) return undefined;
      return row.open ? to(at + 1) : { active: row.key, toggle: row.key };
    case 'ArrowLeft':
      if (row.open) return { active: row.key, toggle: row.key };
      return row.level > 1 ? { active: row.key.slice(0, row.key.lastIndexOf('.')) } : undefined;
    case 'Enter':
    case ' ':
      return inner ? { active: row.key, toggle: row.key } : undefined;
    default:
      return undefined;
  }
}
