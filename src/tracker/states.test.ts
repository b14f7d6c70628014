import { expect, it } from 'vitest';
import { EDITIONS } from '../protocol/message.ts';
import { RULES } from '../protocol/rules.ts';
import {
  invalidRequest,
  PEER_TRANSITIONS,
  peerTransition,
  TRACKER_TRANSITIONS,
  trackerTransition,
  transitionsOf,
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
    expect(timers.includes('start init timer')).toBe(from === 'START' && to === 'PEER REGISTERED');
    expect(timers.includes('stop init timer')).toBe(from === 'PEER REGISTERED' && to !== 'PEER REGISTERED');
    expect(timers.includes('reset track timer') && from !== 'TRACKING').toBe(false);
  }
});

it('parts the editions on an invalid request while TRACKING', () => {
  const after = EDITIONS.map((edition) => [
    edition,
    peerTransition('TRACKING', invalidRequest(RULES[edition], 'TRACKING')).to,
    peerTransition('PEER REGISTERED', invalidRequest(RULES[edition], 'PEER REGISTERED')).to,
  ]);
  expect(after).toEqual([
    ['rfc7846', 'TRACKING', 'TERMINATE'],
    ['extended-1.1', 'TERMINATE', 'TERMINATE'],
    ['base-1.0', 'TERMINATE', 'TERMINATE'],
    ['gu-04', 'TRACKING', 'PEER REGISTERED'],
  ]);
});

it.each(EDITIONS)(
  'has in %s the transitions of its methods and of what its rules say of errors',
  (edition) => {
    const events = new Set(transitionsOf(edition).map(({ event }) => event));
    for (const method of RULES[edition].methods)
      expect(events.has(`${method} valid`) || (method === 'DISCONNECT' && events.has('disconnected'))).toBe(
        true,
      );
    for (const state of ['TRACKING', 'PEER REGISTERED'] as const)
      expect(
        transitionsOf(edition).some(
          ({ from, event }) => from === state && event === invalidRequest(RULES[edition], state),
        ),
      ).toBe(true);
    expect(events.has('left last swarm')).toBe(RULES[edition].lastLeave === 'terminate');
    expect(events.has('JOIN expired')).toBe(RULES[edition].expireTime);
  },
);

it('goes round INIT, STARTED, TERMINATED', () => {
  let state = TRACKER_TRANSITIONS[0]?.from ?? 'TERMINATED';
  for (const { event } of TRACKER_TRANSITIONS) state = trackerTransition(state, event).to;
  expect(state).toBe('INIT');
});

it('knows no transition that is not in the tables', () => {
  expect(() => peerTransition('START', 'FIND valid')).toThrow();
  expect(() => trackerTransition('INIT', 'last de-registration')).toThrow();
});
