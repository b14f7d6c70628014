/** All who watch a run: what its sources tell, in order, and the answers to what is asked. */
import type { Observation, ObservedRun } from '../../simulation/observation.ts';
import { Course } from './course.ts';
import { Roll } from './directory.ts';
import { observeLists } from './lists.ts';
import type { AnswerTo, Question, QuestionKind } from './questions.ts';
import { observeStates } from './states.ts';
import { observeTime } from './time.ts';

export class Observatory {
  readonly #roll: Roll;
  readonly #course: Course;
  readonly #observers;

  constructor(run: ObservedRun) {
    const roll = new Roll(run);
    const observers = { time: observeTime(roll), lists: observeLists(roll), states: observeStates(roll) };
    this.#roll = roll;
    this.#observers = observers;
    this.#course = new Course(roll, (batch) => {
      let bug: Error | undefined;
      for (const observer of Object.values(observers)) {
        try {
          observer.take(batch);
        } catch (cause) {
          // It costs that one the batch, and nobody else.
          bug ??= cause instanceof Error ? cause : new Error(String(cause));
        }
      }
      if (bug !== undefined) throw bug;
    });
  }

  /** Peers that have come when there was no more room for them: no view shows them. */
  get unlisted(): number {
    return this.#roll.unlisted;
  }

  /** A source is there, which has not told anything yet. `now`: milliseconds by the wall clock, here as below. */
  join(source: number, now: number): void {
    this.#course.join(source, now);
  }

  /** It died, and its peers with it. */
  lose(source: number): void {
    this.#course.lose(source);
  }

  tell(observation: Observation, now: number): void {
    this.#course.tell(observation, now);
  }

  /** Passes on what is known by now; true when there is anything new. */
  settle(now: number): boolean {
    return this.#course.settle(now);
  }

  answer(question: Question): AnswerTo<QuestionKind> {
    const { time, lists, states } = this.#observers;
    switch (question.kind) {
      case 'time':
        return time.answer(question.ask);
      case 'lists':
        return lists.answer(question.ask);
      case 'states':
        return states.answer(question.ask);
      default:
        return question satisfies never;
    }
  }
}
