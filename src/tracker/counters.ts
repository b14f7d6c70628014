/** How many requests there were, by what they were: the `requests` of `GET /stats`. */
import type { Counted, TrackerStats } from './api.ts';

export class RequestCounters {
  #total = 0;
  readonly #byMethod: Partial<Record<NonNullable<Counted['method']>, number>> = {};
  readonly #byEdition: Partial<Record<NonNullable<Counted['edition']>, number>> = {};
  readonly #byError: Partial<Record<NonNullable<Counted['error']>, number>> = {};

  count({ method, edition, error }: Counted): void {
    this.#total++;
    if (method !== undefined) this.#byMethod[method] = (this.#byMethod[method] ?? 0) + 1;
    if (edition !== undefined) this.#byEdition[edition] = (this.#byEdition[edition] ?? 0) + 1;
    if (error !== undefined) this.#byError[error] = (this.#byError[error] ?? 0) + 1;
  }

  read(): TrackerStats['requests'] {
    return {
      total: this.#total,
      byMethod: { ...this.#byMethod },
      byEdition: { ...this.#byEdition },
      byError: { ...this.#byError },
    };
  }
}
