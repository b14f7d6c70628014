import { expect, it } from 'vitest';
import { RULES } from '../protocol/rules.ts';
import {
  invalidWhileTracking,
  PEER_TRANSITIONS,
  peerTransition,
  TRACKER_TRANSITIONS,
  trackerTransition,
} from './states.ts';

it('names every transition once', () => {
  const keys = PEER_TRANSITIONS.map(({ from, event }) => `${from}|${event}`);
  expect(new Set(keys).size).toBe(keys.length);
});

it('reaches every state from START and lets nothing out of TERMINATE', () => {
  const reached = new Set(['START']);
  for (let round = 0; round < PEER_TRANSITIONS.length; round++)
    for (const { from, to } of PEER_TRANSITIONS) if (reached.has(from)) reached.add(to);
  expect([...reached].sort()).toEqual(['PEER REGISTERED', 'START', 'TERMINATE', 'TRACKING']);
  expect(PEER_TRANSITIONS.some(({ from }) => from === 'TERMINATE')).toBe(false);
});

it('balances its timers: whoever is TRACKING runs the track timer, nobody else', () => {
  for (const { from, to, timers } of PEER_TRANSITIONS) {
    const starts = timers.includes('start track timer');
    const stops = timers.includes('stop track timer');
    expect(starts).toBe(from !== 'TRACKING' && to === 'TRACKING');
    expect(stops).toBe(from === 'TRACKING' && to !== 'TRACKING');
    expect(timers.includes('start init timer')).toBe(to === 'PEER REGISTERED');
    expect(timers.includes('stop init timer')).toBe(from === 'PEER REGISTERED');
  }
});

it('parts the editions on an invalid request while TRACKING', () => {
  expect(peerTransition('TRACKING', invalidWhileTracking(RULES.rfc7846)).to).toBe('TRACKING');
  expect(peerTransition('TRACKING', invalidWhileTracking(RULES['base-1.0'])).to).toBe('TERMINATE');
});

it('goes round INIT, STARTED, TERMINATED', () => {
  let state = TRACKER_TRANSITIONS[0]?.from ?? 'TERMINATED';
  for (const { event } of TRACKER_TRANSITIONS) state = trackerTransition(state, event).to;
  expect(state).toBe('INIT');
});

it('knows no transition that is not in the tables', () => {
  expect(() => peerTransition('START', 'FIND valid')).toThrow();
  expect(() => trackerTransition('INIT', 'last de-registration')).toThrow();
});
