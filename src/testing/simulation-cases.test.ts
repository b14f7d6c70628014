import { expect, test } from 'vitest';
import { BareCodec, BusyRun, idleRun } from './simulation-cases.ts';

const OF = { edition: 'rfc7846', peers: 60, slices: 1 } as const;

test('the bare codec goes through the messages of the run, nearly every answer with a list of thirty', async () => {
  const codec = await BareCodec.of(OF);
  const run = await BusyRun.warm(OF);
  const messages = await run.next();
  const bare = codec.next()();
  // Of those under way at a slice's end the one counts what was asked, the other what was answered.
  expect(Math.abs(messages - bare)).toBeLessThan(10);
  expect(bare).toBeGreaterThan(3000);
  expect(codec.mix().lists).toBeGreaterThan(0.9);
});

test('idle peers are registered, and nothing happens any more', async () => {
  const run = await idleRun('base-1.0', 50);
  const { messages } = run.progress;
  expect(messages).toBeGreaterThanOrEqual(100);
  const { time } = run.progress;
  await run.advance({ until: 2 * time });
  expect(run.progress).toMatchObject({ time: 2 * time, messages });
});
