/**
 * On how many lists a registered peer is, against what uniform random lists would give. Each list of k peers drawn from
 * c candidates has each of them with probability k/c; so a peer that was a candidate at R hand-outs is on
 * Binomial(R, p) of them, p the mean of k/c over the R (exact where k/c is constant; else the binomial is a little too
 * wide, by sum (p_i - p)^2 in its variance).
 *
 * Candidates (digest, "Peer list"): all others that the tracker holds in the asker's swarm; for a SEED only LEECHes.
 * What is observed is a spell: from a peer's being joined (or the window's begin) until unjoined (or the window's end).
 * Limits: peers joined in several swarms count in the one that they arrived in; lists chosen by what the asker wants
 * (chunk ranges, abilities, locality) are no uniform samples, and the test will say so.
 */
import type { PeerIndex } from '../simulation/virtual/events.ts';
import { Column } from './column.ts';
import type { Measures } from './measures.ts';
import { LEECH, SEED } from './peers.ts';
import type { Curve } from './sample.ts';
import { chiSquareSurvival, logBinomial } from './special-functions.ts';

/** Higher in-degrees are counted together. */
const HIGHEST = 65_535;
/** Cochran's rule for the cells of a chi-square test. */
const LEAST_EXPECTED = 5;
/** Terms of the binomial this much smaller than its greatest are left out. */
const NEGLIGIBLE = 1e-13;

/** What one list adds to the expectation of each candidate. */
class Expectation {
  handOuts = 0;
  mean = 0;
  variance = 0;

  add(probability: number): void {
    this.handOuts++;
    this.mean += probability;
    this.variance += probability * (1 - probability);
  }
}

/** One peer's time as a candidate, at its end. */
export interface Spell {
  readonly peer: PeerIndex;
  /** Lists that it is on, of so many hand-outs; what is expected, and the variance of that. */
  readonly degree: number;
  readonly handOuts: number;
  readonly mean: number;
  readonly variance: number;
}

/** In-degrees in one swarm. */
export class InDegree {
  /** Running sums for a candidate LEECH and for a candidate SEED; a spell is a difference of two readings. */
  readonly #ofLeech = new Expectation();
  readonly #ofSeed = new Expectation();
  readonly #spell = new SpellColumns();
  readonly #observed: number[] = [];
  readonly #expected: number[] = [];
  #spells = 0;
  #sum = 0;
  #dispersion = 0;
  #dispersed = 0;
  readonly #ended: ((spell: Spell) => void) | undefined;

  /** `ended` is told each spell in which there were hand-outs. */
  constructor(ended?: (spell: Spell) => void) {
    this.#ended = ended;
  }

  /**
   * `listed`: peers of this swarm on the list; `length`: of the list, names of nobody included, as they are among the
   * `candidates` for it; `asker` among the registered of the swarm or not.
   */
  handOut(
    asker: PeerIndex,
    askerMode: number,
    listed: readonly PeerIndex[],
    length: number,
    candidates: number,
  ): void {
    if (length === 0 || candidates <= 0) return;
    const probability = Math.min(1, length / candidates);
    this.#ofLeech.add(probability);
    if (askerMode === LEECH) this.#ofSeed.add(probability);
    const { mode } = this.#spell;
    for (const peer of listed) if (mode.get(peer) !== 0) this.#spell.degree.add(peer, 1);
    // The asker itself was no candidate.
    const own = mode.get(asker);
    if (own === LEECH || (own === SEED && askerMode === LEECH)) {
      this.#spell.handOuts.add(asker, 1);
      this.#spell.mean.add(asker, probability);
      this.#spell.variance.add(asker, probability * (1 - probability));
    }
  }

  /** `mode`: `LEECH` or `SEED`. */
  begin(peer: PeerIndex, mode: number): void {
    const sums = mode === LEECH ? this.#ofLeech : this.#ofSeed;
    this.#spell.mode.set(peer, mode);
    this.#spell.degree.set(peer, 0);
    this.#spell.handOuts.set(peer, sums.handOuts);
    this.#spell.mean.set(peer, sums.mean);
    this.#spell.variance.set(peer, sums.variance);
  }

