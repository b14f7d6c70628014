/**
 * Uniform random sample of `k` of `n` without replacement, in uniform order, in O(k) time and memory:
 * a Fisher-Yates shuffle of which only the first `k` places are played and only the touched places
 * are remembered. Swarm size never enters the cost (digest, "Peer list").
 */

/** `k` different indices of [0, n), never `exclude`; fewer when fewer exist. */
export function sampleIndices(k: number, n: number, random: () => number, exclude = -1): number[] {
  const excluding = exclude >= 0 && exclude < n;
  // Play over [0, last): the highest index stands in for the excluded one.
  const size = excluding ? n - 1 : n;
  const count = Math.max(0, Math.min(k, size));
  const moved = new Map<number, number>();
  const drawn: number[] = [];
  for (let place = 0; place < count; place++) {
    const from = place + Math.floor(random() * (size - place));
    const index = moved.get(from) ?? from;
    moved.set(from, moved.get(place) ?? place);
    drawn.push(excluding && index === exclude ? n - 1 : index);
  }
  return drawn;
}
