/** Shell around the matrix: what to run in, cells with their traces out as they end. */
import type { Clock } from '../conformance/case.ts';
import type { MatrixTracker } from '../conformance/matrix/config.ts';
import { runMatrix } from '../conformance/matrix/run.ts';
import type { MatrixHost, OpenTracker } from '../conformance/matrix/run.ts';
import { recordingOf } from '../recording/witnessed.ts';
import { LonePeer } from '../simulation/lone-peer.ts';
import { createTrackerEndpoint } from '../tracker/http.ts';
import { createTracker } from '../tracker/tracker.ts';
import { createMemoryTransport } from '../transport/memory-transport.ts';
import { lineTo } from './line-to-tracker.ts';
import type { MatrixCommand, MatrixNews, MatrixOrder } from './messages.ts';

const CLOCK: Clock = {
  now: () => performance.now(),
  after(milliseconds, call) {
    const timer = setTimeout(call, milliseconds);
    return () => clearTimeout(timer);
  },
};
/** Where the peers seem to come from to a tracker in memory: nobody's (RFC 5737). */
const REMOTE = { address: '192.0.2.1', port: 50_000 };

const tell = (news: MatrixNews): void => self.postMessage(news);
let cancel: AbortController | undefined;

function inMemory(strict: boolean): OpenTracker {
  const tracker = createTracker({}, CLOCK.now());
  const endpoint = createTrackerEndpoint(tracker, {
    strict,
    onFault: (fault) => {
      throw fault;
    },
  });
  const transport = createMemoryTransport(
    (request) => endpoint.answer(request, { now: CLOCK.now(), random: Math.random }).response,
    REMOTE,
  );
  return { url: 'http://tracker.in-memory.example/', transport };
}

function open({ at }: MatrixTracker, { url, access }: MatrixOrder): OpenTracker {
  if (at.kind === 'own') return inMemory(at.strict);
  if (at.url === url) return { url, transport: lineTo(access) };
  if (at.auth !== undefined)
    throw new Error('A page reads no files of credentials: `swarmscope matrix` does.');
  return { url: at.url, transport: lineTo({ relay: undefined, credentials: undefined }) };
}

async function run(order: MatrixOrder): Promise<void> {
  cancel = new AbortController();
  const { signal } = cancel;
  const host: MatrixHost = {
    clock: CLOCK,
    run: `m${crypto.getRandomValues(new Uint32Array(1)).join('')}`,
    makePeer: (peer) => new LonePeer(peer),
    open: async (tracker) => open(tracker, order),
  };
  try {
    for await (const { result, exchanges } of runMatrix(order.config, host, { signal })) {
      const trace = recordingOf(exchanges, result.edition, 'simulated');
      tell({ kind: 'cell', result, trace });
    }
    tell({ kind: 'ended' });
  } catch (cause) {
    tell({ kind: 'fault', message: cause instanceof Error ? cause.message : String(cause) });
  }
}

self.onmessage = ({ data }: MessageEvent<MatrixCommand>) => {
  switch (data.kind) {
    case 'run':
      return void run(data.order);
    case 'cancel':
      return cancel?.abort();
    default:
      data satisfies never;
  }
};
