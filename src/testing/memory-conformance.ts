/** The conformance suite against a tracker in memory, its timers on a wound clock; raw sockets it has none. */
import type { CaseInfo, CaseResult } from '../conformance/case.ts';
import { createTrackerBench } from '../conformance/http-tracker-bench.ts';
import { runCases } from '../conformance/run.ts';
import type { Recorder } from '../conformance/run.ts';
import type { TrackerCase } from '../conformance/tracker-bench.ts';
import type { HttpRequest, HttpResponse } from '../protocol/http.ts';
import { createMemoryTransport } from '../transport/memory-transport.ts';
import { WoundClock } from './wound-clock.ts';

/** Seconds; the digest's. */
const TRACK_TIMER = 90;
/** Milliseconds of wound time: no case is to end by it. */
const LIMIT = 3_600_000;

/** A tracker, whatever it is: it takes a request at a moment in milliseconds. */
export type AnswersAt = (request: HttpRequest, now: number) => HttpResponse;

/** Results in the order of the cases. */
export async function judgeInMemory(
  cases: readonly TrackerCase[],
  answer: AnswersAt,
): Promise<readonly CaseResult[]> {
  const clock = new WoundClock();
  const remote = { address: '198.51.100.7', port: 40_000 };
  const transport = createMemoryTransport((request) => answer(request, clock.now()), remote);
  const url = 'http://tracker.example/';
  const target = { url, transport, clock, run: 'run', trackTimer: TRACK_TIMER, timeout: LIMIT };
  const results = new Map<string, CaseResult>();
  const run = async (): Promise<void> => {
    const benchFor = ({ edition }: CaseInfo, index: number, record: Recorder) =>
      createTrackerBench(target, edition, index, record);
    const options = { clock, benchFor, concurrency: 32, limit: LIMIT, trackTimer: TRACK_TIMER };
    for await (const result of runCases(cases, options)) results.set(result.info.id, result);
  };
  await clock.until(run());
  return cases.flatMap(({ id }) => results.get(id) ?? []);
}
