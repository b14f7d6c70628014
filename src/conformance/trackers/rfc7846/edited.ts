/** JSON requests changed by hand, for cases about what our writer never writes. */
import type { Request } from '../../../protocol/message.ts';
import { decodePiece } from '../../../protocol/text.ts';
import type { TrackerBench } from '../../tracker-bench.ts';

/** A JSON object while it is changed; members are looked up by the texts' own names. */
export interface Tree {
  [member: string]: unknown;
}

/** The request as a tree: what stands under `PPSPTrackerProtocol`. */
export function treeOf(bench: TrackerBench, request: Request): Tree {
  const text = decodePiece(bench.codec.encodeRequest(request));
  return (JSON.parse(text) as { readonly PPSPTrackerProtocol: Tree }).PPSPTrackerProtocol;
}

export const textOf = (tree: Tree): string => JSON.stringify({ PPSPTrackerProtocol: tree });

/** The request as text, after `change` has been at it. */
export function edited(bench: TrackerBench, request: Request, change: (root: Tree) => void): string {
  const tree = treeOf(bench, request);
  change(tree);
  return textOf(tree);
}

/** The object at a path of member names and indexes; the path is one that the request has. */
export function inside(tree: Tree, ...path: readonly (string | number)[]): Tree {
  let at: unknown = tree;
  for (const step of path) at = (at as Tree)[step];
  return at as Tree;
}
