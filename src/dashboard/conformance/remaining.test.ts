import { describe, expect, it } from 'vitest';
import { ownTime, remaining, type Progress } from './remaining.ts';
import type { ListedCase } from './state.ts';

const caseOf = (id: string, takes?: ListedCase['takes']): ListedCase => ({
  id,
  edition: 'rfc7846',
  section: 'RFC 7846 §4',
  level: 'MUST',
  requirement: 'It is so.',
  advice: 'Make it so.',
  ...(takes && { takes }),
});
const quick = Array.from({ length: 20 }, (_, i) => caseOf(`quick-${i}`));
const timed = ['a', 'b'].map((id) => caseOf(id, { trackTimers: 1 }));
const progress = (cases: readonly ListedCase[], done: readonly ListedCase[], elapsed: number): Progress => ({
  cases,
  done: new Set(done.map(({ id }) => id)),
  elapsed,
  concurrency: 4,
  trackTimer: 30,
});

it('a case takes its seconds, or its track timers as far as one is known', () => {
  expect(ownTime(caseOf('x'), 30)).toBe(0);
  expect(ownTime(caseOf('x', { seconds: 2 }), undefined)).toBe(2000);
  expect(ownTime(caseOf('x', { trackTimers: 2 }), 30)).toBe(60_000);
  expect(ownTime(caseOf('x', { trackTimers: 2 }), undefined)).toBe(0);
});

describe('the time a run still takes', () => {
  it('is not told before there is anything to tell it from', () => {
    expect(remaining(progress(quick, [], 500))).toBeUndefined();
    expect(remaining(progress(quick, quick.slice(0, 4), 500))).toBeUndefined();
  });

  it('goes by the pace of those that are done', () => {
    expect(remaining(progress(quick, quick.slice(0, 5), 1000))).toBe(3000);
    expect(remaining(progress(quick, quick, 4000))).toBe(0);
  });

  it('is at least what the cases that wait need', () => {
    expect(remaining(progress([...quick, ...timed], quick, 4000))).toBe(26_000);
    expect(remaining(progress([...quick, ...timed], [], 4000))).toBe(26_000);
    expect(remaining(progress([...quick, ...timed], [...quick, ...timed], 31_000))).toBe(0);
  });

  it('counts turns where more wait than run at once', () => {
    const many = Array.from({ length: 8 }, (_, i) => caseOf(`timed-${i}`, { trackTimers: 1 }));
    expect(remaining(progress(many, [], 0))).toBe(60_000);
  });
});
