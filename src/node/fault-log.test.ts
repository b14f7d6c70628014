import { expect, it } from 'vitest';
import { boundedLog } from './fault-log.ts';

function startLog() {
  const printed: unknown[] = [];
  let now = 0;
  const log = boundedLog(
    (fault) => printed.push(String(fault)),
    () => now,
  );
  return { log, printed, wait: (ms: number) => (now += ms) };
}

it('reports the same fault once, and again after a while', () => {
  const { log, printed, wait } = startLog();
  for (let i = 0; i < 100; i++) log(new Error('one'));
  log(new Error('two'));
  expect(printed).toEqual(['Error: one', 'Error: two']);
  wait(10_000);
  log(new Error('one'));
  expect(printed).toHaveLength(3);
});

it('is bounded when every fault is another', () => {
  const { log, printed } = startLog();
  for (let i = 0; i < 1_000; i++) log(new Error(`fault ${i}`));
  expect(printed).toHaveLength(16);
});
