/** What was probably meant. */

/** Words longer than this are not compared. */
const MAX_LENGTH = 60;

/** The known word that is nearest to `word` by edits, if any is near: a third of its letters may differ. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (word.length > MAX_LENGTH) return undefined;
  const plain = (one: string): string => one.toLowerCase().replaceAll(/[-_\s]/g, '');
  let best: string | undefined;
  let least = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const one of known) {
    const edits = distance(plain(word), plain(one));
    if (edits < least) [best, least] = [one, edits];
  }
  return best;
}

/** Insertions, deletions and replacements that make one of the other (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
