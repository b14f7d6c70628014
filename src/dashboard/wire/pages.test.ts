import { expect, test } from 'vitest';
import type { ExchangeRow, WireRows } from '../../workers/messages.ts';
import { PAGE, RowPages } from './pages.ts';

const row = (at: number, version: number): ExchangeRow => ({
  row: at,
  id: version,
  time: 0,
  clock: 'run',
  took: undefined,
  from: 'simulated',
  peerId: undefined,
  swarms: [],
  edition: undefined,
  method: undefined,
  transactionId: '',
  attempt: 1,
  verdict: 'ok',
  trouble: undefined,
  status: 200,
  requestBytes: 0,
  responseBytes: 0,
  requestFindings: 0,
  responseFindings: 0,
});

/** A view of so many rows, whose answers come when they are let. */
function view(shown: number) {
  const state = { shown, version: 1, turn: 1 };
  const asked: string[] = [];
  const held: (() => void)[] = [];
  let told = 0;
  const pages = new RowPages(
    (from, to) => {
      asked.push(`${from} to ${to}`);
      return new Promise<WireRows>((resolve) => {
        held.push(() => {
          const { turn, version } = state;
          const length = Math.max(0, Math.min(to, state.shown) - from);
          resolve({ turn, version, rows: Array.from({ length }, (_, at) => row(from + at, version)) });
        });
      });
    },
    () => told++,
  );
  const answer = async (): Promise<void> => {
    for (const one of held.splice(0)) one();
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { state, asked, pages, answer, told: () => told };
}

test('what comes into sight is asked for once, with a page on either side', async () => {
  const { state, asked, pages, answer, told } = view(10 * PAGE);
  pages.want(5 * PAGE, 5 * PAGE + 20, state);
  pages.want(5 * PAGE, 5 * PAGE + 20, state);
  expect(asked).toEqual([4, 5, 6].map((page) => `${page * PAGE} to ${(page + 1) * PAGE}`));
  expect(pages.at(5 * PAGE)).toBeUndefined();
  await answer();
  expect(told()).toBe(3);
  expect(pages.at(5 * PAGE + 3)?.row).toBe(5 * PAGE + 3);
  pages.want(5 * PAGE, 5 * PAGE + 20, state);
  expect(asked).toHaveLength(3);
});

test('a last page that has grown is asked for again', async () => {
  const { state, asked, pages, answer } = view(10);
  pages.want(0, 10, state);
  await answer();
  state.shown = 20;
  pages.want(0, 20, state);
  expect(asked).toHaveLength(2);
  await answer();
  expect(pages.at(19)?.row).toBe(19);
});

test('rows of an older version stand in until the newer ones are there', async () => {
  const { state, pages, answer } = view(10);
  pages.want(0, 10, state);
  await answer();
  state.version = 2;
  pages.want(0, 10, state);
  expect(pages.at(0)?.id).toBe(1);
  await answer();
  expect(pages.at(0)?.id).toBe(2);
});

test('answers for another log are not taken', async () => {
  const { state, pages, answer } = view(10);
  pages.want(0, 10, state);
  pages.clear();
  await answer();
  expect(pages.at(0)).toBeUndefined();
});
