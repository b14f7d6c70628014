import { expect, it } from 'vitest';
import type { RecordedExchange, Sent } from '../../workers/messages.ts';
import { troubleOf } from './trouble.ts';

const sent = (result: RecordedExchange['result'], more: Partial<RecordedExchange> = {}): Sent => ({
  exchange: {
    id: 1,
    time: 5,
    clock: 'absolute',
    from: 'composer',
    swarms: [],
    url: '',
    attempt: 1,
    verdict: 'failed',
    findings: { request: 0, response: 0 },
    request: { bytes: 0 },
    result,
    ...more,
  },
  without: [],
});
const answered = (status: number, body: string) =>
  ({ kind: 'answered', status, reason: '', body, bytes: body.length }) as const;

it('names what is in the way, where something is', () => {
  expect(
    troubleOf({
      ...sent({ kind: 'failed', failure: 'blocked', detail: 'Failed to fetch' }),
      cause: 'preflight',
    }),
  ).toEqual({ state: 'trouble', at: 5, failure: 'blocked', cause: 'preflight', detail: 'Failed to fetch' });
  expect(troubleOf(sent(answered(401, ''), { verdict: 'error' }))).toMatchObject({ failure: 'refuses' });
  expect(troubleOf(sent(answered(404, '<!DOCTYPE html>'), { verdict: 'unreadable' }))).toMatchObject({
    failure: 'unreadable',
    cause: 'html',
  });
  expect(troubleOf(sent(answered(400, ''), { verdict: 'error', error: 'bad-request' }))).toBeUndefined();
});
