/** Whether the tracker is well: from what peers meet, and from whether it answers for its figures. */
import type { StatsReport } from '../workers/client.ts';
import type { Snapshot, TrackerSight, TrackerStats } from '../workers/messages.ts';
import { combinedSight } from './tally.ts';

/** Askings in vain, one a second, after which it counts as gone; late answers, after which its figures count as old. */
const GONE = 2;
const OLD = 3;

export class TrackerHealth {
  #stats: TrackerStats | undefined;
  #answered = false;
  #silent = 0;
  #slow = 0;

  /** Its latest figures, as long as they are fresh. */
  get stats(): TrackerStats | undefined {
    return this.#stats;
  }

  hear(report: StatsReport): void {
    switch (report.kind) {
      case 'stats':
        this.#stats = report.stats;
        this.#answered = true;
        this.#silent = this.#slow = 0;
        return;
      case 'none':
        this.#stats = undefined;
        this.#silent = this.#slow = 0;
        return;
      case 'silent':
        this.#silent++;
        if (this.#silent >= GONE) this.#stats = undefined;
        return;
      case 'slow':
        // It stands in the browser's queue behind the peers' own requests: slow is not gone.
        this.#slow++;
        if (this.#slow >= OLD) this.#stats = undefined;
        return;
      default:
        report satisfies never;
    }
  }

  /** `elapsed`: milliseconds of run time. `lively`: peers are asking; else only its figures can tell. */
  sight(latest: Iterable<Snapshot>, elapsed: number, lively: boolean): TrackerSight {
    const seen: TrackerSight = lively ? combinedSight(latest) : { state: 'unknown' };
    // Only one that has answered before can have gone; from others there may be nothing to be had but by POST.
    if (seen.state !== 'trouble' && this.#answered && this.#silent >= GONE)
      return { state: 'trouble', at: elapsed, failure: 'unreachable', detail: '' };
    if (seen.state === 'unknown' && this.#stats !== undefined && !lively)
      return { state: 'ok', at: elapsed, latency: undefined };
    return seen;
  }
}
