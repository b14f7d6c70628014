/** Waits between tries: doubling from the first to the last of these, in milliseconds, with jitter. */
export const BACK_OFF = { first: 1000, last: 8000 } as const;

/** Doubling from `first` to `last`, each spread over half to one and a half times. */
export function backOff(attempt: number, random: () => number): number {
  const base = Math.min(BACK_OFF.last, BACK_OFF.first * 2 ** (attempt - 1));
  return base * (0.5 + random());
}
