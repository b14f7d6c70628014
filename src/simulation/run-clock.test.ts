import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RunClock } from './run-clock.ts';

test('counts only while it is not paused, and never runs backwards', () => {
  const action = fc.oneof(
    fc.constant('pause' as const),
    fc.constant('resume' as const),
    fc.nat({ max: 5000 }),
  );
  fc.assert(
    fc.property(fc.nat(), fc.nat(), fc.array(action), (origin, elapsed, actions) => {
      let wall = origin;
      let expected = elapsed;
      const clock = new RunClock(() => wall, elapsed);
      for (const what of actions) {
        if (what === 'pause') clock.pause();
        else if (what === 'resume') clock.resume();
        else {
          wall += what;
          if (!clock.paused) expected += what;
        }
        expect(clock.now()).toBe(expected);
      }
    }),
  );
});

test('time that was skipped does not count', () => {
  let wall = 0;
  const clock = new RunClock(() => wall, 0);
  wall = 5000;
  clock.skip(4000);
  expect(clock.now()).toBe(1000);
  clock.pause();
  clock.skip(500);
  expect(clock.now()).toBe(1000);
});
