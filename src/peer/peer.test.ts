import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asPeerId, asSwarmId } from '../protocol/ids.ts';
import {
  EDITIONS,
  type EditionId,
  type FailureResponse,
  type PeerMode,
  type Request,
  type Response,
} from '../protocol/message.ts';
import { RULES } from '../protocol/rules.ts';
import { BACK_OFF, LEAVE_ATTEMPTS, newPeer, step, wakeAt } from './peer.ts';
import type { PeerEffect, PeerEvent, PeerIdentity, PeerState } from './state.ts';

const identity = (edition: EditionId): PeerIdentity => ({
  edition,
  version: edition === 'rfc7846' ? '1' : '1.0',
  rules: RULES[edition],
  peerId: asPeerId('6f2a00c41e'),
  swarmId: asSwarmId('film'),
  addresses: [{ addressType: 'ipv4', address: '198.18.0.1', port: 6881, priority: 1, type: 'HOST' }],
  reportInterval: 30_000,
  peerCount: 20,
});

const success = (request: Request): Response => ({
  edition: request.edition,
  version: request.version,
  method: request.method,
  outcome: 'success',
  transactionId: request.transactionId,
  results: [],
  peerLists: [],
});

const failure = (request: Request, error: FailureResponse['error']): Response => ({
  edition: request.edition,
  version: request.version,
  method: request.method,
  outcome: 'failure',
  transactionId: request.transactionId,
  error,
});

/** One peer on a clock of its own, with a note of all it sent. */
class Bench {
  state: PeerState;
  now = 0;
  readonly sent: { readonly request: Request; readonly attempt: number; readonly at: number }[] = [];
  readonly effects: PeerEffect[] = [];
  readonly who: PeerIdentity;
  readonly random: () => number;

  constructor(edition: EditionId, mode: PeerMode, random = () => 0.5) {
    this.who = identity(edition);
    this.state = newPeer(mode);
    this.random = random;
  }

  do(event: PeerEvent): this {
    const moment = { now: this.now, random: this.random, stats: () => ({ swarmId: this.who.swarmId }) };
    const { state, effects } = step(this.who, this.state, event, moment);
    this.state = state;
    for (const effect of effects) {
      this.effects.push(effect);
      if (effect.kind === 'send')
        this.sent.push({ request: effect.pending.request, attempt: effect.pending.attempt, at: this.now });
    }
    return this;
  }

  get request(): Request {
    const { pending } = this.state;
    if (pending === undefined) throw new Error('nothing is pending');
    return pending.request;
  }

  accepted(): this {
    return this.do({ kind: 'answer', response: success(this.request) });
  }

  refused(error: FailureResponse['error']): this {
    return this.do({ kind: 'answer', response: failure(this.request, error) });
  }

  /** Lets time pass until the peer wants to be woken, and wakes it. */
  wake(): this {
    const at = wakeAt(this.state);
    if (at === undefined) throw new Error('the peer does not want to be woken');
    this.now = Math.max(this.now, at);
    return this.do({ kind: 'wake' });
  }

  get words(): string[] {
    return this.sent.map(({ request }) =>
      request.method === 'CONNECT'
        ? request.actions.map(({ action, mode }) => `${action} ${mode}`).join(', ')
        : request.method,
    );
  }

  get gone(): boolean {
    return this.effects.some(({ kind }) => kind === 'gone');
  }
}

