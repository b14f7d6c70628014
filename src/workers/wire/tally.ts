/** How many exchanges of a log there are of each kind: what filters can be chosen from. */
import { EDITIONS, METHODS } from '../../protocol/message.ts';
import { TROUBLES } from '../../recording/columns.ts';
import { SENDERS, VERDICTS } from '../../recording/record.ts';
import type { ExchangeStore } from '../../recording/store.ts';
import type { WireTally } from '../messages.ts';

/** Swarms named; the busiest ones when there are more. */
const MAX_SWARMS = 40;

const counted = <Word extends string>(
  words: readonly Word[],
  counts: readonly number[],
): readonly (readonly [Word, number])[] =>
  words.flatMap((word, code) => {
    const count = counts[code] ?? 0;
    return count > 0 ? [[word, count] as const] : [];
  });

const CODED = ['method', 'edition', 'verdict', 'from', 'trouble', 'swarms'] as const;
type Coded = (typeof CODED)[number];

export class Tally {
  readonly #store: ExchangeStore;
  readonly #counts: Record<Coded, number[]> = {
    method: [],
    edition: [],
    verdict: [],
    from: [],
    trouble: [],
    swarms: [],
  };
  #withFindings = 0;
  #counted = 0;

  constructor(store: ExchangeStore) {
    this.#store = store;
  }

  /** Counts the rows appended since. */
  update(): void {
    const { length } = this.#store;
    this.#add(this.#counted, length, 1);
    this.#counted = length;
  }

  /** To be called before the store lets the first rows go. */
  forget(rows: number): void {
    this.update();
    this.#add(0, rows, -1);
    this.#counted -= rows;
  }

  get counts(): WireTally {
    const { method, edition, verdict, from, trouble } = this.#counts;
    return {
      methods: counted(['none', ...METHODS], method),
      editions: counted(['none', ...EDITIONS], edition),
      verdicts: counted(VERDICTS, verdict),
      from: counted(SENDERS, from),
      // Its first code is that of none.
      troubles: counted(TROUBLES, trouble.slice(1)),
      swarms: this.#swarms(),
      findings: this.#withFindings,
    };
  }

  #add(first: number, end: number, step: 1 | -1): void {
    const { columns } = this.#store;
    for (const name of CODED) {
      const column = columns[name];
      const counts = this.#counts[name];
      for (let row = first; row < end; row++) {
        const code = column[row] ?? 0;
        counts[code] = (counts[code] ?? 0) + step;
      }
    }
    const { requestFindings, responseFindings } = columns;
    for (let row = first; row < end; row++)
      if (requestFindings[row] !== 0 || responseFindings[row] !== 0) this.#withFindings += step;
  }

  /** An exchange about several swarms counts for each. */
  #swarms(): readonly (readonly [string, number])[] {
    const { swarmSets, swarms } = this.#store;
    const sums = new Map<number, number>();
    this.#counts.swarms.forEach((count, set) => {
      for (const swarm of swarmSets.membersOf(set)) sums.set(swarm, (sums.get(swarm) ?? 0) + count);
    });
    return [...sums]
      .filter(([, count]) => count > 0)
      .sort(([, one], [, other]) => other - one)
      .slice(0, MAX_SWARMS)
      .map(([swarm, count]) => [swarms.textOf(swarm) ?? '', count] as const);
  }
}
