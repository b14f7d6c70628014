import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asTransactionId } from '../protocol/ids.ts';
import {
  EDITIONS,
  type FailureResponse,
  type PeerMode,
  type Request,
  type Response,
} from '../protocol/message.ts';
import { RULES } from '../protocol/rules.ts';
import { wakeAt } from './peer.ts';
import { Bench, failure, success } from './testing.ts';

/** What a tracker holds of one peer in one swarm. */
type Held = PeerMode | 'connected' | undefined;
type Verdict = { readonly held: Held; readonly error?: FailureResponse['error'] };

/** Enough of a tracker to judge every request by the rules of its edition. */
function judged(held: Held, request: Request): Verdict {
  const rules = RULES[request.edition];
  const refuse: Verdict = {
    held: rules.errorWhileTracking === 'keep' ? held : undefined,
    error: 'forbidden',
  };
  if (held === undefined && request.method !== 'CONNECT') return refuse;
  const joined = held === 'LEECH' || held === 'SEED';
  const left: Held = rules.lastLeave === 'keep' ? 'connected' : undefined;
  switch (request.method) {
    case 'CONNECT': {
      const [action] = request.actions;
      if (action === undefined) return { held: held ?? 'connected' };
      if (action.action === 'LEAVE') return joined ? { held: left } : refuse;
      const restart = held === 'LEECH' && action.mode === 'LEECH';
      return !joined || restart || rules.promotion === 'join' ? { held: action.mode } : refuse;
    }
    case 'JOIN':
    case 'JOIN_CHUNK':
      return { held: request.mode === 'LEECH' ? 'LEECH' : 'SEED' };
    case 'LEAVE':
      return joined ? { held: left } : refuse;
    case 'DISCONNECT':
      return { held: undefined };
    case 'FIND':
      return joined ? { held } : refuse;
    case 'FIND_CHUNK':
      return joined ? { held, error: 'not-found' } : refuse;
    case 'STAT_REPORT':
      return joined || request.stats.length === 0 ? { held } : refuse;
    case 'KEEPALIVE':
    case 'STAT_QUERY':
      return { held };
    default:
      return request satisfies never;
  }
}

const MISHAPS = [
  'heard',
  'heard',
  'request lost',
  'answer lost',
  'tracker restarted',
  'overloaded',
  'not understood',
  'queried',
  'data exchanged',
  'completed',
  'short of neighbours',
  'leave',
] as const;

test('whatever goes wrong, peer and tracker come to agree once it stops', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...EDITIONS),
      fc.constantFrom<PeerMode>('LEECH', 'SEED'),
      fc.array(fc.constantFrom(...MISHAPS), { maxLength: 40 }),
      (edition, mode, mishaps) => {
        const bench = new Bench(edition, mode);
        let held: Held;
        let answers = new Map<Request, Response>();
        let asked = 0;
        const hear = (lost: boolean, asking = false): void => {
          const { request } = bench;
          expect(RULES[request.edition].methods).toContain(request.method);
          // An identical request is answered as before, and changes nothing (digest, "Repeated transaction").
          let response = answers.get(request);
          if (response === undefined) {
            const verdict = judged(held, request);
            held = verdict.held;
            const { peerId } = request;
            const query = { transactionId: asTransactionId(`q.${asked++}`), peerId, properties: ['NAT'] };
            response =
              verdict.error === undefined
                ? success(request, asking ? { queries: [query] } : {})
                : failure(request, verdict.error);
            answers.set(request, response);
          }
          bench.do(lost ? { kind: 'no-answer' } : { kind: 'answer', response });
        };
        /** The peer waits for an answer, as against waiting to send again. */
        const waiting = (): boolean =>
          bench.state.pending !== undefined && bench.state.pending.retryAt === undefined;
        const happen = (what: (typeof MISHAPS)[number]): void => {
          if (what === 'tracker restarted') {
            held = undefined;
            answers = new Map();
          } else if (what === 'completed' || what === 'leave') bench.do({ kind: what });
          else if (what === 'short of neighbours')
            bench.do({ kind: what, lacks: asked % 2 === 0 ? 3 : undefined });
          else if (what === 'data exchanged') bench.uploadedBytes++;
          else if (!waiting()) {
            if (wakeAt(bench.state) !== undefined) bench.wake();
          } else if (what === 'request lost') bench.do({ kind: 'no-answer' });
          else if (what === 'overloaded') bench.refused('overloaded');
          else if (what === 'not understood') bench.refused('bad-request');
          else hear(what === 'answer lost', what === 'queried');
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
    { numRuns: 4000 },
  );
});
