/** Reports faults of ours without letting whoever can provoke them fill the log. */

/** Milliseconds within which the same fault is reported once. */
const WINDOW = 10_000;
/** Different faults reported within that time. */
const MAX_FAULTS = 16;

export function boundedLog(print: (fault: unknown) => void, now: () => number): (fault: unknown) => void {
  const reported = new Set<string>();
  let since = Number.NEGATIVE_INFINITY;
  return (fault) => {
    const at = now();
    if (at - since >= WINDOW) {
      reported.clear();
      since = at;
    }
    const message = String(fault);
    if (reported.has(message) || reported.size >= MAX_FAULTS) return;
    reported.add(message);
    print(fault);
  };
}
