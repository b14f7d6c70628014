/** Which two lists are held against each other, as long as nobody has chosen. */
import type { RecentAnswer } from '../../dashboard/observed.ts';

export interface Chosen {
  readonly a: number;
  readonly b: number;
  /** Peers on the shorter one of two that nobody chose; they give way to longer ones. */
  readonly byItself?: number;
}

/** Of the longest list its asker's one before; else the two longest. */
export function pairIn({ lists }: RecentAnswer, before?: Chosen): Chosen | undefined {
  if (before !== undefined && before.byItself === undefined) return before;
  const byNumber = new Map(lists.map((list) => [list.list, list.size]));
  let best = before;
  for (const { list, before: a, size } of lists) {
    // What is not in sight any more was perhaps short.
    const byItself = a === undefined ? 0 : Math.min(size, byNumber.get(a) ?? size / 2);
    if (a !== undefined && byItself > (best?.byItself ?? 0)) best = { a, b: list, byItself };
  }
  if (best !== undefined) return best;
  const [b, a] = [...lists].sort((one, other) => other.size - one.size);
  return a === undefined || b === undefined ? undefined : { a: a.list, b: b.list, byItself: 0 };
}
