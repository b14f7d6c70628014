/**
 * How far everything is known: as far as the slowest source has told. Who has said nothing for a while is not waited for;
 * what it says later is told then, as if it had happened just now.
 */
import type { Observation } from '../../simulation/observation.ts';
import { Pending } from './batch.ts';
import type { Gap } from './observer.ts';

/** Milliseconds by the wall clock that a source may be silent before the others are told without it. */
export const SILENCE = 2000;
/** Milliseconds by the wall clock that the place of a source that died stays open: after that none is taken to be missing. */
export const VACANCY = 10_000;
/** Milliseconds between two calls of `passed` that are taken for a halt of the whole page: nobody could be heard. */
const HALT = 1500;

interface Source {
  readonly number: number;
  /** Milliseconds since the run began: everything up to here has been told. */
  at: number;
  /** By the wall clock. */
  heardAt: number;
  readonly pending: Pending[];
  /** It died, or gave way to another of its number. */
  lost: boolean;
  /** Where the one in whose place it is had come to. */
  after: number | undefined;
  /** Up to where it is said already that it has told nothing. */
  missed: number;
}

/** A source that is gone, and everything it has told is passed on. */
export interface Gone {
  readonly source: number;
  /** Milliseconds since the run began. */
  readonly at: number;
}

export class Watermark {
  #sources: Source[] = [];
  /** Milliseconds since the run began: everything up to here has been passed on. */
  #passed = 0;
  #lookedAt: number | undefined;
  #gaps: Gap[] = [];
  /** Of each number whose source was lost: where that had come to, and when by the wall clock it was missed first. */
  readonly #vacant = new Map<number, { readonly at: number; since: number | undefined; missed: number }>();

  get passed(): number {
    return this.#passed;
  }

  /** Sources that are there. */
  get sources(): readonly number[] {
    return this.#sources.filter(({ lost }) => !lost).map(({ number }) => number);
  }

  /** `now`: milliseconds by the wall clock, here as below. */
  join(number: number, now: number): void {
    this.#join(number, now);
  }

  lose(number: number): void {
    const source = this.#present(number);
    if (source === undefined) return;
    source.lost = true;
    this.#vacant.set(number, { at: source.at, since: undefined, missed: source.at });
  }

  tell(observation: Observation, now: number): void {
    const source = this.#present(observation.source) ?? this.#join(observation.source, now);
    if (source.after !== undefined) {
      this.#gaps.push({ source: source.number, from: source.after, to: observation.at });
      source.after = undefined;
    }
    source.at = Math.max(source.at, observation.at);
    source.missed = Math.max(source.missed, source.at);
    source.heardAt = now;
    source.pending.push(new Pending(observation));
  }

  /**
   * Goes on as far as everything is known, but not beyond `most`. What is next of each batch is set; `pass` lets it go.
   * Undefined: it is no further than before.
   */
  advance(now: number, most = Infinity): readonly Pending[] | undefined {
    if (this.#lookedAt !== undefined && now - this.#lookedAt > HALT)
      for (const source of this.#sources) source.heardAt = now;
    this.#lookedAt = now;
    const until = Math.min(most, this.#known(now));
    const parts = this.#sources.flatMap(({ pending }) => pending);
    for (const part of parts) part.reach(until);
    const moved = until > this.#passed || parts.some((part) => hasRows(part));
    this.#passed = Math.max(this.#passed, until);
    this.#miss(now);
    return moved ? parts : undefined;
  }

  /** What `advance` has returned is passed on; batches that nothing is left of, the oldest first. */
  pass(): readonly Observation[] {
    const done: Observation[] = [];
    for (const { pending } of this.#sources) {
      for (const part of pending) part.pass();
      while (pending[0]?.done === true && pending[0].observation.at <= this.#passed)
        for (const { observation } of pending.splice(0, 1)) done.push(observation);
    }
    return done;
  }

  /** Batches of which some is left. */
  get pending(): readonly Observation[] {
    return this.#sources.flatMap(({ pending }) => pending.map(({ observation }) => observation));
  }

  /** Sources that are gone, each once. */
  takeGone(): readonly Gone[] {
    const isGone = ({ lost, pending }: Source): boolean => lost && pending.length === 0;
    const gone = this.#sources.filter(isGone).map(({ number, at }) => ({ source: number, at }));
    if (gone.length > 0) this.#sources = this.#sources.filter((source) => !isGone(source));
    return gone;
  }

  /** Times that nobody has told of, each once. */
  takeGaps(): readonly Gap[] {
    return this.#gaps.splice(0);
  }

  #present(number: number): Source | undefined {
    return this.#sources.find((source) => source.number === number && !source.lost);
  }

  #join(number: number, now: number): Source {
    this.lose(number);
    const after = this.#vacant.get(number)?.at;
    this.#vacant.delete(number);
    const at = this.#passed;
    const source = { number, at, heardAt: now, pending: [], lost: false, after, missed: at };
    this.#sources.push(source);
    return source;
  }

  /** Who is silent or dead while the run goes on leaves a gap, which grows until it is heard again, or nobody waits any more. */
  #miss(now: number): void {
    const passed = this.#passed;
    for (const source of this.#sources) {
      if (source.lost || now - source.heardAt < SILENCE || source.missed >= passed) continue;
      this.#gaps.push({ source: source.number, from: source.missed, to: passed });
      source.missed = passed;
    }
    for (const [source, vacancy] of this.#vacant) {
      vacancy.since ??= now;
      if (now - vacancy.since >= VACANCY || vacancy.missed >= passed) continue;
      this.#gaps.push({ source, from: vacancy.missed, to: passed });
      vacancy.missed = passed;
    }
  }

  /** Where the slowest is that anybody waits for; where all are silent, the fastest. */
  #known(now: number): number {
    let slowest = Infinity;
    let fastest = this.#passed;
    for (const { at, heardAt, lost } of this.#sources) {
      fastest = Math.max(fastest, at);
      if (!lost && now - heardAt < SILENCE) slowest = Math.min(slowest, at);
    }
    return slowest === Infinity ? fastest : Math.max(slowest, this.#passed);
  }
}

const hasRows = (part: Pending): boolean =>
  (['arrivals', 'departures', 'turns', 'requests', 'transitions', 'lists'] as const).some((name) => {
    const { from, to } = part.rows(name);
    return from < to;
  });
