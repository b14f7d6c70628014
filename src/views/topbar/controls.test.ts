import { expect, test } from 'vitest';
import { NO_FIGURES } from '../../dashboard/state.ts';
import { controlsIn } from './controls.ts';
import { sourceNote } from './source.ts';

test('nothing can be pressed while peers leave', () => {
  expect(controlsIn('stopping')).toMatchObject({
    mainEnabled: false,
    stopEnabled: false,
    restartEnabled: false,
  });
});

test('a run that is starting can be stopped, not yet paused', () => {
  expect(controlsIn('starting')).toMatchObject({
    mainEnabled: false,
    stopEnabled: true,
    restartEnabled: true,
  });
});

test('a stopped run can be started, a running one paused, a paused one resumed', () => {
  expect(controlsIn('stopped')).toMatchObject({ main: 'start', mainEnabled: true, stopEnabled: false });
  expect(controlsIn('running')).toMatchObject({ main: 'pause', mainEnabled: true, stopEnabled: true });
  expect(controlsIn('paused')).toMatchObject({ main: 'resume', mainEnabled: true, stopEnabled: true });
});

test('the note says where figures come from and how many peers are ours', () => {
  const figures = { ...NO_FIGURES, peers: 312 };
  expect(sourceNote({ figures, figuresFrom: 'tracker', simulated: { ...NO_FIGURES, peers: 300 } })).toBe(
    '312 registered · 300 simulated here',
  );
  expect(sourceNote({ figures, figuresFrom: 'tracker', simulated: figures })).toBe(
    'counted by the tracker (/stats)',
  );
  expect(sourceNote({ figures, figuresFrom: 'page', simulated: figures })).toBe('counted by this page');
});
