import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wakeAt } from '../peer/peer.ts';
import { Bench } from '../peer/testing.ts';
import { readAnswer } from '../protocol/answer.ts';
import { codecOf } from '../protocol/editions/index.ts';
import { EDITIONS, type PeerMode } from '../protocol/message.ts';
import { createTrackerEndpoint } from '../tracker/http.ts';
import { createTracker } from '../tracker/tracker.ts';
import { stream } from './random.ts';

const TRACK_TIMER = 90_000;
const MISHAPS = [
  'heard',
  'heard',
  'request lost',
  'answer lost',
  'tracker restarted',
  'long silence',
  'overloaded',
  'not understood',
  'data exchanged',
  'completed',
  'short of neighbours',
  'leave',
] as const;

/** A peer and a tracker with nothing between them but bytes, and what can happen to those. */
class Line {
  readonly bench: Bench;
  #endpoint = this.#start();
  readonly #random = stream(1, 'tracker');

  constructor(bench: Bench) {
    this.bench = bench;
    bench.do({ kind: 'begin' });
  }

  #start() {
    const tracker = createTracker({ trackTimer: TRACK_TIMER }, 0);
    return { tracker, http: createTrackerEndpoint(tracker) };
  }

  get members(): { readonly seeds: number; readonly leeches: number } {
    this.#endpoint.http.expire(this.bench.now);
    const [swarm] = this.#endpoint.tracker.stats(this.bench.now).swarms;
    return { seeds: swarm?.seeds ?? 0, leeches: swarm?.leeches ?? 0 };
  }

  get registered(): number {
    this.#endpoint.http.expire(this.bench.now);
    return this.#endpoint.tracker.stats(this.bench.now).peers;
  }

  #hear(lost: boolean): void {
    const { bench } = this;
    const { request } = bench;
    const codec = codecOf(request.edition);
    const { response } = this.#endpoint.http.answer(
      {
        method: 'POST',
        target: '/',
        contentType: codec.mediaType,
        body: codec.encodeRequest(request),
        remote: { address: '192.0.2.7', port: 40_000 },
      },
      { now: bench.now, random: this.#random },
    );
    if (lost) {
      bench.do({ kind: 'no-answer' });
      return;
    }
    const { status, reason, headers, body } = response;
    const read = readAnswer(codec, request.method, {
      status,
      reason,
      contentType: headers['content-type'],
      body,
    });
    if (!read.ok || read.findings.length > 0) throw new Error('our own answer departs from the grammar');
    bench.do({ kind: 'answer', response: read.message });
  }

  happen(what: (typeof MISHAPS)[number]): void {
    const { bench } = this;
    switch (what) {
      case 'tracker restarted':
        this.#endpoint = this.#start();
        return;
      case 'long silence':
        bench.now += TRACK_TIMER;
        return;
      case 'data exchanged':
        bench.uploadedBytes++;
        bench.bitmap = new Uint8Array([0b1010_0000]);
        return;
      case 'completed':
      case 'leave':
        bench.do({ kind: what });
        return;
      case 'short of neighbours':
        bench.do({ kind: what, lacks: bench.uploadedBytes % 2n === 0n ? undefined : 3 });
        return;
      default:
        break;
    }
    const { pending } = bench.state;
    if (pending === undefined || pending.retryAt !== undefined) {
      if (wakeAt(bench.state) !== undefined) bench.wake();
    } else if (what === 'request lost') bench.do({ kind: 'no-answer' });
    else if (what === 'overloaded') bench.refused('overloaded');
    else if (what === 'not understood') bench.refused('bad-request');
    else this.#hear(what === 'answer lost');
  }
}

test('whatever goes wrong between them, a peer and the tracker itself come to agree once it stops', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...EDITIONS),
      fc.constantFrom<PeerMode>('LEECH', 'SEED'),
      fc.array(fc.constantFrom(...MISHAPS), { maxLength: 40 }),
      (edition, mode, mishaps) => {
        const bench = new Bench(edition, mode);
        const line = new Line(bench);
        for (const what of mishaps) {
          if (bench.gone) break;
          line.happen(what);
        }
        for (let i = 0; i < 40 && !bench.gone; i++) line.happen('heard');
        if (bench.state.wish === 'gone') {
          expect(bench.gone).toBe(true);
          // One whose farewells were all lost is found out by its silence.
          bench.now += TRACK_TIMER;
          expect(line.registered).toBe(0);
          return;
        }
        expect(bench.state.registered).toBe(bench.state.wish);
        expect(line.members).toEqual(
          bench.state.wish === 'SEED' ? { seeds: 1, leeches: 0 } : { seeds: 0, leeches: 1 },
        );
      },
    ),
    { numRuns: 1000 },
  );
});
