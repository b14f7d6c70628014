/**
 * Max-min fair sharing (water-filling): `capacity` is split evenly, nobody gets more than its own limit, and
 * what one leaves goes to the rest. Writes each one's part into `out`. O(n log n) in the number of takers.
 */
export function shareFairly(capacity: number, limits: readonly number[], out: Float64Array): void {
  const order = limits.map((_, index) => index).sort((a, b) => (limits[a] ?? 0) - (limits[b] ?? 0));
  let left = capacity;
  for (let i = 0; i < order.length; i++) {
    const index = order[i] ?? 0;
    const part = Math.min(limits[index] ?? 0, left / (order.length - i));
    out[index] = part;
    left -= part;
  }
}
