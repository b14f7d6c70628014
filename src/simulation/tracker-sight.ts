/** What the latest requests say of the tracker: one failure is chance, three in a row are trouble. */
import type { ExchangeResult, TrackerSight } from './report.ts';

const IN_A_ROW = 3;

export class SightOfTracker {
  #latency: number | undefined;
  #failures = 0;
  #last: Extract<TrackerSight, { state: 'trouble' }> | undefined;

  see(result: ExchangeResult, took: number): void {
    if (result.kind === 'answered' && result.verdict !== 'unreadable') {
      this.#failures = 0;
      this.#latency = this.#latency === undefined ? took : this.#latency + (took - this.#latency) * 0.1;
      return;
    }
    this.#failures++;
    this.#last =
      result.kind === 'failed'
        ? { state: 'trouble', failure: result.failure, detail: result.detail }
        : { state: 'trouble', failure: 'unreadable', detail: result.detail };
  }

  get sight(): TrackerSight {
    if (this.#last !== undefined && this.#failures >= (this.#latency === undefined ? 1 : IN_A_ROW))
      return this.#last;
    return this.#latency === undefined ? { state: 'unknown' } : { state: 'ok', latency: this.#latency };
  }
}
