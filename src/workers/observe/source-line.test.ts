import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Observing } from '../../simulation/observing.ts';
import type { ObservedBatch, SourceAck } from '../messages.ts';
import { SourceLine } from './source-line.ts';

const STANDING = { peer: new Uint32Array(1), share: new Float32Array(1), holders: [] };

function line() {
  const sent: ObservedBatch[] = [];
  const port: Pick<MessagePort, 'postMessage' | 'onmessage'> = {
    postMessage: (batch: ObservedBatch) => sent.push(batch),
    onmessage: null,
  };
  const source = new SourceLine(port, () => Date.now());
  const say = (standing?: typeof STANDING): void => source.tell([new Observing().take(0, 0, standing)]);
  const take = (taken: number): void => {
    const hear = port.onmessage as ((event: { readonly data: SourceAck }) => void) | null;
    hear?.({ data: { taken } });
  };
  return { source, sent, say, take };
}

beforeEach(() => vi.useFakeTimers({ now: 0 }));
afterEach(() => vi.useRealTimers());

it('sends no more than is taken in', () => {
  const { source, sent, say, take } = line();
  for (let batch = 0; batch < 4; batch++) {
    expect(source.free).toBe(true);
    say();
  }
  expect(source.free).toBe(false);
  take(2);
  expect(source.free).toBe(true);
  expect(sent.map(({ batch }) => batch)).toEqual([1, 2, 3, 4]);
});

it('waits for room where somebody listens, for a while, and does not where nobody does', async () => {
  const { source, say, take } = line();
  for (let batch = 0; batch < 4; batch++) say();
  // Nobody has ever taken anything.
  await source.room();
  expect(source.free).toBe(false);
  take(4);
  for (let batch = 0; batch < 4; batch++) say();
  let waited = false;
  const room = source.room().then(() => (waited = true));
  await vi.advanceTimersByTimeAsync(1000);
  expect(waited).toBe(false);
  take(5);
  await room;
  say();
  const patience = source.room().then(() => Date.now());
  await vi.advanceTimersByTimeAsync(5000);
  expect(await patience).toBe(3000);
  // It was waited for long enough: it must be heard of first.
  await source.room();
  expect(source.free).toBe(false);
});

it('looks at how far everybody is once a second, and more seldom where that takes long', () => {
  const { source, say } = line();
  expect(source.standingDue).toBe(true);
  say();
  expect(source.standingDue).toBe(true);
  say(STANDING);
  vi.setSystemTime(999);
  expect(source.standingDue).toBe(false);
  vi.setSystemTime(1000);
  expect(source.standingDue).toBe(true);
  source.tell([new Observing().take(0, 0, STANDING)], 100);
  vi.setSystemTime(5900);
  expect(source.standingDue).toBe(false);
  vi.setSystemTime(6000);
  expect(source.standingDue).toBe(true);
});