  end(peer: PeerIndex): void {
    const mode = this.#spell.mode.get(peer);
    if (mode === 0) return;
    this.#spell.mode.set(peer, 0);
    const sums = mode === LEECH ? this.#ofLeech : this.#ofSeed;
    const handOuts = sums.handOuts - this.#spell.handOuts.get(peer);
    const mean = sums.mean - this.#spell.mean.get(peer);
    const variance = sums.variance - this.#spell.variance.get(peer);
    if (handOuts < 1) return;
    const degree = this.#spell.degree.get(peer);
    this.#ended?.({ peer, degree, handOuts, mean, variance });
    this.#spells++;
    this.#sum += degree;
    // Where every list has every candidate there is no chance in it.
    if (variance > 1e-9) {
      this.#dispersion += (degree - mean) ** 2 / variance;
      this.#dispersed++;
    }
    count(this.#observed, degree, 1);
    expectBinomial(this.#expected, handOuts, Math.min(1, Math.max(0, mean / handOuts)));
  }

  tell(measures: Measures, of: string): void {
    const observations = this.#spells;
    measures.tell('inDegree.*.mean', this.#sum / this.#spells, { of, observations });
    measures.tell('inDegree.*.dispersion', this.#dispersion / this.#dispersed, {
      of,
      observations: this.#dispersed,
    });
    const fit = this.fit();
    if (fit === undefined) return;
    measures.tell('inDegree.*.chiSquare', fit.statistic, { of, observations });
    measures.tell('inDegree.*.degreesOfFreedom', fit.degrees, { of });
    measures.tell('inDegree.*.pValue', fit.pValue, { of });
  }

  fit(): Fit | undefined {
    return goodnessOfFit(this.#observed, this.#expected);
  }

  /** Spells by in-degree, as seen and as the binomial has it; from the least to the greatest that either has. */
  curves(): { readonly observed: Curve; readonly expected: Curve } {
    const least = this.#observed.findIndex((spells) => spells > 0);
    const from = Math.max(
      0,
      Math.min(
        least,
        this.#expected.findIndex((spells) => spells >= 0.01),
      ),
    );
    const x = Array.from(
      { length: Math.max(this.#observed.length, this.#expected.length) - from },
      (_, i) => from + i,
    );
    return {
      observed: { x, y: x.map((degree) => this.#observed[degree] ?? 0) },
      expected: { x, y: x.map((degree) => this.#expected[degree] ?? 0) },
    };
  }
}

/** Of the spell that each peer is in; `mode` 0: in none. Sums as they stood at its begin, its own requests added. */
class SpellColumns {
  readonly mode = new Column('uint8');
  readonly degree = new Column('uint32');
  readonly handOuts = new Column();
  readonly mean = new Column();
  readonly variance = new Column();
}

function count(cells: number[], degree: number, amount: number): void {
  const cell = Math.min(degree, HIGHEST);
  while (cells.length <= cell) cells.push(0);
  cells[cell] = (cells[cell] ?? 0) + amount;
}

/** Adds the probabilities of Binomial(n, p) to `cells`, from the likeliest outwards. */
function expectBinomial(cells: number[], n: number, p: number): void {
  if (p === 0 || p === 1) {
    count(cells, p * n, 1);
    return;
  }
  const top = Math.min(n, Math.floor((n + 1) * p));
  const odds = p / (1 - p);
  const most = Math.exp(logBinomial(top, n, p));
  const least = most * NEGLIGIBLE;
  for (let k = top, term = most; term > least && k <= n; k++) {
    count(cells, k, term);
    term *= ((n - k) / (k + 1)) * odds;
  }
  for (let k = top, term = most; k > 0; k--) {
    term *= k / ((n - k + 1) * odds);
    if (term <= least) break;
    count(cells, k - 1, term);
  }
}

export interface Fit {
  readonly statistic: number;
  readonly degrees: number;
  readonly pValue: number;
}

/**
 * Pearson's chi-square over cells of neighbouring values, joined until 5 or more are expected in each; no parameter is
 * estimated from what is observed, so the degrees of freedom are the cells less one. Where expectations differ between
 * those observed (spells of unequal length) the test is conservative: it refuses too seldom, never too often.
 * `undefined` of fewer than two cells.
 */
export function goodnessOfFit(observed: readonly number[], expected: readonly number[]): Fit | undefined {
  const cells: { seen: number; due: number }[] = [];
  let open = { seen: 0, due: 0 };
  for (let i = 0; i < Math.max(observed.length, expected.length); i++) {
    open.seen += observed[i] ?? 0;
    open.due += expected[i] ?? 0;
    if (open.due < LEAST_EXPECTED) continue;
    cells.push(open);
    open = { seen: 0, due: 0 };
  }
  const last = cells.at(-1);
  if (last === undefined || cells.length < 2) return undefined;
  last.seen += open.seen;
  last.due += open.due;
  let statistic = 0;
  for (const { seen, due } of cells) statistic += (seen - due) ** 2 / due;
  const degrees = cells.length - 1;
  return { statistic, degrees, pValue: chiSquareSurvival(statistic, degrees) };
}