describe.each(EDITIONS)('a peer in %s', (edition) => {
  test('joins, reports every interval, leaves', () => {
    const bench = new Bench(edition, 'LEECH')
      .do({ kind: 'begin' })
      .accepted()
      .wake()
      .accepted()
      .wake()
      .accepted();
    bench.do({ kind: 'leave' }).accepted();
    expect(bench.words).toEqual(['JOIN LEECH', 'STAT_REPORT', 'STAT_REPORT', 'LEAVE LEECH']);
    expect(bench.gone).toBe(true);
    const reports = bench.sent.filter(({ request }) => request.method === 'STAT_REPORT');
    expect((reports[1]?.at ?? 0) - (reports[0]?.at ?? 0)).toBeCloseTo(30_000, -3);
  });

  test('turns from LEECH to SEED by LEAVE and CONNECT (RFC 7846 table 6)', () => {
    const bench = new Bench(edition, 'LEECH').do({ kind: 'begin' }).accepted();
    bench.do({ kind: 'completed' }).accepted().accepted();
    expect(bench.words).toEqual(['JOIN LEECH', 'LEAVE LEECH', 'JOIN SEED']);
    expect(bench.state.registered).toBe('SEED');
  });

  test('repeats an unanswered request identically, ever more slowly, up to a limit', () => {
    const bench = new Bench(edition, 'LEECH').do({ kind: 'begin' });
    for (let i = 0; i < 7; i++) bench.do({ kind: 'no-answer' }).wake();
    expect(new Set(bench.sent.map(({ request }) => request)).size).toBe(1);
    expect(bench.sent.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const waits = bench.sent.slice(1).map(({ at }, index) => at - (bench.sent[index]?.at ?? 0));
    expect(waits).toEqual([1000, 2000, 4000, 8000, 8000, 8000, 8000]);
  });

  test('spreads its retries: the wait is never the same for all', () => {
    for (const [dice, factor] of [
      [0, 0.5],
      [0.999, 1.499],
    ] as const) {
      const bench = new Bench(edition, 'LEECH', () => dice).do({ kind: 'begin' }).do({ kind: 'no-answer' });
      expect(wakeAt(bench.state)).toBeCloseTo(BACK_OFF.first * factor, 0);
    }
  });

  test('a report refused as forbidden means: not known there; it joins again at once', () => {
    const bench = new Bench(edition, 'SEED').do({ kind: 'begin' }).accepted().wake().refused('forbidden');
    expect(bench.words).toEqual(['JOIN SEED', 'STAT_REPORT', 'JOIN SEED']);
  });

  test('a JOIN refused as forbidden: leaves what may be left of it there, once, then joins again', () => {
    const bench = new Bench(edition, 'SEED').do({ kind: 'begin' }).refused('forbidden').wake();
    if (RULES[edition].errorWhileTracking === 'keep') {
      expect(bench.words).toEqual(['JOIN SEED', 'LEAVE LEECH']);
      bench.refused('forbidden').wake();
      expect(bench.words).toEqual(['JOIN SEED', 'LEAVE LEECH', 'JOIN SEED']);
      bench.refused('forbidden').wake();
      expect(bench.words).toEqual(['JOIN SEED', 'LEAVE LEECH', 'JOIN SEED', 'JOIN SEED']);
    } else {
      // The refusal itself has ended the registration.
      expect(bench.words).toEqual(['JOIN SEED', 'JOIN SEED']);
    }
    bench.accepted();
    expect(bench.state.registered).toBe('SEED');
  });

  test('a report that is refused as malformed is not sent again before the next is due', () => {
    const bench = new Bench(edition, 'LEECH').do({ kind: 'begin' }).accepted();
    for (let i = 0; i < 12; i++) {
      if (bench.state.pending !== undefined) bench.refused('bad-request');
      else bench.wake();
    }
    const times = bench.sent.filter(({ request }) => request.method === 'STAT_REPORT').map(({ at }) => at);
    expect(times.length).toBeGreaterThan(2);
    times.slice(1).forEach((at, index) => expect(at - (times[index] ?? 0)).toBeGreaterThanOrEqual(30_000));
  });

  test.each(['overloaded', 'internal'] as const)('%s is passing: the same request again, later', (error) => {
    const bench = new Bench(edition, 'LEECH').do({ kind: 'begin' }).refused(error).wake();
    expect(bench.sent[1]?.request).toBe(bench.sent[0]?.request);
    expect(bench.sent[1]?.at).toBe(1000);
  });

  test('a peer that leaves a silent tracker gives up after some tries', () => {
    const bench = new Bench(edition, 'LEECH').do({ kind: 'begin' }).accepted().do({ kind: 'leave' });
    for (let i = 1; i < LEAVE_ATTEMPTS; i++) bench.do({ kind: 'no-answer' }).wake();
    expect(bench.gone).toBe(false);
    bench.do({ kind: 'no-answer' });
    expect(bench.gone).toBe(true);
  });

  test('asks anew for neighbours by the means its edition gives', () => {
    const bench = new Bench(edition, 'LEECH')
      .do({ kind: 'begin' })
      .accepted()
      .do({ kind: 'short of neighbours' });
    expect(bench.words).toEqual(['JOIN LEECH', RULES[edition].find ? 'FIND' : 'JOIN LEECH']);
  });

  test('numbers its transactions; each new request has a new one', () => {
    const bench = new Bench(edition, 'LEECH').do({ kind: 'begin' }).accepted().wake().accepted().wake();
    const ids = bench.sent.map(({ request }) => request.transactionId);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

/** What a tracker of either edition holds of one peer in one swarm: enough to judge every request by table 6. */
function judged(
  edition: EditionId,
  held: PeerMode | undefined,
  request: Request,
): { held: PeerMode | undefined; ok: boolean } {
  const refuse = { held: RULES[edition].errorWhileTracking === 'keep' ? held : undefined, ok: false };
  if (request.method !== 'CONNECT') return held === undefined ? refuse : { held, ok: true };
  const [action] = request.actions;
  if (action?.action === 'LEAVE') return held === undefined ? refuse : { held: undefined, ok: true };
  const mode = action?.mode ?? 'LEECH';
  const valid = held === undefined || (held === 'LEECH' && mode === 'LEECH');
  return valid ? { held: mode, ok: true } : refuse;
}

const mishap = fc.constantFrom(
  'heard',
  'heard',
  'request lost',
  'answer lost',
  'tracker restarted',
  'overloaded',
  'completed',
  'short of neighbours',
  'leave',
);

test('whatever goes wrong, peer and tracker come to agree once it stops', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...EDITIONS),
      fc.constantFrom<PeerMode>('LEECH', 'SEED'),
      fc.array(mishap, { maxLength: 40 }),
      (edition, mode, mishaps) => {
        const bench = new Bench(edition, mode);
        let held: PeerMode | undefined;
        let answers = new Map<Request, Response>();
        const hear = (lost: boolean): void => {
          const { request } = bench;
          // An identical request is answered as before, and changes nothing (digest, "Repeated transaction").
          let response = answers.get(request);
          if (response === undefined) {
            const verdict = judged(edition, held, request);
            held = verdict.held;
            response = verdict.ok ? success(request) : failure(request, 'forbidden');
            answers.set(request, response);
          }
          bench.do(lost ? { kind: 'no-answer' } : { kind: 'answer', response });
        };
        /** The peer waits for an answer, as against waiting to send again. */
        const waiting = (): boolean =>
          bench.state.pending !== undefined && bench.state.pending.retryAt === undefined;
        const happen = (what: string): void => {
          if (what === 'tracker restarted') {
            held = undefined;
            answers = new Map();
          } else if (what === 'completed' || what === 'short of neighbours' || what === 'leave')
            bench.do({ kind: what });
          else if (!waiting()) {
            if (wakeAt(bench.state) !== undefined) bench.wake();
          } else if (what === 'request lost') bench.do({ kind: 'no-answer' });
          else if (what === 'overloaded') bench.refused('overloaded');
          else hear(what === 'answer lost');
        };
        bench.do({ kind: 'begin' });
        for (const what of mishaps) {
          if (bench.gone) break;
          happen(what);
        }
        for (let i = 0; i < 30 && !bench.gone; i++) happen('heard');
        if (bench.state.wish === 'gone') {
          expect(bench.gone).toBe(true);
        } else {
          expect(bench.state.registered).toBe(bench.state.wish);
          expect(held).toBe(bench.state.wish);
        }
      },
    ),
    { numRuns: 2000 },
  );
});
