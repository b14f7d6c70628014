/**
 * How often each registered peer of a swarm was listed in a window, against what uniform random lists would give. Of
 * each list only peers count that were registered just then, among such as could be on it: whatever else the tracker
 * lists, dead peers or some that only it knows, these are a uniform sample of those if the list is one.
 */
import { InDegree, type Spell } from '../in-degree.ts';
import { LEECH, SEED } from '../peers.ts';
import { Dispersion } from './dispersion.ts';
import type { HandOuts } from './hand-outs.ts';
import type { Favour, SpreadAnswer } from './list-questions.ts';
import { ALWAYS, isCandidate, OUT, type Membership } from './membership.ts';
import type { Directory } from './observer.ts';

const MOST_FAVOURED = 5;

type Spread = Omit<SpreadAnswer, 'about' | 'looked' | 'swarm'>;

/** `lists`: numbers of those that count, all of `swarm`, in order; `from`, `to`: milliseconds. */
export function spreadOf(
  handOuts: HandOuts,
  lists: readonly number[],
  membership: Membership,
  directory: Directory,
  { swarm, from, to }: { readonly swarm: number; readonly from: number; readonly to: number },
): Spread {
  const dispersion = new Dispersion();
  const byPeer = new Map<number, { seen: number; mean: number; variance: number }>();
  let spells = 0;
  let sum = 0;
  const inDegree = new InDegree((spell: Spell) => {
    dispersion.add(spell);
    spells++;
    sum += spell.degree;
    const all = byPeer.get(spell.peer) ?? { seen: 0, mean: 0, variance: 0 };
    byPeer.set(spell.peer, {
      seen: all.seen + spell.degree,
      mean: all.mean + spell.mean,
      variance: all.variance + spell.variance,
    });
  });

  const replay = membership.replay();
  const { parts } = replay;
  replay.until(from);
  const there = [0, 0, 0, 0];
  const always = new Set<number>();
  const enter = (row: number, part: number): void => {
    there[part] = (there[part] ?? 0) + 1;
    if (part === ALWAYS) always.add(row);
    else if (part !== OUT) inDegree.begin(row, part);
  };
  const isHere = Uint8Array.from(parts, (_, row) => (directory.swarmAt(row) === swarm ? 1 : 0));
  parts.forEach((part, row) => {
    if (isHere[row] === 1) enter(row, part);
  });
  const changed = (row: number, was: number, part: number): void => {
    if (isHere[row] !== 1) return;
    there[was] = (there[was] ?? 0) - 1;
    inDegree.end(row);
    enter(row, part);
  };

  for (const list of lists) {
    replay.until(handOuts.at(list), changed);
    const asker = handOuts.asker(list);
    const part = parts[asker] ?? OUT;
    const mode =
      part === OUT ? (directory.modeAt(asker) === 0 ? LEECH : SEED) : part === LEECH ? LEECH : SEED;
    const listed: number[] = [];
    for (const row of handOuts.rows(list))
      if (isHere[row] === 1 && isCandidate(parts[row] ?? OUT, mode)) listed.push(row);
    const candidates = (there[LEECH] ?? 0) + (mode === LEECH ? (there[SEED] ?? 0) : 0);
    const others = candidates - (isCandidate(part, mode) ? 1 : 0);
    inDegree.handOut(asker, mode, listed, listed.length, others);
  }
  replay.until(to, changed);
  isHere.forEach((here, row) => {
    if (here === 1) inDegree.end(row);
  });

  const { observed, expected } = inDegree.curves();
  const favours = [...byPeer].flatMap(([row, { seen, mean, variance }]): Favour[] =>
    variance <= 1e-9
      ? []
      : [
          {
            peer: directory.handleAt(row),
            seen,
            expected: mean,
            score: (seen - mean) / Math.sqrt(variance),
          },
        ],
  );
  favours.sort((a, b) => b.score - a.score);
  return {
    least: observed.x[0] ?? 0,
    observed: Float64Array.from(observed.y),
    expected: Float64Array.from(expected.y),
    spells,
    mean: spells === 0 ? 0 : sum / spells,
    dispersion: dispersion.index,
    pValue: dispersion.pValue,
    fit: inDegree.fit(),
    favoured: favours.slice(0, MOST_FAVOURED),
    always: always.size,
  };
}
