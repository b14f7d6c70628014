/** Our own peers before the conformance suite, without a network: real codecs, real bytes, a wound clock. */
import type { Arrival, PeerSource } from '../conformance/peer-source.ts';
import type { PlainAnswer } from '../conformance/peer-bench.ts';
import { encodeText } from '../protocol/text.ts';
import { LonePeer } from '../simulation/lone-peer.ts';
import type { LonePeerOptions } from '../simulation/lone-peer.ts';
import { MAX_ANSWER, retryAfterOf } from '../transport/transport.ts';
import type { Transport, WireAnswer } from '../transport/transport.ts';
import type { WoundClock } from './wound-clock.ts';

const REPORT_INTERVAL = 30;
/** Milliseconds: two report intervals. */
export const PATIENCE = 2 * REPORT_INTERVAL * 1000;
const REMOTE = { address: '127.0.0.1', port: 50_000 };

/** A peer with one thing wrong with it, in its mind or in what it puts on the wire. */
export interface Wrong {
  readonly step?: LonePeerOptions['step'];
  readonly transport?: (inner: Transport, clock: WoundClock) => Transport;
}

/** What `fetch` makes of it. */
function wireAnswer({ status, reason = '', headers = {}, body = '', missing = 0 }: PlainAnswer): WireAnswer {
  const bytes = typeof body === 'string' ? encodeText(body) : body;
  if (missing > 0) return { kind: 'failed', failure: 'unreachable', detail: 'the connection was closed' };
  if (bytes.length > MAX_ANSWER) return { kind: 'failed', failure: 'too-large', detail: 'too long' };
  return {
    kind: 'answered',
    status,
    reason,
    contentType: headers['content-type'],
    ...retryAfterOf(headers['retry-after']),
    body: bytes,
  };
}

function transportTo(arrive: (arrival: Arrival) => void, clock: WoundClock): Transport {
  return {
    send: ({ url, contentType, body, timeout }) =>
      new Promise((resolve) => {
        const callOff = clock.after(timeout, () =>
          resolve({ kind: 'failed', failure: 'timeout', detail: 'no answer' }),
        );
        const settle = (answer: WireAnswer): void => {
          callOff();
          resolve(answer);
        };
        arrive({
          method: 'POST',
          target: url.replace(/^https?:\/\/[^/]*/, ''),
          headers: [['Content-Type', contentType]],
          body,
          remote: REMOTE,
          answer: (answer) => settle(wireAnswer(answer)),
          drop: () => settle({ kind: 'failed', failure: 'unreachable', detail: 'the connection was closed' }),
        });
      }),
  };
}

let names = 0;

/** Peers in memory; `wrong`: what is the matter with them. */
export function ownPeers(clock: WoundClock, wrong: Wrong = {}): PeerSource {
  return {
    bring: ({ edition, mode }, arrive) => {
      const inner = transportTo(arrive, clock);
      const peer = new LonePeer({
        edition,
        mode,
        url: 'http://tracker.example/announce',
        name: `peer ${++names}`,
        seed: names,
        transport: wrong.transport?.(inner, clock) ?? inner,
        clock,
        reportInterval: REPORT_INTERVAL,
        swarm: 'film',
        fault: (cause) => {
          throw cause;
        },
        ...(wrong.step === undefined ? {} : { step: wrong.step }),
      });
      peer.begin();
      return Promise.resolve(peer);
    },
  };
}
