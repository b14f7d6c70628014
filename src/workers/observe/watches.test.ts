import { expect, it } from 'vitest';
import type { Question } from '../../analysis/live/questions.ts';
import { Observatory } from '../../analysis/live/observatory.ts';
import type { ObserveReport } from '../messages.ts';
import { Watches } from './watches.ts';

const QUESTION: Question = {
  kind: 'time',
  ask: {
    parts: ['population'],
    range: { latest: Infinity },
    columns: 4,
    swarms: 1,
    availabilityOf: 0,
    progressOf: undefined,
    progressBy: 'run',
  },
};

function watching() {
  const observatory = new Observatory({ seed: 1, swarms: [] });
  const told: ObserveReport[] = [];
  const clock = { now: 0 };
  const watches = new Watches({
    now: () => clock.now,
    tell: (report) => told.push(report),
    ask: (question) => observatory.answer(question),
  });
  return { watches, told, clock, heard: () => told.splice(0).map(({ kind, id }) => `${kind} ${id}`) };
}

it('answers at once, then whenever there is news, but never faster than the page looks', () => {
  const { watches, clock, heard } = watching();
  watches.add(1, QUESTION);
  expect(heard()).toEqual(['answer 1']);
  clock.now = 1000;
  watches.seen(1);
  watches.push();
  expect(heard()).toEqual([]);
  watches.news();
  watches.push();
  expect(heard()).toEqual(['answer 1']);
  clock.now = 2000;
  watches.news();
  watches.push();
  // The page has not looked at the last one.
  expect(heard()).toEqual([]);
  watches.seen(1);
  watches.push();
  expect(heard()).toEqual(['answer 1']);
  watches.seen(1);
  watches.news();
  clock.now = 2249;
  watches.push();
  expect(heard()).toEqual([]);
  clock.now = 2250;
  watches.push();
  expect(heard()).toEqual(['answer 1']);
  watches.seen(1);
  watches.remove(1);
  clock.now = 9000;
  watches.news();
  watches.push();
  expect(heard()).toEqual([]);
});

it('says which question cannot be answered, lets it be, and goes on answering the others', () => {
  const { watches, clock, heard } = watching();
  const broken = { kind: 'time', ask: undefined } as unknown as Question;
  watches.add(1, broken);
  watches.once(2, broken);
  watches.add(3, QUESTION);
  watches.once(4, QUESTION);
  expect(heard()).toEqual(['fault 1', 'fault 2', 'answer 3', 'answer 4']);
  clock.now = 1000;
  for (const id of [1, 3]) watches.seen(id);
  watches.news();
  watches.push();
  expect(heard()).toEqual(['answer 3']);
});
