import { expect, test } from 'vitest';
import type { VirtualReport } from '../workers/messages.ts';
import { createVirtualDesk, remainingSeconds, SPEEDS, virtualWishIn } from './virtual.ts';

/** A desk with what its worker is told, and a way to be it. */
function open(speed = 10) {
  const told: unknown[] = [];
  const heard: string[] = [];
  let say: (report: VirtualReport) => void = () => undefined;
  const desk = createVirtualDesk(
    { speed, parts: 1 },
    {
      snapshot: () => heard.push('snapshot'),
      detail: () => heard.push('detail'),
      ended: () => heard.push('ended'),
      fault: (message) => heard.push(message),
      recorded: () => undefined,
      observed: () => undefined,
    },
    (_, listener) => {
      say = (report) => listener.hear(report);
      return {
        start: ({ speed: at }) => told.push(['start', at]),
        pause: () => told.push('pause'),
        resume: () => told.push('resume'),
        end: () => told.push('end'),
        setSpeed: (at) => told.push(at),
        step: (by) => told.push(by),
        inspect: (peer) => told.push(['inspect', peer]),
        askFiles: () => told.push('files'),
        dismiss: () => told.push('dismiss'),
      };
    },
  );
  return { desk, told, heard, say: (report: VirtualReport) => say(report) };
}

test('the address says how fast and in how many workers; what cannot be used is explained', () => {
  const at = (query: string) => virtualWishIn(`http://127.0.0.1/?${query}`);
  expect(at('speed=max&workers=4')).toEqual({ wish: { speed: Infinity, parts: 4 }, ignored: [] });
  expect(at('speed=0.1').wish.speed).toBe(0.1);
  expect(at('speed=fast&workers=0')).toEqual({
    wish: { speed: 10, parts: 1 },
    ignored: ['speed: from 0.1 to 1000, or max.', 'workers: a whole number from 1 to 16.'],
  });
});

test('faster and slower go from speed to speed, and from one in between to the next', () => {
  const { desk, told } = open(7);
  desk.faster(1);
  desk.faster(-1);
  desk.faster(-1);
  for (const _ of SPEEDS) desk.faster(1);
  expect(told.slice(0, 3)).toEqual([10, 5, 2]);
  expect(desk.store.getState().speed).toBe(Infinity);
  const other = open(7);
  other.desk.faster(-1);
  expect(other.told).toEqual([5]);
});

test('a run is begun at the speed in force, told of as it goes, and saved once it is over', () => {
  const { desk, told, heard, say } = open();
  const saved: unknown[] = [];
  const progress = {
    time: 15,
    duration: 60,
    events: 9,
    messages: 4,
    pace: 5,
    unrecorded: 0,
    log: { bytes: 100, kept: true },
  };
  desk.save((files) => saved.push(files));
  expect(told).toEqual([]);
  say({ kind: 'look', snapshots: [], progress });
  expect(remainingSeconds(desk.store.getState())).toBe(9);
  say({ kind: 'ended', end: { complete: true, eventsSha256: 'ab', scenarioSha256: 'cd' } });
  expect(heard).toEqual(['ended']);
  expect(remainingSeconds(desk.store.getState())).toBeUndefined();
  desk.save((files) => saved.push(files));
  desk.save((files) => saved.push(files));
  expect(told).toEqual(['files']);
  say({ kind: 'files', files: [] });
  expect([saved, desk.store.getState().saving]).toEqual([[[]], false]);
});
