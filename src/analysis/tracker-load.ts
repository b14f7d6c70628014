/** What the tracker had to do: by method, by error, by second; and what peers saw of it. */
import type { Micros } from '../simulation/virtual/events.ts';
import { batchMeans } from './confidence.ts';
import { LogLinearHistogram } from './log-linear-histogram.ts';
import type { Measures } from './measures.ts';
import type { EventOf } from './peers.ts';
import { quantile } from './sample.ts';
import { Column } from './column.ts';
import { inMicros, inSeconds, Tally, type Window } from './window.ts';

const SECOND = inMicros(1);

export class TrackerLoad {
  readonly #window: Window;
  readonly #handled: Tally;
  readonly #failed: Tally;
  readonly #sent: Tally;
  readonly #retries: Tally;
  readonly #unanswered: Tally;
  readonly #bytesIn: Tally;
  readonly #bytesOut: Tally;
  readonly #methods = new Map<string, Tally>();
  readonly #errors = new Map<string, Tally>();
  /** Microseconds. */
  readonly #response = new LogLinearHistogram();
  /** Requests handled in each whole second of the window. */
  readonly #perSecond = new Column('uint32');

  constructor(window: Window) {
    this.#window = window;
    const tally = () => new Tally(window);
    this.#handled = tally();
    this.#failed = tally();
    this.#sent = tally();
    this.#retries = tally();
    this.#unanswered = tally();
    this.#bytesIn = tally();
    this.#bytesOut = tally();
  }

  /** Requests sent and answers given, in the whole run. */
  get messages(): number {
    return this.#sent.all + this.#handled.all;
  }

  take(event: EventOf<'request' | 'handled' | 'answered' | 'unanswered'>): void {
    const { at } = event;
    switch (event.kind) {
      case 'request':
        this.#sent.add(at);
        this.#bytesIn.add(at, event.bytes);
        if (event.attempt > 1) this.#retries.add(at);
        return;
      case 'handled':
        this.#handled.add(at);
        this.#bytesOut.add(at, event.bytes);
        this.#count(this.#methods, event.method, at);
        if (event.error !== undefined) this.#count(this.#errors, event.error, at);
        if (isFailure(event)) this.#failed.add(at);
        if (this.#window.has(at)) this.#perSecond.add(Math.floor((at - this.#window.from) / SECOND), 1);
        return;
      case 'answered':
        if (this.#window.has(at)) this.#response.add(event.took);
        return;
      case 'unanswered':
        this.#unanswered.add(at);
        return;
      default:
        event satisfies never;
    }
  }

  #count(tallies: Map<string, Tally>, name: string, at: Micros): void {
    let tally = tallies.get(name);
    if (tally === undefined) tallies.set(name, (tally = new Tally(this.#window)));
    tally.add(at);
  }

  tell(measures: Measures, now: Micros): void {
    measures.tell('tracker.requestsPerSecond', this.#handled.rate(now), {
      interval: batchMeans(this.#handled.batchRates(now)),
    });
    const seconds = Math.floor(inSeconds(this.#window.passed(now)));
    const counts = Float64Array.from({ length: seconds }, (_, second) => this.#perSecond.get(second)).sort();
    measures.tell('tracker.peakPerSecond', counts.at(-1) ?? Number.NaN);
    measures.tell('tracker.p95PerSecond', quantile(counts, 0.95));
    measures.tell('tracker.bytesInPerSecond', this.#bytesIn.rate(now));
    measures.tell('tracker.bytesOutPerSecond', this.#bytesOut.rate(now));
    measures.tell('tracker.errorShare', this.#failed.measured / this.#handled.measured);
    measures.tell('tracker.unansweredShare', this.#unanswered.measured / this.#sent.measured);
    measures.tell('tracker.retryShare', this.#retries.measured / this.#sent.measured);
    for (const [of, tally] of this.#methods)
      measures.tell('tracker.methods.*.perSecond', tally.rate(now), { of });
    for (const [of, tally] of this.#errors)
      measures.tell('tracker.errors.*.perSecond', tally.rate(now), { of });

    const observations = this.#response.count;
    const response = (probability: number) => inSeconds(this.#response.quantile(probability));
    measures.tell('tracker.responseSeconds.mean', inSeconds(this.#response.mean), { observations });
    measures.tell('tracker.responseSeconds.p5', response(0.05), { observations });
    measures.tell('tracker.responseSeconds.p50', response(0.5), { observations });
    measures.tell('tracker.responseSeconds.p95', response(0.95), { observations });
    measures.tell('tracker.responseSeconds.p99', response(0.99), { observations });
    if (observations > 0)
      measures.tell('tracker.responseSeconds.max', inSeconds(this.#response.max), { observations });
  }
}

/** An answer that is a failure: an error is named, or the status is none of success. */
export const isFailure = (event: EventOf<'handled'>): boolean =>
  event.error !== undefined || event.status >= 400;
