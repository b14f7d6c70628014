/** How alike two lists of one swarm are, as they come: of every list the asker's own before, and another's of about the same time. */
import { Column } from '../column.ts';
import { expectedJaccard } from './overlap.ts';
import type { HandOuts } from './hand-outs.ts';
import { StandingJoins } from './standing-joins.ts';

export interface Likeness {
  /** Jaccard indices: of what is on both, and what would be on two random lists. */
  readonly overlap: number;
  readonly expected: number;
}

export class LikenessOf {
  /** Joinings of each swarm; and of each peer the swarm that it is in and the joining that it is in by, 0: in none. */
  readonly #joins = new Map<number, StandingJoins>();
  readonly #swarm = new Column('uint32');
  readonly #joining = new Column();
  /** Whose turn it was when a row was last marked. */
  readonly #marked = new Column();
  #turn = 0;

  /** How often somebody joined that swarm. */
  joins(swarm: number): number {
    return this.#joins.get(swarm)?.joins ?? 0;
  }

  join(row: number, swarm: number): void {
    let joins = this.#joins.get(swarm);
    if (joins === undefined) this.#joins.set(swarm, (joins = new StandingJoins()));
    this.#swarm.set(row, swarm);
    this.#joining.set(row, joins.join());
  }

  leave(row: number): void {
    const joining = this.#joining.get(row);
    if (joining === 0) return;
    this.#joins.get(this.#swarm.get(row))?.leave(joining);
    this.#joining.set(row, 0);
  }

  /**
   * Of two LEECHes' lists, the later one of just now: only peers count that were registered from the one to the other, so
   * that both are samples of the same. Undefined: nobody was, or the earlier one is forgotten.
   */
  between(handOuts: HandOuts, earlier: number, later: number): Likeness | undefined {
    const swarm = handOuts.swarm(later);
    if (!handOuts.has(earlier) || handOuts.swarm(earlier) !== swarm) return undefined;
    const joins = handOuts.joins(earlier);
    const [one, other] = [handOuts.asker(earlier), handOuts.asker(later)];
    const could = (row: number): boolean => {
      const joining = this.#joining.get(row);
      return joining > 0 && joining <= joins && this.#swarm.get(row) === swarm;
    };
    const turn = ++this.#turn;
    let [a, b, both] = [0, 0, 0];
    for (const row of handOuts.rows(earlier))
      if (row !== one && row !== other && could(row) && this.#marked.get(row) !== turn) {
        a++;
        this.#marked.set(row, turn);
      }
    for (const row of handOuts.rows(later))
      if (row !== one && row !== other && could(row)) {
        b++;
        if (this.#marked.get(row) === turn) both++;
      }
    const askers = (could(one) ? 1 : 0) + (other !== one && could(other) ? 1 : 0);
    const expected = expectedJaccard(a, b, (this.#joins.get(swarm)?.among(joins) ?? 0) - askers);
    return expected === undefined ? undefined : { overlap: both / (a + b - both), expected };
  }
}
