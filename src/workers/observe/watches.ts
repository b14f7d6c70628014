/** Who is answered, and when: at once, and then whenever there is news, but never faster than can be looked at. */
import type { AnswerTo, Question, QuestionKind } from '../../analysis/live/questions.ts';
import type { ObserveReport } from '../messages.ts';

/** Milliseconds between two answers to one who watches. */
const INTERVAL = 250;

interface WatchOptions {
  /** Milliseconds by the wall clock. */
  readonly now: () => number;
  readonly tell: (report: ObserveReport) => void;
  readonly ask: (question: Question) => AnswerTo<QuestionKind>;
}

interface Watch {
  readonly question: Question;
  /** Something has happened since its last answer. */
  stale: boolean;
  /** The page has looked at the last one. */
  seen: boolean;
  answeredAt: number;
}

export class Watches {
  readonly #options: WatchOptions;
  readonly #watches = new Map<number, Watch>();

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  add(id: number, question: Question): void {
    this.#watches.set(id, { question, stale: true, seen: true, answeredAt: -Infinity });
    this.push();
  }

  remove(id: number): void {
    this.#watches.delete(id);
  }

  /** The page has taken in the latest answer. */
  seen(id: number): void {
    const watch = this.#watches.get(id);
    if (watch !== undefined) watch.seen = true;
  }

  once(id: number, question: Question): void {
    this.#answer(id, question);
  }

  /** Every answer given so far is out of date. */
  news(): void {
    for (const watch of this.#watches.values()) watch.stale = true;
  }

  /** Answers whoever is due. */
  push(): void {
    const now = this.#options.now();
    for (const [id, watch] of this.#watches) {
      if (!watch.stale || !watch.seen || now - watch.answeredAt < INTERVAL) continue;
      watch.answeredAt = now;
      watch.seen = false;
      watch.stale = false;
      this.#answer(id, watch.question);
    }
  }

  /** A question that cannot be answered is a fault of ours: it costs nobody else, and is not asked again by itself. */
  #answer(id: number, question: Question): void {
    const { ask, tell } = this.#options;
    try {
      tell({ kind: 'answer', id, answer: ask(question) });
    } catch (cause) {
      this.#watches.delete(id);
      const message = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
      tell({ kind: 'fault', id, message });
    }
  }
}
