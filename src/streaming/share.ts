/**
 * Max-min fair sharing (water-filling; Bertsekas, Gallager: Data Networks, §6.5.2): `capacity` is split evenly,
 * nobody gets more than its own limit, and what one leaves goes to the rest. Writes each one's part into `out`, in the
 * unit of `capacity`. O(n) where nobody is held below an even share, O(n²)
 * at worst; n is small.
 */
export function shareFairly(capacity: number, limits: readonly number[], out: Float64Array): void {
  const count = limits.length;
  out.fill(-1, 0, count);
  let left = capacity;
  let open = count;
  // Each round settles those whose limit is no more than an even share of what is left.
  for (let settled = true; settled && open > 0;) {
    settled = false;
    const even = left / open;
    for (let i = 0; i < count; i++) {
      const limit = limits[i] ?? 0;
      if ((out[i] ?? 0) >= 0 || limit > even) continue;
      out[i] = limit;
      left -= limit;
      open--;
      settled = true;
    }
  }
  const even = Math.max(0, left) / Math.max(1, open);
  for (let i = 0; i < count; i++) if ((out[i] ?? 0) < 0) out[i] = even;
}
