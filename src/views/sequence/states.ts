/** What the tracker has of a peer over time, as the exchanges tell it: bands along its lifeline, and its track timer. */
import type { SequenceStep } from '../../dashboard/wire/sequence.ts';

export type LifeState = 'START' | 'PEER REGISTERED' | 'TRACKING';
export type LifeMode = 'LEECH' | 'SEED' | 'both';

/** Milliseconds without a valid request until the tracker lets a peer go: the default (digest, "Tracker state machine"). */
export const TRACK_TIMER = 90_000;

export interface Band {
  readonly from: number;
  readonly to: number;
  readonly state: LifeState;
  /** While TRACKING, where the messages told it. */
  readonly mode: LifeMode | undefined;
}

/** The track timer since it was last reset. */
export interface Timer {
  readonly from: number;
  /** Until it ran out, or until now. */
  readonly to: number;
  readonly expired: boolean;
}

/** A wait of the peer's own. */
export interface Wait {
  /** Until its next report is due, or until it tries again what failed. */
  readonly kind: 'report' | 'back-off';
  readonly from: number;
  /** Until it was over, or until now. */
  readonly to: number;
  /** ID of the exchange that ended it; undefined while it lasts. */
  readonly endedBy: number | undefined;
}

export interface Life {
  readonly bands: readonly Band[];
  /** Every one that ran out, and the one that runs. */
  readonly timers: readonly Timer[];
}

/** When the answer was there, or the waiting was over. */
export const endOf = ({ time, took }: SequenceStep): number => time + (took ?? 0);

interface Registration {
  readonly state: LifeState;
  readonly swarms: ReadonlyMap<string, 'SEED' | 'LEECH'>;
}

const GONE: Registration = { state: 'START', swarms: new Map() };

function modeOf({ state, swarms }: Registration): LifeMode | undefined {
  if (state !== 'TRACKING' || swarms.size === 0) return undefined;
  const modes = new Set(swarms.values());
  return modes.size > 1 ? 'both' : [...modes][0];
}

/** After the step; the tracker's rules are in its effect already. */
function after(before: Registration, { effect, method, verdict }: SequenceStep): Registration {
  const { joins, leaves, ends, stays } = effect;
  if (ends) return GONE;
  if (verdict !== 'ok') return before;
  if (joins.length === 0 && leaves.length === 0) {
    // gu-04 registers first and joins later; whoever is heard of as registered without a CONNECT is TRACKING.
    if (before.state !== 'START') return before;
    return { ...before, state: method === 'CONNECT' && stays ? 'PEER REGISTERED' : 'TRACKING' };
  }
  const swarms = new Map(before.swarms);
  for (const swarm of leaves) swarms.delete(swarm);
  for (const { swarm, mode } of joins) swarms.set(swarm, mode);
  return swarms.size > 0 || stays ? { state: 'TRACKING', swarms } : GONE;
}

/** `steps`: of one peer, in order of time; `now`: up to which the lifeline goes. */
export function lifeOf(steps: readonly SequenceStep[], now: number): Life {
  const bands: Band[] = [];
  const timers: Timer[] = [];
  let at = steps[0]?.time ?? now;
  let registration = GONE;
  /** When the track timer was last reset. */
  let reset: number | undefined;

  function become(next: Registration, time: number): void {
    const [state, mode] = [registration.state, modeOf(registration)];
    const same = next.state === state && modeOf(next) === mode;
    registration = next;
    if (same) return;
    if (time > at) bands.push({ from: at, to: time, state, mode });
    at = time;
  }
  function expire(before: number): void {
    if (reset === undefined || registration.state === 'START' || reset + TRACK_TIMER >= before) return;
    timers.push({ from: reset, to: reset + TRACK_TIMER, expired: true });
    become(GONE, reset + TRACK_TIMER);
    reset = undefined;
  }

  for (const step of steps) {
    // An answer to anything but a registration shows that the tracker's timer is longer than its default.
    const stillKnown = step.verdict === 'ok' && step.effect.joins.length === 0;
    if (!stillKnown) expire(step.time);
    become(after(registration, step), endOf(step));
    if (step.verdict === 'ok' && registration.state !== 'START') reset = endOf(step);
    if (registration.state === 'START') reset = undefined;
  }
  expire(now);
  const [state, mode] = [registration.state, modeOf(registration)];
  if (now > at) bands.push({ from: at, to: now, state, mode });
  if (reset !== undefined && now > reset) timers.push({ from: reset, to: now, expired: false });
  return { bands, timers };
}

const isReport = ({ method }: SequenceStep): boolean => method === 'STAT_REPORT' || method === 'KEEPALIVE';

/**
 * What the peer waited for, as its exchanges tell it. The report timer runs from its registration, then from report to
 * report; other requests leave it alone. `steps`: of one peer, in order of time.
 */
export function waitsOf(steps: readonly SequenceStep[], now: number): readonly Wait[] {
  const waits: Wait[] = [];
  /** The latest try of each transaction, when its waiting was over. */
  const tries = new Map<string, { readonly attempt: number; readonly end: number }>();
  let since: number | undefined;
  for (const step of steps) {
    const { id, time, attempt, transactionId, verdict, effect } = step;
    const before = tries.get(transactionId);
    if (transactionId !== '' && before?.attempt === attempt - 1 && before.end < time)
      waits.push({ kind: 'back-off', from: before.end, to: time, endedBy: id });
    tries.set(transactionId, { attempt, end: endOf(step) });
    if (isReport(step) && attempt === 1 && since !== undefined && since < time) {
      waits.push({ kind: 'report', from: since, to: time, endedBy: id });
      since = undefined;
    }
    if (effect.ends || (verdict === 'ok' && effect.leaves.length > 0 && effect.joins.length === 0))
      since = undefined;
    else if (verdict === 'ok' && isReport(step)) since = endOf(step);
    else if (verdict === 'ok' && effect.joins.length > 0) since ??= endOf(step);
  }
  const last = steps.at(-1);
  if (last?.verdict === 'failed' && now > endOf(last))
    waits.push({ kind: 'back-off', from: endOf(last), to: now, endedBy: undefined });
  else if (since !== undefined && now > since)
    waits.push({ kind: 'report', from: since, to: now, endedBy: undefined });
  return waits;
}
