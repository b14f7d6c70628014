/** What a conformance case is and what comes of it: the same shape for trackers and for peers under test. */
import type { EditionId } from '../protocol/message.ts';

/** MUST: the text demands it. SHOULD: it advises it, or (`ours`) the texts are silent and this project decided. */
export type Level = 'MUST' | 'SHOULD';

export interface CaseInfo {
  /** Edition, section without `§`, name: `rfc7846/4.1.1/leave-from-start`. Unique. */
  readonly id: string;
  readonly edition: EditionId;
  /** `RFC 7846 §4.1.1`. */
  readonly section: string;
  readonly level: Level;
  /** The texts are silent or contradict each other, and the digest settles it; such a case is never a MUST. */
  readonly ours?: true;
  /** One sentence: what is demanded. */
  readonly requirement: string;
  /** What to do when it fails. */
  readonly advice: string;
}

export interface Case<Bench> extends CaseInfo {
  /**
   * Time the case needs by itself, beyond answers: seconds, or as many track timers (and a margin of a few
   * seconds). Without it the runner's limit stands.
   */
  readonly takes?: { readonly seconds: number } | { readonly trackTimers: number };
  /**
   * Coming to its end is passing. It stops at the first expectation that is not met, which is thrown as a
   * `Stop` (the functions of `verify.ts` do); whatever else it throws is a fault of the case itself.
   */
  readonly run: (bench: Bench) => Promise<void>;
}

export type Verdict =
  | { readonly verdict: 'pass' }
  | { readonly verdict: 'fail'; readonly expected: string; readonly actual: string }
  /** Not tried: something it needs is not there. */
  | { readonly verdict: 'skipped'; readonly why: string }
  /** Tried, but the requirement was not reached: a step before it went wrong, or the time ran out. */
  | { readonly verdict: 'inconclusive'; readonly why: string }
  /** A fault of the case, not of what is tested. */
  | { readonly verdict: 'fault'; readonly why: string };

/** How a case ends before its end. */
export class Stop extends Error {
  readonly verdict: Exclude<Verdict, { readonly verdict: 'pass' | 'fault' }>;
  constructor(verdict: Stop['verdict']) {
    super(verdict.verdict);
    this.name = 'Stop';
    this.verdict = verdict;
  }
}

/** One request and what came of it, as bytes: what a result shows and what can be sent again by hand. */
export interface Exchange {
  /** What the step is for: `CONNECT: JOIN as LEECH`. */
  readonly step: string;
  /** Milliseconds from the beginning of the case to the first byte of the request. */
  readonly at: number;
  /** Milliseconds from there to the last byte of the answer. */
  readonly took: number;
  readonly request: {
    readonly method: string;
    /** Where it went: a URL when sent, path and query when received. */
    readonly target: string;
    /** As far as known, in order; names as sent. */
    readonly headers: Headers;
    readonly body: Uint8Array;
  };
  /** Absent when none came; then `failure` says why. */
  readonly answer?: {
    readonly status: number;
    /** Empty where the HTTP version has none. */
    readonly reason: string;
    /** As far as known, in order. */
    readonly headers: Headers;
    readonly body: Uint8Array;
  };
  readonly failure?: string;
}

export type Headers = readonly (readonly [name: string, value: string])[];

export interface CaseResult {
  readonly info: CaseInfo;
  readonly verdict: Verdict;
  /** In the order they began. */
  readonly exchanges: readonly Exchange[];
  readonly milliseconds: number;
}

/** Time comes from the host: milliseconds from any fixed moment. */
export interface Clock {
  now(): number;
  /** Calls once after so many milliseconds; what it returns calls that off. */
  after(milliseconds: number, call: () => void): () => void;
}
