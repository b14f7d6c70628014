/** What the latest requests say of the tracker: one failure is chance, some in a row are trouble. */
import { present } from '../protocol/reading.ts';
import type { BareResult } from './exchange-log.ts';
import type { TrackerSight } from './report.ts';

/** Requests without a usable answer, and answers that carry an error, in a row. */
const LOST_IN_A_ROW = 3;
const REFUSED_IN_A_ROW = 10;

export class SightOfTracker {
  #good: Extract<TrackerSight, { state: 'ok' }> | undefined;
  #lost = 0;
  #refused = 0;
  #trouble: Extract<TrackerSight, { state: 'trouble' }> | undefined;

  /** `at`, `took`: milliseconds. */
  see(result: BareResult, at: number, took: number): void {
    if (result.kind === 'failed' || result.verdict === 'unreadable') {
      this.#lost++;
      const failure = result.kind === 'failed' ? result.failure : 'unreadable';
      const cause = result.kind === 'failed' ? result.cause : looksLike(result);
      this.#trouble = { state: 'trouble', at, failure, ...present('cause', cause), detail: result.detail };
      return;
    }
    this.#lost = 0;
    if (result.verdict === 'error') {
      this.#refused++;
      this.#trouble = { state: 'trouble', at, failure: 'refuses', detail: result.detail };
      return;
    }
    this.#refused = 0;
    const before = this.#good?.latency ?? took;
    const latency = before + (took - before) * 0.1;
    this.#good = { state: 'ok', at, latency };
  }

  get sight(): TrackerSight {
    const lost = this.#lost >= (this.#good === undefined ? 1 : LOST_IN_A_ROW);
    if (this.#trouble !== undefined && (lost || this.#refused >= REFUSED_IN_A_ROW)) return this.#trouble;
    return this.#good ?? { state: 'unknown' };
  }
}

/** What answers in the place of a tracker: a gate, a web page, or a pointer elsewhere. */
function looksLike({
  status,
  contentType,
}: Extract<BareResult, { kind: 'answered' }>): 'html' | 'redirect' | 'unauthorized' | undefined {
  // A server in front of the tracker asks in its own words.
  if (status === 401) return 'unauthorized';
  if (status >= 300 && status < 400) return 'redirect';
  return /^\s*(text\/html|application\/xhtml\+xml)\b/i.test(contentType) ? 'html' : undefined;
}
