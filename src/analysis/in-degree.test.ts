import { describe, expect, it } from 'vitest';
import { dice } from '../simulation/models/dice.ts';
import { goodnessOfFit, InDegree } from './in-degree.ts';
import { Measures } from './measures.ts';
import { LEECH, SEED } from './peers.ts';
import { randomOrder } from './robustness.ts';

function told(inDegree: InDegree) {
  const measures = new Measures();
  inDegree.tell(measures, 'film');
  const all = measures.all();
  return (name: string) => all[`inDegree.film.${name}`]?.value;
}

/**
 * `peers` of which every fifth is a SEED ask `rounds` times each, in turn, for lists of 10; some leave and come back.
 * `prefer`: this share of the lists is cut from the first quarter of the peers.
 */
function handOuts(seed: number, { peers = 60, rounds = 10, prefer = 0, churn = false } = {}): InDegree {
  const random = dice(seed, 'in-degree test', 0);
  const inDegree = new InDegree();
  const modeOf = (peer: number) => (peer % 5 === 0 ? SEED : LEECH);
  const present = new Set<number>();
  const come = (peer: number) => {
    present.add(peer);
    inDegree.begin(peer, modeOf(peer));
  };
  for (let peer = 0; peer < peers; peer++) come(peer);
  for (let request = 0; request < peers * rounds; request++) {
    const asker = request % peers;
    if (churn && random() < 0.05) {
      const other = Math.floor(random() * peers);
      if (present.delete(other)) inDegree.end(other);
      else come(other);
    }
    if (!present.has(asker)) continue;
    // A seed is not handed to a seed.
    const candidates = [...present].filter(
      (other) => other !== asker && (modeOf(asker) === LEECH || modeOf(other) === LEECH),
    );
    const pool = random() < prefer ? candidates.filter((other) => other < peers / 4) : candidates;
    const listed = [...randomOrder(pool.length, random).subarray(0, 10)].map((i) => pool[i] ?? 0);
    inDegree.handOut(asker, modeOf(asker), listed, listed.length, candidates.length);
  }
  for (const peer of present) inDegree.end(peer);
  return inDegree;
}

describe('in-degree of hand-outs', () => {
  it('is counted, and expected, as worked by hand', () => {
    const inDegree = new InDegree();
    for (const peer of [0, 1, 2]) inDegree.begin(peer, LEECH);
    // 0 asks twice for one of two: 1 is on both lists. Its own in-degree has no chance in it.
    inDegree.handOut(0, LEECH, [1], 1, 2);
    inDegree.handOut(0, LEECH, [1], 1, 2);
    for (const peer of [0, 1, 2]) inDegree.end(peer);
    expect(told(inDegree)('mean')).toBe(1);
    // (2 - 1)^2 / (2 / 4) and (0 - 1)^2 / (2 / 4)
    expect(told(inDegree)('dispersion')).toBeCloseTo(2, 12);
    const { observed, expected } = inDegree.curves();
    expect(observed).toEqual({ x: [0, 1, 2], y: [1, 0, 1] });
    expected.y.forEach((spells, degree) => expect(spells).toBeCloseTo([0.5, 1, 0.5][degree] ?? 0, 12));
  });

  it('counts names of nobody among the candidates and the listed, as the tracker does', () => {
    const inDegree = new InDegree();
    for (const peer of [0, 1]) inDegree.begin(peer, LEECH);
    // A list of two out of four: peer 1, and three that nobody bears.
    inDegree.handOut(0, LEECH, [1], 2, 4);
    for (const peer of [0, 1]) inDegree.end(peer);
    for (const spells of inDegree.curves().expected.y) expect(spells).toBeCloseTo(0.5, 12);
  });

  it('does not expect seeds on the lists of seeds', () => {
    const inDegree = new InDegree();
    inDegree.begin(0, SEED);
    inDegree.begin(1, SEED);
    inDegree.begin(2, LEECH);
    inDegree.handOut(0, SEED, [2], 1, 1);
    for (const peer of [0, 1, 2]) inDegree.end(peer);
    // Only the LEECH had a hand-out to be on.
    expect(inDegree.curves().observed).toEqual({ x: [1], y: [1] });
  });

  it.each([
    [false, 0.65],
    // Spells of unequal length: the test refuses too seldom, as it says.
    [true, 0.85],
  ])('fits the binomial when lists are uniform (churn: %s)', (churn, mostMeanP) => {
    const RUNS = 200;
    let refused = 0;
    let dispersion = 0;
    let sum = 0;
    for (let seed = 0; seed < RUNS; seed++) {
      const measure = told(handOuts(seed, { churn }));
      const pValue = measure('pValue') ?? 0;
      sum += pValue / RUNS;
      dispersion += (measure('dispersion') ?? 0) / RUNS;
      if (pValue < 0.05) refused++;
    }
    // 5% would be refused of an exact test; of one that is a little conservative, fewer.
    expect(refused / RUNS).toBeLessThan(0.1);
    expect(sum).toBeGreaterThan(0.4);
    expect(sum).toBeLessThan(mostMeanP);
    expect(Math.abs(dispersion - 1)).toBeLessThan(0.05);
  });

  it('is far from the binomial when some are preferred', () => {
    const measure = told(handOuts(1, { peers: 200, rounds: 10, prefer: 0.1 }));
    expect(measure('pValue') ?? 1).toBeLessThan(1e-4);
    expect(measure('dispersion') ?? 0).toBeGreaterThan(1.5);
  });

  it('has expectations that add up to the spells', () => {
    const { observed, expected } = handOuts(9, { churn: true }).curves();
    const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
    expect(Math.abs(total(expected.y) - total(observed.y))).toBeLessThan(0.05);
  });
});

describe('goodness of fit', () => {
  it('joins cells until 5 are expected in each', () => {
    // Cells: {0, 1} 8 of 6, {2} 7 of 10, {3, 4} 5 of 4 -> joined to the one before: 12 of 14.
    const fit = goodnessOfFit([3, 5, 7, 3, 2], [2, 4, 10, 3, 1]);
    expect(fit?.degrees).toBe(1);
    expect(fit?.statistic).toBeCloseTo(4 / 6 + 4 / 14, 12);
    expect(goodnessOfFit([10], [10])).toBeUndefined();
    expect(goodnessOfFit([], [])).toBeUndefined();
  });
});
