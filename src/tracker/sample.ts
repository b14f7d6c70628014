/**
 * Uniform random sample of `k` of `n` without replacement, in uniform order, in O(k) time and memory:
 * a Fisher-Yates shuffle of which only the first `k` places are played and only the touched places
 * are remembered. Swarm size never enters the cost (digest, "Peer list").
 */

/** So many touched places are found again by looking through them all: cheaper than a map, and nothing to collect. */
const FEW = 64;
const places = new Uint32Array(FEW);
const indices = new Uint32Array(FEW);

/** `k` different indices of [0, n), never `exclude`; fewer when fewer exist. */
export function sampleIndices(k: number, n: number, random: () => number, exclude = -1): number[] {
  const excluding = exclude >= 0 && exclude < n;
  // Play over [0, last): the highest index stands in for the excluded one.
  const size = excluding ? n - 1 : n;
  const count = Math.max(0, Math.min(k, size));
  const drawn = count <= FEW ? fewOf(count, size, random) : manyOf(count, size, random);
  if (excluding)
    for (let place = 0; place < count; place++) if (drawn[place] === exclude) drawn[place] = n - 1;
  return drawn;
}

function fewOf(count: number, size: number, random: () => number): number[] {
  const drawn: number[] = [];
  let touched = 0;
  for (let place = 0; place < count; place++) {
    const from = place + Math.floor(random() * (size - place));
    let index = from;
    let left = place;
    let at = touched;
    for (let i = 0; i < touched; i++) {
      const known = places[i] as number;
      if (known === place) left = indices[i] as number;
      if (known !== from) continue;
      index = indices[i] as number;
      at = i;
    }
    places[at] = from;
    indices[at] = left;
    if (at === touched) touched++;
    drawn.push(index);
  }
  return drawn;
}

function manyOf(count: number, size: number, random: () => number): number[] {
  const moved = new Map<number, number>();
  const drawn: number[] = [];
  for (let place = 0; place < count; place++) {
    const from = place + Math.floor(random() * (size - place));
    drawn.push(moved.get(from) ?? from);
    moved.set(from, moved.get(place) ?? place);
  }
  return drawn;
}
