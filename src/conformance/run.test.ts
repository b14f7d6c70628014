import { describe, expect, it } from 'vitest';
import { WoundClock } from '../testing/wound-clock.ts';
import { Stop } from './case.ts';
import type { Case, CaseResult, Exchange } from './case.ts';
import { count, runCases, select } from './run.ts';
import type { Recorder, RunOptions } from './run.ts';

interface TestBench {
  readonly record: Recorder;
  readonly wait: (milliseconds: number) => Promise<void>;
}

const one = (
  id: string,
  run: (bench: TestBench) => Promise<void> = () => Promise.resolve(),
  more: Partial<Case<TestBench>> = {},
): Case<TestBench> => ({
  id,
  edition: 'rfc7846',
  section: 'RFC 7846 §4.1.1',
  level: 'MUST',
  requirement: 'It does.',
  advice: 'Do it.',
  run,
  ...more,
});

const exchange = (at: number): Exchange => ({
  step: 'a step',
  at,
  took: 1,
  request: { method: 'POST', target: '/', headers: [], body: new Uint8Array() },
  failure: 'nobody',
});

interface Ran {
  readonly results: readonly CaseResult[];
  readonly clock: WoundClock;
}

async function ran(
  cases: readonly Case<TestBench>[],
  more: Partial<RunOptions<TestBench>> = {},
  each: (result: CaseResult) => void = () => undefined,
): Promise<Ran> {
  const clock = new WoundClock();
  const results: CaseResult[] = [];
  const run = async (): Promise<void> => {
    const running = runCases(cases, {
      clock,
      benchFor: (_info, _index, record) => ({
        record,
        wait: (milliseconds) => new Promise((resolve) => void clock.after(milliseconds, resolve)),
      }),
      concurrency: 1,
      limit: 10_000,
      ...more,
    });
    for await (const result of running) {
      results.push(result);
      each(result);
    }
  };
  await clock.until(run());
  return { results, clock };
}

const ids = (cases: readonly { readonly id: string }[]): readonly string[] => cases.map(({ id }) => id);

describe('selection', () => {
  const cases = [
    one('rfc7846/4.1.1/a'),
    one('rfc7846/4.1.2/b', undefined, { section: 'RFC 7846 §4.1.2', level: 'SHOULD' }),
    one('rfc7846/4.10/c', undefined, { section: 'RFC 7846 §4.10' }),
    one('base-1.0/14.1/d', undefined, { section: 'base-01 §14.1', edition: 'base-1.0' }),
  ];
  it.each([
    [{}, 'abcd'],
    [{ only: ['rfc7846/*'] }, 'abc'],
    [{ only: ['*/b', '*/d'] }, 'bd'],
    [{ only: ['rfc7846/4.1.1'] }, ''],
    [{ only: ['rfc7846.4.1.1.a'] }, ''],
    [{ section: '4.1' }, 'ab'],
    [{ section: '§4.1.1' }, 'a'],
    [{ section: 'RFC 7846 §4' }, 'abc'],
    [{ section: '1' }, ''],
    [{ level: 'SHOULD' }, 'b'],
    [{ edition: 'base-1.0' }, 'd'],
    [{ only: ['rfc*'], section: '4.1', level: 'MUST' }, 'a'],
  ] as const)('%j takes in %j', (selection, letters) => {
    expect(
      ids(select(cases, selection))
        .map((id) => id.at(-1))
        .join(''),
    ).toBe(letters);
  });
});

