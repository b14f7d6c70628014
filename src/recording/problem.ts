/** What was wrong with a file that was read, place by place; the rest of it was loaded. */

export type Unit = 'line' | 'packet';

export interface Problem {
  readonly unit: Unit;
  /** From 1. */
  readonly number: number;
  /** What is wrong; never quotes the file. */
  readonly problem: string;
}

/** What was read and not taken, counted by kind: `entries that are no PPSP-TP`. */
export interface Skipped {
  readonly what: string;
  readonly count: number;
}

export interface ImportReport {
  readonly format: 'ndjson' | 'har' | 'pcap' | 'pcapng';
  readonly exchanges: number;
  readonly problems: readonly Problem[];
  /** Problems beyond those kept. */
  readonly moreProblems: number;
  readonly skipped: readonly Skipped[];
}

const MAX_PROBLEMS = 200;

/** What a reader counts as it goes. */
export class ImportNotes {
  readonly #format: ImportReport['format'];
  readonly #problems: Problem[] = [];
  readonly #skipped = new Map<string, number>();
  #moreProblems = 0;
  exchanges = 0;

  constructor(format: ImportReport['format']) {
    this.#format = format;
  }

  problem(unit: Unit, number: number, problem: string): void {
    if (this.#problems.length < MAX_PROBLEMS) this.#problems.push({ unit, number, problem });
    else this.#moreProblems++;
  }

  /** `what`: from a fixed set of words of ours. */
  skip(what: string, count = 1): void {
    this.#skipped.set(what, (this.#skipped.get(what) ?? 0) + count);
  }

  report(): ImportReport {
    return {
      format: this.#format,
      exchanges: this.exchanges,
      problems: [...this.#problems],
      moreProblems: this.#moreProblems,
      skipped: Array.from(this.#skipped, ([what, count]) => ({ what, count })),
    };
  }
}

/** A file being read: bytes are pushed in as they come, exchanges come out of `onExchange` on the way. */
export interface ImportReader {
  push(chunk: Uint8Array): void;
  /** After the last chunk. */
  end(): ImportReport;
}
