/** Peers of another edition than the case's own: one tracker may serve them all (extended-04 §4.5; ours). */
import { codecOf } from '../../protocol/editions/index.ts';
import { asTransactionId } from '../../protocol/ids.ts';
import type { PeerId, SwarmId } from '../../protocol/ids.ts';
import type { ConnectRequest, EditionId, PeerMode, SuccessResponse } from '../../protocol/message.ts';
import { Stop } from '../case.ts';
import { connect, join } from '../requests.ts';
import type { TrackerBench } from '../tracker-bench.ts';

/** Where a CONNECT carries the swarm actions. */
export type OtherEdition = Exclude<EditionId, 'gu-04'>;

/** A CONNECT of a new peer. */
export function connectIn(
  bench: TrackerBench,
  edition: OtherEdition,
  swarm: SwarmId,
  mode: PeerMode,
): ConnectRequest {
  const request = connect(bench, bench.peerId(), []);
  const actions = [{ ...join(swarm, mode), transactionId: asTransactionId('t.1') }];
  return { ...request, actions, edition, version: codecOf(edition).version };
}

/** A peer of that edition in the swarm. @throws {Stop} `skipped`: not every tracker speaks them all. */
export async function enteredIn(
  bench: TrackerBench,
  edition: OtherEdition,
  swarm: SwarmId,
  mode: PeerMode,
): Promise<{ readonly peer: PeerId; readonly response: SuccessResponse }> {
  const request = connectIn(bench, edition, swarm, mode);
  const { tolerant } = await bench.send(request, { edition, step: `CONNECT in ${edition}: JOIN as ${mode}` });
  if (tolerant?.ok === true && tolerant.message.outcome === 'success')
    return { peer: request.peerId, response: tolerant.message };
  throw new Stop({ verdict: 'skipped', why: `the tracker does not speak ${edition}` });
}