describe('running', () => {
  it('tells a pass, a failure, a skip and a fault of the case apart, and goes on', async () => {
    const fail = { verdict: 'fail', expected: 'this', actual: 'that' } as const;
    const skipped = { verdict: 'skipped', why: 'no socket' } as const;
    const { results } = await ran([
      one('a'),
      one('b', () => Promise.reject(new Stop(fail))),
      one('c', () => Promise.reject(new Stop(skipped))),
      one('d', () => Promise.reject(new TypeError('our own mistake'))),
      one('e', () => {
        throw new RangeError('at once');
      }),
      one('f'),
    ]);
    expect(results.map(({ info, verdict }) => [info.id, verdict])).toEqual([
      ['a', { verdict: 'pass' }],
      ['b', fail],
      ['c', skipped],
      ['d', { verdict: 'fault', why: expect.stringContaining('our own mistake') }],
      ['e', { verdict: 'fault', why: expect.stringContaining('at once') }],
      ['f', { verdict: 'pass' }],
    ]);
    expect(count(results)).toEqual({
      pass: 2,
      fail: 1,
      skipped: 1,
      inconclusive: 0,
      fault: 2,
      failedMusts: 1,
    });
  });

  it('counts a SHOULD that fails as no MUST', async () => {
    const fails = (): Promise<never> =>
      Promise.reject(new Stop({ verdict: 'fail', expected: '', actual: '' }));
    const { results } = await ran([one('a', fails, { level: 'SHOULD' })]);
    expect(count(results)).toMatchObject({ fail: 1, failedMusts: 0 });
  });

  it('bounds each case in time, and adds what a case says it takes', async () => {
    const stuck = (): Promise<never> => new Promise(() => undefined);
    const waits = (seconds: number) => (bench: TestBench) => bench.wait(seconds * 1000);
    const { results } = await ran(
      [
        one('stuck', stuck),
        one('slow', waits(14), { takes: { seconds: 5 } }),
        one('timer', waits(65), { takes: { trackTimers: 2 } }),
        one('too slow', waits(15.5), { takes: { seconds: 5 } }),
      ],
      { trackTimer: 25 },
    );
    const verdicts = Object.fromEntries(results.map(({ info, verdict }) => [info.id, verdict]));
    expect(verdicts).toEqual({
      stuck: { verdict: 'inconclusive', why: 'it did not come to its end within 10 s' },
      slow: { verdict: 'pass' },
      timer: { verdict: 'pass' },
      'too slow': { verdict: 'inconclusive', why: 'it did not come to its end within 15 s' },
    });
  });

  it('keeps to the concurrency, and begins with the longest', async () => {
    let under = 0;
    let most = 0;
    const begun: string[] = [];
    const work = (id: string) => async (bench: TestBench) => {
      begun.push(id);
      most = Math.max(most, ++under);
      await bench.wait(1000);
      under--;
    };
    const short = ['a', 'b', 'c', 'd'].map((id) => one(id, work(id)));
    const { clock } = await ran([...short, one('long', work('long'), { takes: { seconds: 60 } })], {
      concurrency: 3,
    });
    expect([most, begun, clock.now()]).toEqual([3, ['long', 'a', 'b', 'c', 'd'], 2000]);
  });

  it('records exchanges in the order they began, and none after the case is over', async () => {
    const recorded: boolean[] = [];
    const { results } = await ran([
      one('a', async ({ record, wait }) => {
        recorded.push(record(exchange(7)), record(exchange(3)));
        await wait(11_000);
        recorded.push(record(exchange(9)));
      }),
      one('b', ({ wait }) => wait(5000)),
    ]);
    expect(results[0]?.exchanges.map(({ at }) => at)).toEqual([3, 7]);
    expect(recorded).toEqual([true, true, false]);
  });

  it('ends at the signal: what is under way yields nothing and may send no more', async () => {
    const stop = new AbortController();
    let wanted: boolean | undefined;
    const cases = [
      one('a'),
      one('b', async ({ wait, record }) => {
        await wait(1);
        wanted = record(exchange(1));
      }),
      one('c'),
    ];
    const { results, clock } = await ran(cases, { signal: stop.signal, concurrency: 2 }, () => stop.abort());
    await clock.until(new Promise<void>((resolve) => void clock.after(100, resolve)));
    expect([ids(results.map(({ info }) => info)), wanted]).toEqual([['a'], false]);
  });
});
