/** Events of a run with what a test does not look at filled in; times in seconds. */
import type { RunEvent, Totals } from '../simulation/virtual/events.ts';

type Kind<K extends RunEvent['kind']> = Extract<RunEvent, { kind: K }>;

/** Seconds in whole microseconds. */
export const at = (seconds: number): number => Math.round(seconds * 1_000_000);

export const tell = {
  arrived: (time: number, peer: number, more: Partial<Kind<'arrived'>> = {}): RunEvent => ({
    kind: 'arrived',
    at: at(time),
    peer,
    peerId: `p${peer}`,
    swarm: 0,
    edition: 'rfc7846',
    mode: 'LEECH',
    upload: 1000,
    download: 4000,
    asn: 0,
    nat: 'open',
    behaviour: 'regular',
    ...more,
  }),
  departed: (
    time: number,
    peer: number,
    how: Kind<'departed'>['how'] = 'left',
    totals: Totals = {},
  ): RunEvent => ({
    kind: 'departed',
    at: at(time),
    peer,
    how,
    ...totals,
  }),
  completed: (time: number, peer: number, took: number, totals: Totals = {}): RunEvent => ({
    kind: 'completed',
    at: at(time),
    peer,
    took: at(took),
    ...totals,
  }),
  totals: (time: number, peer: number, edge: Kind<'totals'>['edge'], totals: Totals): RunEvent => ({
    kind: 'totals',
    at: at(time),
    peer,
    edge,
    ...totals,
  }),
  invented: (time: number, peer: number, as: number): RunEvent => ({
    kind: 'invented',
    at: at(time),
    peer,
    as,
    peerId: `p${as}`,
  }),
  unlinked: (time: number, peer: number, to: number, why: Kind<'unlinked'>['why']): RunEvent => ({
    kind: 'unlinked',
    at: at(time),
    peer,
    to,
    why,
  }),
  joined: (time: number, peer: number, mode: Kind<'joined'>['mode'] = 'LEECH', swarm = 0): RunEvent => ({
    kind: 'joined',
    at: at(time),
    peer,
    swarm,
    mode,
  }),
  unjoined: (time: number, peer: number, mode: Kind<'joined'>['mode'] = 'LEECH'): RunEvent => ({
    kind: 'unjoined',
    at: at(time),
    peer,
    swarm: 0,
    mode,
    reason: 'left',
  }),
  request: (time: number, peer: number, attempt = 1): RunEvent => ({
    kind: 'request',
    at: at(time),
    peer,
    method: 'FIND',
    bytes: 300,
    attempt,
  }),
  handled: (time: number, peer: number, more: Partial<Kind<'handled'>> = {}): RunEvent => ({
    kind: 'handled',
    at: at(time),
    peer,
    method: 'FIND',
    status: 200,
    bytes: 900,
    ...more,
  }),
  answered: (time: number, peer: number, took: number): RunEvent => ({
    kind: 'answered',
    at: at(time),
    peer,
    method: 'FIND',
    ok: true,
    took: at(took),
  }),
  playback: (time: number, peer: number, state: Kind<'playback'>['state']): RunEvent => ({
    kind: 'playback',
    at: at(time),
    peer,
    state,
  }),
  link: (time: number, peer: number, to: number, open = true): RunEvent => ({
    kind: 'link',
    at: at(time),
    peer,
    to,
    open,
  }),
};
