/**
 * Where the warm-up ends, as a hint: MSER-5 (White: An effective truncation heuristic for bias reduction in simulation
 * output, Simulation 69 (1997); White, Cobb, Spratt: A comparison of five steady-state truncation heuristics, WSC
 * 2000). Means of 5 samples each, and the cut d that makes the squared standard error of the rest least:
 * MSER(d) = sum_{i >= d} (z_i - mean_d)^2 / (n - d)^2, d in the first half.
 */
const BATCH = 5;

/** Samples to leave out, a multiple of 5; `undefined`: no steady state was reached (or fewer than 50 samples). */
export function mser5(samples: ArrayLike<number>): number | undefined {
  const batches = Math.floor(samples.length / BATCH);
  if (batches < 10) return undefined;
  let sum = 0;
  let squares = 0;
  let least = Infinity;
  let cut = 0;
  // Near the end few batches are alike by chance; and what settles only there has not settled.
  const latest = Math.floor(batches / 2);
  for (let d = batches - 1; d >= 0; d--) {
    let mean = 0;
    for (let i = 0; i < BATCH; i++) mean += (samples[d * BATCH + i] ?? 0) / BATCH;
    sum += mean;
    squares += mean * mean;
    const n = batches - d;
    const error = Math.max(0, squares - (sum * sum) / n) / (n * n);
    if (d <= latest && error <= least) {
      least = error;
      cut = d;
    }
  }
  return cut === latest ? undefined : cut * BATCH;
}
