/** Requests that extended-04 adds, and what its cases suppose of swarms. */
import type { PeerId, SwarmId } from '../../../protocol/ids.ts';
import type { ContentMap, DisconnectRequest, FindRequest, ScopeRange } from '../../../protocol/message.ts';
import { find, head, joined } from '../../requests.ts';
import type { TrackerBench } from '../../tracker-bench.ts';
import { given } from '../../verify.ts';
import { reportHeld } from '../content.ts';

/** Without swarms it leaves them all (extended-04 §5.2). */
export const disconnect = (
  bench: TrackerBench,
  peerId: PeerId,
  swarmIds: readonly SwarmId[] = [],
): DisconnectRequest => ({ ...head(bench, peerId), method: 'DISCONNECT', swarmIds });

export const findScope = (
  bench: TrackerBench,
  peerId: PeerId,
  swarmId: SwarmId,
  scope: readonly ScopeRange[],
): FindRequest => ({ ...find(bench, peerId, swarmId), scope });

/** A new LEECH in the swarm that has reported to hold this. */
export async function holder(
  bench: TrackerBench,
  swarm: SwarmId,
  ...maps: readonly ContentMap[]
): Promise<PeerId> {
  const peer = await joined(bench, swarm);
  given(await bench.send(reportHeld(bench, peer, ...maps), { step: 'STAT_REPORT: ContentMap' }));
  return peer;
}
