/** Answers about peer lists as they come, past React: at once, then whenever there is news. */
import { useEffect, useRef } from 'react';
import type { ListsAnswer, ListsAsk } from '../../dashboard/observed.ts';
import { useDashboard } from '../context.tsx';

type AskOf<About> = Extract<ListsAsk, { about: About }>;
type AnswerOf<About> = Extract<ListsAnswer, { about: About }>;

export function useAnswers<About extends ListsAsk['about']>(
  ask: AskOf<About> | undefined,
  listener: (answer: AnswerOf<About>) => void,
): void {
  const { observed } = useDashboard();
  const heard = useRef(listener);
  useEffect(() => {
    heard.current = listener;
  });
  // The same question in other words is no other question.
  const question = ask === undefined ? undefined : JSON.stringify(ask);
  useEffect(() => {
    if (question === undefined) return undefined;
    const asked = JSON.parse(question) as AskOf<About>;
    return observed.watch('lists', asked, (answer) => {
      if (answer.about === asked.about) heard.current(answer as AnswerOf<About>);
    });
  }, [observed, question]);
}
