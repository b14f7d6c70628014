import type { Chunks } from './chunks.ts';
import type { Link } from './link.ts';

/**
 * Rarest first: of the chunks missing and not asked for yet, the one that fewest of the `open` links hold, ties by lot;
 * undefined when none of them holds any. O(chunks x links).
 */
export function rarest(
  missing: Chunks,
  asked: ReadonlySet<number>,
  open: readonly Link[],
  random: () => number,
): number | undefined {
  let best: number | undefined;
  let fewest = Infinity;
  let ties = 0;
  for (let chunk = missing.base; chunk < missing.base + missing.size; chunk++) {
    if (missing.has(chunk) || asked.has(chunk)) continue;
    let holders = 0;
    for (const link of open) if (link.theirs.has(chunk)) holders++;
    if (holders === 0 || holders > fewest) continue;
    if (holders < fewest) {
      fewest = holders;
      ties = 0;
    }
    ties++;
    if (random() * ties < 1) best = chunk;
  }
  return best;
}
