/** What can be asked of a run that is watched: a pair of question and answer for each view. */
import type { ListsAnswer, ListsAsk } from './lists.ts';
import type { StatesAnswer, StatesAsk } from './state-questions.ts';
import type { TimeAnswer, TimeAsk } from './time.ts';

export interface Questions {
  readonly time: { readonly ask: TimeAsk; readonly answer: TimeAnswer };
  readonly lists: { readonly ask: ListsAsk; readonly answer: ListsAnswer };
  readonly states: { readonly ask: StatesAsk; readonly answer: StatesAnswer };
}

export type QuestionKind = keyof Questions;

/** One question, with the view it is of. */
export type Question = {
  readonly [Kind in QuestionKind]: { readonly kind: Kind; readonly ask: Questions[Kind]['ask'] };
}[QuestionKind];

export type AnswerTo<Kind extends QuestionKind> = Questions[Kind]['answer'];
