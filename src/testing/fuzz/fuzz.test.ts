/** Ten thousand spoiled messages to each reader; `npm run fuzz` does a million. */
import { expect, test } from 'vitest';
import { describeFailure, Fuzzer, TARGETS } from './fuzz.ts';

const SEED = 7846;
const CASES = 10_000;
/** Listed of those that fail. */
const SHOWN = 3;

test.each(TARGETS)(`%s: ${CASES} hostile bodies`, (target) => {
  const fuzzer = new Fuzzer(target, SEED);
  const failures: string[] = [];
  for (let index = 0; index < CASES && failures.length < SHOWN; index++) {
    const failure = fuzzer.run(index);
    if (failure) failures.push(describeFailure(failure));
  }
  expect(failures, failures.join('\n\n')).toEqual([]);
});
