/** The matrix in memory: trackers by their URL, peers of ours, timers on a wound clock. */
import { readMatrixConfig } from '../conformance/matrix/config.ts';
import type { MatrixConfig } from '../conformance/matrix/config.ts';
import { runMatrix } from '../conformance/matrix/run.ts';
import type { MatrixHost, MatrixRun, RanCell } from '../conformance/matrix/run.ts';
import { LonePeer } from '../simulation/lone-peer.ts';
import { decodePiece, encodeText } from '../protocol/text.ts';
import { createMemoryTransport } from '../transport/memory-transport.ts';
import type { Transport } from '../transport/transport.ts';
import type { AnswersAt } from './memory-conformance.ts';
import { WoundClock } from './wound-clock.ts';

/** @throws {Error} When it is not valid. */
export function configOf(value: unknown): MatrixConfig {
  const read = readMatrixConfig(JSON.stringify(value));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.config;
}

/** Cells in the order in which they end. `trackers`: by URL, any other being unreachable. */
export async function matrixInMemory(
  config: MatrixConfig,
  trackers: Readonly<Record<string, AnswersAt>>,
  run: MatrixRun = {},
  /** What our peers send, otherwise than they wrote it. */
  sending: (body: string) => string = (body) => body,
): Promise<readonly RanCell[]> {
  const clock = new WoundClock();
  const remote = { address: '198.51.100.7', port: 40_000 };
  const cells: RanCell[] = [];
  const work = async (): Promise<void> => {
    const host: MatrixHost = {
      clock,
      run: 'm1',
      makePeer: (peer) => new LonePeer({ ...peer, transport: changing(peer.transport, sending) }),
      open: ({ at }) => {
        const url = at.kind === 'url' ? at.url : '';
        const answers = trackers[url];
        if (answers === undefined) return Promise.reject(new Error('Nobody can be reached there.'));
        const transport = createMemoryTransport((request) => answers(request, clock.now()), remote);
        return Promise.resolve({ url, transport });
      },
    };
    for await (const cell of runMatrix(config, host, run)) cells.push(cell);
  };
  await clock.until(work());
  return cells;
}

const changing = (inner: Transport, change: (body: string) => string): Transport => ({
  send: (request) => inner.send({ ...request, body: encodeText(change(decodePiece(request.body))) }),
});
