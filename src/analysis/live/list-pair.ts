/** One list against another: who is on both, who on one, and whether that is more than chance. */
import { LEECH, SEED } from '../peers.ts';
import { UNKNOWN, type HandOuts } from './hand-outs.ts';
import type { PairAnswer } from './list-questions.ts';
import { isCandidate, OUT, type Membership } from './membership.ts';
import type { Directory } from './observer.ts';
import { expectedJaccard, jaccard } from './overlap.ts';

type Pair = Omit<PairAnswer, 'about' | 'a' | 'b'>;

const GONE = { never: 0, atFirst: 1, atLast: 2, since: 3 } as const;

/** Numbers of two lists that are kept. */
export function pairOf(
  handOuts: HandOuts,
  a: number,
  b: number,
  membership: Membership,
  directory: Directory,
): Pair {
  const onA = new Set(handOuts.rows(a));
  const onB = new Set(handOuts.rows(b));
  const on = (row: number): number => (onA.has(row) ? 1 : 0) + (onB.has(row) ? 2 : 0);
  const rank = [0, 1, 2, 0];
  const rows = [...new Set([...onA, ...onB])]
    .filter((row) => row !== UNKNOWN)
    .sort((one, other) => (rank[on(one)] ?? 0) - (rank[on(other)] ?? 0) || one - other);
  const later = Math.max(handOuts.at(a), handOuts.at(b));
  const goneAt = (row: number): number => {
    const times = [...(onA.has(row) ? [handOuts.at(a)] : []), ...(onB.has(row) ? [handOuts.at(b)] : [])];
    const departed = directory.departedAt(row);
    if (departed <= Math.min(...times)) return GONE.atFirst;
    if (departed <= Math.max(...times)) return GONE.atLast;
    return departed === Infinity ? GONE.never : GONE.since;
  };
  return {
    peers: Uint32Array.from(rows, (row) => directory.handleAt(row)),
    on: Uint8Array.from(rows, on),
    mode: Uint8Array.from(rows, (row) => directory.modeAt(row)),
    age: Float64Array.from(rows, (row) => later - directory.arrivedAt(row)),
    gone: Uint8Array.from(rows, goneAt),
    ...chanceOf(handOuts, a, b, membership, directory),
  };
}

/** Only peers that could be on either list say anything: registered from the one to the other, in the swarm of both. */
function chanceOf(
  handOuts: HandOuts,
  a: number,
  b: number,
  membership: Membership,
  directory: Directory,
): Pick<Pair, 'overlap' | 'expected' | 'candidates'> {
  const nothing = { overlap: undefined, expected: undefined, candidates: undefined };
  const [first, second] = handOuts.at(a) <= handOuts.at(b) ? [a, b] : [b, a];
  const swarm = handOuts.swarm(a);
  if (swarm !== handOuts.swarm(b) || handOuts.at(first) < membership.since) return nothing;
  const replay = membership.replay();
  const could = new Set<number>();
  const askerMode = (list: number): number => {
    const asker = handOuts.asker(list);
    const part = replay.parts[asker] ?? OUT;
    return (part === OUT ? directory.modeAt(asker) === 0 : part === LEECH) ? LEECH : SEED;
  };
  const fits = (row: number, mode: number, list: number): boolean =>
    isCandidate(replay.parts[row] ?? OUT, mode) &&
    directory.swarmAt(row) === swarm &&
    row !== handOuts.asker(list);
  replay.until(handOuts.at(first));
  const firstMode = askerMode(first);
  for (let row = 0; row < replay.parts.length; row++) if (fits(row, firstMode, first)) could.add(row);
  replay.until(handOuts.at(second), (row, _was, part) => {
    if (part === OUT) could.delete(row);
  });
  const secondMode = askerMode(second);
  for (const row of could) if (!fits(row, secondMode, second)) could.delete(row);
  const onA = handOuts.rows(a).filter((row) => could.has(row));
  const onB = handOuts.rows(b).filter((row) => could.has(row));
  return {
    overlap: jaccard(onA, onB),
    expected: expectedJaccard(onA.length, onB.length, could.size),
    candidates: could.size,
  };
}
