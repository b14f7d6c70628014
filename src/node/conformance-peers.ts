/** `swarmscope conformance --peers`: the suite is the tracker, and the peer that comes to it is tested. */
import type { CaseResult } from '../conformance/case.ts';
import type { PeerSource } from '../conformance/peer-source.ts';
import { PEER_CASES } from '../conformance/peers/index.ts';
import { runPeers } from '../conformance/run-peers.ts';
import { select } from '../conformance/run.ts';
import type { CancelSignal } from '../conformance/run.ts';
import type { EditionId } from '../protocol/message.ts';
import { AwaitedPeers } from './awaited-peers.ts';
import { CLOCK, conclude, FETCH, listed, progress, SelectionError, selectionOf } from './conformance.ts';
import type { ConformanceOptions, ConformanceOutput } from './conformance.ts';
import { OwnPeers } from './own-peers.ts';
import { openPeerDoor } from './peer-door.ts';

/** Times the patience that a case may take: a life has some tens of requests in it. */
const CASE_PATIENCE = 20;
/** Reports of our own peers within the patience. */
const REPORTS = 3;

const untilAborted = (signal: CancelSignal | undefined): Promise<undefined> =>
  new Promise((resolve) => {
    signal?.addEventListener('abort', () => resolve(undefined));
  });

/**
 * The exit code: 0 when no MUST fails, 1 otherwise, and 1 as well when a case was at fault itself or the run ended early.
 * @throws {SelectionError} When no case is chosen. @throws {StartError} When it cannot listen, or a report cannot be written.
 */
export async function runPeerConformance(
  options: ConformanceOptions,
  output: ConformanceOutput,
): Promise<number> {
  const { print, signal } = output;
  const { peers } = options;
  const all = select(PEER_CASES, selectionOf(options));
  if (all.length === 0 || peers === undefined)
    throw new SelectionError(
      'No case is of that edition, section, level and name (--peers --list shows them all).',
    );
  if (options.list) {
    for (const one of all) print(listed(one));
    return 0;
  }

  let arrive: OwnPeers['arrive'] | undefined;
  const door = await openPeerDoor(peers, (arrival) => arrive?.(arrival));
  try {
    print(door.url);
    const started = new Date().toISOString();
    const start = CLOCK.now();
    let source: PeerSource;
    let edition: EditionId | undefined = options.edition;
    if (peers.own) {
      const reportInterval = peers.patience / REPORTS;
      const own = new OwnPeers({ url: door.url, transport: FETCH, clock: CLOCK, reportInterval });
      arrive = (arrival) => own.arrive(arrival);
      source = own;
    } else {
      const awaited = new AwaitedPeers({ clock: CLOCK, mode: peers.mode, say: print, url: door.url });
      arrive = (arrival) => awaited.arrive(arrival);
      source = awaited;
      if (edition === undefined) {
        print(`waiting: start a ${peers.mode} with ${door.url} as its tracker`);
        edition = await Promise.race([awaited.edition(), untilAborted(signal)]);
        if (edition === undefined) return 1;
      }
    }

    const chosen = all.filter((one) => edition === undefined || one.edition === edition);
    const results: CaseResult[] = [];
    const patience = peers.patience * 1000;
    const run = runPeers(chosen, {
      source,
      clock: CLOCK,
      patience,
      // Somebody else's peer is one; of our own there is one for each case.
      concurrency: peers.own ? options.concurrency : 1,
      limit: CASE_PATIENCE * patience,
      signal,
    });
    for await (const result of run) {
      results.push(result);
      for (const line of progress(result, results.length, chosen.length)) print(line);
    }
    return conclude(chosen, results, options, output, { subject: door.url, started, start });
  } finally {
    await door.close();
  }
}
