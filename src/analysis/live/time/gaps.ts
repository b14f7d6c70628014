/** Of which whiles somebody told nothing: in order, none touching another, and never more than a few hundred. */
import type { Range } from './bins.ts';

const MOST = 256;

export class Gaps {
  #all: Range[] = [];

  add({ from, to }: Range): void {
    if (!(to > from)) return;
    const merged: Range[] = [];
    for (const gap of [...this.#all, { from, to }].sort((one, other) => one.from - other.from)) {
      const last = merged.at(-1);
      if (last !== undefined && gap.from <= last.to)
        merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, gap.to) };
      else merged.push(gap);
    }
    this.#all = merged.length > MOST ? withoutShortestPause(merged) : merged;
  }

  /** How far back from a moment everything is known, at most `most` milliseconds. */
  knownSince(at: number, most: number): number {
    let since = Math.max(0, at - most);
    for (const { from, to } of this.#all) if (from < at) since = Math.max(since, Math.min(to, at));
    return since;
  }

  within(range: Range): readonly Range[] {
    return this.#all.filter(({ from, to }) => to > range.from && from < range.to);
  }
}

/** The two gaps nearest to each other as one: what is known of the pause between them is not said any more. */
function withoutShortestPause(gaps: readonly Range[]): Range[] {
  let shortest = 1;
  const pause = (at: number): number => (gaps[at]?.from ?? Infinity) - (gaps[at - 1]?.to ?? 0);
  for (let at = 2; at < gaps.length; at++) if (pause(at) < pause(shortest)) shortest = at;
  return gaps.flatMap((gap, at) => {
    if (at === shortest) return [];
    return [at === shortest - 1 ? { from: gap.from, to: gaps[shortest]?.to ?? gap.to } : gap];
  });
}
