/** Two texts line by line, by the shortest edit script (E. Myers, "An O(ND) Difference Algorithm", 1986). */
export interface ComparedLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
  /** Line numbers from 1, in the texts that have the line. */
  readonly before?: number;
  readonly after?: number;
}

/** Beyond that many edits what lies between the common ends counts as replaced: no one reads on, and time is square. */
export const MAX_EDITS = 1500;

export function compareLines(before: readonly string[], after: readonly string[]): ComparedLine[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  const most = Math.min(before.length, after.length) - head;
  while (tail < most && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const from = before.slice(head, before.length - tail);
  const to = after.slice(head, after.length - tail);
  const lines: ComparedLine[] = [];
  let [a, b] = [0, 0];
  const put = (kind: ComparedLine['kind']): void => {
    const text = (kind === 'added' ? after[b] : before[a]) ?? '';
    const earlier = kind === 'added' ? undefined : ++a;
    const later = kind === 'removed' ? undefined : ++b;
    lines.push({
      kind,
      text,
      ...(earlier !== undefined && { before: earlier }),
      ...(later !== undefined && { after: later }),
    });
  };
  for (let i = 0; i < head; i++) put('same');
  for (const kind of editScript(from, to)) put(kind);
  for (let i = 0; i < tail; i++) put('same');
  return lines;
}

function editScript(from: readonly string[], to: readonly string[]): ComparedLine['kind'][] {
  const most = Math.min(from.length + to.length, MAX_EDITS);
  const offset = most + 1;
  /** Per diagonal x - y: the furthest x reached with the edits so far. */
  const furthest = new Int32Array(2 * most + 3);
  const trace: Int32Array[] = [];
  for (let edits = 0; edits <= most; edits++) {
    trace.push(furthest.slice(offset - edits - 1, offset + edits + 2));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const at = offset + diagonal;
      const [left = 0, right = 0] = [furthest[at - 1], furthest[at + 1]];
      const down = diagonal === -edits || (diagonal !== edits && left < right);
      let x = down ? right : left + 1;
      let y = x - diagonal;
      while (x < from.length && y < to.length && from[x] === to[y]) {
        x++;
        y++;
      }
      furthest[at] = x;
      if (x >= from.length && y >= to.length) return walkBack(trace, from.length, to.length);
    }
  }
  return [...from.map(() => 'removed' as const), ...to.map(() => 'added' as const)];
}

/** `trace[n]` is what stood on the diagonals -n-1 to n+1 before the nth edit. */
function walkBack(
  trace: readonly Int32Array[],
  fromLength: number,
  toLength: number,
): ComparedLine['kind'][] {
  const script: ComparedLine['kind'][] = [];
  let [x, y] = [fromLength, toLength];
  for (let edits = trace.length - 1; edits >= 0; edits--) {
    const before = trace[edits] ?? new Int32Array();
    const reached = (diagonal: number): number => before[diagonal + edits + 1] ?? 0;
    const diagonal = x - y;
    const down = diagonal === -edits || (diagonal !== edits && reached(diagonal - 1) < reached(diagonal + 1));
    const previousDiagonal = down ? diagonal + 1 : diagonal - 1;
    const previousX = edits === 0 ? 0 : reached(previousDiagonal);
    const previousY = edits === 0 ? 0 : previousX - previousDiagonal;
    while (x > previousX && y > previousY) {
      script.push('same');
      x--;
      y--;
    }
    if (edits > 0) {
      script.push(down ? 'added' : 'removed');
      [x, y] = [previousX, previousY];
    }
  }
  return script.reverse();
}

/** A run of lines with its changes; lines between two runs are left out. */
export interface Hunk {
  readonly lines: readonly ComparedLine[];
  /** Lines left out before it. */
  readonly skipped: number;
}

/** The changes with so many unchanged lines around them; at most `most` lines in all. */
export function hunksOf(lines: readonly ComparedLine[], around: number, most: number): readonly Hunk[] {
  const near = new Uint8Array(lines.length);
  lines.forEach(({ kind }, index) => {
    if (kind !== 'same') near.fill(1, Math.max(0, index - around), index + around + 1);
  });
  const hunks: { lines: ComparedLine[]; skipped: number }[] = [];
  let skipped = 0;
  let kept = 0;
  lines.forEach((line, index) => {
    if (near[index] === 0 || kept >= most) {
      skipped++;
      return;
    }
    if (index === 0 || skipped > 0 || hunks.length === 0) hunks.push({ lines: [], skipped });
    skipped = 0;
    kept++;
    hunks.at(-1)?.lines.push(line);
  });
  if (skipped > 0 && hunks.length > 0) hunks.push({ lines: [], skipped });
  return hunks;
}
