/** Whether a request resets the track timer: base-01 §2.4.1, extended-04 §4.3.1. */
import type { PeerId, SwarmId } from '../../../protocol/ids.ts';
import { joined, report } from '../../requests.ts';
import type { Sent, TrackerBench } from '../../tracker-bench.ts';
import { expectSuccess, given } from '../../verify.ts';

/** A LEECH sends something at 0.6 of the track timer; at 1.2 it is registered if that has reset it. */
export async function expectReset(
  bench: TrackerBench,
  send: (peer: PeerId, swarm: SwarmId) => Promise<Sent>,
): Promise<void> {
  const part = bench.trackTimer() * 600;
  const swarm = bench.swarmId();
  const peer = await joined(bench, swarm);
  await bench.wait(part);
  given(await send(peer, swarm));
  await bench.wait(part);
  expectSuccess(await bench.send(report(bench, peer), { step: 'keep-alive after 1.2 track timers' }));
}
